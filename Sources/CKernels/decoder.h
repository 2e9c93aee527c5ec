#pragma once
#include "CKernels.h"
#include "network.h"

struct ck_decoder {
    int32_t scale;
    /// Red's, green's, blue's and alpha's channels.
    int32_t picture[4];
    int32_t layers;
    /// The widest row of numbers between two layers, the state included.
    int32_t widest;
    /// [s * s]
    ck_blend *blends;
    /// [s * s][padded outputs of the first layer]
    float *places;
    /// Where the gradients of a layer's weights [outputs][padded_inputs] and biases [padded_outputs] begin in the sums.
    size_t *weight_sums;
    size_t *bias_sums;
    size_t sum_count;
    ck_dense dense[];
};

/// Pixels of a cell, and rows that are computed beyond them to fill the last group.
static inline size_t ck_decoder_rows(const ck_decoder *decoder) {
    return (size_t)decoder->scale * (size_t)decoder->scale + CK_ROWS;
}
