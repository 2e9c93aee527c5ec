import CGNCALibav
import GNCABasics

/// Films from files, for what is said about them and the picture that stands for them.
public enum FilmFile {
    /// Larger files are refused unread.
    static let byteLimit = 256 << 20
    /// Pixels that are decoded to arrive at the last picture: pictures since the last one that stands by itself, times
    /// their size.
    static let workLimit = 4_000_000_000

    /// The first picture of the film in the file at `path`, as it is shown: what tells its size, however long it is.
    ///
    /// The demuxer is picked by how the file begins and reads from memory alone: nothing is probed, and no file can make
    /// libav open another file or an address. Throws `RasterError.unreadableImage`, also where the file is cut off.
    public static func firstPicture(_ path: String) throws(RasterError) -> Frame {
        try picture(path) { (bytes) throws(FileFault) in try firstPicture(of: bytes) }
    }

    /// The last picture of the film in the file at `path`, as it is shown. Throws as `firstPicture`.
    public static func lastPicture(_ path: String) throws(RasterError) -> Frame {
        try picture(path) { (bytes) throws(FileFault) in try lastPicture(of: bytes) }
    }

    /// How the film in the file at `path` is encoded. Throws as `firstPicture`.
    public static func coding(_ path: String) throws(RasterError) -> FilmCoding {
        try picture(path) { (bytes) throws(FileFault) in
            try FilmDecoder(bytes, try FilmKind.whole(bytes), pixelLimit: ImageFile.pixelLimit).coding()
        }
    }

    /// Pixels of the WebP in the file at `path`, which may play: not every libav shows its pictures. Throws as
    /// `firstPicture`.
    public static func sizeOfWebP(_ path: String) throws(RasterError) -> (width: Int, height: Int) {
        let size = try picture(path) { (bytes) throws(FileFault) in try WebPChunks.canvas(bytes) }
        if let size { return size }
        let picture = try ImageFile.read(path)
        return (picture.width, picture.height)
    }

    private static func picture<Seen>(
        _ path: String, _ read: (_ bytes: [UInt8]) throws(FileFault) -> Seen
    ) throws(RasterError) -> Seen {
        do throws(FileFault) {
            return try read(try FileBytes.read(path, limit: byteLimit))
        } catch {
            throw .unreadableImage(file: path, reason: error.reason)
        }
    }

    static func firstPicture(of bytes: [UInt8], pixelLimit: Int = ImageFile.pixelLimit) throws(FileFault) -> Frame {
        try FilmDecoder(bytes, try FilmKind.whole(bytes), pixelLimit: pixelLimit).firstPicture()
    }

    /// The picture of an AVIF still, whose size libav 5.1 knows only when it has decoded it.
    static func avif(_ bytes: [UInt8]) throws(FileFault) -> Frame {
        try FilmDecoder(bytes, try FilmKind.whole(bytes), pixelLimit: ImageFile.pixelLimit).firstPicture(
            knowsSize: false)
    }

    /// Of films with more than `pixelLimit` pixels a picture, nothing is decoded.
    static func lastPicture(
        of bytes: [UInt8], pixelLimit: Int = ImageFile.pixelLimit, workLimit: Int = FilmFile.workLimit
    ) throws(FileFault) -> Frame {
        try FilmDecoder(bytes, try FilmKind.whole(bytes), pixelLimit: pixelLimit).lastPicture(workLimit: workLimit)
    }
}

/// One film read from memory.
private final class FilmDecoder {
    /// What libav may ask for at once, bytes: room for the largest packet and picture. A file can claim a packet of any size,
    /// and libav takes the memory before it reads.
    private static let allocationLimit = FilmFile.byteLimit

    private let source: MemorySource
    private let kind: FilmKind
    private var io: UnsafeMutablePointer<AVIOContext>?
    private var container: UnsafeMutablePointer<AVFormatContext>?
    private var codec: UnsafeMutablePointer<AVCodecContext>?
    private var watch: DecoderWatch?
    private let pixelLimit: Int
    /// Whether the film has a transparency that the decoder does not show.
    private var losesAlpha = false

    init(_ bytes: [UInt8], _ kind: FilmKind, pixelLimit: Int) throws(FileFault) {
        source = MemorySource(bytes)
        self.kind = kind
        self.pixelLimit = pixelLimit
        av_max_alloc(FilmDecoder.allocationLimit)
        try open()
    }

    private func open() throws(FileFault) {
        let size: Int32 = 1 << 16
        guard let buffer = av_malloc(Int(size)), let context = avformat_alloc_context() else {
            throw FileFault("out of memory")
        }
        io = avio_alloc_context(
            buffer.assumingMemoryBound(to: UInt8.self), size, 0, Unmanaged.passUnretained(source).toOpaque(),
            readFromMemory, nil, seekInMemory)
        context.pointee.pb = io
        clibav_forbid_opening(context)
        var opened: UnsafeMutablePointer<AVFormatContext>? = context
        var options: OpaquePointer?
        defer { av_dict_free(&options) }
        av_dict_set(&options, "protocol_whitelist", "none", 0)
        av_dict_set(&options, "format_whitelist", FilmKind.demuxers.joined(separator: ","), 0)
        // On failure libav frees the context itself.
        try DecodedPicture.check(avformat_open_input(&opened, nil, av_find_input_format(kind.demuxer), &options))
        container = opened
    }

    /// `knowsSize`: whether the container tells the size. What is decoded is held to the limits all the same.
    private func openDecoder(knowsSize: Bool = true) throws(FileFault) {
        avcodec_free_context(&codec)
        guard let container, container.pointee.nb_streams >= 1, let stream = container.pointee.streams[0],
            let parameters = stream.pointee.codecpar, parameters.pointee.codec_type == AVMEDIA_TYPE_VIDEO,
            FilmKind.plays(parameters.pointee.codec_id),
            let decoder = decoder(of: stream, parameters.pointee.codec_id)
        else { throw FileFault("the file has no film that is read here (H.264, H.265, AV1, VP8, VP9, GIF or APNG)") }
        if knowsSize {
            try ImageFile.checkSize(width: Int(parameters.pointee.width), height: Int(parameters.pointee.height))
        }
        codec = avcodec_alloc_context3(decoder)
        guard let codec else { throw FileFault("out of memory") }
        watch = try DecoderWatch(codec)
        codec.pointee.max_pixels = ImageFile.decoderLimit(pixelLimit)
        codec.pointee.thread_count = 1
        try DecodedPicture.check(avcodec_parameters_to_context(codec, parameters))
        try DecodedPicture.check(avcodec_open2(codec, decoder, nil))
    }

    /// libav's own decoders of VP8 and VP9 leave transparency out; libvpx shows it.
    private func decoder(of stream: UnsafeMutablePointer<AVStream>, _ codec: AVCodecID) -> UnsafePointer<AVCodec>? {
        let name =
            switch codec {
            case AV_CODEC_ID_VP8: "libvpx"
            case AV_CODEC_ID_VP9: "libvpx-vp9"
            default: ""
            }
        guard !name.isEmpty, let mode = av_dict_get(stream.pointee.metadata, "alpha_mode", nil, 0),
            String(cString: mode.pointee.value) == "1"
        else { return avcodec_find_decoder(codec) }
        let decoder = avcodec_find_decoder_by_name(name)
        losesAlpha = decoder == nil
        return decoder ?? avcodec_find_decoder(codec)
    }

    deinit {
        avcodec_free_context(&codec)
        avformat_close_input(&container)
        if let io {
            av_free(io.pointee.buffer)
            avio_context_free(&self.io)
        }
    }
}

extension FilmDecoder {
    func coding() throws(FileFault) -> FilmCoding {
        try openDecoder()
        let packet = try read()
        defer { packet.map(Packets.free) }
        let bytes = packet.map { UnsafeBufferPointer(start: $0.pointee.data, count: Int($0.pointee.size)) }
        guard let parameters = container?.pointee.streams[0]?.pointee.codecpar else {
            throw FileFault("the film has no pictures")
        }
        return FilmCoding(parameters.pointee, firstPacket: bytes.map { Array($0.prefix(4)) } ?? [])
    }

    func firstPicture(knowsSize: Bool = true) throws(FileFault) -> Frame {
        try openDecoder(knowsSize: knowsSize)
        let pictures = try Pictures()
        while pictures.count == 0, let packet = try read() {
            defer { Packets.free(packet) }
            try decode(packet, into: pictures, limit: 1)
        }
        if pictures.count == 0 { try decode(nil, into: pictures, limit: 1) }
        return try finished(pictures)
    }

    func lastPicture(workLimit: Int) throws(FileFault) -> Frame {
        let packets = Packets()
        var keyframe = 0
        while let packet = try read() {
            if kind.hasKeyframes, packet.pointee.flags & AV_PKT_FLAG_KEY != 0 { keyframe = packets.list.count }
            packets.append(packet)
        }
        // What comes before the last keyframe tells nothing of the last picture, unless what follows looks back beyond it.
        if keyframe > 0, let picture = try? last(of: packets.list[keyframe...], workLimit) { return picture }
        return try last(of: packets.list[...], workLimit)
    }

    private func last(
        of packets: ArraySlice<UnsafeMutablePointer<AVPacket>>, _ workLimit: Int
    ) throws(FileFault) -> Frame {
        try openDecoder()
        guard !losesAlpha else {
            throw FileFault("the film is transparent, and libav has no libvpx here, which shows that")
        }
        let pictures = try Pictures()
        for packet in packets {
            try decode(packet, into: pictures)
            guard pictures.pixels <= workLimit else {
                throw FileFault(
                    "the film is too long for a look at its last picture (limit \(workLimit) pixels to be decoded)")
            }
        }
        try decode(nil, into: pictures)
        return try finished(pictures)
    }

    /// The film's next packet, which belongs to the caller; nil at its end.
    private func read() throws(FileFault) -> UnsafeMutablePointer<AVPacket>? {
        guard let packet = av_packet_alloc() else { throw FileFault("out of memory") }
        while true {
            let code = av_read_frame(container, packet)
            if code == 0, packet.pointee.stream_index == 0 { return packet }
            av_packet_unref(packet)
            guard code < 0 else { continue }
            Packets.free(packet)
            if code != clibav_error_eof() { try DecodedPicture.check(code) }
            return nil
        }
    }

    /// `packet`: nil at the film's end; `limit`: pictures that are wanted.
    private func decode(
        _ packet: UnsafeMutablePointer<AVPacket>?, into pictures: Pictures, limit: Int = .max
    ) throws(FileFault) {
        guard let codec else { return }
        try DecodedPicture.check(avcodec_send_packet(codec, packet))
        while pictures.count < limit {
            let code = avcodec_receive_frame(codec, pictures.next)
            if code == clibav_error_again() || code == clibav_error_eof() { return }
            try DecodedPicture.check(code)
            pictures.keepNext()
        }
    }

    private func finished(_ pictures: Pictures) throws(FileFault) -> Frame {
        let picture = pictures.last
        guard pictures.count > 0 else { throw FileFault("the film has no pictures") }
        try watch?.check(picture)
        try ImageFile.checkSize(width: Int(picture.pointee.width), height: Int(picture.pointee.height))
        return try DecodedPicture.frame(picture).turned(orientation)
    }

    /// How players turn the film.
    private var orientation: Orientation {
        guard let stream = container?.pointee.streams[0], let matrix = clibav_display_matrix(stream) else {
            return .upright
        }
        return Orientation(columns: (matrix[0], matrix[1]), (matrix[3], matrix[4]))
    }
}

/// The picture that a decoder is about to give, and the last one that it gave.
private final class Pictures {
    private(set) var next: UnsafeMutablePointer<AVFrame>
    private(set) var last: UnsafeMutablePointer<AVFrame>
    private(set) var count = 0
    /// Of all pictures so far.
    private(set) var pixels = 0

    init() throws(FileFault) {
        guard let next = av_frame_alloc(), let last = av_frame_alloc() else { throw FileFault("out of memory") }
        (self.next, self.last) = (next, last)
    }

    deinit {
        var frames: [UnsafeMutablePointer<AVFrame>?] = [next, last]
        for index in frames.indices { av_frame_free(&frames[index]) }
    }

    func keepNext() {
        swap(&next, &last)
        av_frame_unref(next)
        count += 1
        pixels += Int(last.pointee.width) * Int(last.pointee.height)
    }
}

/// Packets that wait for a decoder.
private final class Packets {
    private(set) var list: [UnsafeMutablePointer<AVPacket>] = []

    deinit { removeAll() }

    func append(_ packet: UnsafeMutablePointer<AVPacket>) { list.append(packet) }

    func removeAll() {
        for packet in list { Packets.free(packet) }
        list.removeAll(keepingCapacity: true)
    }

    static func free(_ packet: UnsafeMutablePointer<AVPacket>) {
        var packet: UnsafeMutablePointer<AVPacket>? = packet
        av_packet_free(&packet)
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
