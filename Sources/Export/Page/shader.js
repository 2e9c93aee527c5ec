// The shaders of a rule, put together of its parts: perception, network, life, appearance.

/** GLSL that no rule changes stands in elements of its own. */
const glsl = (name) => element(name + ".glsl").textContent;

const glslFloat = (number) => (Number.isInteger(number) ? number + ".0" : String(number));

/** `targets`: layers that one draw call writes. `isShared`: whether another rule has some of the cells. */
class RuleShaders {
  constructor(rule, targets, isShared) {
    this.rule = rule;
    this.targets = targets;
    this.isShared = isShared;
    this.layers = Math.ceil(rule.channels / 4);
    /** Every vector of weights, where the shaders look for them. */
    this.vectors = [];
    this.network = this.networkText();
  }

  get vertex() { return "#version 300 es\nin vec2 corner;\nvoid main() { gl_Position = vec4(corner, 0, 1); }"; }
  get update() { return [this.head, glsl("life"), this.perception, this.network, this.next, glsl("update")].join("\n"); }
  get death() { return [this.head, glsl("life"), this.next, glsl("death")].join("\n"); }

  /** What all of them begin with. */
  get head() {
    const { life, gain, clamp } = this.rule;
    const lines = [
      "#version 300 es",
      "precision highp float;",
      "precision highp int;",
      "precision highp sampler2DArray;",
      `#define LAYERS ${this.layers}`,
      `#define LIFE_BEFORE ${Number(life.before)}`,
      `#define LIFE_AFTER ${Number(life.after)}`,
      `#define LIFE_CHANNEL ${life.before || life.after ? life.channel : 0}`,
      `#define LIFE_THRESHOLD ${glslFloat(life.threshold)}`,
      `#define LIFE_REACH ${life.reach === "3x3" ? 1 : 0}`,
      `#define GAIN ${glslFloat(gain)}`,
      `#define TARGETS ${this.targets}`,
    ];
    if (clamp) {
      lines.push(`#define CLAMP_CHANNELS ${clamp.channels}`);
      lines.push(`#define CLAMP_LOW ${glslFloat(clamp.low)}`, `#define CLAMP_HIGH ${glslFloat(clamp.high)}`);
    }
    lines.push("uniform sampler2DArray state;", glsl("random"), glsl("grid"));
    if (this.isShared) {
      lines.push("uniform highp usampler2D owner;", "uniform uint self;");
      lines.push("bool isOwn(ivec2 cell) { return texelFetch(owner, cell, 0).r == self; }");
    } else lines.push("bool isOwn(ivec2 cell) { return true; }");
    return lines.join("\n");
  }

  /** Filters: all layers through the first, then through the second, ... */
  get perception() {
    const { rule, layers } = this;
    const lines = rule.filters.map((filter, k) => {
      const sum = rule.usedTaps(filter).map((tap) => `tap(${k}, ${tap}, layer) * n[${tap}]`);
      return `    perception[${k} * LAYERS + layer] = ${sum.join(" + ") || "vec4(0)"};`;
    });
    const used = rule.filters.flatMap((filter) => rule.usedTaps(filter));
    return `
uniform sampler2D weights;
uniform sampler2D taps;
vec4 perception[${rule.filters.length * layers}];

vec4 tap(int filter_, int place, int layer) { return texelFetch(taps, ivec2(layer, filter_ * 9 + place), 0); }
${rule.addsControl ? this.addition : "vec4 perceived(ivec2 cell, int layer) { return valueAt(state, cell, layer); }"}
void perceive(ivec2 cell) {
  for (int layer = 0; layer < LAYERS; layer++) {
    vec4 n[9];
    ${[...new Set(used)].map((tap) => `n[${tap}] = perceived(cell + ivec2(${(tap % 3) - 1}, ${Math.floor(tap / 3) - 1}), layer);`).join("\n    ")}
${lines.join("\n")}
  }
}`;
  }

  /** A control vector that living cells perceive as if it were added to their last channels. */
  get addition() {
    return `
uniform sampler2D control;
vec4 perceived(ivec2 cell, int layer) {
  vec4 value = valueAt(state, cell, layer);
  if (isInside(cell) && isAlive(state, cell)) value += texelFetch(control, ivec2(layer, 0), 0);
  return value;
}`;
  }

  /** Dense layers, a function each. */
  networkText() {
    const { rule } = this;
    const needs = new Set([rule.activation, rule.update].map(([name]) => activations[name].needs || ""));
    const parts = ["vec4 weight(int index) { return texelFetch(weights, ivec2(index & 255, index >> 8), 0); }", ...needs];
    const calls = [];
    let from = "perception";
    let inputs = rule.filters.length * this.layers;
    rule.layers.forEach((layer, index) => {
      const isLast = index === rule.layers.length - 1;
      const outputs = isLast ? this.layers : Math.ceil(layer.outputs / 4);
      const to = isLast ? "update" : `hidden${index + 1}`;
      const [name, low, high] = isLast ? rule.update : rule.activation;
      const formula = activations[name].glsl.replace(/LOW/g, glslFloat(low)).replace(/HIGH/g, glslFloat(high));
      const start = this.packed(layer, index, inputs, outputs);
      parts.push(`vec4 ${to}[${outputs}];
vec4 activate${index + 1}(vec4 x) { return ${formula}; }
void dense${index + 1}() {
  for (int n = 0; n < ${outputs}; n++) {
    int at = ${start} + n * ${4 * inputs + 1};
    vec4 sum = weight(at);
    ${this.sum(from, inputs)}
    ${to}[n] = activate${index + 1}(sum);
  }
}`);
      calls.push(`dense${index + 1}();`);
      [from, inputs] = [to, outputs];
    });
    parts.push(`void network() { ${calls.join(" ")} }`);
    return parts.join("\n");
  }

  /** A matrix times the inputs, added to `sum`; written out where that is short, for loops are slow on some devices. */
  sum(from, inputs) {
    const product = (at, k) => `sum += mat4(weight(${at} + 1), weight(${at} + 2), weight(${at} + 3), weight(${at} + 4)) * ${from}[${k}];`;
    if (inputs > 64) return `for (int k = 0; k < ${inputs}; k++) ${product("at + 4 * k", "k")}`;
    return range(inputs).map((k) => product(`at + ${4 * k}`, k)).join("\n    ");
  }

  /** Puts a layer's numbers into `vectors`: for every four outputs the bias, then a matrix for every four inputs. */
  packed(layer, index, inputs, outputs) {
    const start = this.vectors.length / 4;
    const { channels } = this.rule;
    const bias = index === 0 ? this.rule.firstBias : layer.bias;
    /** The layer's own input that stands at `place`, where every filter begins a new vector; -1 for none. */
    const inputAt = (place) => {
      if (index > 0) return place < layer.inputs ? place : -1;
      const [filter, channel] = [Math.floor(place / (4 * this.layers)), place % (4 * this.layers)];
      return channel < channels ? filter * channels + channel : -1;
    };
    for (let n = 0; n < 4 * outputs; n += 4) {
      const four = [n, n + 1, n + 2, n + 3];
      this.vectors.push(...four.map((output) => (output < layer.outputs ? bias[output] : 0)));
      for (let k = 0; k < 4 * inputs; k++) {
        const input = inputAt(k);
        this.vectors.push(...four.map((output) => {
          return output < layer.outputs && input >= 0 ? layer.weights[output * layer.inputs + input] : 0;
        }));
      }
    }
    return start;
  }

  /** How a shader hands over a layer. */
  get next() {
    const targets = range(this.targets);
    return targets.map((i) => `layout(location = ${i}) out vec4 next${i};`).join("\n") + `
void setNext(int target, vec4 value) {
${targets.map((i) => `  if (target == ${i}) next${i} = value;`).join("\n")}
}`;
  }
}
