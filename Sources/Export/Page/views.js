// What the reader sees: the picture, or a look inside in the colours and on the scales of the films.

/** How the colours of each view are to be read. */
const views = {
  picture: { name: "picture" },
  hidden: { name: "hidden channels", map: 0, limits: ["−2", "2"] },
  alive: { name: "living cells", swatches: [["life", "edge of the living cells; growing ones are tinted"]] },
  fire: { name: "fire", swatches: [["fire", "fired in the last step"], ["resting", "alive, at rest"]] },
  update: { name: "last update", map: 1, limits: ["0", "0.25"] },
};

/** How large a picture is, pixels, and how many tiles it has; `available`: pixels a row. */
function makeScene(view, { width, height, rules: [rule] }, available) {
  const isTiled = view === "hidden";
  const count = isTiled ? rule.hiddenChannels.length : 1;
  // Near 4:3, as in films.
  const columns = isTiled ? Math.ceil(Math.sqrt((count * 4 * height) / (3 * width) - 1e-9)) : 1;
  const gap = isTiled ? 2 : 0;
  const most = Math.max(1, Math.floor((available - gap * (columns - 1)) / (columns * width)));
  // Whole pixels of a decoder's picture, where there is room.
  const scale = Math.max(most - (most % rule.pictureScale), Math.min(most, rule.pictureScale));
  const along = (tiles, cells) => tiles * cells * scale + gap * (tiles - 1);
  const rows = Math.ceil(count / columns);
  return { view, count, columns, gap, scale, width: along(columns, width), height: along(rows, height) };
}

/** 256 colours by stops, mixed as in Colormap.swift; a diverging map has zero at 128. */
function colourTable(stops, diverges) {
  const parts = stops.map((stop) => [1, 3, 5].map((at) => parseInt(stop.slice(at, at + 2), 16)));
  const length = diverges ? 254 : 255;
  return range(256).map((i) => {
    const scaled = Math.max(0, diverges ? i - 1 : i) * (stops.length - 1);
    const lower = Math.min(Math.floor(scaled / length), stops.length - 2);
    const part = scaled - lower * length;
    return [0, 1, 2].map((c) => Math.floor((parts[lower][c] * (length - part) + parts[lower + 1][c] * part + (length >> 1)) / length));
  });
}

const unit = (value) => Math.min(Math.max(value, 0), 1);

/** -1 to 1 on the even maps, which diverge, 0 to 1 on the others; `theme` as Player.readTheme makes it. */
function mapped(value, map, theme) {
  if (value !== value) return [140, 140, 140];
  const index = map % 2 === 0 ? Math.min(Math.max(value, -1), 1) * 127 + 128.5 : unit(value) * 255 + 0.5;
  return theme.maps[map][Math.floor(index)];
}

/** A cell's colour, its numbers from `at` on, over the page; Appearance.swift. */
function appearance({ kind, first, alpha, colormap }, state, at, theme) {
  if (kind === "channel") return mapped(state[at + first], colormap === "diverging" ? 2 : 3, theme);
  return [0, 1, 2].map((c) => {
    const value = state[at + first + c];
    if (kind === "opaque") return 255 * unit(value + 0.5);
    const share = unit(state[at + alpha]);
    return 255 * unit(value * (kind === "straight" ? share : 1)) + (1 - share) * theme.page[c];
  });
}

/** [H][W]: whether a cell lives by its own rule; all, where that makes no test. */
function livingCells({ rules, owner, width, height, torus }, state) {
  const alive = rules.map((rule) => rule.isTested && rule.living(rule.mature(state), { width, height, torus }));
  return Uint8Array.from(owner, (index, i) => (alive[index] ? alive[index][i] : 1));
}

/** Paints the run's state. */
function paint(canvas, scene, run, theme) {
  const { width, height, rules, owner, engine } = run;
  const { view, scale, columns, gap } = scene;
  if (canvas.width !== scene.width || canvas.height !== scene.height) Object.assign(canvas, { width: scene.width, height: scene.height });
  const isPicture = view === "picture" || view === "alive";
  const decoder = isPicture && rules[0].decoder;
  const fine = decoder ? decoder.scale : 1;
  const isWhole = decoder || view === "hidden" || view === "update";
  const state = engine.read(isWhole ? null : rules.flatMap((rule) => [...rule.pictureChannels, rule.life.channel]));
  const previous = view === "update" ? engine.readPrevious() : null;
  const alive = view === "alive" || view === "fire" ? livingCells(run, state) : null;
  const { channels } = rules[0];
  const fired = (i) => {
    if (!run.last) return false;
    return pcg4d(i % width, Math.floor(i / width), ...run.last.keys[owner[i]]) >>> 8 < run.last.limits[owner[i]];
  };
  const colours = {
    hidden: (i, rule, tile) => mapped(state[i * channels + rule.hiddenChannels[tile]] / 2, 0, theme),
    fire: (i) => (!alive[i] ? theme.page : fired(i) ? theme.fire : theme.resting),
    update: (i) => {
      let sum = 0;
      for (let n = i * channels; n < (i + 1) * channels; n++) sum += (state[n] - previous[n]) ** 2;
      return mapped(Math.sqrt(sum) / 0.25, 1, theme);
    },
    alive: (i, rule, tile, pixel) => {
      const colour = colours.picture(i, rule, tile, pixel);
      const isGrowing = alive[i] && state[i * channels + rule.life.channel] <= rule.life.threshold;
      return isGrowing ? colour.map((part, c) => 0.7 * part + 0.3 * theme.life[c]) : colour;
    },
    picture: (i, rule, tile, pixel) => {
      return decoder ? appearance(decoder.picture, decoded, 4 * pixel, theme) : appearance(rule.picture, state, i * channels, theme);
    },
  };
  const decoded = decoder && decoder.pixels(state, run);
  // One pixel a cell, or a decoder's, then as large as it is shown.
  const row = width * fine;
  const small = make("canvas", { width: row, height: height * fine });
  const pixels = new ImageData(row, height * fine);
  const context = canvas.getContext("2d");
  context.imageSmoothingEnabled = scale % fine > 0;
  for (let tile = 0; tile < scene.count; tile++) {
    for (let pixel = 0; pixel < row * height * fine; pixel++) {
      const i = Math.floor(pixel / row / fine) * width + Math.floor((pixel % row) / fine);
      pixels.data.set(colours[view](i, rules[owner[i]] || rules[0], tile, pixel), 4 * pixel);
      pixels.data[4 * pixel + 3] = 255;
    }
    small.getContext("2d").putImageData(pixels, 0, 0);
    const [left, top] = [(tile % columns) * (width * scale + gap), Math.floor(tile / columns) * (height * scale + gap)];
    context.drawImage(small, left, top, width * scale, height * scale);
  }
  if (view === "alive" && rules.some((rule) => rule.isTested)) outline(context, alive, run, scale, theme);
}

/** A line inside the outermost living cells; Outline.swift. */
function outline(context, alive, { width, height }, scale, theme) {
  const thick = Math.max(1, Math.floor(scale / 4));
  context.fillStyle = `rgb(${theme.life})`;
  alive.forEach((isAlive, i) => {
    if (!isAlive) return;
    const [x, y] = [i % width, Math.floor(i / width)];
    for (let place = 0; place < 9; place++) {
      const [dx, dy] = [(place % 3) - 1, Math.floor(place / 3) - 1];
      const [nx, ny] = [x + dx, y + dy];
      if (nx >= 0 && ny >= 0 && nx < width && ny < height && alive[ny * width + nx]) continue;
      const left = x * scale + (dx > 0 ? scale - thick : 0);
      const top = y * scale + (dy > 0 ? scale - thick : 0);
      context.fillRect(left, top, dx ? thick : scale, dy ? thick : scale);
    }
  });
}
