// Pictures of the state for the engine without WebGL, and what every picture is made of.

/** What a look inside shows, and how its colours are to be read. */
const views = {
  picture: { name: "Picture" },
  hidden: { name: "Hidden channels", map: 0, limits: ["−2", "0", "2"] },
  alive: { name: "Living cells", swatches: [["life", "edge of the living cells, growing ones tinted"]] },
  fire: { name: "Fire", swatches: [["fire", "fired in the last step"], ["resting", "alive, at rest"]] },
  update: { name: "Last update", map: 1, limits: ["0", "0.25"] },
};

/** The layout of a picture: how large its canvas is, and how many tiles it has. */
function makeScene(view, engine, rule, available, theme) {
  const isTiled = view === "hidden";
  const count = isTiled ? Math.max(1, rule.hiddenChannels.length) : 1;
  const columns = isTiled ? Math.ceil(Math.sqrt((count * 4 * engine.height) / (3 * engine.width) - 1e-9)) : 1;
  const gap = isTiled ? 2 : 0;
  const scale = Math.max(1, Math.floor((available - gap * (columns - 1)) / (columns * engine.width)));
  const rows = Math.ceil(count / columns);
  const width = columns * engine.width * scale + gap * (columns - 1);
  const height = rows * engine.height * scale + gap * (rows - 1);
  return { view: View[view], scale, columns, gap, count, width, height, theme };
}

/** An index of 256 colours: maps 0 and 2 run from -1 to 1, 1 and 3 from 0 to 1. */
function colourIndex(value, map) {
  if (map % 2 === 0) return Math.floor(Math.min(Math.max(value, -1), 1) * 127 + 128.5);
  return Math.floor(Math.min(Math.max(value, 0), 1) * 255 + 0.5);
}

/** 256 colours by stops, mixed as in Colormap.swift; a diverging map has zero at 128. */
function colourTable(stops, diverges) {
  const parts = stops.map((stop) => [1, 3, 5].map((at) => parseInt(stop.slice(at, at + 2), 16)));
  const length = diverges ? 254 : 255;
  return Array.from({ length: 256 }, (_, i) => {
    const scaled = Math.max(0, diverges ? i - 1 : i) * (stops.length - 1);
    const lower = Math.min(Math.floor(scaled / length), stops.length - 2);
    const part = scaled - lower * length;
    const mixed = [0, 1, 2].map((c) => Math.floor((parts[lower][c] * (length - part) + parts[lower + 1][c] * part + (length >> 1)) / length));
    return [...mixed, 255];
  }).flat();
}

const isMatureCell = (engine, life, i) => engine.state[i * engine.channels + life.channel] > life.threshold;

/** One pixel a cell of a tile, into [H][W][4]. */
function paintCells(engine, scene, tile, pixels) {
  const { state, previous, channels, rules, width } = engine;
  const { view, theme } = scene;
  const needsLife = view === View.alive || view === View.fire;
  const alive = needsLife ? livingCells(engine) : null;
  for (let i = 0, at = 0; i < width * engine.height; i++, at += channels) {
    const index = rules.length > 1 ? engine.owner[i] : 0;
    const { rule } = rules[index];
    let colour;
    const mapped = (value, map) => {
      if (value !== value) return [140, 140, 140];
      const start = 4 * (256 * map + colourIndex(value, map));
      return theme.colours.subarray(start, start + 3);
    };
    if (view === View.hidden) colour = mapped(state[at + rule.hiddenChannels[tile]] / 2, 0);
    else if (view === View.update) {
      let sum = 0;
      for (let c = 0; c < channels; c++) sum += (state[at + c] - previous[at + c]) ** 2;
      colour = mapped(Math.sqrt(sum) / 0.25, 1);
    } else if (view === View.fire) {
      const { keys, limits } = engine.conditions || { keys: [[0, 0]], limits: [0, 0] };
      const fired = () => pcg4d(i % width, Math.floor(i / width), ...keys[index])[0] >>> 8 < limits[index];
      colour = (alive[i] ? (fired() ? theme.fire : theme.resting) : theme.page).map((part) => 255 * part);
    } else {
      colour = cellColour(rule.picture, state, at, theme, mapped);
      if (alive && alive[i] && !isMatureCell(engine, rule.life, i) && (rule.life.before || rule.life.after)) {
        colour = colour.map((part, c) => 0.7 * part + 0.3 * 255 * theme.life[c]);
      }
    }
    for (let c = 0; c < 3; c++) pixels[4 * i + c] = colour[c];
    pixels[4 * i + 3] = 255;
  }
}

/** Appearance.swift, over the page. */
function cellColour({ kind, first, alpha, colormap }, state, at, theme, mapped) {
  if (kind === "channel") return mapped(state[at + first], colormap === "diverging" ? 2 : 3);
  const unit = (value) => Math.min(Math.max(value, 0), 1);
  return [0, 1, 2].map((c) => {
    const value = state[at + first + c];
    if (kind === "opaque") return 255 * unit(value + 0.5);
    const share = unit(state[at + alpha]);
    return 255 * unit(value * (kind === "straight" ? share : 1) + (1 - share) * theme.page[c]);
  });
}

/** A line inside the outermost living cells. */
function paintOutline(engine, scene, context) {
  const { width, height } = engine;
  const alive = livingCells(engine);
  const { scale } = scene;
  const thick = Math.max(1, Math.floor(scale / 4));
  const isIn = (x, y) => x >= 0 && y >= 0 && x < width && y < height && alive[y * width + x];
  context.fillStyle = `rgb(${scene.theme.life.map((part) => 255 * part)})`;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!alive[y * width + x]) continue;
      for (const [dx, dy] of [[-1, 0], [1, 0], [0, -1], [0, 1], [-1, -1], [1, -1], [-1, 1], [1, 1]]) {
        if (isIn(x + dx, y + dy)) continue;
        const left = x * scale + (dx > 0 ? scale - thick : 0);
        const top = y * scale + (dy > 0 ? scale - thick : 0);
        context.fillRect(left, top, dx ? thick : scale, dy ? thick : scale);
      }
    }
  }
}
