// Cells that fail a test of life become zero.
uniform highp sampler2DArray updated;
uniform int first;

void main() {
  ivec2 cell = ivec2(gl_FragCoord.xy);
  if (!isOwn(cell)) discard;
  bool lives = true;
#if LIFE_BEFORE
  lives = isAlive(state, cell);
#endif
#if LIFE_AFTER
  lives = lives && isAlive(updated, cell);
#endif
  for (int i = 0; i < TARGETS; i++) setNext(i, lives ? valueAt(updated, cell, first + i) : vec4(0));
}
