// Cells into pixels (PixelDecoder.swift), of any engine's state. Only pages with a decoder have this part.

class Decoder {
  /** `take`: the next so many numbers. */
  constructor({ scale, hidden }, { channels, pictureChannels }, take) {
    Object.assign(this, { scale, channels, pictureChannels });
    /** How the pixels are read. */
    this.picture = { kind: "premultiplied", first: 0, alpha: 3 };
    const [first] = hidden;
    const widths = [...hidden, 4];
    const weights = take(channels * first);
    this.first = new Dense({ inputs: channels, outputs: first, weights, bias: new Float32Array(first) }, channels, ["none"]);
    /** A pixel's first layer, until the next one's. */
    this.mixed = new Float64Array(first);
    /** What a pixel's place gives the first layer: [s s][units]. */
    this.places = range(scale * scale).map(() => take(first));
    this.layers = widths.slice(1).map((outputs, index) => {
      const inputs = widths[index];
      const layer = { inputs, outputs, weights: take(inputs * outputs), bias: take(outputs) };
      return new Dense(layer, inputs, [index === hidden.length - 1 ? "none" : "relu"]);
    });
    const offsets = range(scale).map((i) => (i + 0.5) / scale - 0.5);
    /** Of each pixel four cells of the neighbourhood, by their places in it, and their shares. */
    this.blends = offsets.flatMap((y) => offsets.map((x) => {
      const [across, down] = [x < 0 ? 3 : 5, y < 0 ? 1 : 7];
      const [right, below] = [Math.abs(x), Math.abs(y)];
      const shares = [(1 - right) * (1 - below), right * (1 - below), (1 - right) * below, right * below];
      return [4, across, down, across + down - 4].map((place, i) => ({ place, share: shares[i] }));
    }));
  }

  /** The pixels of a state, [H s][W s][4], premultiplied. An empty cell draws none. */
  pixels(state, grid) {
    const { channels, scale } = this;
    const { width, height } = grid;
    const pixels = new Float32Array(width * scale * height * scale * 4);
    const units = this.places[0].length;
    /** What the first layer makes of each cell, [H][W][units]; which cells are not empty. */
    const sums = new Float32Array(width * height * units);
    const occupied = new Uint8Array(width * height);
    for (let cell = 0; cell < occupied.length; cell++) {
      const values = state.subarray(cell * channels, (cell + 1) * channels);
      if (!values.some((value) => value !== 0)) continue;
      occupied[cell] = 1;
      sums.set(this.first.apply(values), cell * units);
    }
    const around = new Int32Array(9);
    for (let cell = 0; cell < occupied.length; cell++) {
      if (!occupied[cell]) continue;
      around.fill(-1);
      forEachNeighbour(grid, cell, (j, place) => { if (occupied[j]) around[place] = j; });
      const [x, y] = [cell % width, Math.floor(cell / width)];
      for (let p = 0; p < this.blends.length; p++) {
        const row = y * scale + Math.floor(p / scale);
        this.draw(p, around, sums, state, pixels, 4 * ((row * width + x) * scale + (p % scale)));
      }
    }
    return pixels;
  }

  /** One pixel, at `start` of `pixels`. */
  draw(p, around, sums, state, pixels, start) {
    const { mixed, blends, channels, pictureChannels } = this;
    const units = mixed.length;
    mixed.set(this.places[p]);
    for (const { place, share } of blends[p]) {
      const cell = around[place];
      if (cell < 0) continue;
      for (let n = 0; n < units; n++) mixed[n] += share * sums[cell * units + n];
      for (let c = 0; c < 4; c++) pixels[start + c] += share * state[cell * channels + pictureChannels[c]];
    }
    for (let n = 0; n < units; n++) if (mixed[n] < 0) mixed[n] = 0;
    let values = mixed;
    for (const layer of this.layers) values = layer.apply(values);
    for (let c = 0; c < 4; c++) pixels[start + c] += values[c];
  }
}
