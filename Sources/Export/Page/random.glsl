// The program's random numbers: docs/random-numbers.md.
uvec4 pcg4d(uvec4 v) {
  v = v * 1664525u + 1013904223u;
  v.x += v.y * v.w; v.y += v.z * v.x; v.z += v.x * v.y; v.w += v.y * v.z;
  v ^= v >> 16u;
  v.x += v.y * v.w; v.y += v.z * v.x; v.z += v.x * v.y; v.w += v.y * v.z;
  return v;
}

// Of the step, and of firing.
uniform uvec2 key;
uniform uint limit;

bool fires(ivec2 cell) { return pcg4d(uvec4(uvec2(cell), key)).x >> 8u < limit; }
