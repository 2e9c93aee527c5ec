// The way back: a run as a scenario file, and as the fragment of an address.

/** The run as YAML that `gnca-render MODEL --scenario FILE` makes a film of. */
function scenarioText(run, model, goal) {
  const oneLine = (text) => text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, " ");
  const { start } = run;
  const control = goal ? ` --control ${goal}` : "";
  const lines = [`# A run of ${oneLine(model.name)} on a live page. A film of it:`];
  lines.push(`# gnca-render ${shellWord(oneLine(model.file || "MODEL"))}${control} --scenario THIS-FILE.yaml -o film.mp4`);
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

/** A file's name as one word of a shell's command line, which is no option. */
function shellWord(name) {
  const path = name.startsWith("-") ? "./" + name : name;
  return /^[A-Za-z0-9_.\/+-]+$/.test(path) ? path : "'" + path.replace(/'/g, "'\\''") + "'";
}

function eventLines(event) {
  const { at, times, erase, noise, plant, roll } = event;
  const often = times ? `, times: ${times}` : "";
  // Of several shapes, only the first has a name in the film.
  if (erase) return [erase].flat().map((shape, i) => `  - {at: ${at}, erase: "${shape}"${i ? `, name: ""` : ""}${often}}`);
  if (noise) return [`  - {at: ${at}, noise: "${noise}"}`];
  if (plant) return [`  - {at: ${at}, plant: {x: ${plant.x}, y: ${plant.y}}}`];
  if (roll) return [`  - {at: ${at}, roll: {rows: ${roll.rows}, cells: ${roll.cells}}}`];
  for (const key of ["angle", "fire-rate", "death-rate", "padding", "clear"]) if (key in event) return [`  - {at: ${at}, ${key}: ${event[key]}}`];
  return [];
}

/** "seed=7&step=431&do=120~erase~circle:36,36,8~3;130~plant~20,20": at, key, value, and how often. */
function fragmentOf(run, model) {
  const spelled = run.strokes.flatMap(({ at, times, ...event }) => {
    const [[key, value]] = Object.entries(event);
    const texts = [value].flat().map((one) => (key === "plant" ? `${one.x},${one.y}` : key === "roll" ? `${one.rows},${one.cells}` : one));
    return texts.map((text) => [at, key, text, ...(times ? [times] : [])].join("~"));
  });
  const parts = [`seed=${run.seed}`, `step=${run.step}`];
  if (model) parts.push(`model=${model + 1}`);
  if (spelled.length) parts.push("do=" + spelled.join(";"));
  return parts.join("&");
}

/** What an address says; null where it says nothing. What cannot be read is left out. */
function readFragment(text, run) {
  const values = new Map(text.slice(1).split("&").map((part) => part.split("=")));
  const whole = (text, most, otherwise) => (/^[0-9]+$/.test(text) && Number(text) <= most ? Number(text) : otherwise);
  const seed = whole(values.get("seed"), 4294967295, null);
  if (seed === null) return null;
  const events = (values.get("do") || "").split(";").flatMap((word) => {
    const [at, key, text, times] = word.split("~");
    const value = readValue(key, text, run);
    if (value === undefined || whole(at, 1e7, null) === null) return [];
    return range(whole(times, 10000, 1)).map((i) => ({ at: Number(at) + i, [key]: value }));
  });
  // Stable: events of one step stay in their order.
  events.sort((one, other) => one.at - other.at);
  return { seed, step: whole(values.get("step"), 1e6, 0), model: whole(values.get("model"), 64, 1) - 1, events };
}

/** What happens, out of an address; undefined where it makes no sense. */
function readValue(key, text, { width, height }) {
  const numbers = String(text).split(",").map(Number);
  const isCell = numbers.length === 2 && [width, height].every((limit, i) => Number.isInteger(numbers[i]) && numbers[i] >= 0 && numbers[i] < limit);
  if (key === "erase" || key === "noise") {
    try { return cellsOf(text, width, height) && text; } catch { return undefined; }
  }
  if (key === "plant") return isCell ? { x: numbers[0], y: numbers[1] } : undefined;
  if (key === "angle") return Number.isFinite(numbers[0]) ? numbers[0] : undefined;
  if (key === "fire-rate" || key === "death-rate") return numbers[0] >= 0 && numbers[0] <= 1 ? numbers[0] : undefined;
  if (key === "padding") return text === "torus" || text === "zero" ? text : undefined;
  return key === "clear" ? true : undefined;
}
