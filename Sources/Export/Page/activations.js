// Activations beside none and relu. Only pages whose models have one have this part.

/** (1 + erf(x / sqrt 2)) / 2: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26. */
function normalIntegral(x) {
  const y = Math.abs(x) * Math.SQRT1_2;
  const t = 1 / (1 + 0.3275911 * y);
  const sum = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const rest = 0.5 * sum * Math.exp(-y * y);
  return x < 0 ? rest : 1 - rest;
}

/** `needs`: GLSL that the formula calls. */
Object.assign(activations, {
  "leaky-relu": { js: (x, low) => (x < 0 ? low * x : x), glsl: "mix(x, LOW * x, vec4(lessThan(x, vec4(0))))" },
  "tanh": { js: Math.tanh, glsl: "1.0 - 2.0 / (exp(2.0 * clamp(x, -15.0, 15.0)) + 1.0)" },
  "sigmoid": { js: (x) => 1 / (1 + Math.exp(-x)), glsl: "1.0 / (1.0 + exp(-x))" },
  "elu": { js: (x) => (x < 0 ? Math.expm1(x) : x), glsl: "mix(x, exp(min(x, 0.0)) - 1.0, vec4(lessThan(x, vec4(0))))" },
  "abs": { js: Math.abs, glsl: "abs(x)" },
  "clamp": { js: (x, low, high) => Math.min(Math.max(x, low), high), glsl: "clamp(x, LOW, HIGH)" },
  "gelu": {
    js: (x) => x * normalIntegral(x),
    glsl: "x * normalIntegral(x)",
    needs: `vec4 normalIntegral(vec4 x) {
  vec4 y = abs(x) * 0.70710678;
  vec4 t = 1.0 / (1.0 + 0.3275911 * y);
  vec4 sum = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  vec4 rest = 0.5 * sum * exp(-y * y);
  return mix(1.0 - rest, rest, vec4(lessThan(x, vec4(0))));
}`,
  },
});
