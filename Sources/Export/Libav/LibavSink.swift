import CGNCALibav
import GNCABasics
import GNCARaster

/// Encodes a film through libav into one container.
final class LibavSink: MeasuredSink {
    private let bytes: OutputBytes
    private let encoder: Encoder
    private let muxer: Muxer
    private let container: Container
    private let film: FilmDescription
    private let check: LibavCheck
    private var metadata: FilmMetadata
    /// Whether libav's muxer writes the metadata.
    private let isLibavs: Bool
    private var count = 0

    /// Larger covers are left out, bytes.
    private static let coverLimit = 1 << 20

    init(
        _ destination: Destination, _ film: FilmDescription, _ options: EncodingOptions, container: Container,
        codec: Codec, muxerOptions: [KeyValue] = [], palette: Palette? = nil
    ) throws(ExportError) {
        check = LibavCheck(file: destination.name)
        bytes = try OutputBytes(destination, waits: container.needsSeeking || film.isAttempt)
        self.container = container
        self.film = film
        metadata = FilmMetadata(entries: options.metadata)
        muxer = try Muxer(format: container.muxer, bytes: bytes, reproducible: options.reproducible, check: check)
        encoder = try Encoder(
            codec, film, options, globalHeader: muxer.wantsGlobalHeader, palette: palette, check: check)
        let base = bytes.secondPath == nil ? container.streamingOptions : container.options
        let alpha = film.hasAlpha && codec.name == Codec.vp9.name ? [KeyValue("alpha_mode", "1")] : []
        let isLibavs = container.appendMetadata == nil || container.metadataRoom != nil && bytes.secondPath == nil
        self.isLibavs = isLibavs
        try muxer.start(
            encoder, options: base + muxerOptions, metadata: isLibavs ? metadata.tags : [], streamMetadata: alpha)
    }

    func append(_ frame: Frame) throws(ExportError) {
        if count == film.coverFrame, container.metadataRoom != nil { metadata.cover = Self.cover(frame) }
        count += 1
        try encoder.encode(frame) { (packet) throws(ExportError) in try muxer.write(packet) }
    }

    /// Encodes the frame with the given index; those before it that were left out give it their time.
    func append(_ frame: Frame, at index: Int) throws(ExportError) {
        encoder.skip(to: index)
        try append(frame)
    }

    func mark(_ chapters: [Chapter]) { muxer.mark(chapters, frameRate: encoder.frameRate) }

    func finish() throws(ExportError) {
        try encoder.drain { (packet) throws(ExportError) in try muxer.write(packet) }
        let isEmpty = metadata.entries.isEmpty && metadata.cover == nil
        guard let appendMetadata = container.appendMetadata, let file = bytes.seekable, !isLibavs, !isEmpty else {
            try muxer.finish()
            return try bytes.finish()
        }
        if let room = container.metadataRoom { muxer.reserveComment(room(metadata)) }
        try muxer.finish()
        guard appendMetadata(metadata, file) else {
            throw bytes.error ?? .encoding(file: check.file, reason: "its metadata could not be written")
        }
        try bytes.finish()
    }

    var byteCount: Int { bytes.seekable?.size ?? 0 }

    func publish() throws(ExportError) { try bytes.publish() }

    func withdraw() { bytes.withdraw() }

    func cancel() { bytes.cancel() }

    private static func cover(_ frame: Frame) -> [UInt8]? {
        guard let bytes = try? ImageFile.encodePNG(frame), bytes.count <= coverLimit else { return nil }
        return bytes
    }
}
