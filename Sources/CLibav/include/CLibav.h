#pragma once

// The C library's headers come first: libav's include them, and their functions must not become hidden.
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// libav's own names, but the functions are the forwarders of delayload.c: hidden, so that libav's libraries, which
// call each other by the same names, never find ours.
#pragma GCC visibility push(hidden)
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/base64.h>
#include <libavutil/crc.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libavutil/sha.h>
#include <libswscale/swscale.h>
#pragma GCC visibility pop

/// Loads libav's libraries. NULL on success, else the loader's own sentence (static storage).
/// Must succeed before any other function of this header is called.
const char *clibav_load(void);

/// Whether the CPU has AVX-512; every one that has it has AVX2, FMA, BMI2 and LZCNT, too.
bool clibav_cpu_has_avx512(void);

// Macros and variadic functions that Swift does not import.

static inline int clibav_error(int posix_error) { return AVERROR(posix_error); }
static inline int clibav_error_again(void) { return AVERROR(EAGAIN); }
static inline int clibav_error_eof(void) { return AVERROR_EOF; }
static inline int64_t clibav_no_timestamp(void) { return AV_NOPTS_VALUE; }

/// `value` counted in units of `from`, counted in units of `to`, rounded to nearest.
static inline int64_t clibav_rescale(int64_t value, AVRational from, AVRational to) {
    return av_rescale_q(value, from, to);
}

/// Sends libav's warnings and errors to `sink`, one line a call, without the trailing newline; NULL, as at the start,
/// silences libav. May be called before libav is loaded.
void clibav_set_log(void (*sink)(int level, const char *line));

/// Takes over libav's log. `clibav_load` calls it.
void clibav_capture_log(void);
