// What the reader sees: the picture, or a look inside in the colours and on the scales of the films.
uniform highp sampler2DArray previous;  // the state before the last step
uniform highp sampler2D colours;        // rows: diverging, sequential, and both for a picture of one channel
uniform int view;
uniform int scale;       // pixels a cell
uniform ivec3 tiles;     // columns, pixels between them, how many there are
uniform int channels[TILES];
uniform vec3 page, life, fire, resting;
uniform float height;    // of the canvas, pixels
out vec4 pixel;

vec3 coloured(float value, int map) {
  if (value != value) return vec3(140.0 / 255.0);
  float index = map % 2 == 0 ? floor(clamp(value, -1.0, 1.0) * 127.0 + 128.5) : floor(clamp(value, 0.0, 1.0) * 255.0 + 0.5);
  return texelFetch(colours, ivec2(int(index), map), 0).rgb;
}

float channelAt(ivec2 cell, int channel) { return valueAt(state, cell, channel / 4)[channel % 4]; }

// Appearance.swift, over the page.
vec3 appearance(ivec2 cell) {
#if PICTURE_CHANNEL
  return coloured(channelAt(cell, FIRST), PICTURE_MAP);
#else
  vec3 colour = vec3(channelAt(cell, FIRST), channelAt(cell, FIRST + 1), channelAt(cell, FIRST + 2));
#if PICTURE_OPAQUE
  return clamp(colour + 0.5, 0.0, 1.0);
#else
  float alpha = clamp(channelAt(cell, ALPHA), 0.0, 1.0);
#if PICTURE_STRAIGHT
  colour *= alpha;
#endif
  return clamp(colour + (1.0 - alpha) * page, 0.0, 1.0);
#endif
#endif
}

bool isActive(ivec2 cell) {
#if LIFE_BEFORE || LIFE_AFTER
  return all(greaterThanEqual(cell, ivec2(0))) && all(lessThan(cell, size)) && isAlive(state, cell);
#else
  return true;
#endif
}

// A line inside the outermost living cells.
bool isOutline(ivec2 cell, ivec2 within) {
  int width = max(1, scale / 4);
  ivec2 side = ivec2(greaterThanEqual(within, ivec2(scale - width))) - ivec2(lessThan(within, ivec2(width)));
  return !isActive(cell + ivec2(side.x, 0)) || !isActive(cell + ivec2(0, side.y)) || !isActive(cell + side);
}

float updateLength(ivec2 cell) {
  float sum = 0.0;
  for (int layer = 0; layer < LAYERS; layer++) {
    vec4 change = valueAt(state, cell, layer) - valueAt(previous, cell, layer);
    sum += dot(change, change);
  }
  return sqrt(sum);
}

void main() {
  ivec2 at = ivec2(gl_FragCoord.x, height - gl_FragCoord.y);
  ivec2 tile = at / (size * scale + tiles.y);
  ivec2 inTile = at - tile * (size * scale + tiles.y);
  int index = tile.y * tiles.x + tile.x;
  pixel = vec4(0);
  if (index >= tiles.z || any(greaterThanEqual(inTile, size * scale))) return;
  ivec2 cell = inTile / scale;
  if (!isOwn(cell)) discard;
  vec3 colour = appearance(cell);
  if (view == HIDDEN) colour = coloured(channelAt(cell, channels[index]) / 2.0, 0);
  if (view == UPDATE) colour = coloured(updateLength(cell) / 0.25, 1);
  if (view == FIRE) colour = !isActive(cell) ? page : fires(cell) ? fire : resting;
#if LIFE_BEFORE || LIFE_AFTER
  if (view == ALIVE && isActive(cell)) {
    if (!isMature(state, cell)) colour = mix(colour, life, 0.3);
    if (isOutline(cell, inTile % scale)) colour = life;
  }
#endif
  pixel = vec4(colour, 1);
}
