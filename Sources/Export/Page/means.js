// What all cells perceive of the whole grid (GlobalPerception.swift). Only pages with such a rule have this part.

/** The first layer's bias, and what the layer makes of the means of the grid's parts in this step. */
function biasSeeing(rule, state, counted, grid) {
  const [first] = rule.layers;
  const means = meansOf(rule, state, counted, grid);
  return rule.firstBias.map((bias, unit) => {
    const row = (unit + 1) * first.inputs - rule.seen;
    return means.reduce((sum, mean, i) => sum + first.weights[row + i] * mean, bias);
  });
}

/** [side][side][C]: the means over the cells of each part that count; over all, where `counted` is null. */
function meansOf({ side, channels, seen }, state, counted, { width, height }) {
  const sums = new Float64Array(seen);
  const cells = new Uint32Array(side * side);
  for (let i = 0; i < width * height; i++) {
    if (counted && !counted[i]) continue;
    const x = i % width;
    const part = Math.floor((((i - x) / width) * side) / height) * side + Math.floor((x * side) / width);
    cells[part]++;
    for (let c = 0; c < channels; c++) sums[part * channels + c] += state[i * channels + c];
  }
  return sums.map((sum, i) => Math.fround(sum / Math.max(1, cells[Math.floor(i / channels)])));
}
