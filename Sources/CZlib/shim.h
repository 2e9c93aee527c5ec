#pragma once
#include <string.h>
#include <zlib.h>

/// CRC-32 as zip archives use it.
static inline unsigned int czlib_crc32(const unsigned char *bytes, size_t count) {
    return (unsigned int)crc32(crc32(0, Z_NULL, 0), bytes, (uInt)count);
}

/// Packs `count` bytes as small as zlib can, into at most `*packed_count` bytes, and says how many there are. Z_OK, or an
/// error of zlib's. (`deflateInit2` is a macro, which Swift does not import.)
static inline int czlib_deflate(unsigned char *packed, uLong *packed_count, const unsigned char *bytes, uLong count) {
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    int code = deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY);
    if (code != Z_OK) return code;
    stream.next_in = (Bytef *)bytes;
    stream.avail_in = (uInt)count;
    stream.next_out = packed;
    stream.avail_out = (uInt)*packed_count;
    code = deflate(&stream, Z_FINISH);
    *packed_count = stream.total_out;
    deflateEnd(&stream);
    return code == Z_STREAM_END ? Z_OK : code == Z_OK ? Z_BUF_ERROR : code;
}

/// Inflates one raw deflate stream that fills `input` and exactly `out_count` bytes of `out`, never more: 1, or 0 where
/// it does not. Both counts are below 2^32. (`inflateInit2` is a macro, which Swift does not import.)
static inline int czlib_inflate_raw(const unsigned char *input, size_t count, unsigned char *out, size_t out_count) {
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return 0;
    stream.next_in = (Bytef *)input;
    stream.avail_in = (uInt)count;
    stream.next_out = out;
    stream.avail_out = (uInt)out_count;
    int done = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0 && stream.avail_out == 0;
    inflateEnd(&stream);
    return done;
}
