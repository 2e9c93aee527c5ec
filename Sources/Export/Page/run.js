// A run: the state, and everything that happened to it. Its events are those of scenario files (docs/scenarios.md).

/** The cells of "circle:X,Y,R" or "rect:X,Y,W,H", row by row; DamageMask in Damage.swift. */
function cellsOf(shape, width, height) {
  const [kind, list] = shape.split(":");
  const sides = { circle: [width, height, Math.min(width, height)], rect: [width, height, width, height] }[kind];
  const lengths = (list || "").split(",");
  const numbers = lengths.map((text, i) => {
    return text.endsWith("%") ? (parseFloat(text) * (sides ? sides[i] : 0)) / 100 : Number(text);
  });
  if (!sides || numbers.length !== sides.length || !numbers.every(Number.isFinite) || numbers[2] <= 0) {
    throw new Error(`"${shape}" is no damage (expected circle:X,Y,R or rect:X,Y,W,H)`);
  }
  const [x, y, right, down] = numbers;
  const cells = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const isIn = kind === "circle"
        ? ((column - x) / right) ** 2 + ((row - y) / right) ** 2 < 1
        : column >= x && column < x + right && row >= y && row < y + down;
      if (isIn) cells.push(row * width + column);
    }
  }
  return cells;
}

class Run {
  /** `start`: {width, height, seeds, angle, fireRate, padding, events}, what the page opens with. */
  constructor(start) {
    Object.assign(this, start);
    this.start = start;
  }

  /** Begins again. `rules`: one, or two that share the grid. `events`: what will happen. */
  reset(engine, rules, seed, events = []) {
    Object.assign(this, { engine, rules, seed, events, step: 0, next: 0, last: null });
    const { width, height } = this;
    this.owner = new Uint8Array(width * height);
    const { angle, fireRate, padding, seeds } = this.start;
    Object.assign(this, { angle, fireRate, padding, seeds });
    if (rules.length > 1) {
      // The right half is the second one's, with a seed in the middle of each.
      this.owner = this.owner.map((_, i) => (i % width >= width / 2 ? 1 : 0));
      this.seeds = [1, 3].map((quarter) => ({ x: Math.floor((quarter * width) / 4), y: Math.floor(height / 2) }));
    }
    engine.setRules(rules, this.owner);
    engine.load(this.startState());
    this.deathRate = 0;
    this.kept = [];
    this.keep();
    this.applyEvents();
  }

  startState() {
    const [rule, other] = this.rules;
    if (!other) return rule.startState(this.width, this.height, this.seeds, this.seed);
    const states = [rule, other].map((each, i) => each.startState(this.width, this.height, [this.seeds[i]], this.seed));
    return states[0].map((value, i) => (this.owner[Math.floor(i / rule.channels)] ? states[1][i] : value));
  }

  /** The random numbers' keys and whatever else the next step goes by. */
  get conditions() {
    const key = randomKey(this.seed, Stream.fire, this.step);
    return {
      keys: this.rules.map(() => key),
      limits: this.rules.map((rule) => fireLimit(this.fireRate ?? rule.fire)),
      angle: this.angle,
      torus: this.torus,
    };
  }

  get torus() { return (this.padding ?? this.rules[0].padding) === "torus"; }

  advance(steps) {
    for (let i = 0; i < steps; i++) {
      this.last = this.conditions;
      this.engine.step(this.last);
      this.step++;
      if (this.deathRate > 0) this.killCells();
      this.applyEvents();
      if (this.step % 500 === 0) this.keep();
    }
  }

  /** What is to happen now: an event happens when so many steps are done. */
  applyEvents() {
    while (this.next < this.events.length && this.events[this.next].at <= this.step) this.apply(this.events[this.next++]);
  }

  /** The reader does something: what was still to come is dropped. */
  act(event) {
    this.events.length = this.next;
    const whole = { at: this.step, ...event };
    this.apply(whole);
    this.events.push(whole);
    this.next = this.events.length;
  }

  apply(event) {
    const { engine, width, height } = this;
    const { channels } = this.rules[0];
    if (event.erase) {
      const cells = [event.erase].flat().flatMap((shape) => cellsOf(shape, width, height));
      engine.write(cells, new Float32Array(cells.length * channels));
    } else if (event.noise) this.addNoise(cellsOf(event.noise, width, height));
    else if (event.plant) this.plant(event.plant);
    else if (event.clear) engine.load(new Float32Array(width * height * channels));
    else if (event.roll) engine.load(this.rolled(event.roll));
    else if (event.graft) {
      for (const cell of cellsOf(event.graft, width, height)) this.owner[cell] = event.to;
      engine.setOwner(this.owner);
    } else if ("angle" in event) this.angle = event.angle;
    else if ("fire-rate" in event) this.fireRate = event["fire-rate"];
    else if ("death-rate" in event) this.deathRate = event["death-rate"];
    else if ("padding" in event) this.padding = event.padding;
  }

  /** Every cell dies with the same probability. */
  killCells() {
    const { width, height } = this;
    const key = randomKey(this.seed, Stream.deaths, this.step);
    const limit = fireLimit(this.deathRate);
    const cells = [];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) if (pcg4d(x, y, key[0], key[1]) >>> 8 < limit) cells.push(y * width + x);
    }
    this.engine.write(cells, new Float32Array(cells.length * this.rules[0].channels));
  }

  plant({ x, y }) {
    const cell = y * this.width + x;
    const rule = this.rules[this.owner[cell]] || this.rules[0];
    if (rule.seed.start === "cell") this.engine.write([cell], Float32Array.from(rule.seed.cell));
    else this.engine.load(this.startState());
  }

  /** Every channel of these cells becomes a number from -1 to 1. */
  addNoise(cells) {
    const { channels } = this.rules[0];
    const key = randomKey(this.seed, Stream.noiseDamage, this.step);
    const values = new Float32Array(cells.length * channels);
    for (let i = 0; i < values.length; i++) {
      values[i] = 2 * randomFraction(key, cells[Math.floor(i / channels)], i % channels) - 1;
    }
    this.engine.write(cells, values);
  }

  /** Rows first...last moved right by `cells`, around the edge. */
  rolled({ rows, cells }) {
    const state = this.engine.read();
    const [first, last] = rows.split("-").map(Number);
    const length = this.width * this.rules[0].channels;
    const shift = (((cells % this.width) + this.width) % this.width) * this.rules[0].channels;
    for (let row = first; row <= (last ?? first); row++) {
      const old = state.slice(row * length, (row + 1) * length);
      for (let i = 0; i < length; i++) state[row * length + ((i + shift) % length)] = old[i];
    }
    return state;
  }

  // What was: states to go back to, the oldest of them the start.

  keep() {
    const { step, next, angle, fireRate, deathRate, padding } = this;
    const last = this.kept[this.kept.length - 1];
    if (last && last.step === step && last.next === next) return;
    this.kept.push({ step, next, angle, fireRate, deathRate, padding, owner: this.owner.slice(), state: this.engine.read() });
    if (this.kept.length > 24) this.kept.splice(1, 1);
  }

  /** Goes back to `step` and the first `next` events, by replay from what was kept. */
  goTo(step, next = this.events.length) {
    while (this.kept.length > 1) {
      const { step: keptStep, next: keptNext } = this.kept[this.kept.length - 1];
      if (keptStep <= step && keptNext <= next) break;
      this.kept.pop();
    }
    const { state, owner, ...conditions } = this.kept[this.kept.length - 1];
    Object.assign(this, conditions, { owner: owner.slice() });
    this.engine.setRules(this.rules, this.owner);
    this.engine.load(state);
    const events = this.events;
    this.events = events.slice(0, next);
    this.applyEvents();
    this.advance(Math.max(0, step - this.step));
  }

  /** Takes the last stroke back; false where there is none. */
  undo() {
    const last = this.events[this.next - 1];
    if (!last) return false;
    let first = this.next - 1;
    while (first > 0 && last.stroke && this.events[first - 1].stroke === last.stroke) first--;
    this.goTo(this.events[first].at, first);
    return true;
  }

  /** Equal events of steps that follow each other, as one that happens several times. */
  get strokes() {
    const result = [];
    for (const { stroke, ...event } of this.events.slice(0, this.next)) {
      const last = result[result.length - 1];
      const isNext = last && event.erase && last.erase === event.erase && last.at + (last.times || 1) === event.at;
      if (isNext) last.times = (last.times || 1) + 1;
      else result.push({ ...event });
    }
    return result;
  }
}
