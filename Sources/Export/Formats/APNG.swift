import GNCABasics
import GNCARaster

/// Animated PNG: every pixel exactly, with full transparency.
public enum APNG: OutputFormat {
    public static let name = "apng"
    public static let summary = "Animated PNG: every pixel exactly, with transparency"
    public static let extensions = ["apng"]
    public static let holdsAlpha = true
    public static let streams = true
    public static let loops = true

    public static func understood(_ options: EncodingOptions) -> EncodingOptions {
        var own = PNGSequence.understood(options)
        (own.maxSize, own.colours) = (options.maxSize, options.colours)
        return own
    }

    public static func check(_ film: FilmDescription, _ options: EncodingOptions) throws(ExportError) {
        try film.check()
        guard options.quality == nil else { throw .invalid("a quality means nothing to apng", .noQuality) }
        guard options.preset == nil else { throw .invalid("a preset means nothing to apng", .noPreset) }
        guard options.codec == nil, options.pixelFormat == nil, options.encoderOptions.isEmpty else {
            throw .invalid("apng has no pixel format, codec or encoder options: it keeps every pixel exactly")
        }
    }

    public static func open(
        _ destination: Destination, _ film: FilmDescription, _ options: EncodingOptions
    ) throws(ExportError) -> any FrameSink {
        guard let limit = options.maxSize else { return try APNGSink(destination, film, options) }
        let plan = SacrificePlan(ofColours: film)
        return SizeLimitedSink(destination.name, film, limit: limit, plan: plan) {
            (film, sacrifice) throws(ExportError) in
            var attempt = options
            attempt.colours = sacrifice.colours
            return try APNGSink(destination, film, attempt)
        }
    }
}

/// Looks at the whole film before it encodes the first frame: which colours it has decides how its pixels are kept.
///
/// Frames wait in memory, run-length encoded; a film too long for that is kept in a way that is right for every colour.
final class APNGSink: MeasuredSink {
    /// Bytes of waiting frames before that is settled.
    static let spoolLimit = 128 << 20

    private let bytes: OutputBytes
    private let film: FilmDescription
    private let options: EncodingOptions
    private let spoolLimit: Int
    private let check: LibavCheck
    private var spool: FrameSpool
    private var colours = ColourSet()
    private var histogram = ColourHistogram()
    private var writer: APNGWriter?

    init(
        _ destination: Destination, _ film: FilmDescription, _ options: EncodingOptions,
        spoolLimit: Int = APNGSink.spoolLimit
    ) throws(ExportError) {
        bytes = try OutputBytes(destination, waits: true)
        check = LibavCheck(file: destination.name)
        self.film = film
        self.options = options
        self.spoolLimit = spoolLimit
        spool = FrameSpool(width: film.width, height: film.height)
    }

    var byteCount: Int { bytes.seekable?.size ?? 0 }

    func append(_ frame: Frame) throws(ExportError) {
        if let writer {
            writer.append(frame)
            return try drain(writer)
        }
        let (film, counts) = (film, options.colours != nil)
        spool.add(frame) { pixel, count in
            guard !film.hasAlpha else { return }
            colours.insert(pixel)
            if counts { histogram.add(red: pixel.red, green: pixel.green, blue: pixel.blue, count: count) }
        }
        if spool.size > spoolLimit { _ = try settle(isWhole: false) }
    }

    func finish() throws(ExportError) {
        let writer = if let writer { writer } else { try settle(isWhole: true) }
        let metadata = FilmMetadata(entries: options.metadata)
        for entry in ContainerMetadata.pngEntries(metadata) {
            // Keyword, no compression (two bytes), no language, no translated keyword, text.
            writer.chunk("iTXt", Array(entry.key.utf8) + [0, 0, 0, 0, 0] + Array(entry.value.utf8))
        }
        writer.chunk("IEND", [])
        try drain(writer)
        try bytes.finish()
    }

    func publish() throws(ExportError) { try bytes.publish() }

    func withdraw() { bytes.withdraw() }

    func cancel() { bytes.cancel() }

    /// Decides how pixels are kept, and encodes the frames that waited for it. `isWhole`: whether all frames were seen.
    private func settle(isWhole: Bool) throws(ExportError) -> APNGWriter {
        let writer = APNGWriter(film, loop: options.loop, pixels: pixels(isWhole: isWhole))
        self.writer = writer
        var frame = Frame(width: film.width, height: film.height)
        for index in 0..<spool.count {
            spool.restore(index, into: &frame)
            writer.append(frame)
            try drain(writer)
        }
        spool.removeAll()
        return writer
    }

    private func pixels(isWhole: Bool) -> APNGWriter.Pixels {
        if film.hasAlpha { return .straight }
        // Of the palette's entries, one stands for what stays as it was.
        if let size = options.colours { return .indexed(Palette(histogram, transparent: false, size: min(size, 255))) }
        guard isWhole else { return .opaque(unchanged: nil) }
        if let few = colours.few(255) {
            var histogram = ColourHistogram()
            for colour in few {
                let (red, green, blue) = (UInt8(colour >> 16), UInt8(colour >> 8 & 255), UInt8(colour & 255))
                histogram.add(red: red, green: green, blue: blue, count: 1)
            }
            return .indexed(Palette(histogram, transparent: false, size: 255))
        }
        return .opaque(unchanged: colours.unused)
    }

    private func drain(_ writer: APNGWriter) throws(ExportError) {
        if let failure = writer.failure { throw .encoding(file: check.file, reason: failure) }
        _ = writer.takeBytes().withUnsafeBytes { bytes.write($0) }
        if let error = bytes.error { throw error }
    }
}
