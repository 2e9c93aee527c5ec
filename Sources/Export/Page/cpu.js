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
    this.conditions = null;
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
    this.rules.forEach((rule, index) => rule.update(this, index));
    this.rules.forEach((rule, index) => rule.apply(this, index));
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
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        if (!from[i]) continue;
        if (x > 0 && y > 0 && x < width - 1 && y < height - 1) {
          for (let row = i - width; row <= i + width; row += width) to[row - 1] = to[row] = to[row + 1] = 1;
        } else this.forEachNeighbour(x, y, (j) => (to[j] = 1));
      }
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

  /** Life before, fire and update: the new values of the cells that fire. */
  update(engine, index) {
    const { rule } = this;
    const { width, height, channels, state, next, owner } = engine;
    const [key, limit] = [engine.conditions.keys[index], engine.conditions.limits[index]];
    const count = width * height;
    const { before, after, reach, channel, threshold } = rule.life;
    const isAlone = engine.rules.length === 1;
    if (this.angle !== engine.conditions.angle) this.turn(engine.conditions.angle);
    this.isOwn = (i) => isAlone || owner[i] === index;
    this.fires = (i) => pcg4d(i % width, Math.floor(i / width), key[0], key[1])[0] >>> 8 < limit;
    this.isMature = (grid, i) => (grid[i * channels + channel] > threshold ? 1 : 0);
    this.mature = new Uint8Array(count);
    this.alive = new Uint8Array(count);
    if (before || after || rule.addsControl) {
      for (let i = 0; i < count; i++) this.mature[i] = this.isMature(state, i);
      this.spread(engine, this.mature, this.alive);
    }
    // What dead cells would become matters to the neighbours that live by another rule.
    const awake = before && after && !isAlone && reach === "3x3" ? new Uint8Array(count) : this.alive;
    if (awake !== this.alive) engine.dilate(this.alive, awake);
    for (let i = 0; i < count; i++) {
      if ((before && !awake[i]) || !this.isOwn(i) || !this.fires(i)) continue;
      this.change(engine, i, next, i * channels);
    }
  }

  /** Life after: cells that fail a test become zero. */
  apply(engine) {
    const { width, height, channels, next, rules } = engine;
    const { before, after, reach } = this.rule.life;
    const { alive, mature } = this;
    const count = width * height;
    if (!before && !after) return;
    const kept = after ? new Uint8Array(count) : alive;
    if (after) {
      for (let i = 0; i < count; i++) mature[i] = this.isMature(next, i);
      this.spread(engine, mature, kept);
      if (before && reach === "3x3" && rules.length === 1) this.askDeadNeighbours(engine, kept);
    }
    for (let i = 0; i < count; i++) {
      if (this.isOwn(i) && ((before && !alive[i]) || (after && !kept[i]))) next.fill(0, i * channels, (i + 1) * channels);
    }
  }

  /** A dead cell ends as zero, but what it would have become may be all that keeps its neighbour alive. */
  askDeadNeighbours(engine, kept) {
    const { width } = engine;
    const asked = new Set();
    for (let i = 0; i < kept.length; i++) {
      if (!this.alive[i] || kept[i]) continue;
      engine.forEachNeighbour(i % width, Math.floor(i / width), (j) => {
        if (this.alive[j] || asked.has(j) || !this.fires(j)) return;
        asked.add(j);
        this.change(engine, j, this.value, 0);
        this.mature[j] = this.isMature(this.value, 0);
      });
    }
    if (asked.size) this.spread(engine, this.mature, kept);
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
  change(engine, i, to, start) {
    const { rule } = this;
    const { channels, state } = engine;
    const isQuiet = !rule.life.before && !rule.addsControl && this.isQuiet(engine, i);
    if (isQuiet && this.response) return to.set(this.response, start);
    this.perceive(engine, i);
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
  perceive(engine, i) {
    const { channels, state } = engine;
    const { perception, rule, alive } = this;
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
      // Two inputs at a time, without those that are zero.
      for (let k = 0; k < layer.inputs; k++) {
        while (k < layer.inputs && inputs[k] === 0) k++;
        if (k === layer.inputs) break;
        const [one, row] = [inputs[k], k * outputs];
        for (k++; k < layer.inputs && inputs[k] === 0; ) k++;
        const other = k < layer.inputs ? inputs[k] : 0;
        const next = Math.min(k, layer.inputs - 1) * outputs;
        for (let n = 0; n < outputs; n++) sums[n] += one * weights[row + n] + other * weights[next + n];
      }
      if (layer.name === "relu") for (let n = 0; n < outputs; n++) sums[n] = sums[n] < 0 ? 0 : sums[n];
      else if (layer.name !== "none") for (let n = 0; n < outputs; n++) sums[n] = activate(sums[n], low, high);
      inputs = sums;
    });
    return inputs;
  }
}
