// Loads OpenBLAS on first use, because it reads its core type when it is loaded: OpenBLAS 0.3.21, Debian 12's, takes
// many newer CPUs for a "Prescott" and then runs at a quarter of their speed.
#include "COpenBLAS.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

// From cblas.h, which names its types differently from version to version; the values are the standard's.
enum { ROW_MAJOR = 101, NOT_TRANSPOSED = 111 };

static void *library;
static const char *failure;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static void (*sgemm)(int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha, const float *a,
                     int lda, const float *b, int ldb, float beta, float *c, int ldc);
static char *(*get_corename)(void);

/// The core type whose kernels this CPU runs, by its instruction sets; NULL leaves the choice to OpenBLAS.
static const char *core_type(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "HASWELL";
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
    void (*set_num_threads)(int) = (void (*)(int))find("openblas_set_num_threads");
    sgemm = (__typeof__(sgemm))find("cblas_sgemm");
    get_corename = (__typeof__(get_corename))find("openblas_get_corename");
    if (!failure) set_num_threads(1);
}

const char *copenblas_load(void) {
    pthread_once(&once, load);
    return failure;
}

const char *copenblas_core(void) { return get_corename(); }

void copenblas_multiply_add(int rows, int columns, int inner, const float *a, const float *b, float *out) {
    sgemm(ROW_MAJOR, NOT_TRANSPOSED, NOT_TRANSPOSED, rows, columns, inner, 1, a, inner, b, columns, 1, out, columns);
}
