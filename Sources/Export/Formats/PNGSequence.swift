import Raster

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Numbered PNGs: `folder/` gets frame-00001.png and so on, a name with %05d gets numbers there, counted from 1.
public enum PNGSequence: OutputFormat {
    public static let name = "png"
    public static let summary = "Numbered PNGs in a folder (name ends in /) or by a pattern (frame-%05d.png)"
    public static let extensions = ["png"]
    public static let codecs: [String] = []
    public static let defaultFrameRate = 30
    public static let holdsAlpha = true
    public static let streams = false

    public static func check(_ film: FilmDescription, _ options: EncodingOptions) throws(ExportError) {
        try film.check()
        guard options.quality == nil, options.preset == nil, options.pixelFormat == nil, options.codec == nil else {
            throw .invalid("numbered PNGs have no codec, quality, preset or pixel format")
        }
    }

    public static func checkDestination(_ destination: Destination, _ film: FilmDescription) throws(ExportError) {
        guard case .path(let path, let overwrite) = destination else {
            throw .invalid("numbered PNGs cannot be written to standard output")
        }
        let pattern = try NumberedName(path, frameCount: film.frameCount)
        guard !pattern.makesFolder else { return }
        for number in 1...film.frameCount {
            try AtomicFile.check(pattern.path(number), overwrite: overwrite)
        }
    }

    public static func open(
        _ destination: Destination, _ film: FilmDescription, _ options: EncodingOptions
    ) throws(ExportError) -> any FrameSink {
        guard case .path(let path, let overwrite) = destination else {
            throw .invalid("numbered PNGs cannot be written to standard output")
        }
        return try PNGSequenceSink(
            try NumberedName(path, frameCount: film.frameCount), overwrite: overwrite, metadata: options.metadata)
    }
}

/// How the files of a sequence are called.
struct NumberedName {
    private let before: String
    private let after: String
    private let digits: Int
    /// The folder, where it does not exist yet and is ours to make.
    let folder: String
    let makesFolder: Bool

    /// Throws `ExportError.invalid` for a single name with several frames, `.cannotCreate` where the folder cannot be made.
    init(_ path: String, frameCount: Int) throws(ExportError) {
        if path.hasSuffix("/") {
            (before, digits, after) = (path + "frame-", 5, ".png")
        } else if let pattern = NumberedName.pattern(path) {
            (before, digits, after) = pattern
        } else if frameCount == 1 {
            (before, digits, after) = (path, 0, "")
        } else {
            throw .invalid(
                "\(path) is one picture, and the film has \(frameCount) frames (name a folder ending in /, "
                    + "a pattern as frame-%05d.png, or an .apng)")
        }
        folder = AtomicFile.split(before).folder
        var status = stat()
        makesFolder = path.hasSuffix("/") && stat(folder, &status) != 0 && errno == ENOENT
        guard makesFolder else { return }
        try AtomicFile.checkFolder(AtomicFile.split(folder).folder, for: path)
    }

    /// `number`: ordinal, 1...
    func path(_ number: Int) -> String {
        guard digits > 0 else { return before + after }
        let text = String(number)
        return before + String(repeating: "0", count: max(0, digits - text.count)) + text + after
    }

    /// Splits at %d or %05d.
    private static func pattern(_ path: String) -> (String, Int, String)? {
        guard let match = path.firstMatch(of: #/%(0?[0-9]?)d/#) else { return nil }
        let digits = Int(match.output.1) ?? 1
        return (String(path[..<match.range.lowerBound]), max(1, digits), String(path[match.range.upperBound...]))
    }
}

/// Writes every frame to a temporary file; all of them get their names when the last one is complete.
final class PNGSequenceSink: FrameSink {
    private let name: NumberedName
    private let overwrite: Bool
    private let metadata: [KeyValue]
    private var temporaries: [AtomicFile] = []
    private var madeFolder = false

    init(_ name: NumberedName, overwrite: Bool, metadata: [KeyValue]) throws(ExportError) {
        self.name = name
        self.overwrite = overwrite
        self.metadata = metadata
        if name.makesFolder {
            guard mkdir(name.folder, 0o777) == 0 else {
                throw .cannotCreate(file: name.folder + "/", reason: sentence(errno))
            }
            madeFolder = true
        }
    }

    func append(_ frame: Frame) throws(ExportError) {
        let path = name.path(temporaries.count + 1)
        let bytes: [UInt8]
        do {
            bytes = try ImageFile.encodePNG(frame, metadata: metadata.map { (key: $0.key, value: $0.value) })
        } catch {
            throw .encoding(file: path, reason: "\(error)")
        }
        let file = try AtomicFile(path: path, overwrite: overwrite)
        temporaries.append(file)
        guard bytes.withUnsafeBytes({ file.write($0) }) == 0 else {
            throw .writeFailed(file: path, reason: sentence(file.failure))
        }
        try file.seal()  // a long film has more frames than a process may have files open
    }

    func finish() throws(ExportError) {
        for file in temporaries { try file.commit() }
        madeFolder = false
    }

    func cancel() {
        for file in temporaries { file.cancel() }
        if madeFolder { rmdir(name.folder) }
    }
}
