// The engine on WebGL2: states of 32 bits, or of 16 where the device draws into nothing better.

class WebGLEngine {
  /** Throws where the device cannot. */
  constructor(width, height, kind) {
    Object.assign(this, { width, height, name: kind });
    // Nobody sees it: pictures are painted of states that are read back.
    this.canvas = make("canvas");
    const gl = (this.gl = this.canvas.getContext("webgl2", { antialias: false, depth: false }));
    const names = kind === "half" ? ["EXT_color_buffer_half_float", "EXT_color_buffer_float"] : ["EXT_color_buffer_float"];
    if (!gl || !names.some((name) => gl.getExtension(name))) throw new Error(`no ${kind} textures`);
    this.format = kind === "half" ? gl.RGBA16F : gl.RGBA32F;
    this.corners = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, this.corners);
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 3, -1, -1, 3]), gl.STATIC_DRAW);
  }

  /** `rules`: one, or two that share the grid; `owner` [H][W]: which of them is a cell's. Throws where the device cannot. */
  setRules(rules, owner) {
    const { gl } = this;
    // Shaders take long to compile.
    const biases = rules.map((rule) => rule.firstBias);
    if (this.biases && biases.length === this.biases.length && biases.every((bias, i) => bias === this.biases[i])) return this.setOwner(owner);
    this.channels = rules[0].channels;
    this.layers = Math.ceil(this.channels / 4);
    this.targets = Math.min(this.layers, gl.getParameter(gl.MAX_DRAW_BUFFERS), gl.getParameter(gl.MAX_COLOR_ATTACHMENTS));
    // Every draw call writes as many layers, so that one program does.
    while (this.layers % this.targets) this.targets--;
    const most = Math.max(...rules.map((rule) => Math.max(rule.filters.length * this.layers, ...rule.layers.map((l) => l.outputs / 4))));
    // Mothers and means are looked for on the CPU.
    if (rules.some((rule) => rule.birth || rule.side) || most > 256 || this.layers > gl.getParameter(gl.MAX_ARRAY_TEXTURE_LAYERS)) throw new Error("too much of a rule");
    [this.state, this.previous, this.updated] = [0, 0, 0].map(() => this.grid());
    this.rules = rules;
    this.programs = rules.map((rule) => this.compile(rule, rules.length > 1));
    this.ownerTexture = rules.length > 1 ? gl.createTexture() : null;
    this.setOwner(owner);
    this.angle = null;
    // Last, for whatever came before may have thrown.
    this.biases = biases;
  }

  /** [H][W] which rule is a cell's. */
  setOwner(owner) {
    if (!this.ownerTexture) return;
    const { gl } = this;
    this.bind(gl.TEXTURE_2D, this.ownerTexture);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8UI, this.width, this.height, 0, gl.RED_INTEGER, gl.UNSIGNED_BYTE, owner);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
  }

  bind(target, texture, unit = 0) {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(target, texture);
    if (!texture) return;
    // Filtered float textures are none on many phones.
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(target, name, gl.NEAREST);
  }

  /** A state, and framebuffers of its layers, `targets` each. */
  grid() {
    const { gl } = this;
    const texture = gl.createTexture();
    this.bind(gl.TEXTURE_2D_ARRAY, texture);
    gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, this.format, this.width, this.height, this.layers);
    const framebuffers = [];
    for (let first = 0; first < this.layers; first += this.targets) {
      const framebuffer = gl.createFramebuffer();
      gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
      const attachments = range(this.targets).map((i) => gl.COLOR_ATTACHMENT0 + i);
      attachments.forEach((point, i) => gl.framebufferTextureLayer(gl.FRAMEBUFFER, point, texture, 0, first + i));
      gl.drawBuffers(attachments);
      // Extensions may promise more than the device does.
      if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE) throw new Error("incomplete framebuffer");
      framebuffers.push(framebuffer);
    }
    return { texture, framebuffers };
  }

  compile(rule, isShared) {
    const { gl } = this;
    const shaders = new RuleShaders(rule, this.targets, isShared);
    const rows = Math.ceil(shaders.vectors.length / 1024);
    const weights = new Float32Array(rows * 1024);
    weights.set(shaders.vectors);
    return {
      update: this.program(shaders.vertex, shaders.update),
      death: rule.isTested || isShared ? this.program(shaders.vertex, shaders.death) : null,
      weights: this.table(256, rows, weights),
    };
  }

  /** A texture of vectors. */
  table(width, height, values) {
    const { gl } = this;
    const texture = gl.createTexture();
    this.bind(gl.TEXTURE_2D, texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, width, height, 0, gl.RGBA, gl.FLOAT, values);
    return texture;
  }

  program(vertex, fragment) {
    const { gl } = this;
    const program = gl.createProgram();
    for (const [type, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
      const shader = gl.createShader(type);
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
      gl.deleteShader(shader);
      if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
    }
    gl.bindAttribLocation(program, 0, "corner");
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program));
    const places = new Map();
    const place = (name) => {
      if (!places.has(name)) places.set(name, gl.getUniformLocation(program, name));
      return places.get(name);
    };
    return { program, place };
  }

  load(state) {
    const { gl, width, height, channels, layers } = this;
    const values = new Float32Array(layers * width * height * 4);
    for (let i = 0, cell = 0; cell < width * height; cell++) {
      for (let c = 0; c < channels; c++, i++) values[((c >> 2) * width * height + cell) * 4 + (c & 3)] = state[i];
    }
    for (const { texture } of [this.state, this.previous]) {
      this.bind(gl.TEXTURE_2D_ARRAY, texture);
      gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, 0, 0, 0, 0, width, height, layers, gl.RGBA, gl.FLOAT, values);
    }
  }

  /** [H][W][C]; `wanted`: channels that are not left out. */
  read(wanted, grid = this.state) {
    const { gl, width, height, channels, layers } = this;
    const state = new Float32Array(width * height * channels);
    const values = new Float32Array(width * height * 4);
    for (let layer = 0; layer < layers; layer++) {
      if (wanted && !wanted.some((channel) => channel >> 2 === layer)) continue;
      gl.bindFramebuffer(gl.FRAMEBUFFER, grid.framebuffers[Math.floor(layer / this.targets)]);
      gl.readBuffer(gl.COLOR_ATTACHMENT0 + (layer % this.targets));
      gl.readPixels(0, 0, width, height, gl.RGBA, gl.FLOAT, values);
      for (let cell = 0; cell < width * height; cell++) {
        for (let c = 0; c < 4 && 4 * layer + c < channels; c++) state[cell * channels + 4 * layer + c] = values[cell * 4 + c];
      }
    }
    return state;
  }

  /** The state before the last step. */
  readPrevious() { return this.read(null, this.previous); }

  write(cells, values) {
    const { gl, width, channels, layers } = this;
    for (const { texture } of [this.state, this.previous]) {
      this.bind(gl.TEXTURE_2D_ARRAY, texture);
      // Neighbours in a row go together.
      for (let i = 0, end; i < cells.length; i = end) {
        const row = Math.floor(cells[i] / width);
        for (end = i + 1; end < cells.length && cells[end] === cells[end - 1] + 1 && Math.floor(cells[end] / width) === row; ) end++;
        const run = new Float32Array(layers * (end - i) * 4);
        for (let n = i; n < end; n++) {
          for (let c = 0; c < channels; c++) run[((c >> 2) * (end - i) + n - i) * 4 + (c & 3)] = values[n * channels + c];
        }
        gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, 0, cells[i] % width, row, 0, end - i, 1, layers, gl.RGBA, gl.FLOAT, run);
      }
    }
  }

  /** Filters as vectors, turned by the angle. */
  turn(angle) {
    if (this.angle === angle) return;
    this.angle = angle;
    this.rules.forEach((rule, index) => {
      const taps = new Float32Array(rule.filters.length * 9 * this.layers * 4);
      rule.taps(angle).forEach((filter, k) => {
        for (let i = 0; i < filter.length; i++) {
          const [place, channel] = [Math.floor(i / this.channels), i % this.channels];
          taps[((k * 9 + place) * this.layers + (channel >> 2)) * 4 + (channel & 3)] = filter[i];
        }
      });
      const programs = this.programs[index];
      if (programs.taps) this.gl.deleteTexture(programs.taps);
      programs.taps = this.table(this.layers, rule.filters.length * 9, taps);
      if (!rule.addsControl) return;
      const control = new Float32Array(this.layers * 4);
      control.set(rule.controlValues, this.channels - rule.controlValues.length);
      programs.control = this.table(this.layers, 1, control);
    });
  }

  step(conditions) {
    this.turn(conditions.angle);
    this.conditions = conditions;
    const { gl } = this;
    gl.viewport(0, 0, this.width, this.height);
    // Where life is tested, the state before stays until that is done.
    if (this.programs[0].death) {
      this.run("update", this.updated);
      this.run("death", this.previous);
    } else this.run("update", this.previous);
    [this.state, this.previous] = [this.previous, this.state];
  }

  /** One pass of every rule into a grid. */
  run(pass, to) {
    const { gl } = this;
    this.programs.forEach((programs, index) => {
      const program = programs[pass];
      this.use(program, index);
      // A texture is never read while it is drawn into.
      this.bind(gl.TEXTURE_2D_ARRAY, pass === "death" ? this.updated.texture : null, 3);
      if (pass === "death") gl.uniform1i(program.place("updated"), 3);
      to.framebuffers.forEach((framebuffer, i) => {
        gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
        gl.uniform1i(program.place("first"), i * this.targets);
        gl.drawArrays(gl.TRIANGLES, 0, 3);
      });
    });
  }

  use({ program, place }, index) {
    const { gl, conditions } = this;
    gl.useProgram(program);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.corners);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    const textures = [["state", gl.TEXTURE_2D_ARRAY, this.state.texture], ["weights", gl.TEXTURE_2D, this.programs[index].weights],
      ["taps", gl.TEXTURE_2D, this.programs[index].taps]];
    textures.forEach(([name, target, texture], unit) => {
      this.bind(target, texture, unit);
      gl.uniform1i(place(name), unit);
    });
    if (this.ownerTexture) {
      this.bind(gl.TEXTURE_2D, this.ownerTexture, 4);
      gl.uniform1i(place("owner"), 4);
      gl.uniform1ui(place("self"), index);
    }
    if (this.programs[index].control) {
      this.bind(gl.TEXTURE_2D, this.programs[index].control, 5);
      gl.uniform1i(place("control"), 5);
    }
    gl.uniform2i(place("size"), this.width, this.height);
    gl.uniform1i(place("torus"), Number(conditions.torus));
    gl.uniform2ui(place("key"), ...conditions.keys[index]);
    gl.uniform1ui(place("limit"), conditions.limits[index]);
  }
}
