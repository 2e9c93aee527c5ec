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
    static var defaultFrameRate: FrameRate { get }
    /// Whether it can hold transparency.
    static var holdsAlpha: Bool { get }
    /// Whether it can be written to standard output.
    static var streams: Bool { get }
    /// Whether it says how often it plays: `EncodingOptions.loop`.
    static var loops: Bool { get }

    /// Whether the output stores colour at half the resolution with these options: sizes must be even then, and cells stay
    /// crisp only at an even number of pixels, four or more.
    static func halvesChroma(_ options: EncodingOptions) -> Bool
    /// Options that are meant for several outputs, as this one takes them: what means nothing to it is left out.
    static func understood(_ options: EncodingOptions) -> EncodingOptions
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
    public static var defaultFrameRate: FrameRate { 30 }
    public static var holdsAlpha: Bool { false }
    public static var streams: Bool { false }
    public static var loops: Bool { false }

    public static func halvesChroma(_ options: EncodingOptions) -> Bool { false }
    public static func understood(_ options: EncodingOptions) -> EncodingOptions { options }
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
