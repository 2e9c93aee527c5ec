#include "CKernels.h"
#include <string.h>

/// The first word of the window's masks, and the one after the last.
static size_t first_word(const ck_grid *grid) { return (size_t)grid->first_row * (size_t)grid->words; }
static size_t end_word(const ck_grid *grid) { return (size_t)grid->end_row * (size_t)grid->words; }

/// The bits of the last word of a row that stand for cells.
static uint64_t last_word(const ck_grid *grid) {
    return ~(uint64_t)0 >> ((64 - grid->width % 64) % 64);
}

// Inlined even at -O2, and the usual number of channels a constant to the compiler, which then needs no loop.

static inline __attribute__((always_inline)) int all_zero(const float *values, int32_t channels) {
    int zero = 1;
    for (int32_t c = 0; c < channels; c++) zero &= values[c] == 0;
    return zero;
}

static inline __attribute__((always_inline)) int is_zero(const float *values, int32_t channels) {
    return channels == 16 ? all_zero(values, 16) : all_zero(values, channels);
}

static inline __attribute__((always_inline)) void copy_cell(float *to, const float *from, int32_t channels) {
    if (channels == 16) memcpy(to, from, 16 * sizeof *to);
    else memcpy(to, from, (size_t)channels * sizeof *to);
}

static inline __attribute__((always_inline)) int holds(const ck_grid *grid, const uint64_t *mask, uint32_t x, uint32_t y) {
    return mask[y * (size_t)grid->words + x / 64] >> x % 64 & 1;
}

static inline __attribute__((always_inline)) void set(const ck_grid *grid, uint64_t *mask, uint32_t x, uint32_t y, int value) {
    uint64_t *word = mask + y * (size_t)grid->words + x / 64;
    *word = (*word & ~((uint64_t)1 << x % 64)) | (uint64_t)value << x % 64;
}

static int row_is_empty(const ck_grid *grid, const uint64_t *mask, int32_t y) {
    uint64_t any = 0;
    for (size_t word = 0; word < (size_t)grid->words; word++) any |= mask[(size_t)y * (size_t)grid->words + word];
    return any == 0;
}

void ck_grid_focus(ck_grid *grid, const uint64_t *occupied) {
    int32_t first = grid->first_row, end = grid->end_row;
    while (first < end && row_is_empty(grid, occupied, first)) first++;
    while (first < end && row_is_empty(grid, occupied, end - 1)) end--;
    grid->first_row = first < end ? first - 2 : 0;
    grid->end_row = first < end ? end + 2 : 0;
    int leaves = grid->first_row < 0 || grid->end_row > grid->height;
    if (grid->first_row < 0 || (leaves && grid->torus)) grid->first_row = 0;
    if (grid->end_row > grid->height || (leaves && grid->torus)) grid->end_row = grid->height;
}

void ck_mask_scan(const ck_grid *grid, const float *state, int32_t channel, float threshold, uint64_t *mature,
                  uint64_t *occupied) {
    size_t words = (size_t)grid->height * (size_t)grid->words;
    memset(mature, 0, words * sizeof *mature);
    memset(occupied, 0, words * sizeof *occupied);
    const float *cell = state;
    for (uint32_t y = 0; y < (uint32_t)grid->height; y++) {
        for (uint32_t x = 0; x < (uint32_t)grid->width; x++, cell += grid->channels) {
            uint64_t bit = (uint64_t)1 << x % 64;
            size_t word = y * (size_t)grid->words + x / 64;
            if (cell[channel] > threshold) mature[word] |= bit;
            if (!is_zero(cell, grid->channels)) occupied[word] |= bit;
        }
    }
}

/// A word of row y or-ed with those above and below.
static uint64_t column(const ck_grid *grid, const uint64_t *in, int32_t y, int32_t word) {
    int32_t above = y - 1, below = y + 1;
    if (grid->torus) {
        if (above < 0) above = grid->height - 1;
        if (below == grid->height) below = 0;
    }
    size_t words = (size_t)grid->words;
    uint64_t bits = in[(size_t)y * words + (size_t)word];
    if (above >= grid->first_row && above < grid->end_row) bits |= in[(size_t)above * words + (size_t)word];
    if (below >= grid->first_row && below < grid->end_row) bits |= in[(size_t)below * words + (size_t)word];
    return bits;
}

void ck_mask_dilate(const ck_grid *grid, const uint64_t *in, uint64_t *out) {
    int32_t last = grid->words - 1;
    int end = (grid->width - 1) % 64;
    for (int32_t y = grid->first_row; y < grid->end_row; y++) {
        uint64_t *row = out + (size_t)y * (size_t)grid->words;
        uint64_t first = column(grid, in, y, 0);
        uint64_t left = 0, here = first;
        for (int32_t word = 0; word <= last; word++) {
            uint64_t right = word < last ? column(grid, in, y, word + 1) : 0;
            row[word] = here | here << 1 | here >> 1 | left >> 63 | right << 63;
            left = here;
            here = right;
        }
        if (grid->torus) {  // `left` is the last word now
            row[0] |= left >> end & 1;
            row[last] |= (first & 1) << end;
        }
        row[last] &= last_word(grid);
    }
}

void ck_mask_fill(const ck_grid *grid, uint64_t *out) {
    memset(out + first_word(grid), 0xff, (end_word(grid) - first_word(grid)) * sizeof *out);
    for (size_t i = first_word(grid); i < end_word(grid); i += (size_t)grid->words) {
        out[i + (size_t)grid->words - 1] = last_word(grid);
    }
}

void ck_mask_copy(const ck_grid *grid, const uint64_t *in, uint64_t *out) {
    memcpy(out + first_word(grid), in + first_word(grid), (end_word(grid) - first_word(grid)) * sizeof *out);
}

void ck_mask_and(const ck_grid *grid, const uint64_t *other, uint64_t *out) {
    for (size_t i = first_word(grid); i < end_word(grid); i++) out[i] &= other[i];
}

int ck_mask_without(const ck_grid *grid, const uint64_t *a, const uint64_t *b, uint64_t *out) {
    uint64_t any = 0;
    for (size_t i = first_word(grid); i < end_word(grid); i++) any |= out[i] = a[i] & ~b[i];
    return any != 0;
}

void ck_mask_from_bytes(const ck_grid *grid, const uint8_t *bytes, const uint64_t *where, uint64_t *out) {
    size_t width = (size_t)grid->width;
    for (size_t y = (size_t)grid->first_row; y < (size_t)grid->end_row; y++) {
        for (size_t word = 0; word < (size_t)grid->words; word++) {
            size_t index = y * (size_t)grid->words + word, first = 64 * word;
            size_t count = width - first < 64 ? width - first : 64;
            uint64_t bits = 0;
            for (size_t i = 0; i < count && where[index]; i++) bits |= (uint64_t)(bytes[y * width + first + i] != 0) << i;
            out[index] = bits & where[index];
        }
    }
}

void ck_mask_to_bytes(const ck_grid *grid, const uint64_t *mask, uint8_t *bytes) {
    for (uint32_t y = (uint32_t)grid->first_row; y < (uint32_t)grid->end_row; y++) {
        uint8_t *row = bytes + (size_t)y * (size_t)grid->width;
        for (uint32_t x = 0; x < (uint32_t)grid->width; x++) row[x] = (uint8_t)holds(grid, mask, x, y);
    }
}

size_t ck_mask_list(const ck_grid *grid, const uint64_t *mask, uint32_t *cells) {
    size_t count = 0;
    for (uint32_t y = (uint32_t)grid->first_row; y < (uint32_t)grid->end_row; y++) {
        for (uint32_t word = 0; word < (uint32_t)grid->words; word++) {
            uint64_t bits = mask[y * (size_t)grid->words + word];
            for (; bits; bits &= bits - 1) {
                cells[count++] = y * (uint32_t)grid->width + 64 * word + (uint32_t)__builtin_ctzll(bits);
            }
        }
    }
    return count;
}

void ck_mark_mature(const ck_grid *grid, const uint32_t *cells, size_t count, const float *next, int32_t channel,
                    float threshold, uint64_t *mature) {
    uint32_t width = (uint32_t)grid->width;
    for (size_t i = 0; i < count; i++) {
        uint32_t y = cells[i] / width;
        set(grid, mature, cells[i] - y * width, y, next[i * (size_t)grid->channels + (size_t)channel] > threshold);
    }
}

/// Euclidean length of a - b; of a alone where b is NULL.
static float length(const float *a, const float *b, int32_t channels) {
    // Never fused: this file is compiled once, on x86-64 for CPUs that cannot, on arm64 for those that can.
#pragma STDC FP_CONTRACT OFF
    double sum = 0;
    for (int32_t c = 0; c < channels; c++) {
        double difference = (double)a[c] - (b ? (double)b[c] : 0);
        sum += difference * difference;
    }
    return (float)__builtin_sqrt(sum);
}

/// Every occupied cell that is not in `keep` becomes zero.
static void clear(const ck_grid *grid, const uint64_t *keep, float *state, uint64_t *occupied, float *lengths) {
    for (size_t index = first_word(grid); index < end_word(grid); index++) {
        uint64_t lost = occupied[index] & ~keep[index];
        if (!lost) continue;
        occupied[index] &= keep[index];
        size_t y = index / (size_t)grid->words, first = index % (size_t)grid->words * 64;
        for (; lost; lost &= lost - 1) {
            size_t cell = y * (size_t)grid->width + first + (size_t)__builtin_ctzll(lost);
            float *values = state + cell * (size_t)grid->channels;
            if (lengths) lengths[cell] = length(values, NULL, grid->channels);
            memset(values, 0, (size_t)grid->channels * sizeof *values);
        }
    }
}

void ck_apply(const ck_grid *grid, const uint32_t *cells, size_t count, const float *next, const uint64_t *keep,
              float *state, uint64_t *occupied, float *lengths) {
    clear(grid, keep, state, occupied, lengths);
    uint32_t width = (uint32_t)grid->width;
    size_t channels = (size_t)grid->channels;
    for (size_t i = 0; i < count; i++) {
        uint32_t y = cells[i] / width, x = cells[i] - y * width;
        if (!holds(grid, keep, x, y)) continue;
        const float *values = next + i * channels;
        float *cell = state + cells[i] * channels;
        if (lengths) lengths[cells[i]] = length(values, cell, grid->channels);
        set(grid, occupied, x, y, !is_zero(values, grid->channels));
        copy_cell(cell, values, grid->channels);
    }
}

void ck_clear(const ck_grid *grid, const uint64_t *keep, float *values, uint64_t *occupied) {
    clear(grid, keep, values, occupied, NULL);
}

size_t ck_changes(const ck_grid *grid, const uint32_t *cells, size_t count, const uint64_t *keep, const float *state,
                  const uint64_t *occupied, uint32_t *changed, float *values) {
    size_t found = 0;
    for (size_t index = first_word(grid); index < end_word(grid); index++) {
        uint64_t lost = occupied[index] & ~keep[index];
        size_t start = index / (size_t)grid->words * (size_t)grid->width + index % (size_t)grid->words * 64;
        for (; lost; lost &= lost - 1) changed[found++] = (uint32_t)(start + (size_t)__builtin_ctzll(lost));
    }
    uint32_t width = (uint32_t)grid->width;
    for (size_t i = 0; i < count; i++) {
        uint32_t y = cells[i] / width;
        changed[found] = cells[i];
        found += (size_t)holds(grid, keep, cells[i] - y * width, y);
    }
    ck_take(state, grid->channels, changed, found, values);
    return found;
}

void ck_take(const float *values, int32_t channels, const uint32_t *cells, size_t count, float *rows) {
    size_t size = (size_t)channels;
    for (size_t i = 0; i < count; i++) copy_cell(rows + i * size, values + cells[i] * size, channels);
}

void ck_put(const float *rows, int32_t channels, const uint32_t *cells, size_t count, float *values) {
    size_t size = (size_t)channels;
    for (size_t i = 0; i < count; i++) copy_cell(values + cells[i] * size, rows + i * size, channels);
}
