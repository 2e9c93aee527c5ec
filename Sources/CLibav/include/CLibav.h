#pragma once
// libav, and all that differs between its versions: FFmpeg 5.1 (libavcodec 59) to 9 (libavcodec 63).

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/base64.h>
#include <libavutil/cpu.h>
#include <libavutil/crc.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libavutil/sha.h>
#include <libswscale/swscale.h>

// MARK: macros that Swift does not import

static inline int clibav_error(int posix_error) { return AVERROR(posix_error); }
static inline int clibav_error_again(void) { return AVERROR(EAGAIN); }
static inline int clibav_error_eof(void) { return AVERROR_EOF; }

// MARK: what differs between versions

/// An output context that hands what is written to `write`; `seek` may be NULL. NULL where memory is short.
/// (Since libavformat 61 what is written is constant.)
static inline AVIOContext *clibav_output(unsigned char *buffer, int size, void *opaque,
                                         int (*write)(void *opaque, const uint8_t *bytes, int size),
                                         int64_t (*seek)(void *opaque, int64_t offset, int whence)) {
#if LIBAVFORMAT_VERSION_MAJOR >= 61
    return avio_alloc_context(buffer, size, 1, opaque, NULL, write, seek);
#else
    return avio_alloc_context(buffer, size, 1, opaque, NULL, (int (*)(void *, uint8_t *, int))write, seek);
#endif
}

/// How long the frame is shown, in units of its time base.
static inline void clibav_set_duration(AVFrame *frame, int64_t duration) {
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(57, 30, 100)
    frame->duration = duration;
#else
    frame->pkt_duration = duration;
#endif
}

/// The pixel formats that an encoder takes, AV_PIX_FMT_NONE after the last; NULL where it does not say.
static inline const enum AVPixelFormat *clibav_pixel_formats(const AVCodec *codec) {
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(61, 13, 100)
    const void *formats = NULL;
    avcodec_get_supported_config(NULL, codec, AV_CODEC_CONFIG_PIX_FORMAT, 0, &formats, NULL);
    return (const enum AVPixelFormat *)formats;
#else
    return codec->pix_fmts;
#endif
}

/// A conversion between kinds of pixels; its type is public in some versions only.
typedef struct clibav_scaler clibav_scaler;

enum {
    /// Chroma is averaged over the area that a sample covers.
    CLIBAV_AREA = SWS_AREA | SWS_ACCURATE_RND,
    /// As exact as swscale goes, chroma interpolated; the same on every CPU.
    CLIBAV_EXACT = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP | SWS_BITEXACT,
    /// Chroma is interpolated linearly, as players do it.
    CLIBAV_LINEAR = SWS_BILINEAR | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT,
    /// The same on every CPU.
    CLIBAV_REPRODUCIBLE = SWS_BITEXACT,
};

/// Between pictures of the same size. NULL where swscale cannot.
static inline clibav_scaler *clibav_scaler_create(int width, int height, enum AVPixelFormat from,
                                                  enum AVPixelFormat to, int flags) {
    return (clibav_scaler *)sws_getContext(width, height, from, width, height, to, flags, NULL, NULL, NULL);
}

/// The colour matrix (SWS_CS_...) of both sides, and whether each uses the full range. Means nothing to RGB.
static inline void clibav_scaler_set_colour(clibav_scaler *scaler, int matrix, bool from_full_range,
                                            bool to_full_range) {
    const int *table = sws_getCoefficients(matrix);
    sws_setColorspaceDetails((struct SwsContext *)scaler, table, from_full_range, table, to_full_range, 0, 1 << 16,
                             1 << 16);
}

/// Converts the whole picture of `height` rows. Negative: an error of libav's.
static inline int clibav_scaler_convert(clibav_scaler *scaler, const uint8_t *const from[], const int from_strides[],
                                        int height, uint8_t *const to[], const int to_strides[]) {
    return sws_scale((struct SwsContext *)scaler, from, from_strides, 0, height, to, to_strides);
}

/// Converts a picture of `height` rows, `from_stride` bytes each, into the part of a frame whose top left is at (x, y), which is
/// the first pixel of a chroma sample. Negative: an error of libav's.
static inline int clibav_scaler_convert_part(clibav_scaler *scaler, const uint8_t *from, int from_stride, int height,
                                             const AVFrame *frame, int x, int y) {
    const AVPixFmtDescriptor *format = av_pix_fmt_desc_get((enum AVPixelFormat)frame->format);
    uint8_t *to[4] = {frame->data[0], frame->data[1], frame->data[2], frame->data[3]};
    for (int index = 0; index < format->nb_components; index++) {
        // The second and third are chroma, or colours, which have all samples. Components may share a plane.
        bool is_chroma = index == 1 || index == 2;
        int plane = format->comp[index].plane;
        to[plane] = frame->data[plane] +
                    (y >> (is_chroma ? format->log2_chroma_h : 0)) * (ptrdiff_t)frame->linesize[plane] +
                    (x >> (is_chroma ? format->log2_chroma_w : 0)) * (ptrdiff_t)format->comp[index].step;
    }
    const uint8_t *const source[4] = {from, NULL, NULL, NULL};
    const int source_strides[4] = {from_stride, 0, 0, 0};
    return sws_scale((struct SwsContext *)scaler, source, source_strides, 0, height, to, frame->linesize);
}

static inline void clibav_scaler_free(clibav_scaler *scaler) { sws_freeContext((struct SwsContext *)scaler); }

/// The matrix by which a stream's pictures are turned when they are shown, nine numbers; NULL where there is none.
static inline const int32_t *clibav_display_matrix(const AVStream *stream) {
#if LIBAVFORMAT_VERSION_INT >= AV_VERSION_INT(60, 15, 100)
    const AVPacketSideData *data =
        av_packet_side_data_get(stream->codecpar->coded_side_data, stream->codecpar->nb_coded_side_data,
                                AV_PKT_DATA_DISPLAYMATRIX);
    return data && data->size >= 36 ? (const int32_t *)data->data : NULL;
#else
    size_t size = 0;
    const uint8_t *data = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    return data && size >= 36 ? (const int32_t *)data : NULL;
#endif
}

// MARK: chapters

/// Adds a chapter to what a muxer will write; times in units of `time_base`. libav keeps its own function for this to
/// itself. Returns false where memory is short.
static inline bool clibav_add_chapter(AVFormatContext *muxer, int64_t id, AVRational time_base, int64_t start,
                                      int64_t end, const char *title) {
    AVChapter *chapter = av_mallocz(sizeof *chapter);
    if (!chapter) return false;
    AVChapter **chapters = av_realloc_array(muxer->chapters, muxer->nb_chapters + 1, sizeof *chapters);
    if (!chapters) {
        av_free(chapter);
        return false;
    }
    chapter->id = id;
    chapter->time_base = time_base;
    chapter->start = start;
    chapter->end = end;
    av_dict_set(&chapter->metadata, "title", title, 0);
    chapters[muxer->nb_chapters++] = chapter;
    muxer->chapters = chapters;
    return true;
}

// MARK: strangers' files

/// What is seen of a decoder's work. Decoders go on where they can, and say so in the log alone.
typedef struct clibav_watch clibav_watch;

/// `ground`: what the memory of pictures is filled with before the decoder writes there. NULL where memory is short.
clibav_watch *clibav_watch_create(uint8_t ground);
void clibav_watch_free(clibav_watch *watch);
/// How often the decoder complained.
int clibav_watch_complaints(const clibav_watch *watch);
/// Watches a decoder, which takes every error that it sees for one. `watch` must outlive it.
void clibav_watch_decoder(AVCodecContext *decoder, clibav_watch *watch);

/// Lets a demuxer read what it was given and nothing else: whatever it would open is refused.
void clibav_forbid_opening(AVFormatContext *demuxer);

// MARK: the log

/// Sends libav's warnings and errors to `sink`, one line a call, without the trailing newline. Until then libav is
/// silent.
void clibav_set_log(void (*sink)(int level, const char *line));

/// Keeps what libav says on this thread in `buffer`, too, a line each, as far as it fits; NULL ends it.
void clibav_keep_log(char *buffer, size_t size);
