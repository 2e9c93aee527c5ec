import CGNCALibav
import GNCABasics

/// What kind of picture a file holds, told by how it begins.
enum StillKind: Equatable {
    case png
    /// One that libav decodes.
    case other(AVCodecID)

    init?(_ bytes: [UInt8]) {
        if bytes.starts(with: PNGReader.signature) {
            self = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .other(AV_CODEC_ID_MJPEG)
        } else if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) {
            self = .other(AV_CODEC_ID_GIF)
        } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
            self = .other(AV_CODEC_ID_WEBP)
        } else if bytes.starts(with: "BM".utf8) {
            self = .other(AV_CODEC_ID_BMP)
        } else if bytes.starts(with: [0x49, 0x49, 42, 0]) || bytes.starts(with: [0x4D, 0x4D, 0, 42]) {
            self = .other(AV_CODEC_ID_TIFF)
        } else {
            return nil
        }
    }
}

/// Decodes a still with one of libav's decoders.
///
/// The whole file goes to the decoder as one packet. No demuxer is opened and nothing is probed, so no file can make
/// libav open another file or an address.
enum StillDecoder {
    static func decode(
        _ bytes: [UInt8], codec: AVCodecID, pixelLimit: Int = ImageFile.pixelLimit
    ) throws(FileFault) -> Frame {
        guard let decoder = avcodec_find_decoder(codec), let context = avcodec_alloc_context3(decoder) else {
            throw FileFault("this libav cannot read pictures of this kind")
        }
        var owned: UnsafeMutablePointer<AVCodecContext>? = context
        defer { avcodec_free_context(&owned) }
        context.pointee.max_pixels = Int64(pixelLimit)
        context.pointee.thread_count = 1
        try DecodedPicture.check(avcodec_open2(context, decoder, nil))

        var packet = av_packet_alloc()
        var picture = av_frame_alloc()
        defer {
            av_packet_free(&packet)
            av_frame_free(&picture)
        }
        guard let packet, let picture else { throw FileFault("out of memory") }
        // The file's limit is far below Int32's. The packet is padded with zeros, which decoders may read past the end.
        try DecodedPicture.check(av_new_packet(packet, Int32(bytes.count)))
        UnsafeMutableRawBufferPointer(start: packet.pointee.data, count: bytes.count).copyBytes(from: bytes)
        try DecodedPicture.check(avcodec_send_packet(context, packet))
        // End of input: a decoder that waits for more gives what it has.
        _ = avcodec_send_packet(context, nil)
        try DecodedPicture.check(avcodec_receive_frame(context, picture))
        try ImageFile.checkSize(width: Int(picture.pointee.width), height: Int(picture.pointee.height))
        return try DecodedPicture.frame(picture)
    }
}
