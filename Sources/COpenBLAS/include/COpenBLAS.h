#pragma once
// OpenBLAS, loaded on first use with the core type that fits this CPU.

// The C library's headers come first: cblas.h includes them, and their functions must not become hidden.
#include <complex.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

// OpenBLAS's own names, but the functions are the forwarders of openblas.c: hidden, so that the library, which calls
// itself by the same names, never finds ours.
#pragma GCC visibility push(hidden)
#include <cblas.h>
#pragma GCC visibility pop

/// Loads OpenBLAS, single-threaded. NULL on success, else the loader's own sentence (static storage).
/// Must succeed before cblas_sgemm or openblas_get_corename is called. Nothing else of cblas.h is there.
const char *copenblas_load(void);
