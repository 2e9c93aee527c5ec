// What a reader can do: pointer, touch, keyboard, buttons.

/** Steps a second; the last is as fast as it goes. */
const speeds = [1, 2, 5, 10, 20, 30, 60, 120, 240, 480, Infinity];

class Controls {
  constructor(player) {
    this.player = player;
    this.cell = null;
    this.connectButtons();
    this.connectSliders();
    this.connectChoices();
    this.connectCopies();
    this.connectPicture(player.canvas);
  }

  get tool() { return document.querySelector("input[name=tool]:checked").value; }
  get brush() { return Number(element("brush").value); }

  connectButtons() {
    const { player } = this;
    const actions = {
      "play": () => player.setPlaying(!player.isPlaying),
      "start": () => player.setPlaying(true),
      "single": () => player.single(),
      "reset": () => player.restart({}),
      "replay": () => player.replay(),
      "undo": () => player.undo(),
      "new-seed": () => player.restart({ seed: crypto.getRandomValues(new Uint32Array(1))[0] }),
      "more": () => this.showControls(element("controls").hidden),
    };
    for (const [id, action] of Object.entries(actions)) element(id).onclick = action;
    element("controls").onsubmit = (event) => event.preventDefault();
    element("seed").onchange = (event) => {
      const seed = Number(event.target.value);
      if (event.target.value.trim() !== "" && Number.isInteger(seed) && seed >= 0 && seed <= 4294967295) player.restart({ seed });
      else {
        this.say("A random seed is a whole number from 0 to 4294967295.");
        event.target.value = player.run.seed;
      }
    };
  }

  showControls(shown) {
    element("controls").hidden = !shown;
    element("more").setAttribute("aria-expanded", String(shown));
  }

  connectSliders() {
    const { player } = this;
    const connect = (id, say, change) => {
      const slider = element(id);
      slider.oninput = () => {
        element(id + "-text").textContent = say(Number(slider.value));
        if (change) change(Number(slider.value));
      };
    };
    element("speed").max = speeds.length - 1;
    connect("speed", (i) => (speeds[i] === Infinity ? "flat out" : `${speeds[i]} step${i ? "s" : ""}/s`), (i) => player.setSpeed(speeds[i]));
    connect("brush", (radius) => `${radius} cells`);
    connect("angle", (angle) => `${angle}°`, (angle) => player.act({ angle }));
    connect("goal", (goal) => String(goal), (goal) => player.setGoal(goal));
  }

  connectChoices() {
    const { player } = this;
    for (const [name, { name: text }] of Object.entries(views)) {
      const label = make("label");
      const onchange = () => player.setView(name);
      label.append(make("input", { type: "radio", name: "view", value: name, onchange }), make("span", { textContent: text }));
      element("views").append(label);
    }
    for (const id of ["model", "other"]) {
      player.models.forEach((model, index) => element(id).append(new Option(model.name, index)));
      element(id).onchange = () => {
        const other = element("other").value;
        player.choose(Number(element("model").value), other === "" ? null : Number(other));
      };
    }
    element("other").prepend(new Option("nobody", ""));
    element("other").value = "";
  }

  connectCopies() {
    const { player } = this;
    const copy = async (text, said) => {
      const area = element("copied");
      area.value = text;
      try {
        await navigator.clipboard.writeText(text);
        area.hidden = true;
        this.say(said);
      } catch {
        // From a disk or in a frame the clipboard may be closed.
        area.hidden = false;
        area.select();
        this.say("Copy this text:");
      }
    };
    element("link").onclick = () => copy(player.address(), "Copied: an address that shows this run.");
    element("scenario").onclick = () => copy(player.script(), "Copied: save it as a .yaml file, and gnca-render makes a film of this run.");
  }

  connectPicture(canvas) {
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", element("poster").alt + " Arrow keys move a brush, Enter uses it, Space plays and stops.");
    canvas.onpointerdown = (event) => this.press(event);
    canvas.onpointermove = (event) => this.move(event);
    canvas.onpointerup = canvas.onpointercancel = (event) => this.lift(event);
    canvas.onpointerleave = () => { if (!this.pressed) this.showCursor(null); };
    canvas.onclick = (event) => this.tap(event);
    canvas.onkeydown = (event) => this.key(event);
    canvas.onblur = () => this.setActive(false);
  }

  /** Where on the grid an event is, in cells; tiles show the same cells. */
  place(event) {
    const canvas = event.target;
    const box = canvas.getBoundingClientRect();
    const { scene, run } = this.player;
    const along = (at, start, length, pixels, cells) => {
      const pixel = ((at - start) / length) * pixels;
      const tile = cells * scene.scale + scene.gap;
      return (pixel % tile) / scene.scale - 0.5;
    };
    return {
      x: along(event.clientX, box.left, box.width, canvas.width, run.width),
      y: along(event.clientY, box.top, box.height, canvas.height, run.height),
    };
  }

  /** A finger scrolls over the picture until it has tapped it. */
  setActive(active) {
    this.isActive = active;
    element("picture").classList.toggle("active", active);
  }

  press(event) {
    if (event.button !== 0 || (event.pointerType === "touch" && !this.isActive)) return;
    event.preventDefault();
    event.target.focus({ preventScroll: true });
    try { event.target.setPointerCapture(event.pointerId); } catch { /* it has gone */ }
    this.pressed = true;
    this.player.beginStroke();
    this.use(this.place(event));
  }

  move(event) {
    const place = this.place(event);
    if (event.pointerType !== "touch" || this.isActive) this.showCursor(place);
    if (!this.pressed || this.tool === "plant") return;
    const { x, y } = this.last;
    if (Math.hypot(place.x - x, place.y - y) >= 0.5) this.use(place);
  }

  lift() {
    if (!this.pressed) return;
    this.pressed = false;
    this.player.endStroke();
  }

  tap(event) {
    if (this.isActive || event.pointerType !== "touch") return;
    this.setActive(true);
    event.target.focus({ preventScroll: true });
    this.player.beginStroke();
    this.use(this.place(event));
    this.player.endStroke();
  }

  /** While the brush is held still, it goes on erasing. */
  hold() {
    if (this.pressed && this.tool === "erase") this.use(this.last);
  }

  use(place) {
    this.last = place;
    const { run } = this.player;
    const round = (number) => Math.round(number * 10) / 10;
    const circle = `circle:${round(place.x)},${round(place.y)},${this.brush}`;
    const cell = { x: Math.round(place.x), y: Math.round(place.y) };
    if (cellsOf(circle, run.width, run.height).length === 0) return;
    if (this.tool === "erase") this.player.act({ erase: circle });
    else if (this.tool === "noise") this.player.act({ noise: circle });
    else if (this.tool === "graft") this.player.act({ graft: circle, to: 1 });
    else if (cell.x >= 0 && cell.y >= 0 && cell.x < run.width && cell.y < run.height) this.player.act({ plant: cell });
  }

  showCursor(place) {
    const cursor = element("cursor");
    cursor.hidden = !place;
    if (!place) return;
    const { scene, canvas } = this.player;
    const cell = canvas.clientWidth / (scene.width / scene.scale);
    const size = this.tool === "plant" ? 2 * cell : 2 * this.brush * cell;
    Object.assign(cursor.style, { width: `${size}px`, height: `${size}px`, left: `${(place.x + 0.5) * cell}px`, top: `${(place.y + 0.5) * cell}px` });
  }

  key(event) {
    const { player } = this;
    const { run } = player;
    const far = event.shiftKey ? 8 : 1;
    const moves = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, -far], ArrowDown: [0, far] };
    const place = this.cell || { x: run.width >> 1, y: run.height >> 1 };
    if (event.ctrlKey || event.metaKey || event.altKey) {
      if (event.key !== "z" || event.altKey) return;
      player.undo();
    } else if (moves[event.key]) {
      const [dx, dy] = moves[event.key];
      const held = (value, limit) => Math.min(Math.max(value, 0), limit - 1);
      this.cell = { x: held(place.x + dx, run.width), y: held(place.y + dy, run.height) };
      this.showCursor(this.cell);
    } else if (event.key === "Enter") {
      this.cell = place;
      this.showCursor(place);
      player.beginStroke();
      this.use(place);
      player.endStroke();
    } else if (event.key === " ") player.setPlaying(!player.isPlaying);
    else if (event.key === ".") player.single();
    else if (event.key === "+" || event.key === "-") {
      const brush = element("brush");
      brush.value = this.brush + (event.key === "+" ? 1 : -1);
      brush.oninput();
      if (this.cell) this.showCursor(this.cell);
    } else if (event.key === "Escape") {
      this.cell = null;
      this.showCursor(null);
      this.setActive(false);
      return;
    } else return;
    event.preventDefault();
  }

  say(text) { element("said").textContent = text; }

  /** Shows what the player has become. */
  update() {
    const { player } = this;
    const { run } = player;
    element("play").lastElementChild.textContent = player.isPlaying ? "Pause" : "Play";
    element("play-icon").setAttribute("d", player.isPlaying ? "M7 5h4v14H7zM13 5h4v14h-4z" : "M8 5v14l11-7z");
    // Told to those who cannot see it, where it does not run on.
    element("step").setAttribute("aria-live", player.isPlaying ? "off" : "polite");
    element("undo").disabled = element("replay").disabled = run.next === 0;
    if (document.activeElement !== element("seed")) element("seed").value = run.seed;
    const [rule] = run.rules;
    element("angle-row").hidden = !run.rules.some((each) => each.turns);
    element("angle").value = run.angle;
    element("angle-text").textContent = `${run.angle}°`;
    const goals = rule.control && rule.control.goals;
    element("goal-row").hidden = !goals;
    if (goals) {
      element("goal").max = goals.length - 1;
      element("goal").value = player.goal;
      element("goal-text").textContent = String(player.goal);
    }
    element("model-row").hidden = player.models.length < 2;
    element("model").value = player.chosen;
    const partners = player.partners();
    element("other-row").hidden = partners.length === 0;
    for (const option of element("other").options) option.hidden = option.value !== "" && !partners.includes(Number(option.value));
    element("other").value = player.other ?? "";
    // Films know no run of two models on one grid.
    element("scenario").disabled = element("link").disabled = player.other !== null;
    document.querySelector("input[value=graft]").parentElement.hidden = player.other === null;
    for (const name of Object.keys(views)) {
      const isThere = (name !== "hidden" || rule.hiddenChannels.length > 0) && (name !== "alive" || rule.isTested);
      const input = document.querySelector(`input[name=view][value=${name}]`);
      input.parentElement.hidden = !isThere;
      input.checked = name === player.view;
    }
  }
}
