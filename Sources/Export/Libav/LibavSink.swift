import CGNCALibav
import GNCABasics
import GNCARaster

/// Encodes a film through libav into one container.
final class LibavSink: FrameSink {
    private let bytes: OutputBytes
    private let encoder: Encoder
    private let muxer: Muxer
    private let container: Container
    private let options: EncodingOptions
    private let check: LibavCheck

    init(
        _ destination: Destination, _ film: FilmDescription, _ options: EncodingOptions, container: Container,
        codec: Codec, muxerOptions: [KeyValue] = [], palette: Palette? = nil
    ) throws(ExportError) {
        check = LibavCheck(file: destination.name)
        bytes = try OutputBytes(destination)
        self.container = container
        self.options = options
        muxer = try Muxer(format: container.muxer, bytes: bytes, reproducible: options.reproducible, check: check)
        encoder = try Encoder(
            codec, film, options, globalHeader: muxer.wantsGlobalHeader, palette: palette, check: check)
        let base = bytes.file == nil ? container.streamingOptions : container.options
        let alpha = film.hasAlpha && codec.name == Codec.vp9.name ? [KeyValue("alpha_mode", "1")] : []
        let metadata = container.appendMetadata == nil ? options.metadata : []
        try muxer.start(
            encoder, options: base + muxerOptions, metadata: Self.containerMetadata(metadata), streamMetadata: alpha)
    }

    func append(_ frame: Frame) throws(ExportError) {
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
        try muxer.finish()
        if let appendMetadata = container.appendMetadata, let file = bytes.file, !options.metadata.isEmpty {
            guard appendMetadata(options.metadata, file) else {
                throw bytes.error ?? .encoding(file: check.file, reason: "its metadata could not be written")
            }
        }
        try bytes.finish()
    }

    func publish() throws(ExportError) { try bytes.publish() }

    func withdraw() { bytes.withdraw() }

    func cancel() { bytes.cancel() }

    /// Everything in the comment, which every player shows, and each entry under its own name where the container can.
    private static func containerMetadata(_ metadata: [KeyValue]) -> [KeyValue] {
        guard !metadata.isEmpty else { return [] }
        return metadata + [KeyValue("comment", metadata.map { "\($0.key): \($0.value)" }.joined(separator: "\n"))]
    }
}
