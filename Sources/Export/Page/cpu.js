// The engine that needs nothing but JavaScript. It computes the cells that can change, as the program does.

class CPUEngine {
  constructor(width, height) {
    this.name = "cpu";
    Object.assign(this, { width, height });
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d");
    this.picture = document.createElement("canvas");
  }

  /** `rules`: one, or two that share the grid; `owner` [H][W]: which of them is a cell's. */
  setRules(rules, owner) {
    const count = this.width * this.height;
    this.rules = rules.map((rule) => new CPURule(rule));
    this.owner = owner;
    this.channels = rules[0].channels;
    this.occupied = new Uint8Array(count);
    const length = count * this.channels;
    [this.state, this.previous, this.next] = [0, 0, 0].map(() => new Float32Array(length));
  }

  load(state) {
    this.state.set(state);
    this.previous.set(state);
  }

  read() { return this.state.slice(); }

  /** Cells become these values, [cells][C]. */
  write(cells, values) {
    cells.forEach((cell, i) => {
      const value = values.subarray(i * this.channels, (i + 1) * this.channels);
      for (const grid of [this.state, this.previous]) grid.set(value, cell * this.channels);
    });
  }

  /** One step; `conditions`: {keys: of the random numbers, limits: of firing, angle, torus}. */
  step(conditions) {
    this.conditions = conditions;
    this.torus = conditions.torus;
    this.next.set(this.state);
    if (this.rules.some(({ rule }) => !rule.life.before)) this.findOccupied();
    this.rules.forEach((rule, index) => rule.step(this, index));
    [this.previous, this.state, this.next] = [this.state, this.next, this.previous];
  }

  finish() {}

  setOwner(owner) { this.owner = owner; }

  /** Shows the state; `scene` as views.js makes it. */
  draw(scene) {
    const { canvas, picture, context, width, height } = this;
    [canvas.width, canvas.height] = [scene.width, scene.height];
    [picture.width, picture.height] = [width, height];
    context.imageSmoothingEnabled = false;
    const pixels = new ImageData(width, height);
    for (let tile = 0; tile < scene.count; tile++) {
      paintCells(this, scene, tile, pixels.data);
      picture.getContext("2d").putImageData(pixels, 0, 0);
      const left = (tile % scene.columns) * (width * scene.scale + scene.gap);
      const top = Math.floor(tile / scene.columns) * (height * scene.scale + scene.gap);
      context.drawImage(picture, left, top, width * scene.scale, height * scene.scale);
    }
    if (scene.view === View.alive) paintOutline(this, scene, context);
  }

  findOccupied() {
    const { state, occupied, channels } = this;
    for (let i = 0, at = 0; i < occupied.length; i++, at += channels) {
      let any = 0;
      for (let c = 0; c < channels; c++) if (state[at + c] !== 0) any = 1;
      occupied[i] = any;
    }
  }

  /** `to` becomes the 3x3 maximum of `from`, [H][W] each. */
  dilate(from, to) {
    const { width, height } = this;
    to.fill(0);
    for (let i = 0; i < from.length; i++) {
      if (from[i]) this.forEachNeighbour(i % width, Math.floor(i / width), (j) => (to[j] = 1));
    }
  }

  /** Calls `body` with each cell of the 3x3 neighbourhood that is there, and its place in it, 0 to 8. */
  forEachNeighbour(x, y, body) {
    const { width, height } = this;
    for (let place = 0; place < 9; place++) {
      let [nx, ny] = [x + (place % 3) - 1, y + Math.floor(place / 3) - 1];
      if (this.torus) {
        nx = (nx + width) % width;
        ny = (ny + height) % height;
      } else if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
      body(ny * width + nx, place);
    }
  }
}

/** [H][W]: whether cells live by their own rules; all, where it makes no test. */
function livingCells(engine) {
  const { state, channels, width, height, rules } = engine;
  const count = width * height;
  const result = new Uint8Array(count);
  const [mature, alive] = [new Uint8Array(count), new Uint8Array(count)];
  rules.forEach(({ rule, spread }, index) => {
    const { life } = rule;
    if (life.before || life.after) {
      for (let i = 0; i < count; i++) mature[i] = state[i * channels + life.channel] > life.threshold ? 1 : 0;
      spread.call({ rule }, engine, mature, alive);
    } else alive.fill(1);
    for (let i = 0; i < count; i++) if (rules.length === 1 || engine.owner[i] === index) result[i] = alive[i];
  });
  return result;
}

/** One rule's stages: life before, fire, update, life after, apply (Automaton.swift). */
class CPURule {
  constructor(rule) {
    this.rule = rule;
    this.emptyIsMature = 0 > rule.life.threshold;
    this.tests = rule.life.before || rule.life.after || rule.addsControl;
    this.layers = rule.layers.map((layer, index) => {
      // [inputs][outputs], so that an input of zero costs nothing.
      const inputs = index === 0 ? rule.perceived : layer.inputs;
      const weights = new Float32Array(inputs * layer.outputs);
      for (let n = 0; n < layer.outputs; n++) {
        for (let k = 0; k < inputs; k++) weights[k * layer.outputs + n] = layer.weights[n * layer.inputs + k];
      }
      const isLast = index === rule.layers.length - 1;
      const [name, low, high] = isLast ? rule.update : rule.activation;
      return { inputs, weights, sums: new Float64Array(layer.outputs), activate: activations[name].js, low, high, name };
    });
    this.perception = new Float64Array(rule.perceived);
    this.value = new Float32Array(rule.channels);
  }

  step(engine, index) {
    const { rule } = this;
    const { width, height, channels, state, next, owner } = engine;
    const [key, limit] = [engine.conditions.keys[index], engine.conditions.limits[index]];
    const count = width * height;
    if (this.angle !== engine.conditions.angle) this.turn(engine.conditions.angle);
    const isOwn = (i) => engine.rules.length === 1 || owner[i] === index;
    const fires = (i) => pcg4d(i % width, Math.floor(i / width), key[0], key[1])[0] >>> 8 < limit;
    const isMature = (grid, i) => (grid[i * channels + rule.life.channel] > rule.life.threshold ? 1 : 0);
    const { before, after } = rule.life;

    const mature = new Uint8Array(count);
    const alive = new Uint8Array(count);
    if (this.tests) {
      for (let i = 0; i < count; i++) mature[i] = isMature(state, i);
      this.spread(engine, mature, alive);
    }
    for (let i = 0; i < count; i++) {
      if (!isOwn(i) || (before && !alive[i]) || !fires(i)) continue;
      this.update(engine, i, alive, next, i * channels);
      if (after) mature[i] = isMature(next, i);
    }
    if (!before && !after) return;
    const kept = alive.slice();
    if (after) {
      this.spread(engine, mature, kept);
      // A dead cell ends as zero, but what it would have become may keep its neighbour alive.
      if (before && rule.life.reach === "3x3") {
        const asked = new Uint8Array(count);
        for (let i = 0; i < count; i++) {
          if (!alive[i] || kept[i]) continue;
          engine.forEachNeighbour(i % width, Math.floor(i / width), (j) => {
            if (alive[j] || asked[j] || !isOwn(j) || !fires(j)) return;
            asked[j] = 1;
            this.update(engine, j, alive, this.value, 0);
            mature[j] = isMature(this.value, 0);
          });
        }
        this.spread(engine, mature, kept);
      }
    }
    for (let i = 0; i < count; i++) {
      if (isOwn(i) && ((before && !alive[i]) || (after && !kept[i]))) next.fill(0, i * channels, (i + 1) * channels);
    }
  }

  /** The cells that live by these mature ones. */
  spread(engine, mature, alive) {
    if (this.rule.life.reach === "3x3") engine.dilate(mature, alive);
    else alive.set(mature);
  }

  turn(angle) {
    this.angle = angle;
    const { channels } = this.rule;
    this.filters = this.rule.taps(angle).map((taps, k) => {
      return this.rule.usedTaps(this.rule.filters[k]).map((place) => {
        return { place, values: taps.subarray(place * channels, (place + 1) * channels) };
      });
    });
    this.response = null;
  }

  /** The new values of a cell that fires, at `start` of `to`. */
  update(engine, i, alive, to, start) {
    const { rule } = this;
    const { channels, state } = engine;
    const isQuiet = !rule.life.before && !rule.addsControl && this.isQuiet(engine, i);
    if (isQuiet && this.response) return to.set(this.response, start);
    this.perceive(engine, i, alive);
    const update = this.network(this.perception);
    const clamped = rule.clamp ? rule.clamp.channels : 0;
    for (let c = 0; c < channels; c++) {
      let value = state[i * channels + c] + rule.gain * update[c];
      if (c < clamped) value = Math.min(Math.max(value, rule.clamp.low), rule.clamp.high);
      to[start + c] = value;
    }
    if (isQuiet) this.response = to.slice(start, start + channels);
  }

  /** Whether all of the neighbourhood is zero: then every cell becomes the same. */
  isQuiet(engine, i) {
    let any = 0;
    engine.forEachNeighbour(i % engine.width, Math.floor(i / engine.width), (j) => (any |= engine.occupied[j]));
    return !any;
  }

  /** [K][C] */
  perceive(engine, i, alive) {
    const { channels, state } = engine;
    const { perception, rule } = this;
    const control = rule.addsControl ? rule.controlValues : [];
    const around = [];
    engine.forEachNeighbour(i % engine.width, Math.floor(i / engine.width), (j, place) => {
      const cell = state.subarray(j * channels, (j + 1) * channels);
      around[place] = cell;
      if (!control.length || !alive[j]) return;
      around[place] = cell.slice();
      control.forEach((value, n) => (around[place][channels - control.length + n] += value));
    });
    perception.fill(0);
    this.filters.forEach((filter, k) => {
      for (const { place, values } of filter) {
        const cell = around[place];
        if (cell) for (let c = 0; c < channels; c++) perception[k * channels + c] += values[c] * cell[c];
      }
    });
  }

  /** Dense layers one after the other; the last one's outputs are the update. */
  network(inputs) {
    this.layers.forEach((layer, index) => {
      const { weights, sums, activate, low, high } = layer;
      const outputs = sums.length;
      sums.set(index === 0 ? this.rule.firstBias : this.rule.layers[index].bias);
      for (let k = 0, row = 0; k < layer.inputs; k++, row += outputs) {
        const input = inputs[k];
        if (input === 0) continue;
        for (let n = 0; n < outputs; n++) sums[n] += input * weights[row + n];
      }
      if (layer.name !== "none") for (let n = 0; n < outputs; n++) sums[n] = activate(sums[n], low, high);
      inputs = sums;
    });
    return inputs;
  }
}
