#pragma once
// OpenBLAS, loaded on first use with the core type that fits this CPU.

/// Loads OpenBLAS, single-threaded. NULL on success, else the loader's own sentence (static storage).
/// Must succeed before any other function of this header is called.
const char *copenblas_load(void);

/// The core type whose kernels run, as "HASWELL" (static storage).
const char *copenblas_core(void);

/// out [rows][columns] += a [rows][inner] b [inner][columns], all row by row without gaps.
void copenblas_multiply_add(int rows, int columns, int inner, const float *a, const float *b, float *out);
