// The new values of the cells that fire, before life is tested on them.
// The layer of `next0`.
uniform int first;

// Whether what the cell becomes can be seen: dead cells end as zero, but those around living ones are asked by the test
// after the update.
bool isAwake(ivec2 cell) {
#if LIFE_BEFORE
  int reach = LIFE_AFTER == 1 ? 2 * LIFE_REACH : LIFE_REACH;
  for (int y = -reach; y <= reach; y++) {
    for (int x = -reach; x <= reach; x++) if (isMature(state, cell + ivec2(x, y))) return true;
  }
  return false;
#else
  return true;
#endif
}

vec4 clamped(vec4 value, int layer) {
#ifdef CLAMP_CHANNELS
  bvec4 isFree = greaterThanEqual(ivec4(0, 1, 2, 3) + 4 * layer, ivec4(CLAMP_CHANNELS));
  return mix(clamp(value, CLAMP_LOW, CLAMP_HIGH), value, vec4(isFree));
#else
  return value;
#endif
}

void main() {
  ivec2 cell = ivec2(gl_FragCoord.xy);
  if (!isOwn(cell)) discard;
  bool changes = fires(cell) && isAwake(cell);
  if (changes) {
    perceive(cell);
    network();
  }
  for (int i = 0; i < TARGETS; i++) {
    int layer = first + i;
    vec4 value = valueAt(state, cell, layer);
    if (changes) value = clamped(value + GAIN * update[layer], layer);
    setNext(i, value);
  }
}
