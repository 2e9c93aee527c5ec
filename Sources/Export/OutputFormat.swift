import GNCABasics
import GNCARaster

/// A kind of output: container and default codec.
///
/// Most requirements have a default, that of a format in one file, opaque, with one codec of its own. A format that libav
/// makes is a `ContainerFormat`. Formats of other modules are added with `OutputFormats.register`.
public protocol OutputFormat: Sendable {
    /// As users name it: "mp4".
    static var name: String { get }
    /// One line for listings.
    static var summary: String { get }
    /// File extensions that pick it, without the dot.
    static var extensions: [String] { get }
    /// Codecs that users may name, the default first; empty where there is no choice.
    static var codecs: [String] { get }
    /// Those of `codecs` whose encoder is on this machine.
    static func codecsPresent() -> [String]
    /// Frames a second where the user names none.
    static var defaultFrameRate: Int { get }
    /// Whether it can hold transparency.
    static var holdsAlpha: Bool { get }
    /// Whether it can be written to standard output.
    static var streams: Bool { get }

    /// Whether the output stores colour at half the resolution with these options: sizes must be even then, and cells stay
    /// crisp only at an even number of pixels, four or more.
    static func halvesChroma(_ options: EncodingOptions) -> Bool
    /// Everything that can be told to be wrong before work starts: options, size, encoder. Throws `ExportError`.
    static func check(_ film: FilmDescription, _ options: EncodingOptions) throws(ExportError)
    /// Whether the output can be created, told before work starts. Throws `ExportError.file`, or `.invalid` for
    /// standard output where the format cannot be streamed.
    static func checkDestination(_ destination: Destination, _ film: FilmDescription) throws(ExportError)
    /// Opens the output. Throws `ExportError`.
    static func open(
        _ destination: Destination, _ film: FilmDescription, _ options: EncodingOptions
    ) throws(ExportError) -> any FrameSink
}

extension OutputFormat {
    public static var codecs: [String] { [] }
    public static func codecsPresent() -> [String] { codecs }
    public static var defaultFrameRate: Int { 30 }
    public static var holdsAlpha: Bool { false }
    public static var streams: Bool { false }

    public static func halvesChroma(_ options: EncodingOptions) -> Bool { false }
    public static func check(_ film: FilmDescription, _ options: EncodingOptions) throws(ExportError) {
        try film.check()
        guard !film.hasAlpha || holdsAlpha else {
            throw .invalid("\(name) cannot hold transparency", .opaqueBackground)
        }
    }

    public static func checkDestination(_ destination: Destination, _ film: FilmDescription) throws(ExportError) {
        switch destination {
        case .path(let path, let overwrite):
            do { try AtomicFile.check(path, overwrite: overwrite) } catch { throw .file(error) }
        case .standardOutput:
            guard streams else { throw .invalid("\(name) cannot be written to standard output") }
        }
    }
}

/// Where an output goes.
public enum Destination: Sendable, Equatable {
    /// A file, a folder (ends in "/") or a name with %d for numbered stills; an existing one is replaced only on request.
    case path(String, overwrite: Bool)
    /// The program's own output, a pipe or a file of the shell's.
    case standardOutput

    /// As messages name it.
    public var name: String {
        switch self {
        case .path(let path, _): path
        case .standardOutput: "standard output"
        }
    }
}

/// The shape of a film, known before its first frame.
public struct FilmDescription: Sendable, Equatable {
    /// Pixels.
    public var width: Int
    /// Pixels.
    public var height: Int
    /// Frames a second.
    public var frameRate: Int
    /// How many frames will come.
    public var frameCount: Int
    /// Whether frames have transparent pixels.
    public var hasAlpha: Bool
    /// Pixels a cell: a picture sampled at this pitch has all its cells' colours (palettes).
    public var cellSize: Int

    /// A film of that shape.
    public init(width: Int, height: Int, frameRate: Int, frameCount: Int, hasAlpha: Bool = false, cellSize: Int = 1) {
        self.width = width
        self.height = height
        self.frameRate = frameRate
        self.frameCount = frameCount
        self.hasAlpha = hasAlpha
        self.cellSize = cellSize
    }

    /// Longest side that every encoder takes, pixels.
    static let longestSide = 16_384

    /// Throws `ExportError.invalid` where there is nothing to encode, or too much.
    public func check() throws(ExportError) {
        guard frameCount > 0 else { throw .invalid("the film has no frames") }
        guard (1...Self.longestSide).contains(width), (1...Self.longestSide).contains(height) else {
            throw .invalid(
                "the picture is too large (got \(width)x\(height) pixels, limit \(Self.longestSide) a side)",
                .smallerScale)
        }
    }
}

/// What the user may say about encoding. nil means: the format's own default.
public struct EncodingOptions: Sendable, Equatable {
    /// One of the format's `codecs`.
    public var codec: String?
    /// The codec's own scale (crf for h264, h265, av1, vp9).
    public var quality: Int?
    /// How much time the encoder takes for smaller files, by its own name: "slow".
    public var preset: String?
    /// libav's name of a pixel format: "yuv444p".
    public var pixelFormat: String?
    /// Passed to the encoder as they are, in order.
    public var encoderOptions: [KeyValue]
    /// How often an animation plays; 0 = for ever.
    public var loop: Int
    /// Encoder threads; 0 = the encoder's choice.
    public var threads: Int
    /// The same bytes on every run: one thread, no timestamps.
    public var reproducible: Bool
    /// What makes the film again: version, command line, model hash, random seed. In order.
    public var metadata: [KeyValue]

    /// Options; what is left out is the format's own default.
    public init(
        codec: String? = nil, quality: Int? = nil, preset: String? = nil, pixelFormat: String? = nil,
        encoderOptions: [KeyValue] = [], loop: Int = 0, threads: Int = 0, reproducible: Bool = false,
        metadata: [KeyValue] = []
    ) {
        self.codec = codec
        self.quality = quality
        self.preset = preset
        self.pixelFormat = pixelFormat
        self.encoderOptions = encoderOptions
        self.loop = loop
        self.threads = threads
        self.reproducible = reproducible
        self.metadata = metadata
    }
}

/// A name and its value.
public struct KeyValue: Sendable, Equatable {
    /// As the encoder, the muxer or the player names it.
    public var key: String
    /// Its text.
    public var value: String

    /// A name and its value.
    public init(_ key: String, _ value: String) {
        self.key = key
        self.value = value
    }
}
