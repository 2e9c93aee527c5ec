#include "decoder.h"
#include <stdlib.h>
#include <string.h>

/// Returns 0 where memory is short.
static int fill_places(ck_decoder *decoder, const ck_blend *blends, const float *places) {
    size_t count = (size_t)decoder->scale * (size_t)decoder->scale;
    const ck_dense *first = &decoder->dense[0];
    decoder->blends = malloc(count * sizeof *blends);
    decoder->places = ck_zeros(count * (size_t)first->padded_outputs);
    if (!decoder->blends || !decoder->places) return 0;
    memcpy(decoder->blends, blends, count * sizeof *blends);
    for (size_t p = 0; p < count; p++) {
        memcpy(decoder->places + p * (size_t)first->padded_outputs, places + p * (size_t)first->outputs,
               (size_t)first->outputs * sizeof *places);
    }
    return 1;
}

/// Returns 0 where memory is short.
static int fill_layers(ck_decoder *decoder, const ck_layer *layers, int32_t count) {
    decoder->weight_sums = calloc((size_t)count, sizeof(size_t));
    decoder->bias_sums = calloc((size_t)count, sizeof(size_t));
    if (!decoder->weight_sums || !decoder->bias_sums) return 0;
    for (int32_t i = 0; i < count; i++) {
        decoder->layers = i + 1;
        ck_dense *dense = &decoder->dense[i];
        if (!ck_dense_fill(dense, &layers[i])) return 0;
        if (dense->padded_inputs > decoder->widest) decoder->widest = dense->padded_inputs;
        if (dense->padded_outputs > decoder->widest) decoder->widest = dense->padded_outputs;
        size_t biases = i > 0 ? 1 : (size_t)decoder->scale * (size_t)decoder->scale;
        decoder->weight_sums[i] = decoder->sum_count;
        decoder->sum_count += (size_t)dense->outputs * (size_t)dense->padded_inputs;
        decoder->bias_sums[i] = decoder->sum_count;
        decoder->sum_count += biases * (size_t)dense->padded_outputs;
    }
    return 1;
}

ck_decoder *ck_decoder_create(int32_t scale, const int32_t *picture, const ck_blend *blends, const float *places,
                              const ck_layer *layers, int32_t count) {
    ck_decoder *decoder = calloc(1, sizeof *decoder + (size_t)count * sizeof(ck_dense));
    if (!decoder) return NULL;
    decoder->scale = scale;
    memcpy(decoder->picture, picture, sizeof decoder->picture);
    if (!fill_layers(decoder, layers, count) || !fill_places(decoder, blends, places)) {
        ck_decoder_free(decoder);
        return NULL;
    }
    return decoder;
}

void ck_decoder_free(ck_decoder *decoder) {
    for (int32_t i = 0; i < decoder->layers; i++) ck_dense_clear(&decoder->dense[i]);
    free(decoder->weight_sums);
    free(decoder->bias_sums);
    free(decoder->blends);
    free(decoder->places);
    free(decoder);
}

size_t ck_decoder_scratch(const ck_decoder *decoder) {
    // What every layer hands on, two gradients, and a tile of states and of their gradients.
    size_t rows = ck_decoder_rows(decoder), widest = (size_t)decoder->widest;
    return ((size_t)decoder->layers + 2) * rows * widest + 2 * CK_TILE * widest + 16;
}

size_t ck_decoder_stride(const ck_decoder *decoder) { return (size_t)decoder->dense[0].padded_outputs; }

ck_layer_sums ck_decoder_sums(const ck_decoder *decoder, int32_t layer) {
    return (ck_layer_sums){.weights = decoder->weight_sums[layer], .bias = decoder->bias_sums[layer],
                           .row = (size_t)decoder->dense[layer].padded_inputs};
}

size_t ck_decoder_sum_count(const ck_decoder *decoder) { return decoder->sum_count; }
