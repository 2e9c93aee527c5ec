#include "CLibav.h"

#include <string.h>

static void (*log_sink)(int level, const char *line);

/// Decoders that are watched carry their watch in `opaque`; nobody else of this program uses that.
static void count_complaint(void *object, int level) {
    if (level > AV_LOG_ERROR || !object) return;
    const AVClass *class = *(const AVClass **)object;
    if (!class || strcmp(class->class_name, "AVCodecContext")) return;
    clibav_watch *watch = ((AVCodecContext *)object)->opaque;
    if (watch) watch->complaints++;
}

static void on_log(void *object, int level, const char *format, va_list values) {
    count_complaint(object, level);
    if (level > AV_LOG_WARNING || !log_sink) return;
    char line[1024];
    int prefix = 1;
    av_log_format_line2(object, level, format, values, line, sizeof line, &prefix);
    size_t length = strlen(line);
    while (length && line[length - 1] == '\n') line[--length] = 0;
    if (length) log_sink(level, line);
}

void clibav_set_log(void (*sink)(int level, const char *line)) { log_sink = sink; }

/// Takes over libav's log before anybody can call libav: it would write to standard error.
__attribute__((constructor)) static void capture_log(void) { av_log_set_callback(on_log); }
