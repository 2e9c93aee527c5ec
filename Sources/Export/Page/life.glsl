// Life.swift: the cell's channel, or that of one in its neighbourhood, is above the threshold.
bool isMature(sampler2DArray grid, ivec2 cell) {
  return isInside(cell) && texelFetch(grid, ivec3(cell, LIFE_CHANNEL / 4), 0)[LIFE_CHANNEL % 4] > LIFE_THRESHOLD;
}

bool isAlive(sampler2DArray grid, ivec2 cell) {
  for (int y = -LIFE_REACH; y <= LIFE_REACH; y++) {
    for (int x = -LIFE_REACH; x <= LIFE_REACH; x++) if (isMature(grid, cell + ivec2(x, y))) return true;
  }
  return false;
}
