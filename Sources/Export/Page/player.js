// Plays a run: time, engines, what is shown, and what others can drive (window.gnca).

class Player {
  constructor(data) {
    this.data = data;
    this.models = data.models;
    this.rules = data.models.map((model) => new Rule(model));
    this.chosen = 0;
    this.other = null;
    this.goal = 0;
    this.view = "picture";
    this.speed = data.speed;
    this.isPlaying = false;
    this.due = 0;
    this.strokes = 0;
    const { width, height, seeds, angle = 0, fireRate, padding } = data;
    this.run = new Run({ width, height, seeds, angle, fireRate, padding });
    this.theme = this.readTheme();
    this.canvas = element("canvas");
    this.controls = new Controls(this);
    this.makeEngine();
    this.open();
    this.watch();
  }

  // MARK: engines

  /** The best that the device has and the rules allow. */
  makeEngine() {
    const { width, height } = this.run;
    /** Why it is not a better one. */
    this.reasons = [];
    /** The engine that the chosen model is too much for, while another one runs it. */
    this.better = null;
    for (const kind of ["float32", "half"]) {
      try {
        const engine = new WebGLEngine(width, height, kind);
        engine.setRules(this.ruleSet, new Uint8Array(width * height));
        this.watchContext(engine.canvas);
        return this.takeEngine(engine);
      } catch (error) {
        this.reasons.push(error.message);
      }
    }
    this.takeEngine(new CPUEngine(width, height));
  }

  watchContext(canvas) {
    canvas.addEventListener("webglcontextlost", (event) => {
      event.preventDefault();
      this.isLost = true;
    });
    canvas.addEventListener("webglcontextrestored", () => this.recover());
  }

  takeEngine(engine) {
    this.engine = engine;
    const words = {
      float32: "WebGL2 and 32-bit floats: the command line's run",
      half: "WebGL2 and 16-bit floats: near the command line's run, until a cell at the edge of life decides otherwise",
      cpu: "plain JavaScript: the command line's run",
    };
    const weights = this.data.compact ? ` The weights have 8 bits each${engine.name === "half" ? "" : ", so that it is a run of its own"}.` : "";
    element("engine").textContent = `Computed with ${words[engine.name]}.${weights}`;
  }

  /** After a lost context: everything on the device is gone, and comes back by replay. */
  recover() {
    const { run } = this;
    const { step, next, events } = run;
    this.makeEngine();
    Object.assign(run, { engine: this.engine });
    run.events = events;
    run.goTo(step, next);
    this.isLost = false;
    this.show();
  }

  // MARK: what runs

  /** The run that the address or the page's own show opens with. */
  open() {
    const linked = readFragment(location.hash, this.run);
    if (linked) {
      this.chosen = Math.min(linked.model, this.models.length - 1);
      this.restart({ seed: linked.seed, events: linked.events, keepsAddress: true });
      this.run.advance(linked.step);
      this.run.events.length = this.run.next;
      if (linked.step > 0) this.reveal();
    } else {
      this.restart({ seed: this.data.seed, events: this.data.events || [], keepsAddress: true });
      this.pace = this.data.pace || null;
    }
  }

  get ruleSet() { return [this.chosen, this.other].filter((i) => i !== null).map((i) => this.rules[i]); }

  /** Models that can share the grid with the chosen one: cells of as many channels. */
  partners() {
    const { rules, chosen } = this;
    return range(rules.length).filter((i) => i !== chosen && rules[i].company === rules[chosen].company);
  }

  choose(model, other) {
    if (model !== this.chosen) this.goal = 0;
    this.chosen = model;
    this.other = this.partners().includes(other) ? other : null;
    this.restart({});
  }

  setGoal(goal) {
    this.goal = goal;
    const rule = this.rules[this.chosen];
    rule.setControl(rule.control.goals[goal]);
    this.restart({});
  }

  restart({ seed = this.run.seed, events = [], keepsAddress = false }) {
    this.pace = null;
    this.clock = 0;
    if (this.better) {
      this.takeEngine(this.better);
      this.better = null;
    }
    try {
      this.run.reset(this.engine, this.ruleSet, seed, events);
    } catch (error) {
      // Too large a rule for the device, as a rule.
      if (this.engine.name === "cpu") throw error;
      this.reasons.push(error.message);
      this.better = this.engine;
      this.takeEngine(new CPUEngine(this.run.width, this.run.height));
      this.run.reset(this.engine, this.ruleSet, seed, events);
    }
    if (!keepsAddress) this.noteAddress();
    this.show();
  }

  /** From the seed, with everything that was done at its step. */
  replay() {
    const events = this.run.events.slice(0, this.run.next);
    this.restart({ events });
    this.setPlaying(true);
  }

  /** The reader does something to the run. */
  act(event) {
    this.pace = null;
    this.run.act({ stroke: this.stroke, ...event });
    this.reveal();
    this.show();
    if (!this.stroke) this.noteAddress();
  }

  beginStroke() {
    this.run.keep();
    this.stroke = ++this.strokes;
  }

  endStroke() {
    this.stroke = undefined;
    this.noteAddress();
  }

  undo() {
    this.pace = null;
    if (!this.run.undo()) return;
    this.noteAddress();
    this.show();
  }

  single() {
    this.setPlaying(false);
    this.reveal();
    this.run.advance(1);
    this.noteAddress();
    this.show();
  }

  // MARK: time

  setSpeed(speed) {
    this.speed = speed;
    this.pace = null;
  }

  setPlaying(isPlaying) {
    this.isPlaying = isPlaying;
    if (isPlaying) this.reveal();
    else this.noteAddress();
    this.due = 0;
    this.last = null;
    this.controls.update();
    this.plan();
  }

  /** The picture takes the poster's place. */
  reveal() {
    element("poster").hidden = element("start").hidden = true;
    this.canvas.hidden = false;
    this.isRevealed = true;
  }

  plan() {
    if (this.planned || !this.isPlaying || this.isAway || this.isLost) return;
    this.planned = requestAnimationFrame((now) => {
      this.planned = null;
      this.tick(now);
      this.plan();
    });
  }

  tick(now) {
    const seconds = this.last === null ? 0 : Math.min((now - this.last) / 1000, 0.1);
    this.last = now;
    let steps;
    if (this.pace) steps = this.pacedSteps(seconds);
    else if (this.speed === Infinity) steps = this.fullSteps(seconds);
    else {
      this.due += seconds * this.speed;
      steps = Math.floor(this.due);
      this.due -= steps;
    }
    if (steps === 0) return;
    this.run.advance(steps);
    this.controls.hold();
    this.show();
  }

  /** As the scenario's film, which lists the steps done after every fifth of a second. */
  pacedSteps(seconds) {
    this.clock += seconds * 5;
    const at = Math.floor(this.clock);
    const [from, to] = [this.pace[at], this.pace[at + 1]];
    if (to === undefined) {
      const rest = this.pace[this.pace.length - 1] - this.run.step;
      this.pace = null;
      return Math.max(0, rest);
    }
    return Math.max(0, Math.floor(from + (to - from) * (this.clock - at)) - this.run.step);
  }

  /** As many as fit between two pictures, by how long the last ones took. */
  fullSteps(seconds) {
    const batch = this.batch || 4;
    if (seconds > 0) this.batch = Math.min(Math.max(seconds > 0.025 ? batch * 0.7 : batch * 1.2, 1), 400);
    return Math.round(this.batch || batch);
  }

  // MARK: what is seen

  setView(view) {
    this.view = view;
    this.reveal();
    this.show();
    this.showLegend();
  }

  readTheme() {
    const { className } = document.documentElement;
    const isDark = className.includes("dark") || (!className.includes("light") && matchMedia("(prefers-color-scheme: dark)").matches);
    const palette = this.data.palettes[isDark ? 1 : 0];
    const [light] = this.data.palettes;
    const maps = [palette.diverging, palette.sequential, light.diverging, light.sequential];
    const theme = { maps: maps.map((stops, map) => colourTable(stops, map % 2 === 0)) };
    for (const name of ["page", "life", "fire", "resting"]) [theme[name]] = colourTable([palette[name], palette[name]], false);
    return theme;
  }

  show() {
    const { canvas, run, isBare } = this;
    if (this.isLost) return;
    const ratio = window.devicePixelRatio || 1;
    const high = isBare ? window.innerHeight : Math.max(288, 0.9 * window.innerHeight);
    const room = Math.min(element("stage").clientWidth, (high * run.width) / run.height);
    this.scene = makeScene(this.view, run, Math.floor(room * ratio));
    if (this.isRevealed) paint(canvas, this.scene, run, this.theme);
    canvas.style.width = element("poster").style.width = element("caption").style.maxWidth = `${this.scene.width / ratio}px`;
    element("step").hidden = !this.isRevealed;
    element("step").textContent = `step ${run.step.toLocaleString("en")}`;
    this.controls.update();
    this.showLabels(ratio);
    this.measure();
  }

  showLabels(ratio) {
    const { scene, run } = this;
    const labels = element("labels");
    labels.hidden = this.view !== "hidden" || !this.isRevealed;
    const key = [scene.width, ratio, this.chosen].join();
    if (labels.hidden || labels.key === key) return;
    labels.key = key;
    labels.replaceChildren(...run.rules[0].hiddenChannels.map((channel, i) => {
      const item = make("li", { textContent: channel });
      const place = (tile, cells) => `${(tile * (cells * scene.scale + scene.gap)) / ratio}px`;
      item.style.left = place(i % scene.columns, run.width);
      item.style.top = place(Math.floor(i / scene.columns), run.height);
      return item;
    }));
  }

  showLegend() {
    const { map, limits, swatches } = views[this.view];
    const legend = element("legend");
    legend.replaceChildren();
    for (const [name, text] of swatches || []) {
      const item = make("span");
      item.append(make("i", { style: `background: rgb(${this.theme[name]})` }), text);
      legend.append(item);
    }
    if (!limits) return;
    const stops = this.theme.maps[map].filter((_, i) => i % 8 === 0).map((colour) => `rgb(${colour})`);
    const item = make("span");
    item.append(limits[0], make("i", { className: "ramp", style: `background: linear-gradient(to right, ${stops})` }), limits[1]);
    legend.append(item);
  }

  /** The mean squared distance to the target, as films and training measure it; four times a second. */
  measure() {
    const now = performance.now();
    const { width, height, rules } = this.run;
    // Of models whose cells draw other pixels there is no distance.
    const fits = this.target && this.target.length === width * height * rules[0].pictureScale ** 2;
    element("distance").hidden = !fits;
    if (!fits || !this.isRevealed || (this.isPlaying && now - (this.measured || 0) < 250)) return;
    this.measured = now;
    element("distance").textContent = `distance to the target ${this.distance().toFixed(4)}`;
  }

  distance() {
    const rule = this.rules[this.chosen];
    const { decoder } = rule;
    const state = decoder ? decoder.pixels(this.engine.read(), this.run) : this.engine.read();
    const [length, channels] = decoder ? [4, range(4)] : [rule.channels, rule.pictureChannels];
    let sum = 0;
    for (let cell = 0; cell < this.target.length; cell++) {
      const wanted = targetValues(this.target[cell], rule.picture.kind);
      wanted.forEach((value, i) => (sum += (state[cell * length + channels[i]] - value) ** 2));
    }
    return sum / (this.target.length * channels.length);
  }

  /** The target's pixels, [red, green, blue, alpha] each, 0 to 1. */
  async readTarget() {
    const picture = new Image();
    picture.src = this.data.target;
    await picture.decode();
    const { width, height } = picture;
    const context = make("canvas", { width, height }).getContext("2d");
    context.drawImage(picture, 0, 0);
    const bytes = context.getImageData(0, 0, width, height).data;
    this.target = range(bytes.length / 4).map((i) => [0, 1, 2, 3].map((c) => bytes[4 * i + c] / 255));
    this.measure();
  }

  // MARK: the way back

  noteAddress() {
    if (this.other !== null) return;
    try { history.replaceState(null, "", "#" + fragmentOf(this.run, this.chosen)); } catch { /* some frames have no history */ }
  }

  address() {
    return location.href.replace(/#.*/, "") + "#" + fragmentOf(this.run, this.chosen);
  }

  script() { return scenarioText(this.run, this.models[this.chosen], this.goal); }

  // MARK: the world around

  watch() {
    this.isBare = document.documentElement.classList.contains("bare");
    const resize = () => this.show();
    new ResizeObserver(resize).observe(element("stage"));
    window.addEventListener("resize", resize);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.theme = this.readTheme();
      this.showLegend();
      this.show();
    });
    new IntersectionObserver(([entry]) => {
      this.isAway = !entry.isIntersecting;
      this.last = null;
      if (this.isAway) this.controls.setActive(false);
      this.plan();
    }).observe(element("picture"));
    window.addEventListener("hashchange", () => this.open());
    element("speed").value = speeds.findIndex((speed) => speed >= this.speed);
    for (const id of ["speed", "brush"]) element(id).dispatchEvent(new Event("input"));
    element("controls").hidden = this.isBare;
    element("more").hidden = !this.isBare;
    element("start").hidden = false;
    this.show();
    const wantsStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (this.isRevealed) element("start").hidden = true;
    if (!wantsStill) this.setPlaying(true);
  }
}

/** What a rule's picture should be where the target is this; Target.swift. */
function targetValues([red, green, blue, alpha], kind) {
  const onWhite = [red, green, blue].map((value) => value * alpha + 1 - alpha);
  if (kind === "premultiplied") return [red * alpha, green * alpha, blue * alpha, alpha];
  if (kind === "straight") return [red, green, blue, alpha];
  if (kind === "opaque") return onWhite.map((value) => value - 0.5);
  return [0.2126 * onWhite[0] + 0.7152 * onWhite[1] + 0.0722 * onWhite[2]];
}

/** For those who drive and check a page. */
function publish(player) {
  window.gnca = {
    ready: player.data.target ? player.readTarget() : Promise.resolve(),
    /** "float32", "half" or "cpu" */
    get engine() { return player.engine.name; },
    /** The engine's context, for tests that lose it. */
    get context() { return player.engine.gl; },
    /** Why it is not a better one. */
    get reasons() { return player.reasons; },
    get step() { return player.run.step; },
    get seed() { return player.run.seed; },
    get playing() { return player.isPlaying; },
    get address() { return player.address(); },
    get distance() { return player.distance(); },
    play: () => player.setPlaying(true),
    pause: () => player.setPlaying(false),
    reset: (seed) => {
      player.setPlaying(false);
      player.restart({ seed });
    },
    run: (steps) => {
      player.setPlaying(false);
      player.reveal();
      player.run.advance(steps);
      player.show();
    },
    /** Float32Array [H][W][C] */
    state: () => player.engine.read(),
    /** Float32Array [H s][W s][4] of a rule with a decoder */
    pixels: () => player.run.rules[0].decoder.pixels(player.engine.read(), player.run),
    erase: (shape) => player.act({ erase: shape }),
    noise: (shape) => player.act({ noise: shape }),
    plant: (x, y) => player.act({ plant: { x, y } }),
    turn: (angle) => player.act({ angle }),
    undo: () => player.undo(),
    choose: (model, other = null) => player.choose(model, other),
    show: (view) => player.setView(view),
    script: () => player.script(),
  };
}

publish(new Player(JSON.parse(element("data").textContent)));
