#pragma once
#include "CKernels.h"

// Hidden units are computed 32 at a time; the last block is filled up with units whose weights are zero.
enum { CK_BLOCK = 32 };

struct ck_layers {
    int32_t channels;
    /// C rounded up to a multiple of 16.
    int32_t padded;
    /// N rounded up to a multiple of CK_BLOCK.
    int32_t hidden;
    /// [hidden / CK_BLOCK][3C][CK_BLOCK]
    float *w1;
    /// [hidden]
    float *b1;
    /// [hidden][padded]
    float *w2;
    /// [padded]
    float *b2;
    /// The same in the order in which the backward pass reads them: [hidden][3C] and [C][hidden].
    float *w1_rows;
    float *w2_rows;
};

/// Cells that the backward pass treats at a time (a multiple of every set's ROWS), and hidden units: what these touch of
/// weights and sums stays in the innermost cache.
enum { CK_TILE = 48, CK_UNITS = 32 };
