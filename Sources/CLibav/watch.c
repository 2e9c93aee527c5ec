#include "watch.h"

#include <stdlib.h>
#include <string.h>

clibav_watch *clibav_watch_create(uint8_t ground) {
    clibav_watch *watch = calloc(1, sizeof *watch);
    if (watch) watch->ground = ground;
    return watch;
}

void clibav_watch_free(clibav_watch *watch) { free(watch); }

int clibav_watch_complaints(const clibav_watch *watch) { return watch->complaints; }

/// A picture's memory, filled: what the decoder leaves out is told by its ground.
static int get_buffer(AVCodecContext *decoder, AVFrame *frame, int flags) {
    int code = avcodec_default_get_buffer2(decoder, frame, flags);
    if (code < 0) return code;
    for (int index = 0; index < AV_NUM_DATA_POINTERS && frame->buf[index]; index++)
        memset(frame->buf[index]->data, ((clibav_watch *)decoder->opaque)->ground, frame->buf[index]->size);
    return code;
}

void clibav_watch_decoder(AVCodecContext *decoder, clibav_watch *watch) {
    decoder->opaque = watch;
    decoder->get_buffer2 = get_buffer;
    decoder->err_recognition = AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER | AV_EF_EXPLODE;
}

static int refuse_to_open(AVFormatContext *demuxer, AVIOContext **io, const char *url, int flags,
                          AVDictionary **options) {
    (void)demuxer, (void)io, (void)url, (void)flags, (void)options;
    return AVERROR(EACCES);
}

void clibav_forbid_opening(AVFormatContext *demuxer) { demuxer->io_open = refuse_to_open; }
