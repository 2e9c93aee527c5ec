#include "watch.h"

#include <string.h>

static void (*log_sink)(int level, const char *line);

/// Where this thread's lines go, and how many bytes there are left.
static _Thread_local char *kept;
static _Thread_local size_t room;

static void keep(const char *line, size_t length) {
    if (length + 2 > room) return;
    memcpy(kept, line, length);
    kept[length] = '\n';
    kept[length + 1] = 0;
    kept += length + 1;
    room -= length + 1;
}

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
    if (level > AV_LOG_WARNING || (!log_sink && !kept)) return;
    char line[1024];
    int prefix = 1;
    av_log_format_line2(object, level, format, values, line, sizeof line, &prefix);
    size_t length = strlen(line);
    while (length && line[length - 1] == '\n') line[--length] = 0;
    if (!length) return;
    if (kept) keep(line, length);
    if (log_sink) log_sink(level, line);
}

void clibav_keep_log(char *buffer, size_t size) {
    kept = buffer;
    room = size;
    if (kept) *kept = 0;
}

void clibav_set_log(void (*sink)(int level, const char *line)) { log_sink = sink; }

/// Takes over libav's log before anybody can call libav: it would write to standard error.
__attribute__((constructor)) static void capture_log(void) { av_log_set_callback(on_log); }
