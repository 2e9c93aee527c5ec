// Cells of four channels a layer.
uniform ivec2 size;
uniform bool torus;

bool isInside(inout ivec2 cell) {
  if (torus) cell = (cell + size) % size;
  return all(greaterThanEqual(cell, ivec2(0))) && all(lessThan(cell, size));
}

vec4 valueAt(sampler2DArray grid, ivec2 cell, int layer) {
  return isInside(cell) ? texelFetch(grid, ivec3(cell, layer), 0) : vec4(0);
}
