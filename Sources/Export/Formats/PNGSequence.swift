import GNCABasics
import GNCARaster

/// Numbered PNGs: `folder/` gets frame-00001.png and so on, a name with %05d gets numbers there, counted from 1.
public enum PNGSequence: OutputFormat {
    public static let name = "png"
    public static let summary = "Numbered PNGs in a folder (name ends in /) or by a pattern (frame-%05d.png)"
    public static let extensions = ["png"]
    public static let holdsAlpha = true

    public static func check(_ film: FilmDescription, _ options: EncodingOptions) throws(ExportError) {
        try film.check()
        guard options.quality == nil, options.preset == nil, options.pixelFormat == nil, options.codec == nil,
            options.encoderOptions.isEmpty, options.maxSize == nil
        else {
            throw .invalid(
                "numbered PNGs have no codec, quality, preset, pixel format, greatest size or encoder options")
        }
    }

    public static func understood(_ options: EncodingOptions) -> EncodingOptions {
        EncodingOptions(
            keyframeInterval: options.keyframeInterval, loop: options.loop, threads: options.threads,
            reproducible: options.reproducible, metadata: options.metadata)
    }

    public static func checkDestination(_ destination: Destination, _ film: FilmDescription) throws(ExportError) {
        guard case .path(let path, let overwrite) = destination else {
            throw .invalid("numbered PNGs cannot be written to standard output")
        }
        let pattern = try NumberedName(path, frameCount: film.frameCount)
        guard !pattern.makesFolder else { return }
        do {
            for number in 1...film.frameCount { try AtomicFile.check(pattern.path(number), overwrite: overwrite) }
        } catch { throw .file(error) }
    }

    public static func open(
        _ destination: Destination, _ film: FilmDescription, _ options: EncodingOptions
    ) throws(ExportError) -> any FrameSink {
        guard case .path(let path, let overwrite) = destination else {
            throw .invalid("numbered PNGs cannot be written to standard output")
        }
        return try PNGSequenceSink(
            try NumberedName(path, frameCount: film.frameCount), overwrite: overwrite,
            metadata: ContainerMetadata.pngEntries(FilmMetadata(entries: options.metadata)))
    }
}

/// Writes every frame as soon as it comes; the files get their names when the last one is complete. A folder that did not
/// exist appears with all of them at once.
final class PNGSequenceSink: FrameSink {
    private let name: NumberedName
    private let metadata: [(key: String, value: String)]
    private let staging: StagingFolder
    private var count = 0

    init(_ name: NumberedName, overwrite: Bool, metadata: [KeyValue]) throws(ExportError) {
        self.name = name
        self.metadata = metadata.map { (key: $0.key, value: $0.value) }
        do {
            staging =
                name.makesFolder
                ? try StagingFolder(path: name.folder)
                : try StagingFolder(filesIn: name.folder, first: name.name(1), overwrite: overwrite)
        } catch { throw .file(error) }
    }

    func append(_ frame: Frame) throws(ExportError) {
        count += 1
        let bytes: [UInt8]
        do {
            bytes = try ImageFile.encodePNG(frame, metadata: metadata)
        } catch {
            throw .encoding(file: name.path(count), reason: "\(error)")
        }
        do { try staging.write(bytes, name: name.name(count)) } catch { throw .file(error) }
    }

    func finish() throws(ExportError) {}

    func publish() throws(ExportError) {
        do { try staging.publish() } catch { throw .file(error) }
    }

    func withdraw() { staging.withdraw() }

    func cancel() { staging.cancel() }
}
