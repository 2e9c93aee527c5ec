// Runs the kernels on made-up inputs, and prints a line for each set of kernels that this CPU runs: its name, "fused"
// where it rounds a * b + c once, else "unfused", and for every stage FNV-1a of the bytes of all results.
// Tests/Portability/kernels compares the lines of different CPUs and settings.
//
// Inputs are integers times powers of two, which no library has to compute. Every array is as long as CKernels.h says
// and no longer, so that sanitizers and valgrind see a step beyond it; memory that a kernel has to write begins
// unwritten.
#include "CKernels.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "The hashes are those of little-endian numbers."
#endif

// Inputs are the same whether or not this CPU fuses.
#pragma STDC FP_CONTRACT OFF

// MARK: results

static uint64_t hash;

static void add(const void *results, size_t bytes) {
    const uint8_t *byte = results;
    for (size_t i = 0; i < bytes; i++) hash = (hash ^ byte[i]) * 0x100000001b3;
}

/// Every stage begins with the same random numbers, so that none depends on those before it.
static uint32_t seed;

static void begin(const char *name, int32_t channels, int32_t hidden) {
    hash = 0xcbf29ce484222325;
    seed = 1;
    printf(" %s", name);
    if (channels) printf("-%d", channels);
    if (hidden) printf("/%d", hidden);
}

static void end(void) { printf("=%016llx", (unsigned long long)hash); }

// MARK: inputs

static void *room(size_t count, size_t size) {
    void *memory = malloc(count * size);
    if (!memory) exit(70);
    return memory;
}

static float *floats(size_t count) { return room(count, sizeof(float)); }

static uint32_t draw(void) { return seed = seed * 1664525 + 1013904223; }

/// -1 ..< 1, with 24 bits in use and of 8 magnitudes: then sums and products have to be rounded.
static float number(void) {
    float magnitude = (float)(128 >> (draw() >> 29));
    return (float)((int32_t)(draw() >> 8) - (1 << 23)) * 0x1p-30f * magnitude;
}

static float *numbers(size_t count, float factor) {
    float *values = floats(count);
    for (size_t i = 0; i < count; i++) values[i] = factor * number();
    return values;
}

struct scene {
    ck_grid grid;
    ck_turn turn;
    float *state;
    /// All cells of the grid, `count` of them.
    uint32_t *cells;
    size_t count;
};

/// From the left: empty cells, cells with subnormal numbers, which a CPU could flush to zero, and ordinary ones.
static struct scene make_scene(int32_t width, int32_t height, int32_t torus, int32_t channels) {
    struct scene scene = {.grid = {.height = height, .width = width, .channels = channels, .words = (width + 63) / 64,
                            .torus = torus, .first_row = 0, .end_row = height},
                   .turn = {0x1.d79p-4f, 0x1.8ecp-5f},  // about 0.4 radians, times 1/8
                   .count = (size_t)(width * height)};
    scene.state = floats(scene.count * (size_t)channels);
    scene.cells = room(scene.count, sizeof(uint32_t));
    for (size_t cell = 0; cell < scene.count; cell++) {
        int32_t x = (int32_t)cell % width;
        float factor = x >= 16 || width < 16 ? 1 : x >= 8 ? 0x1p-130f : 0;
        scene.cells[cell] = (uint32_t)cell;
        for (int32_t c = 0; c < channels; c++) {
            // Adding 0 makes a negative zero a positive one: the state's zeros are positive.
            scene.state[cell * (size_t)channels + (size_t)c] = factor * number() + 0;
        }
    }
    return scene;
}

static void free_scene(struct scene scene) {
    free(scene.state);
    free(scene.cells);
}

/// Rows of two words, and a number of cells that no set's ROWS divides; the same as a torus; a torus narrower than a
/// neighbourhood.
enum { SCENES = 3 };
static struct scene scene_at(int index, int32_t channels) {
    return index < 2 ? make_scene(67, 7, index, channels) : make_scene(1, 2, 1, channels);
}

static ck_layers *make_layers(int32_t channels, int32_t hidden) {
    size_t c = (size_t)channels, n = (size_t)hidden;
    float *w1 = numbers(n * 3 * c, 0.25f), *b1 = numbers(n, 0.25f), *w2 = numbers(c * n, 0.125f);
    float *b2 = numbers(c, 0.125f);
    // In an empty place, the first unit becomes a negative zero, which relu must leave alone.
    b1[0] = -0.0f;
    for (size_t k = 0; k < 3 * c; k++) w1[k] = -__builtin_fabsf(w1[k]);
    ck_layers *layers = ck_layers_create(channels, hidden, w1, b1, w2, b2);
    if (!layers) exit(70);
    free(w1);
    free(b1);
    free(w2);
    free(b2);
    return layers;
}

// MARK: stages

static void perceive(const ck_kernels *kernels, int32_t channels) {
    begin("perceive", channels, 0);
    for (int i = 0; i < SCENES; i++) {
        struct scene scene = scene_at(i, channels);
        size_t size = scene.count * 3 * (size_t)channels;
        float *perception = floats(size);
        kernels->perceive(&scene.grid, scene.turn, scene.state, scene.cells, scene.count, perception);
        add(perception, size * sizeof(float));
        free(perception);
        free_scene(scene);
    }
    end();
}

/// Returns the hidden layer, with the rows that kernels may touch beyond it, in memory of its own.
static float *update_scene(const ck_kernels *kernels, const ck_layers *layers, struct scene scene) {
    size_t units = ck_layers_hidden(layers), size = scene.count * (size_t)scene.grid.channels;
    float *scratch = floats(ck_layers_scratch(layers)), *next = floats(size);
    float *hidden = floats((scene.count + CK_ROWS) * units);
    for (int keeps = 0; keeps < 2; keeps++) {
        int finite = kernels->update(layers, &scene.grid, scene.turn, scene.state, scene.cells, scene.count, scratch,
                                     keeps ? hidden : NULL, next);
        add(&finite, sizeof finite);
        add(next, size * sizeof(float));
    }
    add(hidden, scene.count * units * sizeof(float));
    free(scratch);
    free(next);
    return hidden;
}

static void update(const ck_kernels *kernels, int32_t channels, int32_t hidden) {
    begin("update", channels, hidden);
    ck_layers *layers = make_layers(channels, hidden);
    for (int i = 0; i < SCENES; i++) {
        struct scene scene = scene_at(i, channels);
        free(update_scene(kernels, layers, scene));
        free_scene(scene);
    }
    ck_layers_free(layers);
    end();
}

/// Whether a value that overflows is found in every channel. Only whether: CPUs differ in the bits of NaN.
static void blow_up(const ck_kernels *kernels, int32_t channels) {
    begin("blow-up", channels, 0);
    // The hidden unit does nothing, so that no other channel overflows.
    float *nothing = numbers(3 * (size_t)channels, 0), *largest = floats((size_t)channels);
    for (int32_t c = 0; c < channels; c++) largest[c] = 0x1.fffffep127f;
    ck_layers *layers = ck_layers_create(channels, 1, nothing, nothing, nothing, largest);
    if (!layers) exit(70);
    struct scene scene = scene_at(0, channels);
    size_t size = scene.count * (size_t)channels;
    float *scratch = floats(ck_layers_scratch(layers)), *next = floats(size);
    for (int32_t c = 0; c < channels; c++) {
        float *value = scene.state + size - (size_t)channels + c, before = *value;
        *value = 0x1p125f;
        int finite = kernels->update(layers, &scene.grid, scene.turn, scene.state, scene.cells, scene.count, scratch,
                                     NULL, next);
        add(&finite, sizeof finite);
        *value = before;
    }
    free(nothing);
    free(largest);
    free(scratch);
    free(next);
    free_scene(scene);
    ck_layers_free(layers);
    end();
}

static void backward(const ck_kernels *kernels, int32_t channels, int32_t hidden) {
    begin("backward", channels, hidden);
    ck_layers *layers = make_layers(channels, hidden);
    ck_sums *sums = ck_sums_create(layers), *total = ck_sums_create(layers);
    if (!sums || !total) exit(70);
    float *scratch = floats(ck_layers_backward_scratch(layers));
    for (int i = 0; i < SCENES; i++) {
        struct scene scene = scene_at(i, channels);
        size_t size = scene.count * (size_t)channels;
        float *awake = update_scene(kernels, layers, scene), *state_gradient = numbers(size, 1);
        float *gradient = floats(size + CK_ROWS * (size_t)channels);
        for (size_t v = 0; v < size; v++) gradient[v] = number();
        kernels->backward(layers, &scene.grid, scene.turn, scene.state, scene.cells, scene.count, awake, gradient,
                          scratch, sums, state_gradient);
        ck_sums_add(total, sums);
        add(state_gradient, size * sizeof(float));
        free(awake);
        free(state_gradient);
        free(gradient);
        free_scene(scene);
    }
    add(total->w1, total->count * sizeof(float));
    free(scratch);
    ck_sums_free(sums);
    ck_sums_free(total);
    ck_layers_free(layers);
    end();
}

// MARK: any number of filters and layers

/// What the stages below compute: widths of the layers between perception and update, 0 = no more.
struct shape {
    int32_t channels;
    int32_t filters;
    int32_t hidden[2];
    int32_t activation;
    int32_t update_activation;
    /// Channels that are clamped.
    int32_t clamped;
};

static int32_t layer_count(struct shape shape) { return 1 + (shape.hidden[0] > 0) + (shape.hidden[1] > 0); }
static int32_t inputs_of(struct shape shape, int32_t layer) {
    return layer > 0 ? shape.hidden[layer - 1] : shape.filters * shape.channels;
}
static int32_t outputs_of(struct shape shape, int32_t layer) {
    return layer + 1 < layer_count(shape) ? shape.hidden[layer] : shape.channels;
}

/// Sums of the layers lie on both sides of every corner, and where curved functions are flat.
static ck_network *make_network(struct shape shape) {
    ck_layer layers[3];
    int32_t count = layer_count(shape);
    for (int32_t l = 0; l < count; l++) {
        size_t inputs = (size_t)inputs_of(shape, l), outputs = (size_t)outputs_of(shape, l);
        int32_t activation = l + 1 < count ? shape.activation : shape.update_activation;
        float factor = l == 0 ? 64 : 1;  // perception is small
        layers[l] = (ck_layer){.inputs = (int32_t)inputs, .outputs = (int32_t)outputs,
                               .weights = numbers(outputs * inputs, factor), .bias = l == 1 ? NULL : numbers(outputs, 1),
                               .activation = activation, .low = activation == CK_CLAMP ? -0.25f : 0.125f, .high = 0.5f};
    }
    ck_network *network =
        ck_network_create(shape.channels, shape.filters, layers, count, 0.75f, shape.clamped, -0.5f, 0.625f);
    if (!network) exit(70);
    for (int32_t l = 0; l < count; l++) {
        free((void *)layers[l].weights);
        free((void *)layers[l].bias);
    }
    return network;
}

/// Filters that are learned, and leave a third of their taps out.
static ck_filters make_filters(struct shape shape) {
    size_t count = (size_t)shape.filters, channels = (size_t)shape.channels;
    float *values = numbers(count * 9 * channels, 0.5f);
    uint32_t *taps = room(count, sizeof(uint32_t));
    for (size_t k = 0; k < count; k++) {
        taps[k] = 0;
        for (size_t i = 0; i < 9; i++) {
            if ((k + i) % 3 > 0) taps[k] |= (uint32_t)1 << i;
            for (size_t c = 0; (k + i) % 3 == 0 && c < channels; c++) values[(k * 9 + i) * channels + c] = 0;
        }
    }
    return (ck_filters){.count = shape.filters, .learn = 1, .values = values, .taps = taps};
}

static void free_filters(ck_filters filters) {
    free((void *)filters.values);
    free((void *)filters.taps);
}

static void filter(const ck_kernels *kernels, int32_t channels, int32_t count) {
    begin("filter", channels, count);
    ck_filters filters = make_filters((struct shape){.channels = channels, .filters = count});
    for (int i = 0; i < SCENES; i++) {
        struct scene scene = scene_at(i, channels);
        size_t size = scene.count * (size_t)(count * channels);
        float *perception = floats(size);
        kernels->filter(&filters, &scene.grid, scene.state, scene.cells, scene.count, perception);
        add(perception, size * sizeof(float));
        free(perception);
        free_scene(scene);
    }
    free_filters(filters);
    end();
}

/// Returns what is kept for the way back, with the rows that kernels may read beyond it.
static float *infer_scene(const ck_kernels *kernels, const ck_network *network, const ck_filters *filters,
                          struct scene scene, const float *perceived) {
    size_t kept_size = ck_network_kept(network), size = scene.count * (size_t)scene.grid.channels;
    float *scratch = floats(ck_network_scratch(network)), *next = floats(size);
    float *kept = floats((scene.count + CK_ROWS) * kept_size);
    for (int keeps = 0; keeps < 2; keeps++) {
        int finite = kernels->infer(network, filters, &scene.grid, scene.state, perceived, scene.cells, scene.count,
                                    scratch, keeps ? kept : NULL, next);
        add(&finite, sizeof finite);
        add(next, size * sizeof(float));
    }
    free(scratch);
    free(next);
    return kept;
}

static void infer(const ck_kernels *kernels, const char *name, struct shape shape) {
    begin(name, shape.channels, shape.filters);
    ck_network *network = make_network(shape);
    ck_filters filters = make_filters(shape);
    for (int i = 0; i < SCENES; i++) {
        struct scene scene = scene_at(i, shape.channels);
        float *others = numbers(scene.count * (size_t)shape.channels, 1);
        float *kept = infer_scene(kernels, network, &filters, scene, i == 1 ? others : scene.state);
        free(kept);
        free(others);
        free_scene(scene);
    }
    free_filters(filters);
    ck_network_free(network);
    end();
}

/// Only what stands for a weight, not what fills the rows up.
static void add_sums(const ck_network *network, struct shape shape, const float *sums) {
    for (int32_t l = 0; l < layer_count(shape); l++) {
        ck_layer_sums at = ck_network_sums(network, l);
        size_t outputs = (size_t)outputs_of(shape, l), inputs = (size_t)inputs_of(shape, l);
        for (size_t n = 0; n < outputs; n++) add(sums + at.weights + n * at.row, inputs * sizeof(float));
        add(sums + at.bias, outputs * sizeof(float));
    }
    add(sums + ck_network_filter_sums(network), (size_t)(shape.filters * 9 * shape.channels) * sizeof(float));
}

static void infer_back(const ck_kernels *kernels, const char *name, struct shape shape) {
    begin(name, shape.channels, shape.filters);
    ck_network *network = make_network(shape);
    ck_filters filters = make_filters(shape);
    size_t bytes = (ck_network_sum_count(network) * sizeof(float) + 63) / 64 * 64;
    float *scratch = floats(ck_network_backward_scratch(network)), *sums = aligned_alloc(64, bytes);
    if (!sums) exit(70);
    memset(sums, 0, bytes);
    for (int i = 0; i < SCENES; i++) {
        struct scene scene = scene_at(i, shape.channels);
        size_t channels = (size_t)shape.channels, size = scene.count * channels;
        float *others = numbers(size, 1), *own = numbers(size, 1), *apart = numbers(size, 1);
        float *gradient = floats(size + CK_ROWS * channels);
        for (size_t v = 0; v < size; v++) gradient[v] = number();
        // In the second scene cells perceive other numbers than the state's, which get a gradient of their own.
        const float *perceived = i == 1 ? others : scene.state;
        float *kept = infer_scene(kernels, network, &filters, scene, perceived);
        kernels->infer_back(network, &filters, &scene.grid, scene.state, perceived, scene.cells, scene.count, kept,
                            gradient, scratch, sums, own, i == 1 ? apart : own);
        add(gradient, size * sizeof(float));
        add(own, size * sizeof(float));
        add(apart, size * sizeof(float));
        free(kept);
        free(others);
        free(own);
        free(apart);
        free(gradient);
        free_scene(scene);
    }
    add_sums(network, shape, sums);
    free(scratch);
    free(sums);
    free_filters(filters);
    ck_network_free(network);
    end();
}

static void networks(const ck_kernels *kernels) {
    static const struct shape shapes[] = {
        {.channels = 4, .filters = 1, .clamped = 3},
        {.channels = 4, .filters = 4, .hidden = {20}},
        {.channels = 4, .filters = 9, .hidden = {33, 20}, .clamped = 4},
        {.channels = 17, .filters = 1, .hidden = {20, 33}},
        {.channels = 17, .filters = 4},
        {.channels = 17, .filters = 9, .hidden = {64}, .clamped = 17},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct shape shape = shapes[i];
        shape.activation = CK_RELU;
        filter(kernels, shape.channels, shape.filters);
        infer(kernels, "infer", shape);
        infer_back(kernels, "infer-back", shape);
    }
    // Once between layers and once behind the last.
    static const char *const names[][2] = {
        [CK_NONE] = {"none", "none-back"},          [CK_RELU] = {"relu", "relu-back"},
        [CK_LEAKY_RELU] = {"leaky-relu", "leaky-relu-back"}, [CK_TANH] = {"tanh", "tanh-back"},
        [CK_SIGMOID] = {"sigmoid", "sigmoid-back"}, [CK_GELU] = {"gelu", "gelu-back"},
        [CK_ELU] = {"elu", "elu-back"},             [CK_ABS] = {"abs", "abs-back"},
        [CK_CLAMP] = {"clamp", "clamp-back"},
    };
    for (int32_t activation = CK_NONE; activation <= CK_CLAMP; activation++) {
        struct shape shape = {.channels = 5, .filters = 3, .hidden = {20, 17}, .activation = activation,
                              .update_activation = activation};
        infer(kernels, names[activation][0], shape);
        infer_back(kernels, names[activation][1], shape);
    }
}

/// The masks that a step works with, all empty, and how many bytes each has.
struct masks {
    size_t bytes;
    uint64_t *mature, *occupied, *alive, *keep;
};

static struct masks make_masks(const ck_grid *grid) {
    size_t words = (size_t)(grid->height * grid->words);
    struct masks masks = {.bytes = words * sizeof(uint64_t)};
    uint64_t **all[] = {&masks.mature, &masks.occupied, &masks.alive, &masks.keep};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        *all[i] = memset(room(words, sizeof(uint64_t)), 0, masks.bytes);
    }
    return masks;
}

static void free_masks(struct masks masks) {
    free(masks.mature);
    free(masks.occupied);
    free(masks.alive);
    free(masks.keep);
}

static void fire(const ck_kernels *kernels) {
    begin("fire", 0, 0);
    for (int i = 0; i < SCENES; i++) {
        struct scene scene = scene_at(i, 4);
        struct masks masks = make_masks(&scene.grid);
        ck_mask_scan(&scene.grid, scene.state, 3, 0.1f, masks.mature, masks.occupied);
        for (uint32_t limit = 0; limit <= 1 << 24; limit += 1 << 22) {
            kernels->fire(&scene.grid, draw(), draw(), limit, masks.occupied, masks.keep);
            add(masks.keep, masks.bytes);
        }
        kernels->fire(&scene.grid, draw(), draw(), 1 << 23, masks.occupied, masks.occupied);
        add(masks.occupied, masks.bytes);
        free_masks(masks);
        free_scene(scene);
    }
    end();
}

static void mask_functions(void) {
    begin("masks", 0, 0);
    for (int i = 0; i < SCENES; i++) {
        struct scene scene = scene_at(i, 4);
        ck_grid *grid = &scene.grid;
        struct masks masks = make_masks(grid);
        uint8_t *bytes = memset(room(scene.count, 1), 0, scene.count);
        for (size_t cell = 0; cell < scene.count; cell++) bytes[cell] = (draw() >> 24) % 4;
        // Each cell alone, so that none hides what becomes of another.
        for (size_t cell = 0; cell < scene.count; cell++) {
            size_t x = cell % (size_t)grid->width, word = cell / (size_t)grid->width * (size_t)grid->words + x / 64;
            masks.keep[word] = (uint64_t)1 << x % 64;
            ck_mask_dilate(grid, masks.keep, masks.alive);
            add(masks.alive, masks.bytes);
            masks.keep[word] = 0;
        }
        // Only the last row but one lives, so that the window leaves rows out, and touches the edge.
        size_t row = (size_t)grid->width * 4;
        memset(scene.state, 0, (size_t)(grid->height - 2) * row * sizeof(float));
        memset(scene.state + (size_t)(grid->height - 1) * row, 0, row * sizeof(float));
        ck_mask_scan(grid, scene.state, 3, 0.1f, masks.mature, masks.occupied);
        add(masks.mature, masks.bytes);
        add(masks.occupied, masks.bytes);
        ck_grid_focus(grid, masks.occupied);
        add(grid, sizeof *grid);
        ck_mask_dilate(grid, masks.mature, masks.alive);
        add(masks.alive, masks.bytes);
        int any = ck_mask_without(grid, masks.alive, masks.mature, masks.keep);
        add(&any, sizeof any);
        add(masks.keep, masks.bytes);
        ck_mask_fill(grid, masks.keep);
        add(masks.keep, masks.bytes);
        ck_mask_from_bytes(grid, bytes, masks.keep, masks.keep);
        add(masks.keep, masks.bytes);
        ck_mask_and(grid, masks.alive, masks.keep);
        ck_mask_to_bytes(grid, masks.keep, bytes);
        add(bytes, scene.count);
        ck_mask_copy(grid, masks.keep, masks.alive);
        add(scene.cells, ck_mask_list(grid, masks.alive, scene.cells) * sizeof(uint32_t));
        free(bytes);
        free_masks(masks);
        free_scene(scene);
    }
    end();
}

/// Values before and after of the first two channels of a cell, such that the length of the change would be another
/// number if its sum of squares were fused. Most lengths would not.
static const float sensitive[][4] = {
    {-0x1.7d2d2p-16f, 0x1.73b54p-1f, -0x1.a974e2p-27f, 0x1.51c73cp+0f},
    {-0x1.c40448p-15f, 0x1.3bf4ap-1f, -0x1.217caap-27f, 0x1.e4526ep+0f},
    {-0x1.288d6cp-14f, 0x1.b438ep-1f, 0x1.c1fedcp-30f, 0x1.94bd2ep+0f},
};

/// Puts them into the last cells.
static void set_sensitive(struct scene scene, float *next) {
    size_t channels = (size_t)scene.grid.channels, cells = sizeof sensitive / sizeof *sensitive;
    for (size_t i = 0; i < cells && i < scene.count; i++) {
        size_t first = (scene.count - 1 - i) * channels;
        float *before = scene.state + first, *after = next + first;
        for (size_t c = 0; c < channels; c++) {
            before[c] = c < 2 ? sensitive[i][2 * c] : 0;
            after[c] = c < 2 ? sensitive[i][2 * c + 1] : 0;
        }
    }
}

static void apply(int32_t channels) {
    begin("apply", channels, 0);
    for (int i = 0; i < SCENES; i++) {
        struct scene scene = scene_at(i, channels);
        const ck_grid *grid = &scene.grid;
        size_t size = scene.count * (size_t)channels;
        struct masks masks = make_masks(grid);
        uint8_t *bytes = room(scene.count, 1);
        uint32_t *changed = room(scene.count, sizeof(uint32_t));
        float *next = numbers(size, 1), *values = floats(size), *lengths = floats(scene.count);
        memset(lengths, 0, scene.count * sizeof(float));
        set_sensitive(scene, next);
        // Three cells of four are kept; only those from the middle on have new values, and a few of these are zero.
        for (size_t cell = 0; cell < scene.count; cell++) {
            bytes[cell] = scene.count - cell < 4 || draw() >> 30;
            if (draw() >> 28 == 0) memset(next + cell * (size_t)channels, 0, (size_t)channels * sizeof(float));
        }
        size_t first = scene.count / 2, count = scene.count - first;
        const uint32_t *cells = scene.cells + first;
        const float *rows = next + first * (size_t)channels;
        ck_mask_scan(grid, scene.state, 3, 0.1f, masks.mature, masks.occupied);
        ck_mark_mature(grid, cells, count, rows, 3, 0.1f, masks.mature);
        add(masks.mature, masks.bytes);
        ck_mask_fill(grid, masks.keep);
        ck_mask_from_bytes(grid, bytes, masks.keep, masks.keep);
        size_t found = ck_changes(grid, cells, count, masks.keep, scene.state, masks.occupied, changed, values);
        add(changed, found * sizeof(uint32_t));
        add(values, found * (size_t)channels * sizeof(float));
        ck_apply(grid, cells, count, rows, masks.keep, scene.state, masks.occupied, lengths);
        add(scene.state, size * sizeof(float));
        add(masks.occupied, masks.bytes);
        add(lengths, scene.count * sizeof(float));
        // Back to the step before, without what it emptied.
        ck_put(values, channels, changed, found, scene.state);
        ck_mask_scan(grid, scene.state, 3, 0.1f, masks.mature, masks.occupied);
        ck_clear(grid, masks.keep, scene.state, masks.occupied);
        ck_take(scene.state, channels, scene.cells, scene.count, next);
        add(next, size * sizeof(float));
        add(masks.occupied, masks.bytes);
        free(bytes);
        free(changed);
        free(next);
        free(values);
        free(lengths);
        free_masks(masks);
        free_scene(scene);
    }
    end();
}

int main(void) {
    const ck_kernels *kernels;
    for (size_t i = 0; (kernels = ck_kernels_at(i)); i++) {
        printf("%s %s", kernels->name, kernels->fuses ? "fused" : "unfused");
        perceive(kernels, 16);
        perceive(kernels, 5);
        perceive(kernels, 70);
        update(kernels, 16, 128);
        update(kernels, 16, 300);
        update(kernels, 12, 64);
        update(kernels, 5, 33);
        update(kernels, 20, 130);
        update(kernels, 48, 64);
        blow_up(kernels, 16);
        blow_up(kernels, 20);
        backward(kernels, 16, 128);
        backward(kernels, 48, 130);
        networks(kernels);
        fire(kernels);
        mask_functions();
        apply(16);
        apply(5);
        printf("\n");
    }
    return 0;
}
