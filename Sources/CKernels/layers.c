#include "layers.h"
#include <stdlib.h>
#include <string.h>

ck_layers *ck_layers_create(int32_t channels, int32_t hidden, const float *w1, const float *b1, const float *w2,
                            const float *b2) {
    size_t inputs = 3 * (size_t)channels, outputs = (size_t)channels, units = (size_t)hidden;
    size_t padded = (outputs + 15) / 16 * 16, rows = (units + CK_BLOCK - 1) / CK_BLOCK * CK_BLOCK;
    // Each part begins on a cache line, for `rows` and `padded` are multiples of 16.
    size_t w1_size = rows * inputs, w2_size = rows * padded;
    size_t bytes = (2 * (w1_size + w2_size) + rows + padded) * sizeof(float);
    ck_layers *layers = malloc(sizeof *layers);
    void *memory = NULL;
    if (!layers || posix_memalign(&memory, 64, bytes)) {
        free(layers);
        return NULL;
    }
    memset(memory, 0, bytes);
    *layers = (ck_layers){.channels = channels, .padded = (int32_t)padded, .hidden = (int32_t)rows, .w1 = memory};
    layers->b1 = layers->w1 + w1_size;
    layers->w2 = layers->b1 + rows;
    layers->b2 = layers->w2 + w2_size;
    layers->w1_rows = layers->b2 + padded;
    layers->w2_rows = layers->w1_rows + w1_size;
    for (size_t unit = 0; unit < units; unit++) {
        float *block = layers->w1 + unit / CK_BLOCK * inputs * CK_BLOCK + unit % CK_BLOCK;
        for (size_t input = 0; input < inputs; input++) block[input * CK_BLOCK] = w1[unit * inputs + input];
        for (size_t output = 0; output < outputs; output++) {
            layers->w2[unit * padded + output] = w2[output * units + unit];
        }
    }
    memcpy(layers->w1_rows, w1, units * inputs * sizeof(float));
    for (size_t output = 0; output < outputs; output++) {
        memcpy(layers->w2_rows + output * rows, w2 + output * units, units * sizeof(float));
    }
    memcpy(layers->b1, b1, units * sizeof(float));
    if (b2) memcpy(layers->b2, b2, outputs * sizeof(float));
    return layers;
}

void ck_layers_set_bias(ck_layers *layers, const float *b1, size_t count) {
    memcpy(layers->b1, b1, count * sizeof(float));
}

void ck_layers_free(ck_layers *layers) {
    free(layers->w1);
    free(layers);
}

size_t ck_layers_scratch(const ck_layers *layers) {
    // Perception and new values of the cells that are computed side by side.
    return CK_ROWS * 4 * (size_t)layers->padded;
}

size_t ck_layers_hidden(const ck_layers *layers) { return (size_t)layers->hidden; }

size_t ck_layers_backward_scratch(const ck_layers *layers) {
    return CK_TILE * (6 * (size_t)layers->channels + CK_UNITS) + 16;
}

ck_sums *ck_sums_create(const ck_layers *layers) {
    size_t channels = (size_t)layers->channels, units = (size_t)layers->hidden;
    // Each part begins on a cache line.
    size_t b2_size = (channels + 15) / 16 * 16, w2_size = (units * channels + 15) / 16 * 16;
    ck_sums *sums = malloc(sizeof *sums);
    void *memory = NULL;
    size_t count = units * 3 * channels + units + w2_size + b2_size;
    if (!sums || posix_memalign(&memory, 64, count * sizeof(float))) {
        free(sums);
        return NULL;
    }
    *sums = (ck_sums){.count = count, .w1 = memory};
    sums->b1 = sums->w1 + units * 3 * channels;
    sums->w2 = sums->b1 + units;
    sums->b2 = sums->w2 + w2_size;
    ck_sums_clear(sums);
    return sums;
}

void ck_sums_free(ck_sums *sums) {
    free(sums->w1);
    free(sums);
}

void ck_sums_clear(ck_sums *sums) { memset(sums->w1, 0, sums->count * sizeof(float)); }

void ck_sums_add(ck_sums *sums, const ck_sums *other) {
    for (size_t i = 0; i < sums->count; i++) sums->w1[i] += other->w1[i];
}
