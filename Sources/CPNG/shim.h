#pragma once
#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

// libpng's pixel formats and sizes are macros that Swift does not import.
static inline png_uint_32 cpng_format_rgba(void) { return PNG_FORMAT_RGBA; }
static inline png_uint_32 cpng_format_bgra(void) { return PNG_FORMAT_BGRA; }

/// Starts a picture for libpng's simplified API: all zero but the version.
static inline png_image cpng_image(void) {
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    return image;
}

/// What libpng said about `image`.
static inline const char *cpng_message(const png_image *image) { return image->message; }

// Writing with text chunks needs libpng's full API, which leaves by longjmp. All of it stays in this file: libpng's
// frames and the C functions below, never one of Swift's.

/// A text for a tEXt chunk (Latin-1), or for an iTXt chunk (UTF-8) where `international` is not 0.
typedef struct {
    const char *key;
    const char *value;
    int international;
} cpng_text;

/// What was written so far; `bytes` belongs to the caller, who frees it.
typedef struct {
    unsigned char *bytes;
    size_t count, capacity;
    char message[128];
} cpng_output;

static inline void cpng_on_error(png_structp png, png_const_charp message) {
    cpng_output *output = (cpng_output *)png_get_error_ptr(png);
    strncpy(output->message, message, sizeof output->message - 1);
    png_longjmp(png, 1);
}

static inline void cpng_on_warning(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static inline void cpng_on_bytes(png_structp png, png_bytep bytes, size_t count) {
    cpng_output *output = (cpng_output *)png_get_io_ptr(png);
    if (count > output->capacity - output->count) {
        size_t capacity = output->capacity * 2 + count + 65536;
        unsigned char *grown = (unsigned char *)realloc(output->bytes, capacity);
        if (!grown) png_error(png, "out of memory");
        output->bytes = grown;
        output->capacity = capacity;
    }
    memcpy(output->bytes + output->count, bytes, count);
    output->count += count;
}

static inline void cpng_on_flush(png_structp png) { (void)png; }

static inline void cpng_set_texts(png_structp png, png_infop info, const cpng_text *texts, int count) {
    for (int i = 0; i < count; i++) {
        png_text text;
        memset(&text, 0, sizeof text);
        text.compression = texts[i].international ? PNG_ITXT_COMPRESSION_NONE : PNG_TEXT_COMPRESSION_NONE;
        text.key = (png_charp)texts[i].key;
        text.text = (png_charp)texts[i].value;
        png_set_text(png, info, &text, 1);
    }
}

/// Writes one sRGB picture of 8 bits a channel: `channels` (3 or 4, straight alpha) bytes a pixel, rows packed.
/// `level` is zlib's, 1...9. Rows that repeat the one above have the filter "up", which makes them zero, and all others
/// `filter`, PNG_FILTER_NONE or PNG_FILTER_UP. `pixels_per_metre` 0 where unknown. Returns 1, or 0 with `output->message`
/// set.
static inline int cpng_write(cpng_output *output, const unsigned char *pixels, png_uint_32 width, png_uint_32 height,
                             int channels, int level, int filter, png_uint_32 pixels_per_metre, const cpng_text *texts,
                             int text_count) {
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, output, cpng_on_error, cpng_on_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info) {
        png_destroy_write_struct(&png, NULL);
        strcpy(output->message, "out of memory");
        return 0;
    }
    // Nothing below changes a local variable, so all keep their values after longjmp.
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return 0;
    }
    png_set_write_fn(png, output, cpng_on_bytes, cpng_on_flush);
    png_set_IHDR(png, info, width, height, 8, channels == 4 ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
    if (pixels_per_metre) png_set_pHYs(png, info, pixels_per_metre, pixels_per_metre, PNG_RESOLUTION_METER);
    png_set_compression_level(png, level);
    png_set_compression_mem_level(png, 9);
    // libpng would take the strategy for photographs' filtered rows, which misses how cells repeat.
    png_set_compression_strategy(png, 0);
    // What is allowed when the first row comes decides whether libpng keeps the row before: no other filter may follow then.
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE | PNG_FILTER_UP);
    cpng_set_texts(png, info, texts, text_count);
    png_write_info(png, info);
    size_t length = (size_t)width * channels;
    for (png_uint_32 y = 0; y < height; y++) {
        const unsigned char *row = pixels + y * length;
        int repeats = y > 0 && !memcmp(row, row - length, length);
        if (y > 0) png_set_filter(png, PNG_FILTER_TYPE_BASE, repeats ? PNG_FILTER_UP : filter);
        png_write_row(png, row);
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return 1;
}
