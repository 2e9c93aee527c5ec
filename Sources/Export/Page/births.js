// Cells that are born of others (Birth.swift). Only pages with such a rule have this part.

/** Empty ones of the living cells take over what their mothers hand on. Returns [H][W] those who got no mother. */
function giveBirth(rule, engine, alive) {
  const { channels, state, next, occupied } = engine;
  const { channels: inherited, divide } = rule.birth;
  const unborn = alive.map((isAlive, i) => isAlive & ~occupied[i]);
  const births = [];
  unborn.forEach((isEmpty, child) => {
    const mother = isEmpty ? motherOf(rule, engine, child) : null;
    if (mother === null) return;
    const share = divide === null ? 1 : Math.min(Math.max(state[mother * channels + divide], 0), 1);
    if (share > 0) births.push([child, mother, share]);
  });
  // Who is born now is nobody's mother yet.
  for (const [child, mother, share] of births) {
    unborn[child] = 0;
    for (const c of inherited) state[child * channels + c] = next[child * channels + c] = share * state[mother * channels + c];
  }
  return unborn;
}

/** The mature neighbour that is highest in life's channel, the first of several; null for none. */
function motherOf({ life }, engine, cell) {
  let [mother, highest] = [null, life.threshold];
  forEachNeighbour(engine, cell, (j, place) => {
    const value = engine.state[j * engine.channels + life.channel];
    if (place !== 4 && value > highest) [mother, highest] = [j, value];
  });
  return mother;
}
