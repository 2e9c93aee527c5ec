// One source for every instruction set: kernels.inc is compiled once for each, and the best is chosen at run time.
// (clang's target_clones would do the choosing too, but needs ifunc, and cannot run two sets in one process to compare
// them.)
#include "CKernels.h"
#include "decoder.h"
#include "layers.h"
#include "network.h"
#include <math.h>
#include <string.h>

// Vectors are handed to inlined functions alone, so that no calling convention is at stake.
#pragma clang diagnostic ignored "-Wpsabi"

typedef float vec16 __attribute__((ext_vector_type(16)));
/// The same at any address: Swift's arrays are not aligned to 64 bytes.
typedef float vec16_anywhere __attribute__((ext_vector_type(16), aligned(4)));
typedef _Bool bits16 __attribute__((ext_vector_type(16)));
enum { PEAK_CHAINS = CK_PEAK_OPERATIONS / 32 };
typedef uint32_t lanes16 __attribute__((ext_vector_type(16)));

// How much each instruction set computes side by side, so that the accumulators fill its registers with room for weights:
// ROWS cells by BLOCKS vectors of 16 units. Neither changes the order in which one output is accumulated.
#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
// clang would halve 64-byte vectors for this target unless told otherwise.
#pragma clang attribute push(__attribute__((min_vector_width(512))), apply_to = function)
#define NAME(function) function##_v4
#define ROWS 8
#define BLOCKS 2
#include "kernels.inc"
#pragma clang attribute pop
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define NAME(function) function##_v3
#define ROWS 6
#define BLOCKS 1
#include "kernels.inc"
#pragma clang attribute pop

#define NAME(function) function##_baseline
#define ROWS 3
#define BLOCKS 1
#include "kernels.inc"

static const ck_kernels v4 = {"x86-64-v4", 1, update_v4, perceive_v4, fire_v4, backward_v4, filter_cells_v4, infer_v4, infer_back_v4, decode_v4, decode_back_v4, multiply_v4, multiply_adds_v4};
static const ck_kernels v3 = {"x86-64-v3", 1, update_v3, perceive_v3, fire_v3, backward_v3, filter_cells_v3, infer_v3, infer_back_v3, decode_v3, decode_back_v3, multiply_v3, multiply_adds_v3};
static const ck_kernels baseline = {"baseline", 0, update_baseline, perceive_baseline, fire_baseline, backward_baseline, filter_cells_baseline, infer_baseline, infer_back_baseline, decode_baseline, decode_back_baseline, multiply_baseline, multiply_adds_baseline};

// Feature by feature, since clang 17 knows no levels here; every CPU that has these has the rest of its level, too.
static int has_v3(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("fma");
}

static int has_v4(void) {
    return has_v3() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
}

const ck_kernels *ck_kernels_at(size_t index) {
    __builtin_cpu_init();
    const ck_kernels *sets[4] = {0};
    size_t count = 0;
    if (has_v4()) sets[count++] = &v4;
    if (has_v3()) sets[count++] = &v3;
    sets[count++] = &baseline;
    return index < count ? sets[index] : NULL;
}

#else

#define NAME(function) function##_baseline
#define ROWS 6
#define BLOCKS 1
#include "kernels.inc"

#if defined(__FP_FAST_FMAF) || defined(__aarch64__)
enum { FUSES = 1 };
#else
enum { FUSES = 0 };
#endif
static const ck_kernels baseline = {"baseline", FUSES, update_baseline, perceive_baseline, fire_baseline, backward_baseline, filter_cells_baseline, infer_baseline, infer_back_baseline, decode_baseline, decode_back_baseline, multiply_baseline, multiply_adds_baseline};

const ck_kernels *ck_kernels_at(size_t index) { return index == 0 ? &baseline : NULL; }

#endif
