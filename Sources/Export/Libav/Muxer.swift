import CGNCALibav
import GNCABasics

/// Puts packets into a container, and the container's bytes where they belong.
final class Muxer {
    private let context: UnsafeMutablePointer<AVFormatContext>
    private var io: UnsafeMutablePointer<AVIOContext>?
    private let bytes: OutputBytes
    private let check: LibavCheck
    private let stream: UnsafeMutablePointer<AVStream>
    private var sourceTimeBase = AVRational(num: 1, den: 1)
    private var trailerWritten = false

    private static let bufferSize: Int32 = 1 << 16

    /// `format`: libav's name of the muxer.
    init(format: String, bytes: OutputBytes, reproducible: Bool, check: LibavCheck) throws(ExportError) {
        self.bytes = bytes
        self.check = check
        var allocated: UnsafeMutablePointer<AVFormatContext>?
        try check(avformat_alloc_output_context2(&allocated, nil, format, nil), "opening muxer \(format)")
        context = try check.allocated(allocated)
        stream = try check.allocated(avformat_new_stream(context, nil))
        let buffer = try check.allocated(av_malloc(Int(Self.bufferSize)))
        io = clibav_output(
            buffer.assumingMemoryBound(to: UInt8.self), Self.bufferSize, Unmanaged.passUnretained(bytes).toOpaque(),
            writeToOutputBytes, bytes.seekable == nil ? nil : seekInOutputBytes)
        context.pointee.pb = try check.allocated(io)
        // For "faststart" the muxer opens the file a second time, to move what it has written.
        if let path = bytes.secondPath { context.pointee.url = av_strdup("file:" + path) }
        if reproducible { context.pointee.flags |= AVFMT_FLAG_BITEXACT }
    }

    deinit {
        if let io {
            av_free(io.pointee.buffer)
            avio_context_free(&self.io)
        }
        avformat_free_context(context)
    }

    /// Whether the container wants the codec's headers apart from the packets.
    var wantsGlobalHeader: Bool { context.pointee.oformat.pointee.flags & AVFMT_GLOBALHEADER != 0 }

    /// Writes the container's header; options in order, metadata as title, comment and the rest.
    func start(_ encoder: Encoder, options: [KeyValue], metadata: [KeyValue], streamMetadata: [KeyValue])
        throws(ExportError)
    {
        try encoder.describe(stream)
        // Players of Matroska look for the track that is to be shown.
        stream.pointee.disposition |= AV_DISPOSITION_DEFAULT
        sourceTimeBase = encoder.timeBase
        for entry in metadata { av_dict_set(&context.pointee.metadata, entry.key, entry.value, 0) }
        for entry in streamMetadata { av_dict_set(&stream.pointee.metadata, entry.key, entry.value, 0) }
        var dictionary: OpaquePointer?
        defer { av_dict_free(&dictionary) }
        for option in options { av_dict_set(&dictionary, option.key, option.value, 0) }
        try written(avformat_write_header(context, &dictionary), "writing the header")
    }

    /// Names parts of the film, which muxers write behind it. One that cannot go back writes none.
    func mark(_ chapters: [Chapter], frameRate: AVRational) {
        for (index, chapter) in chapters.enumerated() {
            // Where memory is short, a chapter is missing.
            _ = clibav_add_chapter(
                context, Int64(index + 1), av_inv_q(frameRate), Int64(chapter.frames.lowerBound),
                Int64(chapter.frames.upperBound), chapter.title)
        }
    }

    func write(_ packet: UnsafeMutablePointer<AVPacket>) throws(ExportError) {
        packet.pointee.stream_index = stream.pointee.index
        av_packet_rescale_ts(packet, sourceTimeBase, stream.pointee.time_base)
        try written(av_interleaved_write_frame(context, packet), "writing a frame")
    }

    /// A comment of so many blanks, for others to take its place in the file.
    func reserveComment(_ length: Int) {
        av_dict_set(&context.pointee.metadata, "comment", String(repeating: " ", count: length), 0)
    }

    /// Writes what is pending and the trailer. The bytes are complete afterwards, but not yet in place.
    func finish() throws(ExportError) {
        trailerWritten = true
        try written(av_write_trailer(context), "writing the trailer")
        avio_flush(io)
        if let error = bytes.error { throw error }
        try check(io?.pointee.error ?? 0, "writing")
    }

    /// A failed write is the cause; what libav says about it is not.
    private func written(_ code: Int32, _ doing: String) throws(ExportError) {
        if let error = bytes.error { throw error }
        try check(code, doing)
    }
}

private func writeToOutputBytes(
    _ opaque: UnsafeMutableRawPointer?, _ buffer: UnsafePointer<UInt8>?, _ size: Int32
) -> Int32 {
    guard let opaque, let buffer else { return clibav_error(EINVAL) }
    let bytes = Unmanaged<OutputBytes>.fromOpaque(opaque).takeUnretainedValue()
    let code = bytes.write(UnsafeRawBufferPointer(start: buffer, count: Int(size)))
    return code == 0 ? size : clibav_error(code)
}

private func seekInOutputBytes(_ opaque: UnsafeMutableRawPointer?, _ offset: Int64, _ whence: Int32) -> Int64 {
    guard let opaque, let output = Unmanaged<OutputBytes>.fromOpaque(opaque).takeUnretainedValue().seekable else {
        return -1
    }
    if whence & AVSEEK_SIZE != 0 { return -1 }
    return Int64(output.seek(to: Int(offset), whence: whence & 3))
}
