#include "COpenBLAS.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

// From cblas.h, which names its types differently from version to version; the values are the standard's.
enum { ROW_MAJOR = 101, NOT_TRANSPOSED = 111, UPPER = 121 };

// Where it is looked for. macOS brings a library with the same functions.
static const char *const names[] = {
#ifdef __APPLE__
    "libopenblas.dylib",
    "/System/Library/Frameworks/Accelerate.framework/Accelerate",
#else
    "libopenblas.so.0",
#endif
};

static void *library;
static const char *failure;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static void (*dsyrk)(int order, int triangle, int transposed, int n, int k, double alpha, const double *a, int lda,
                     double beta, double *c, int ldc);
// Fortran: everything by address, and the lengths of texts behind all.
static void (*dsyevr)(const char *jobs, const char *range, const char *triangle, const int *n, double *a, const int *lda,
                      const double *lowest, const double *highest, const int *first, const int *last,
                      const double *tolerance, int *found, double *values, double *vectors, const int *ldz, int *support,
                      double *work, const int *work_size, int *numbers, const int *numbers_size, int *info, size_t, size_t,
                      size_t);

/// The core type whose kernels this CPU runs, by its instruction sets; NULL leaves the choice to OpenBLAS. (0.3.21,
/// Debian 12's, takes many newer CPUs for old ones; and CPUs of one instruction set should give the same bits.)
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
    // Both variables are read while the library is loaded, and must not reach the programs that we start.
    const char *core = getenv("OPENBLAS_CORETYPE") ? NULL : core_type();
    int sets_threads = !getenv("OPENBLAS_NUM_THREADS");
    if (core) setenv("OPENBLAS_CORETYPE", core, 1);
    if (sets_threads) setenv("OPENBLAS_NUM_THREADS", "1", 1);
    for (size_t i = 0; i < sizeof names / sizeof *names && !library; i++) library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (core) unsetenv("OPENBLAS_CORETYPE");
    if (sets_threads) unsetenv("OPENBLAS_NUM_THREADS");
    if (!library) {
        failure = dlerror();
        return;
    }
    dsyrk = (__typeof__(dsyrk))find("cblas_dsyrk");
    dsyevr = (__typeof__(dsyevr))find("dsyevr_");
    void (*set_num_threads)(int) = (void (*)(int))dlsym(library, "openblas_set_num_threads");
    if (!failure && set_num_threads) set_num_threads(1);
}

const char *copenblas_load(void) {
    pthread_once(&once, load);
    return failure;
}

void copenblas_add_gram(int rows, int columns, const double *a, double *product) {
    dsyrk(ROW_MAJOR, UPPER, NOT_TRANSPOSED, rows, columns, 1, a, columns, 1, product, rows);
}

int copenblas_largest_eigen(int size, double *matrix, int count, double *values, double *vectors) {
    // What is above the diagonal row by row is below it column by column, as Fortran reads.
    const int first = size - count + 1;
    const double none = 0;
    int found = 0, info = 0, numbers_size = -1, work_size = -1, least_numbers = 0;
    double least_work = 0;
    int *support = malloc(2 * (size_t)size * sizeof *support);
    double *all = malloc((size_t)size * sizeof *all);
    double *work = NULL;
    int *numbers = NULL;
    if (!support || !all) {
        info = -1;
        goto end;
    }
    dsyevr("V", "I", "L", &size, matrix, &size, &none, &none, &first, &size, &none, &found, all, vectors, &size, support,
           &least_work, &work_size, &least_numbers, &numbers_size, &info, 1, 1, 1);
    if (info != 0) goto end;
    work_size = (int)least_work;
    numbers_size = least_numbers;
    work = malloc((size_t)work_size * sizeof *work);
    numbers = malloc((size_t)numbers_size * sizeof *numbers);
    if (!work || !numbers) {
        info = -1;
        goto end;
    }
    dsyevr("V", "I", "L", &size, matrix, &size, &none, &none, &first, &size, &none, &found, all, vectors, &size, support, work,
           &work_size, numbers, &numbers_size, &info, 1, 1, 1);
    if (info == 0 && found != count) info = 1;
    for (int i = 0; i < count; i++) values[i] = all[i];
end:
    free(numbers);
    free(work);
    free(all);
    free(support);
    return info;
}
