// A rule as the page holds it: perception, network, life, appearance. Dimension letters: C channels, K filters.

/** What a layer does to its sums, in both languages that compute it; most are in a part of their own. */
const activations = {
  "none": { js: (x) => x, glsl: "x" },
  "relu": { js: (x) => (x < 0 ? 0 : x), glsl: "max(x, 0.0)" },
};

/** Calls `body` with each cell of the 3x3 neighbourhood that is there, and its place in it, 0 to 8. */
function forEachNeighbour({ width, height, torus }, cell, body) {
  const x = cell % width;
  const y = (cell - x) / width;
  for (let place = 0; place < 9; place++) {
    let nx = x + (place % 3) - 1;
    let ny = y + Math.floor(place / 3) - 1;
    if (torus) {
      nx = (nx + width) % width;
      ny = (ny + height) % height;
    } else if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
    body(ny * width + nx, place);
  }
}

class Rule {
  /** `model`: as the program writes it (PageModel.swift). */
  constructor(model) {
    Object.assign(this, model);
    // As the program computes with 32 bits.
    this.life.threshold = Math.fround(model.life.threshold);
    this.gain = Math.fround(model.gain);
    const numbers = this.decoded(model);
    let start = 0;
    const take = (count) => numbers.subarray(start, (start += count));
    /** weights [outputs][inputs], bias [outputs] */
    this.layers = model.layers.map(({ inputs, outputs }) => {
      return { inputs, outputs, weights: take(inputs * outputs), bias: take(outputs) };
    });
    const learned = model.filters.filter((filter) => !filter.taps).length;
    const taps = take(learned * 9 * this.channels);
    let next = 0;
    /** Of each filter `taps` [9][C], and `across`: what its taps get more where perception is turned, times the sine. */
    this.filters = model.filters.map((filter) => {
      if (!filter.taps) return { taps: taps.subarray(next, (next += 9 * this.channels)) };
      return { taps: this.spread(filter.taps), across: filter.across && this.spread(filter.across) };
    });
    this.turns = this.filters.some((filter) => filter.across);
    this.decoder = model.decoder && new Decoder(model.decoder, this, take);
    this.setControl(model.control && model.control.values);
  }

  /** All weights: of 32 bits, or 8 bits each between limits of their tensor's own. */
  decoded(model) {
    const text = atob(model.numbers);
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    if (!model.scales) return new Float32Array(bytes.buffer);
    const numbers = new Float32Array(bytes.length);
    let start = 0;
    for (const [count, scale] of model.scales) {
      for (const end = start + count; start < end; start++) numbers[start] = (bytes[start] / 255 - 0.5) * scale;
    }
    return numbers;
  }

  /** 9 taps for all channels as [9][C]. */
  spread(taps) {
    return Float32Array.from({ length: 9 * this.channels }, (_, i) => taps[Math.floor(i / this.channels)]);
  }

  /** The filters [K][9][C], turned by an angle in degrees. */
  taps(degrees) {
    const radians = Math.fround(((degrees % 360) * Math.PI) / 180);
    const [cosine, sine] = [Math.cos(radians), Math.sin(radians)];
    return this.filters.map(({ taps, across }) => (across ? taps.map((tap, i) => cosine * tap + sine * across[i]) : taps));
  }

  /** Which of a filter's taps are not zero in every channel, at any angle. */
  usedTaps(filter) {
    const isUsed = (tap) => [filter.taps, filter.across].some((taps) => {
      return taps && taps.subarray(tap * this.channels, (tap + 1) * this.channels).some((value) => value !== 0);
    });
    return [0, 1, 2, 3, 4, 5, 6, 7, 8].filter(isUsed);
  }

  /** Means of the grid that all cells perceive: `side` x `side` parts of it, all channels of each (GlobalPerception.swift). */
  get seen() { return this.side * this.side * this.channels; }

  /** Equal for rules that can share a grid. Mothers, means and pixels are one rule's: NaN equals nothing. */
  get company() { return this.birth || this.side || this.decoder ? NaN : this.channels; }

  /** Pixels along a side of a cell. */
  get pictureScale() { return this.decoder ? this.decoder.scale : 1; }

  /** Takes a control vector. An appended one is the same for every cell: it becomes a part of the first bias. */
  setControl(values) {
    const [first] = this.layers;
    this.controlValues = values;
    this.firstBias = first.bias.slice();
    const isAppended = this.control && this.control.place === "appended";
    /** Inputs of the first layer that are perceived: K C. */
    this.perceived = first.inputs - this.seen - (isAppended ? values.length : 0);
    if (!isAppended) return;
    for (let unit = 0; unit < first.outputs; unit++) {
      const row = unit * first.inputs + this.perceived;
      values.forEach((value, i) => (this.firstBias[unit] += first.weights[row + i] * value));
    }
  }

  /** Whether the control vector is added to living cells. */
  get addsControl() { return Boolean(this.control && this.control.place === "added"); }

  /** The state that a run begins with, [H][W][C]. */
  startState(width, height, seeds, randomSeed) {
    const state = new Float32Array(width * height * this.channels);
    const { start, cell, value } = this.seed;
    if (start === "cell") for (const { x, y } of seeds) state.set(cell, (y * width + x) * this.channels);
    if (start === "filled") for (let i = 0; i < width * height; i++) state.set(cell, i * this.channels);
    if (start === "noise") {
      for (let channel = 0; channel < this.channels; channel++) {
        const key = randomKey(randomSeed, Stream.noise, channel);
        for (let i = 0; i < width * height; i++) {
          const fraction = randomFraction(key, i % width, Math.floor(i / width));
          state[i * this.channels + channel] = Math.fround(2 * fraction - 1) * value;
        }
      }
    }
    return state;
  }

  /** Whether any test of life is made. */
  get isTested() { return this.life.before || this.life.after; }

  /** [H][W]: whether a cell's own channel is above the threshold. */
  mature(state) {
    const { channel, threshold } = this.life;
    const mature = new Uint8Array(state.length / this.channels);
    for (let i = 0, at = channel; i < mature.length; i++, at += this.channels) mature[i] = Number(state[at] > threshold);
    return mature;
  }

  /** The cells that live by these mature ones. */
  living(mature, grid) {
    if (this.life.reach === "cell") return mature.slice();
    const alive = new Uint8Array(mature.length);
    for (let i = 0; i < mature.length; i++) if (mature[i]) forEachNeighbour(grid, i, (j) => (alive[j] = 1));
    return alive;
  }

  /** Channels of the picture: red, green, blue and perhaps alpha; or one. */
  get pictureChannels() {
    const { kind, first, alpha } = this.picture;
    if (kind === "channel") return [first];
    return kind === "opaque" ? [first, first + 1, first + 2] : [first, first + 1, first + 2, alpha];
  }

  /** The other channels. */
  get hiddenChannels() {
    return range(this.channels).filter((i) => !this.pictureChannels.includes(i));
  }
}
