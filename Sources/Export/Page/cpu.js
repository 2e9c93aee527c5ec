// The engine that needs nothing but JavaScript. It computes the cells that can change, as the program does.

/** A dense layer of which the first `inputs` columns are used. */
class Dense {
  constructor({ inputs: row, outputs, weights, bias }, inputs, [name, low, high]) {
    Object.assign(this, { inputs, bias, name, low, high, activate: activations[name].js });
    this.sums = new Float64Array(outputs);
    // [inputs][outputs], so that an input of zero costs nothing.
    this.weights = new Float32Array(inputs * outputs);
    for (let n = 0; n < outputs; n++) for (let k = 0; k < inputs; k++) this.weights[k * outputs + n] = weights[n * row + k];
  }

  /** Its outputs, until it is asked again. */
  apply(inputs, bias = this.bias) {
    const { weights, sums, name, low, high } = this;
    const outputs = sums.length;
    sums.set(bias);
    // Two inputs at a time, without those that are zero.
    for (let k = 0; k < this.inputs; k++) {
      while (k < this.inputs && inputs[k] === 0) k++;
      if (k === this.inputs) break;
      const [one, row] = [inputs[k], k * outputs];
      for (k++; k < this.inputs && inputs[k] === 0; ) k++;
      const other = k < this.inputs ? inputs[k] : 0;
      const next = Math.min(k, this.inputs - 1) * outputs;
      for (let n = 0; n < outputs; n++) sums[n] += one * weights[row + n] + other * weights[next + n];
    }
    if (name === "relu") for (let n = 0; n < outputs; n++) sums[n] = sums[n] < 0 ? 0 : sums[n];
    else if (name !== "none") for (let n = 0; n < outputs; n++) sums[n] = this.activate(sums[n], low, high);
    return sums;
  }
}

class CPUEngine {
  constructor(width, height) {
    this.name = "cpu";
    Object.assign(this, { width, height });
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

  /** The state before the last step. */
  readPrevious() { return this.previous; }

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
    if (this.rules.some(({ rule }) => !rule.life.before || rule.birth)) this.findOccupied();
    this.rules.forEach((rule, index) => rule.update(this, index));
    this.rules.forEach((rule, index) => rule.apply(this, index));
    [this.previous, this.state, this.next] = [this.state, this.next, this.previous];
  }

  setOwner(owner) { this.owner = owner; }

  findOccupied() {
    const { state, occupied, channels } = this;
    for (let i = 0, at = 0; i < occupied.length; i++, at += channels) {
      let any = 0;
      for (let c = 0; c < channels; c++) if (state[at + c] !== 0) any = 1;
      occupied[i] = any;
    }
  }

}

/** One rule's stages: life before, fire, update, life after, apply (Automaton.swift). */
class CPURule {
  constructor(rule) {
    this.rule = rule;
    this.layers = rule.layers.map((layer, index) => {
      const inputs = index === 0 ? rule.perceived : layer.inputs;
      return new Dense(layer, inputs, index === rule.layers.length - 1 ? rule.update : rule.activation);
    });
    this.perception = new Float64Array(rule.perceived);
    this.value = new Float32Array(rule.channels);
  }

  /** Life before, births, fire and update: the new values of the cells that fire. */
  update(engine, index) {
    const { rule } = this;
    const { width, height, channels, state, next, owner } = engine;
    const [key, limit] = [engine.conditions.keys[index], engine.conditions.limits[index]];
    const count = width * height;
    const { before, after } = rule.life;
    const isAlone = engine.rules.length === 1;
    if (this.angle !== engine.conditions.angle) this.turn(engine.conditions.angle);
    this.isOwn = (i) => isAlone || owner[i] === index;
    this.fires = (i) => pcg4d(i % width, Math.floor(i / width), key[0], key[1]) >>> 8 < limit;
    const tests = before || after || rule.addsControl;
    this.alive = tests ? rule.living(rule.mature(state), engine) : new Uint8Array(count);
    const unborn = rule.birth ? giveBirth(rule, engine, this.alive) : null;
    this.bias = rule.side ? biasSeeing(rule, state, rule.isTested ? this.alive : null, engine) : rule.firstBias;
    if (rule.side) this.response = null;
    // What dead cells would become matters to the neighbours that live by another rule.
    const awake = before && after && !isAlone ? rule.living(this.alive, engine) : this.alive;
    for (let i = 0; i < count; i++) {
      if ((before && !awake[i]) || (unborn && unborn[i]) || !this.isOwn(i) || !this.fires(i)) continue;
      this.change(engine, i, next, i * channels);
    }
  }

  /** Life after: cells that fail a test become zero. */
  apply(engine) {
    const { channels, next, rules } = engine;
    const { alive, rule } = this;
    const { before, after, reach } = rule.life;
    if (!rule.isTested) return;
    let kept = alive;
    if (after) {
      const mature = rule.mature(next);
      kept = rule.living(mature, engine);
      if (before && reach === "3x3" && rules.length === 1 && !rule.birth) kept = this.askDeadNeighbours(engine, mature, kept);
    }
    for (let i = 0; i < alive.length; i++) {
      if (this.isOwn(i) && ((before && !alive[i]) || (after && !kept[i]))) next.fill(0, i * channels, (i + 1) * channels);
    }
  }

  /** A dead cell ends as zero, but what it would have become may be all that keeps its neighbour alive. */
  askDeadNeighbours(engine, mature, kept) {
    const { channel, threshold } = this.rule.life;
    const asked = new Set();
    for (let i = 0; i < kept.length; i++) {
      if (!this.alive[i] || kept[i]) continue;
      forEachNeighbour(engine, i, (j) => {
        if (this.alive[j] || asked.has(j) || !this.fires(j)) return;
        asked.add(j);
        this.change(engine, j, this.value, 0);
        if (this.value[channel] > threshold) mature[j] = 1;
      });
    }
    return asked.size ? this.rule.living(mature, engine) : kept;
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
    forEachNeighbour(engine, i, (j) => (any |= engine.occupied[j]));
    return !any;
  }

  /** [K][C] */
  perceive(engine, i) {
    const { channels, state } = engine;
    const { perception, rule, alive } = this;
    const control = rule.addsControl ? rule.controlValues : [];
    const around = [];
    forEachNeighbour(engine, i, (j, place) => {
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
    return this.layers.reduce((values, layer, index) => layer.apply(values, index === 0 ? this.bias : layer.bias), inputs);
  }
}
