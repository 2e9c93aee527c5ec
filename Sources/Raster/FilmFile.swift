import CGNCALibav
import GNCABasics

/// Films from files, for what is said about them and the picture that stands for them.
public enum FilmFile {
    /// Larger files are refused unread.
    static let byteLimit = 256 << 20

    /// Decodes the film in the file at `path` and returns its last picture.
    ///
    /// The demuxer is picked by how the file begins and reads from memory alone: nothing is probed, and no file can make
    /// libav open another file or an address. Throws `RasterError.unreadableImage`.
    public static func lastPicture(_ path: String) throws(RasterError) -> Frame {
        do throws(FileFault) {
            return try lastPicture(of: try FileBytes.read(path, limit: byteLimit))
        } catch {
            throw .unreadableImage(file: path, reason: error.reason)
        }
    }

    /// The same of a file's bytes; of films with more than `pixelLimit` pixels a picture, nothing is decoded.
    static func lastPicture(
        of bytes: [UInt8], pixelLimit: Int = ImageFile.pixelLimit
    ) throws(FileFault) -> Frame {
        guard let demuxer = demuxer(for: bytes) else {
            throw FileFault("not a film of a known kind (expected MP4, WebM, GIF or APNG)")
        }
        return try FilmDecoder(bytes, demuxer: demuxer).lastPicture(pixelLimit: pixelLimit)
    }

    private static func demuxer(for bytes: [UInt8]) -> String? {
        if bytes.dropFirst(4).starts(with: "ftyp".utf8) { return "mov" }
        if bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { return "matroska" }
        if bytes.starts(with: "GIF8".utf8) { return "gif" }
        return bytes.starts(with: PNGReader.signature) ? "apng" : nil
    }
}

/// One film read from memory.
private final class FilmDecoder {
    /// What libav may ask for at once, bytes: room for the largest packet and picture. A file can claim a packet of any size,
    /// and libav takes the memory before it reads.
    private static let allocationLimit = FilmFile.byteLimit

    private let source: MemorySource
    private var io: UnsafeMutablePointer<AVIOContext>?
    private var container: UnsafeMutablePointer<AVFormatContext>?
    private var codec: UnsafeMutablePointer<AVCodecContext>?

    init(_ bytes: [UInt8], demuxer: String) throws(FileFault) {
        source = MemorySource(bytes)
        av_max_alloc(FilmDecoder.allocationLimit)
        let size: Int32 = 1 << 16
        guard let buffer = av_malloc(Int(size)), let context = avformat_alloc_context() else {
            throw FileFault("out of memory")
        }
        io = avio_alloc_context(
            buffer.assumingMemoryBound(to: UInt8.self), size, 0, Unmanaged.passUnretained(source).toOpaque(),
            readFromMemory, nil, seekInMemory)
        context.pointee.pb = io
        var opened: UnsafeMutablePointer<AVFormatContext>? = context
        var options: OpaquePointer?
        defer { av_dict_free(&options) }
        av_dict_set(&options, "protocol_whitelist", "none", 0)
        // On failure libav frees the context itself.
        try DecodedPicture.check(avformat_open_input(&opened, nil, av_find_input_format(demuxer), &options))
        container = opened
    }

    deinit {
        avcodec_free_context(&codec)
        avformat_close_input(&container)
        if let io {
            av_free(io.pointee.buffer)
            avio_context_free(&self.io)
        }
    }

    func lastPicture(pixelLimit: Int) throws(FileFault) -> Frame {
        guard let container, container.pointee.nb_streams >= 1, let stream = container.pointee.streams[0],
            let parameters = stream.pointee.codecpar, parameters.pointee.codec_type == AVMEDIA_TYPE_VIDEO,
            let decoder = avcodec_find_decoder(parameters.pointee.codec_id)
        else { throw FileFault("the file has no film that this libav can decode") }
        try ImageFile.checkSize(width: Int(parameters.pointee.width), height: Int(parameters.pointee.height))
        codec = avcodec_alloc_context3(decoder)
        var packet = av_packet_alloc()
        var picture = av_frame_alloc()
        var last = av_frame_alloc()
        defer {
            av_packet_free(&packet)
            av_frame_free(&picture)
            av_frame_free(&last)
        }
        guard let codec, let packet, let picture, let last else { throw FileFault("out of memory") }
        codec.pointee.max_pixels = Int64(pixelLimit)
        try DecodedPicture.check(avcodec_parameters_to_context(codec, parameters))
        try DecodedPicture.check(avcodec_open2(codec, decoder, nil))
        while av_read_frame(container, packet) >= 0 {
            let code = packet.pointee.stream_index == 0 ? avcodec_send_packet(codec, packet) : 0
            av_packet_unref(packet)
            try DecodedPicture.check(code)
            try receive(codec, picture, keepIn: last)
        }
        try DecodedPicture.check(avcodec_send_packet(codec, nil))
        try receive(codec, picture, keepIn: last)
        guard last.pointee.width > 0 else { throw FileFault("the film has no pictures") }
        try ImageFile.checkSize(width: Int(last.pointee.width), height: Int(last.pointee.height))
        return try DecodedPicture.frame(last)
    }

    private func receive(
        _ codec: UnsafeMutablePointer<AVCodecContext>, _ picture: UnsafeMutablePointer<AVFrame>,
        keepIn last: UnsafeMutablePointer<AVFrame>
    ) throws(FileFault) {
        while true {
            let code = avcodec_receive_frame(codec, picture)
            if code == clibav_error_again() || code == clibav_error_eof() { return }
            try DecodedPicture.check(code)
            av_frame_unref(last)
            av_frame_move_ref(last, picture)
        }
    }
}

/// Bytes that libav reads as if they were a file.
private final class MemorySource {
    let bytes: [UInt8]
    var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }
}

private func readFromMemory(
    _ opaque: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<UInt8>?, _ size: Int32
) -> Int32 {
    guard let opaque, let buffer else { return clibav_error(EINVAL) }
    let source = Unmanaged<MemorySource>.fromOpaque(opaque).takeUnretainedValue()
    let count = min(Int(size), source.bytes.count - source.position)
    guard count > 0 else { return clibav_error_eof() }
    source.bytes.withUnsafeBytes { bytes in
        UnsafeMutableRawPointer(buffer).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: bytes[source.position..<(source.position + count)]).baseAddress
                ?? UnsafeRawPointer(buffer), byteCount: count)
    }
    source.position += count
    return Int32(count)
}

private func seekInMemory(_ opaque: UnsafeMutableRawPointer?, _ offset: Int64, _ whence: Int32) -> Int64 {
    guard let opaque else { return -1 }
    let source = Unmanaged<MemorySource>.fromOpaque(opaque).takeUnretainedValue()
    if whence & AVSEEK_SIZE != 0 { return Int64(source.bytes.count) }
    let start: Int64 =
        switch whence & 3 {
        case SEEK_CUR: Int64(source.position)
        case SEEK_END: Int64(source.bytes.count)
        default: 0
        }
    let (target, overflows) = start.addingReportingOverflow(offset)
    guard !overflows, (0...Int64(source.bytes.count)).contains(target) else { return -1 }
    source.position = Int(target)
    return target
}
