// Loads libav on first use. Linked in the usual way, libavformat draws 136 shared libraries into every start of the
// program (43 ms for --help); the forwarders below cost one indirect call instead.
#include "CLibav.h"

#include <pthread.h>

#if defined(__APPLE__)
// Linked in the usual way there.
static pthread_once_t once = PTHREAD_ONCE_INIT;
const char *clibav_load(void) {
    pthread_once(&once, clibav_capture_log);
    return NULL;
}
#else

#include <dlfcn.h>
#include <stdlib.h>

enum { UTIL, CODEC, FORMAT, SCALE, LIBRARIES };
static const char *const library_names[LIBRARIES] = {
    "libavutil.so." AV_STRINGIFY(LIBAVUTIL_VERSION_MAJOR),
    "libavcodec.so." AV_STRINGIFY(LIBAVCODEC_VERSION_MAJOR),
    "libavformat.so." AV_STRINGIFY(LIBAVFORMAT_VERSION_MAJOR),
    "libswscale.so." AV_STRINGIFY(LIBSWSCALE_VERSION_MAJOR),
};
static void *libraries[LIBRARIES];
static const char *failure;
static int loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    for (int i = 0; i < LIBRARIES && !failure; i++) {
        libraries[i] = dlopen(library_names[i], RTLD_NOW | RTLD_LOCAL);
        if (!libraries[i]) failure = dlerror();
    }
}

static void load_and_capture(void) {
    load();
    if (failure) return;
    loaded = 1;
    clibav_capture_log();
}

const char *clibav_load(void) {
    pthread_once(&once, load_and_capture);
    return failure;
}

// Every forwarder resolves its function once. Two threads may both do so and store the same address.
static void *resolve(int library, const char *name) {
    if (!loaded) abort();  // a function was called before clibav_load, or although it failed
    void *function = dlsym(libraries[library], name);
    if (!function) {
        fprintf(stderr, "gnca-render: %s lacks %s\n", library_names[library], name);
        abort();
    }
    return function;
}

#define ADDRESS(library, name)                                                       \
    static __typeof__(&name) address;                                                \
    __typeof__(&name) function = __atomic_load_n(&address, __ATOMIC_ACQUIRE);        \
    if (!function) {                                                                 \
        function = (__typeof__(&name))resolve(library, #name);                       \
        __atomic_store_n(&address, function, __ATOMIC_RELEASE);                      \
    }
#define FORWARD(library, type, name, parameters, arguments) \
    type name parameters { ADDRESS(library, name) return function arguments; }
#define FORWARD_VOID(library, name, parameters, arguments) \
    void name parameters { ADDRESS(library, name) function arguments; }

// libavutil
FORWARD(UTIL, AVFrame *, av_frame_alloc, (void), ())
FORWARD_VOID(UTIL, av_frame_free, (AVFrame **f), (f))
FORWARD(UTIL, int, av_frame_get_buffer, (AVFrame *f, int align), (f, align))
FORWARD(UTIL, int, av_frame_make_writable, (AVFrame *f), (f))
FORWARD_VOID(UTIL, av_frame_unref, (AVFrame *f), (f))
FORWARD_VOID(UTIL, av_frame_move_ref, (AVFrame *to, AVFrame *from), (to, from))
FORWARD(UTIL, void *, av_malloc, (size_t size), (size))
FORWARD_VOID(UTIL, av_max_alloc, (size_t size), (size))
FORWARD_VOID(UTIL, av_free, (void *p), (p))
FORWARD(UTIL, char *, av_base64_encode, (char *text, int text_size, const uint8_t *bytes, int size), (text, text_size, bytes, size))
FORWARD(UTIL, char *, av_strdup, (const char *text), (text))
FORWARD_VOID(UTIL, av_freep, (void *p), (p))
FORWARD(UTIL, int, av_strerror, (int code, char *text, size_t size), (code, text, size))
FORWARD(UTIL, int, av_dict_set, (AVDictionary **d, const char *key, const char *value, int flags), (d, key, value, flags))
FORWARD_VOID(UTIL, av_dict_free, (AVDictionary **d), (d))
FORWARD(UTIL, AVDictionaryEntry *, av_dict_get, (const AVDictionary *d, const char *key, const AVDictionaryEntry *prev, int flags), (d, key, prev, flags))
FORWARD(UTIL, int, av_opt_set, (void *object, const char *name, const char *value, int flags), (object, name, value, flags))
FORWARD(UTIL, int, av_opt_set_int, (void *object, const char *name, int64_t value, int flags), (object, name, value, flags))
FORWARD(UTIL, const AVOption *, av_opt_find, (void *object, const char *name, const char *unit, int flags, int search), (object, name, unit, flags, search))
FORWARD(UTIL, enum AVPixelFormat, av_get_pix_fmt, (const char *name), (name))
FORWARD(UTIL, const char *, av_get_pix_fmt_name, (enum AVPixelFormat format), (format))
FORWARD(UTIL, const AVPixFmtDescriptor *, av_pix_fmt_desc_get, (enum AVPixelFormat format), (format))
FORWARD_VOID(UTIL, av_log_set_callback, (void (*callback)(void *, int, const char *, va_list)), (callback))
FORWARD_VOID(UTIL, av_log_set_level, (int level), (level))
FORWARD(UTIL, int, av_log_format_line2, (void *p, int level, const char *format, va_list values, char *line, int size, int *prefix), (p, level, format, values, line, size, prefix))
FORWARD(UTIL, struct AVSHA *, av_sha_alloc, (void), ())
FORWARD(UTIL, int, av_sha_init, (struct AVSHA *c, int bits), (c, bits))
FORWARD_VOID(UTIL, av_sha_update, (struct AVSHA *c, const uint8_t *data, size_t length), (c, data, length))
FORWARD_VOID(UTIL, av_sha_final, (struct AVSHA *c, uint8_t *digest), (c, digest))
FORWARD(UTIL, int64_t, av_rescale_q, (int64_t value, AVRational from, AVRational to), (value, from, to))
FORWARD(UTIL, int, av_frame_is_writable, (AVFrame *f), (f))
FORWARD_VOID(UTIL, av_buffer_unref, (AVBufferRef **b), (b))
FORWARD(UTIL, const AVCRC *, av_crc_get_table, (AVCRCId id), (id))
FORWARD(UTIL, uint32_t, av_crc, (const AVCRC *table, uint32_t crc, const uint8_t *bytes, size_t count), (table, crc, bytes, count))
FORWARD(UTIL, unsigned, avutil_version, (void), ())

// libavcodec
FORWARD(CODEC, unsigned, avcodec_version, (void), ())
FORWARD(CODEC, const AVCodec *, avcodec_find_encoder_by_name, (const char *name), (name))
FORWARD(CODEC, const AVCodec *, avcodec_find_decoder, (enum AVCodecID id), (id))
FORWARD(CODEC, AVCodecContext *, avcodec_alloc_context3, (const AVCodec *codec), (codec))
FORWARD_VOID(CODEC, avcodec_free_context, (AVCodecContext **c), (c))
FORWARD(CODEC, int, avcodec_open2, (AVCodecContext *c, const AVCodec *codec, AVDictionary **options), (c, codec, options))
FORWARD(CODEC, int, avcodec_send_frame, (AVCodecContext *c, const AVFrame *f), (c, f))
FORWARD(CODEC, int, avcodec_receive_packet, (AVCodecContext *c, AVPacket *p), (c, p))
FORWARD(CODEC, int, avcodec_send_packet, (AVCodecContext *c, const AVPacket *p), (c, p))
FORWARD(CODEC, int, avcodec_receive_frame, (AVCodecContext *c, AVFrame *f), (c, f))
FORWARD(CODEC, int, avcodec_parameters_from_context, (AVCodecParameters *p, const AVCodecContext *c), (p, c))
FORWARD(CODEC, int, avcodec_parameters_to_context, (AVCodecContext *c, const AVCodecParameters *p), (c, p))
FORWARD(CODEC, AVPacket *, av_packet_alloc, (void), ())
FORWARD_VOID(CODEC, av_packet_free, (AVPacket **p), (p))
FORWARD_VOID(CODEC, av_packet_unref, (AVPacket *p), (p))
FORWARD_VOID(CODEC, av_packet_rescale_ts, (AVPacket *p, AVRational from, AVRational to), (p, from, to))
FORWARD(CODEC, int, av_new_packet, (AVPacket *p, int size), (p, size))

// libavformat
FORWARD(FORMAT, unsigned, avformat_version, (void), ())
FORWARD(FORMAT, int, avformat_alloc_output_context2, (AVFormatContext **c, const AVOutputFormat *format, const char *name, const char *file), (c, format, name, file))
FORWARD_VOID(FORMAT, avformat_free_context, (AVFormatContext *c), (c))
FORWARD(FORMAT, AVStream *, avformat_new_stream, (AVFormatContext *c, const AVCodec *codec), (c, codec))
FORWARD(FORMAT, int, avformat_write_header, (AVFormatContext *c, AVDictionary **options), (c, options))
FORWARD(FORMAT, int, av_interleaved_write_frame, (AVFormatContext *c, AVPacket *p), (c, p))
FORWARD(FORMAT, int, av_write_trailer, (AVFormatContext *c), (c))
FORWARD(FORMAT, const AVOutputFormat *, av_guess_format, (const char *name, const char *file, const char *mime), (name, file, mime))
FORWARD(FORMAT, AVIOContext *, avio_alloc_context, (unsigned char *buffer, int size, int writes, void *opaque, int (*read)(void *, uint8_t *, int), int (*write)(void *, uint8_t *, int), int64_t (*seek)(void *, int64_t, int)), (buffer, size, writes, opaque, read, write, seek))
FORWARD_VOID(FORMAT, avio_context_free, (AVIOContext **c), (c))
FORWARD_VOID(FORMAT, avio_flush, (AVIOContext *c), (c))
FORWARD(FORMAT, AVFormatContext *, avformat_alloc_context, (void), ())
FORWARD(FORMAT, int, avformat_open_input, (AVFormatContext **c, const char *url, const AVInputFormat *format, AVDictionary **options), (c, url, format, options))
FORWARD_VOID(FORMAT, avformat_close_input, (AVFormatContext **c), (c))
FORWARD(FORMAT, int, avformat_find_stream_info, (AVFormatContext *c, AVDictionary **options), (c, options))
FORWARD(FORMAT, int, av_read_frame, (AVFormatContext *c, AVPacket *p), (c, p))
FORWARD(FORMAT, const AVInputFormat *, av_find_input_format, (const char *name), (name))

// libswscale
FORWARD(SCALE, unsigned, swscale_version, (void), ())
FORWARD(SCALE, struct SwsContext *, sws_alloc_context, (void), ())
FORWARD(SCALE, int, sws_init_context, (struct SwsContext *c, SwsFilter *source, SwsFilter *destination), (c, source, destination))
FORWARD(SCALE, struct SwsContext *, sws_getContext, (int sw, int sh, enum AVPixelFormat sf, int dw, int dh, enum AVPixelFormat df, int flags, SwsFilter *s, SwsFilter *d, const double *parameters), (sw, sh, sf, dw, dh, df, flags, s, d, parameters))
FORWARD_VOID(SCALE, sws_freeContext, (struct SwsContext *c), (c))
FORWARD(SCALE, int, sws_scale, (struct SwsContext *c, const uint8_t *const source[], const int source_stride[], int y, int height, uint8_t *const destination[], const int destination_stride[]), (c, source, source_stride, y, height, destination, destination_stride))
FORWARD(SCALE, int, sws_setColorspaceDetails, (struct SwsContext *c, const int inverse[4], int source_range, const int table[4], int range, int brightness, int contrast, int saturation), (c, inverse, source_range, table, range, brightness, contrast, saturation))
FORWARD(SCALE, const int *, sws_getCoefficients, (int colorspace), (colorspace))

#endif
