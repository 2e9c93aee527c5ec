import CGNCALibav
import GNCABasics

/// Decodes a still with one of libav's decoders.
///
/// The whole picture goes to the decoder as one packet. No demuxer is opened and nothing is probed, so no file can make
/// libav open another file or an address.
enum StillDecoder {
    /// Throws where the decoder finds the least fault, or leaves a pixel out.
    static func decode(
        _ still: StillEssence, codec: AVCodecID, pixelLimit: Int = ImageFile.pixelLimit
    ) throws(FileFault) -> Frame {
        let picture = try decode(still.bytes, codec, pixelLimit, ground: 0)
        // Where nothing was decoded, the memory shows: it is another one now.
        guard try decode(still.twin ?? still.bytes, codec, pixelLimit, ground: 0xA5) == picture else {
            throw FileFault("the picture is damaged (a part of it is missing)")
        }
        return picture
    }

    /// `ground`: what the picture's memory is filled with before the decoder writes there.
    private static func decode(
        _ bytes: [UInt8], _ codec: AVCodecID, _ pixelLimit: Int, ground: UInt8
    ) throws(FileFault) -> Frame {
        guard let decoder = avcodec_find_decoder(codec), let context = avcodec_alloc_context3(decoder) else {
            throw FileFault("this libav cannot read pictures of this kind")
        }
        var owned: UnsafeMutablePointer<AVCodecContext>? = context
        defer { avcodec_free_context(&owned) }
        let watch = try DecoderWatch(context, ground: ground)
        context.pointee.max_pixels = ImageFile.decoderLimit(pixelLimit)
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
        try watch.check(picture)
        try ImageFile.checkSize(width: Int(picture.pointee.width), height: Int(picture.pointee.height))
        return try DecodedPicture.frame(picture)
    }
}
