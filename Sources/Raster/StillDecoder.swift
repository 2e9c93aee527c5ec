import CLibav

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
    static func decode(_ bytes: [UInt8], codec: AVCodecID) throws(FileFault) -> Frame {
        if let reason = clibav_load() { throw FileFault("libav cannot be loaded: \(String(cString: reason))") }
        guard let decoder = avcodec_find_decoder(codec), let context = avcodec_alloc_context3(decoder) else {
            throw FileFault("this libav cannot read pictures of this kind")
        }
        var owned: UnsafeMutablePointer<AVCodecContext>? = context
        defer { avcodec_free_context(&owned) }
        context.pointee.max_pixels = Int64(ImageFile.pixelLimit)
        context.pointee.thread_count = 1
        try check(avcodec_open2(context, decoder, nil))

        var packet = av_packet_alloc()
        var picture = av_frame_alloc()
        defer {
            av_packet_free(&packet)
            av_frame_free(&picture)
        }
        guard let packet, let picture else { throw FileFault("out of memory") }
        // The file's limit is far below Int32's. The packet is padded with zeros, which decoders may read past the end.
        try check(av_new_packet(packet, Int32(bytes.count)))
        UnsafeMutableRawBufferPointer(start: packet.pointee.data, count: bytes.count).copyBytes(from: bytes)
        try check(avcodec_send_packet(context, packet))
        // End of input: a decoder that waits for more gives what it has.
        _ = avcodec_send_packet(context, nil)
        try check(avcodec_receive_frame(context, picture))
        try ImageFile.checkSize(width: Int(picture.pointee.width), height: Int(picture.pointee.height))
        return try frame(picture)
    }

    /// Converts a decoded picture to BGRA and premultiplies it.
    private static func frame(_ picture: UnsafeMutablePointer<AVFrame>) throws(FileFault) -> Frame {
        let (width, height) = (picture.pointee.width, picture.pointee.height)
        let format = AVPixelFormat(picture.pointee.format)
        let flags = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP | SWS_BITEXACT
        guard
            let scaler = sws_getContext(
                width, height, format, width, height, AV_PIX_FMT_BGRA, flags, nil, nil, nil)
        else { throw FileFault("the picture's kind of pixels is not supported") }
        defer { sws_freeContext(scaler) }
        var frame = Frame(width: Int(width), height: Int(height))
        let rows = frame.bytes.withUnsafeMutableBufferPointer { bytes in
            // Four planes each, of which BGRA has one.
            let planes = [bytes.baseAddress, nil, nil, nil]
            let strides = [width * 4, 0, 0, 0]
            return withUnsafePointer(to: &picture.pointee.data) { data in
                withUnsafePointer(to: &picture.pointee.linesize) { linesizes in
                    data.withMemoryRebound(to: UnsafePointer<UInt8>?.self, capacity: 8) { data in
                        linesizes.withMemoryRebound(to: Int32.self, capacity: 8) { linesizes in
                            sws_scale(scaler, data, linesizes, 0, height, planes, strides)
                        }
                    }
                }
            }
        }
        try check(rows)
        AlphaConversion.premultiply(&frame.bytes)
        return frame
    }

    private static func check(_ code: Int32) throws(FileFault) {
        guard code < 0 else { return }
        var text = [UInt8](repeating: 0, count: 128)
        _ = text.withUnsafeMutableBytes { av_strerror(code, $0.bindMemory(to: CChar.self).baseAddress, $0.count) }
        let sentence = String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
        throw FileFault("the picture is damaged or not supported (\(sentence))")
    }
}
