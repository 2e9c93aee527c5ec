#pragma once
#include "CKernels.h"
#include "layers.h"

/// One dense layer. Outputs are computed 16 at a time; those added to fill the last 16 have weights of zero.
typedef struct {
    int32_t inputs;
    int32_t outputs;
    /// Rounded up to multiples of 16.
    int32_t padded_inputs;
    int32_t padded_outputs;
    int32_t activation;
    float low;
    float high;
    /// [padded_outputs / 16][inputs][16]
    float *weights;
    /// [padded_outputs]
    float *bias;
    /// The same weights in the order in which the backward pass reads them: [outputs][padded_inputs].
    float *rows;
} ck_dense;

/// Copies a layer. Returns 0 where memory is short; `ck_dense_clear` frees what there is either way.
int ck_dense_fill(ck_dense *dense, const ck_layer *layer);
void ck_dense_clear(ck_dense *dense);
/// Zeros on a cache line, or NULL.
float *ck_zeros(size_t count);
/// Rounded up to full vectors.
static inline int32_t ck_vectors(int32_t count) { return (count + 15) / 16 * 16; }

struct ck_network {
    int32_t channels;
    int32_t filters;
    int32_t layers;
    /// Channels 0 ..< clamped are held within low...high.
    int32_t clamped;
    float gain;
    float low;
    float high;
    /// The widest row of numbers between two layers, perception included.
    int32_t widest;
    /// Sum of all layers' padded outputs.
    int32_t kept;
    /// Where the gradients of a layer's weights [outputs][padded_inputs] and biases [padded_outputs] begin in the sums.
    size_t *weight_sums;
    size_t *bias_sums;
    /// Where those of the filters begin, [K][9][C].
    size_t filter_sums;
    size_t sum_count;
    ck_dense dense[];
};
