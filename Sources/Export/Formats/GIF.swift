import GNCABasics
import GNCARaster

/// GIF with one palette of our own.
public enum GIF: ContainerFormat {
    public static let name = "gif"
    public static let summary = "Animated GIF with a palette made for the film; transparency on or off"
    public static let extensions = ["gif"]
    public static let streams = true
    /// Divides a hundred: delays are hundredths of a second.
    public static let defaultFrameRate: FrameRate = 25
    /// Hundredths of a second: browsers turn a delay of one into ten. Of faster films, frames are left out.
    static let shortestDelay = 2

    public static let codecChoices = [Codec.gif]
    public static let container = Container(
        muxer: "gif", appendMetadata: ContainerMetadata.appendGIFComment, needsSeeking: true)

    /// libav counts repetitions after the first play, and -1 is none at all.
    public static let loops = true
    public static func muxerOptions(_ options: EncodingOptions) -> [KeyValue] {
        [KeyValue("loop", options.loop == 0 ? "0" : options.loop == 1 ? "-1" : "\(options.loop - 1)")]
    }

    public static func open(
        _ destination: Destination, _ film: FilmDescription, _ options: EncodingOptions
    ) throws(ExportError) -> any FrameSink {
        try opened(destination, film, options, codec: .gif) { (film, options) throws(ExportError) in
            try GIFSink(destination, film, options)
        }
    }

    public static func check(_ film: FilmDescription, _ options: EncodingOptions) throws(ExportError) {
        try film.check()
        let codec = try codec(film, options)
        try checkSize(codec, film, options)
        _ = try EncoderSettings.resolve(codec, options)
        guard !codecsPresent().isEmpty else {
            throw .encoderMissing(name: "\(Codec.gif.encoder) for gif", available: [])
        }
        try Encoder.check(codec, film, options)
    }
}

/// Looks at the whole film before it encodes the first frame, so that one palette fits all of it.
///
/// Frames wait in memory, run-length encoded; a film too long for that gets its palette from its first part.
final class GIFSink: MeasuredSink {
    /// Bytes of waiting frames before the palette is settled.
    static let spoolLimit = 128 << 20

    private let destination: Destination
    private let film: FilmDescription
    private let options: EncodingOptions
    private let spoolLimit: Int
    private var spool: FrameSpool
    private var histogram = ColourHistogram()
    private var sink: LibavSink?
    private var received = 0
    /// When the last frame that is shown begins, hundredths of a second.
    private var lastBegin: Int?
    /// Indexes of the frames that wait.
    private var waiting: [Int] = []

    init(
        _ destination: Destination, _ film: FilmDescription, _ options: EncodingOptions,
        spoolLimit: Int = GIFSink.spoolLimit
    ) throws(ExportError) {
        self.destination = destination
        self.film = film
        self.options = options
        self.spoolLimit = spoolLimit
        spool = FrameSpool(width: film.width, height: film.height)
    }

    func append(_ frame: Frame) throws(ExportError) {
        let index = received
        received += 1
        guard isShown(index) else { return }
        if let sink { return try sink.append(frame, at: index) }
        waiting.append(index)
        spool.add(frame) { pixel, count in
            guard pixel.alpha >= 128 || !film.hasAlpha else { return }
            let colour = pixel.straightened
            histogram.add(red: colour.red, green: colour.green, blue: colour.blue, count: count)
        }
        if spool.size > spoolLimit { _ = try settle() }
    }

    /// Whether a frame comes long enough after the last that is shown.
    private func isShown(_ index: Int) -> Bool {
        let begin = Int((film.frameRate.time(of: index) * 100).rounded())
        if let lastBegin, begin - lastBegin < GIF.shortestDelay { return false }
        lastBegin = begin
        return true
    }

    func finish() throws(ExportError) {
        let sink = if let sink { sink } else { try settle() }
        try sink.finish()
    }

    var byteCount: Int { sink?.byteCount ?? 0 }

    func publish() throws(ExportError) { try sink?.publish() }

    func withdraw() { sink?.withdraw() }

    func cancel() { sink?.cancel() }

    /// Makes the palette and encodes the frames that waited for it.
    private func settle() throws(ExportError) -> LibavSink {
        let palette = Palette(histogram, transparent: film.hasAlpha, size: options.colours ?? Palette.size)
        let sink = try LibavSink(
            destination, film, options, container: GIF.container, codec: .gif,
            muxerOptions: GIF.muxerOptions(options), palette: palette)
        self.sink = sink
        var frame = Frame(width: film.width, height: film.height)
        for (place, index) in waiting.enumerated() {
            spool.restore(place, into: &frame)
            try sink.append(frame, at: index)
        }
        waiting.removeAll()
        spool.removeAll()
        return sink
    }
}
