// Loads OpenBLAS on first use, because it reads its core type when it is loaded: OpenBLAS 0.3.21, Debian 12's, takes
// many newer CPUs for a "Prescott" and then runs at a quarter of their speed.
#include "COpenBLAS.h"

#if defined(__APPLE__)
// Linked in the usual way there.
const char *copenblas_load(void) { return NULL; }
#else

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

static void *library;
static const char *failure;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static __typeof__(&cblas_sgemm) sgemm;
static __typeof__(&openblas_get_corename) get_corename;

/// The core type whose kernels this CPU runs, by its instruction sets; NULL leaves the choice to OpenBLAS.
static const char *core_type(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("x86-64-v4")) return "SKYLAKEX";
    if (__builtin_cpu_supports("x86-64-v3")) return "HASWELL";
#endif
    return NULL;
}

static void *find(const char *name) {
    void *function = dlsym(library, name);
    if (!function && !failure) failure = dlerror();
    return function;
}

static void load(void) {
    // Both variables are read while the library is loaded, and must not reach the programs that we start. One thread
    // from the start: its pool of threads would only wait, and its results depend on how many there are.
    const char *core = getenv("OPENBLAS_CORETYPE") ? NULL : core_type();
    int sets_threads = !getenv("OPENBLAS_NUM_THREADS");
    if (core) setenv("OPENBLAS_CORETYPE", core, 1);
    if (sets_threads) setenv("OPENBLAS_NUM_THREADS", "1", 1);
    library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
    if (core) unsetenv("OPENBLAS_CORETYPE");
    if (sets_threads) unsetenv("OPENBLAS_NUM_THREADS");
    if (!library) {
        failure = dlerror();
        return;
    }
    __typeof__(&openblas_set_num_threads) set_num_threads;
    set_num_threads = (__typeof__(set_num_threads))find("openblas_set_num_threads");
    sgemm = (__typeof__(sgemm))find("cblas_sgemm");
    get_corename = (__typeof__(get_corename))find("openblas_get_corename");
    if (!failure) set_num_threads(1);
}

const char *copenblas_load(void) {
    pthread_once(&once, load);
    return failure;
}

void cblas_sgemm(OPENBLAS_CONST enum CBLAS_ORDER order, OPENBLAS_CONST enum CBLAS_TRANSPOSE transpose_a,
                 OPENBLAS_CONST enum CBLAS_TRANSPOSE transpose_b, OPENBLAS_CONST blasint m, OPENBLAS_CONST blasint n,
                 OPENBLAS_CONST blasint k, OPENBLAS_CONST float alpha, OPENBLAS_CONST float *a,
                 OPENBLAS_CONST blasint lda, OPENBLAS_CONST float *b, OPENBLAS_CONST blasint ldb,
                 OPENBLAS_CONST float beta, float *c, OPENBLAS_CONST blasint ldc) {
    sgemm(order, transpose_a, transpose_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}

char *openblas_get_corename(void) { return get_corename(); }

#endif
