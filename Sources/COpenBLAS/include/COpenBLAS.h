#pragma once
// OpenBLAS, loaded on first use: most runs need none of it, and it would cost every start of the program time and threads.

/// Loads OpenBLAS, single-threaded, so that its results depend on nothing but the CPU's instruction set. NULL on success,
/// else the loader's own sentence (static storage). Must succeed before any other function of this header is called.
const char *copenblas_load(void);

/// product [rows][rows] += a aᵀ, of which the part on and above the diagonal is written; a [rows][columns], row by row.
void copenblas_add_gram(int rows, int columns, const double *a, double *product);

/// The `count` largest eigenvalues of a symmetric matrix [size][size], of which the part on and above the diagonal is read
/// and all is overwritten. `values` [count] increase; `vectors` [count][size], each of length 1, in their order. 0 on
/// success, else LAPACK's number.
int copenblas_largest_eigen(int size, double *matrix, int count, double *values, double *vectors);
