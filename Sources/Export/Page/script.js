// The way back: a run as a scenario file, and as the fragment of an address.

/** The run as YAML that `gnca-render MODEL --scenario FILE` makes a film of. */
function scenarioText(run, model, title) {
  const oneLine = (text) => text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, " ");
  const { start } = run;
  const lines = [`# A run of ${oneLine(model.name)}, from the page "${oneLine(title)}". A film of it:`];
  lines.push(`# gnca-render ${model.file ? oneLine(model.file) : "MODEL"} --scenario THIS-FILE -o film.mp4`);
  lines.push(`random-seed: ${run.seed}`, `grid: ${run.width}x${run.height}`, `steps: ${Math.max(1, run.step)}`);
  const isCentre = start.seeds.length === 1 && start.seeds[0].x === run.width >> 1 && start.seeds[0].y === run.height >> 1;
  if (!isCentre) lines.push("seeds:", ...start.seeds.map(({ x, y }) => `  - {x: ${x}, y: ${y}}`));
  if (start.angle) lines.push(`angle: ${start.angle}`);
  if (start.fireRate != null) lines.push(`fire-rate: ${start.fireRate}`);
  if (start.padding) lines.push(`padding: ${start.padding}`);
  const events = run.strokes.flatMap(eventLines);
  if (events.length) lines.push("events:", ...events);
  return lines.join("\n") + "\n";
}

function eventLines(event) {
  const { at, times, erase, noise, plant, roll } = event;
  const often = times ? `, times: ${times}` : "";
  // Of several shapes, only the first has a name in the film.
  if (erase) return [erase].flat().map((shape, i) => `  - {at: ${at}, erase: "${shape}"${i ? ', name: ""' : ""}${often}}`);
  if (noise) return [`  - {at: ${at}, noise: "${noise}"}`];
  if (plant) return [`  - {at: ${at}, plant: {x: ${plant.x}, y: ${plant.y}}}`];
  if (roll) return [`  - {at: ${at}, roll: {rows: ${roll.rows}, cells: ${roll.cells}}}`];
  for (const key of ["angle", "fire-rate", "padding", "clear"]) if (key in event) return [`  - {at: ${at}, ${key}: ${event[key]}}`];
  return [];
}

/** How events are spelled in an address: a letter, then numbers. */
const eventCodes = {
  c: { key: "erase", shape: "circle", count: 3 },
  r: { key: "erase", shape: "rect", count: 4 },
  n: { key: "noise", shape: "circle", count: 3 },
  p: { key: "plant", count: 2 },
  a: { key: "angle", count: 1 },
};

/** "seed=7&step=431&do=c120,36,36,8;p130,20,20" */
function fragmentOf(run, modelIndex) {
  const spelled = run.strokes.flatMap((event) => {
    const code = (letter, ...numbers) => letter + [event.at, ...numbers].join(",");
    const often = event.times ? [event.times] : [];
    if (event.erase) {
      return [event.erase].flat().map((shape) => code(shape[0], ...shape.split(":")[1].split(","), ...often));
    }
    if (event.noise) return code("n", ...event.noise.split(":")[1].split(","));
    if (event.plant) return code("p", event.plant.x, event.plant.y);
    return "angle" in event ? code("a", event.angle) : [];
  });
  const parts = [`seed=${run.seed}`, `step=${run.step}`];
  if (modelIndex) parts.unshift(`model=${modelIndex + 1}`);
  if (spelled.length) parts.push("do=" + spelled.join(";"));
  return parts.join("&");
}

/** What an address says; null where it says nothing. Throws nothing: what cannot be read is left out. */
function readFragment(text, run) {
  const values = new Map(text.replace(/^#/, "").split("&").map((part) => part.split("=")));
  const whole = (name, limit) => {
    const number = Number(values.get(name));
    return Number.isInteger(number) && number >= 0 && number <= limit ? number : undefined;
  };
  if (whole("seed", 4294967295) === undefined) return null;
  const events = [];
  for (const word of (values.get("do") || "").split(";")) {
    const code = eventCodes[word[0]];
    const [at, ...numbers] = word.slice(1).split(",").map(Number);
    if (!code || !Number.isInteger(at) || at < 0 || !numbers.every(Number.isFinite)) continue;
    const own = numbers.slice(0, code.count);
    if (own.length < code.count || (code.shape && own[2] <= 0)) continue;
    const isThere = code.key !== "plant" || (own.every((n) => Number.isInteger(n) && n >= 0) && own[0] < run.width && own[1] < run.height);
    if (!isThere) continue;
    const value = code.shape ? `${code.shape}:${own.join(",")}` : code.key === "plant" ? { x: own[0], y: own[1] } : own[0];
    const times = Math.min(Math.max(numbers[code.count] || 1, 1), 10000);
    for (let i = 0; i < times; i++) events.push({ at: at + i, [code.key]: value });
  }
  // Stable: events of one step stay in their order.
  events.sort((one, other) => one.at - other.at);
  return { seed: whole("seed", 4294967295), step: whole("step", 1e7) || 0, model: (whole("model", 64) || 1) - 1, events };
}
