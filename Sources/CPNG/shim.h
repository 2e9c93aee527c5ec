#pragma once
#include <png.h>

// libpng's pixel formats and sizes are macros that Swift does not import.
static inline png_uint_32 cpng_format_rgba(void) { return PNG_FORMAT_RGBA; }
static inline png_uint_32 cpng_format_bgra(void) { return PNG_FORMAT_BGRA; }
