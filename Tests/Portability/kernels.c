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

#include "networks.inc"

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

static void multiply(const ck_kernels *kernels) {
    begin("multiply", 0, 0);
    static const int32_t sizes[][3] = {{16, 16, 16}, {48, 128, 48}, {16, 48, 128}, {16, 5, 32}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int32_t rows = sizes[i][0], inner = sizes[i][1], columns = sizes[i][2];
        float *a = numbers((size_t)(rows * inner), 1), *b = numbers((size_t)(inner * columns), 1);
        float *product = floats((size_t)(rows * columns));
        kernels->multiply(a, b, rows, inner, columns, product);
        add(product, (size_t)(rows * columns) * sizeof(float));
        free(a);
        free(b);
        free(product);
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
        multiply(kernels);
        fire(kernels);
        mask_functions();
        apply(16);
        apply(5);
        printf("\n");
    }
    return 0;
}
