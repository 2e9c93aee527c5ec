import CGNCALibav
import GNCABasics
import GNCARaster

/// A format that libav's encoders and muxers make: everything but its container and codecs is the same for all.
public protocol ContainerFormat: OutputFormat {
    /// How libav writes it.
    static var container: Container { get }
    /// What its pictures may be encoded with, the default first; at least one.
    static var codecChoices: [Codec] { get }
    /// Muxer options that depend on what the user asked for.
    static func muxerOptions(_ options: EncodingOptions) -> [KeyValue]
}

extension ContainerFormat {
    public static var codecs: [String] { codecChoices.map(\.name) }
    public static func codecsPresent() -> [String] {
        // Nothing can be written without the muxer, whatever encoders there are.
        av_guess_format(container.muxer, nil, nil) == nil ? [] : codecChoices.filter(\.isPresent).map(\.name)
    }
    public static var holdsAlpha: Bool { codecChoices.contains { $0.alphaPixelFormat != nil } }
    public static func muxerOptions(_ options: EncodingOptions) -> [KeyValue] { [] }

    public static func check(_ film: FilmDescription, _ options: EncodingOptions) throws(ExportError) {
        try film.check()
        let codec = try codec(film, options)
        guard !film.hasAlpha || codec.alphaPixelFormat != nil else {
            throw .invalid(
                "\(name) with \(codec.name) cannot hold transparency (choose .webm, .mov, .apng or .webp)",
                .opaqueBackground)
        }
        guard min(film.width, film.height) >= codec.shortestSide else {
            throw .invalid(
                "\(codec.name) needs \(codec.shortestSide) pixels a side or more "
                    + "(got \(film.width)x\(film.height))", .largerScale)
        }
        try checkEvenSize(film, options.pixelFormat ?? codec.pixelFormat)
        try checkSize(codec, film, options)
        _ = try EncoderSettings.resolve(codec, options)
        guard av_guess_format(container.muxer, nil, nil) != nil else { throw .muxerMissing(name: container.muxer) }
        let present = codecsPresent()
        guard present.contains(codec.name) else {
            throw .encoderMissing(name: "\(codec.encoder) for \(name)", available: present)
        }
        try Encoder.check(codec, film, options)
    }

    public static func open(
        _ destination: Destination, _ film: FilmDescription, _ options: EncodingOptions
    ) throws(ExportError) -> any FrameSink {
        let codec = try codec(film, options)
        return try opened(destination, film, options, codec: codec) { (film, options) throws(ExportError) in
            try LibavSink(
                destination, film, options, container: container, codec: codec, muxerOptions: muxerOptions(options))
        }
    }

    /// What `open` makes of a film; where it may have so many bytes only, one attempt after the other.
    static func opened(
        _ destination: Destination, _ film: FilmDescription, _ options: EncodingOptions, codec: Codec,
        _ open: @escaping (FilmDescription, EncodingOptions) throws(ExportError) -> any MeasuredSink
    ) throws(ExportError) -> any FrameSink {
        guard let limit = options.maxSize, let plan = SacrificePlan(codec, film, options) else {
            return try open(film, options)
        }
        return SizeLimitedSink(destination.name, film, limit: limit, plan: plan) {
            (film, sacrifice) throws(ExportError) in
            var attempt = options
            (attempt.quality, attempt.colours) = (sacrifice.quality, sacrifice.colours)
            return try open(film, attempt)
        }
    }

    /// Throws where a size is asked for and nothing can be given up for it.
    static func checkSize(_ codec: Codec, _ film: FilmDescription, _ options: EncodingOptions) throws(ExportError) {
        guard options.maxSize == nil || SacrificePlan(codec, film, options) != nil else {
            throw .invalid("a greatest size means nothing to \(name) with \(codec.name)", .noSize)
        }
    }

    public static func understood(_ options: EncodingOptions) -> EncodingOptions {
        var own = options
        if let name = options.codec, !codecs.contains(name) { own.codec = nil }
        guard let codec = codecChoices.first(where: { $0.name == own.codec }) ?? codecChoices.first else { return own }
        if codec.qualityOption == nil { own.quality = nil }
        if let preset = options.preset, !codec.takes(preset: preset, quality: own.quality) { own.preset = nil }
        if let name = options.pixelFormat, !codec.pixelFormats.contains(name) { own.pixelFormat = nil }
        own.encoderOptions = options.encoderOptions.filter { codec.userOptions.knows($0.key) }
        if !SacrificePlan.exists(for: codec) { own.maxSize = nil }
        return own
    }

    /// The codec that the user names, else the first that can hold what the film has.
    static func codec(_ film: FilmDescription, _ options: EncodingOptions) throws(ExportError) -> Codec {
        if let name = options.codec {
            guard let codec = codecChoices.first(where: { $0.name == name }) else {
                throw .invalid(
                    "\(self.name) has no codec \"\(name)\" (there are: \(codecs.joined(separator: ", ")))")
            }
            return codec
        }
        return codecChoices.first { !film.hasAlpha || $0.alphaPixelFormat != nil } ?? codecChoices[0]
    }

    public static func halvesChroma(_ options: EncodingOptions) -> Bool {
        let codec = codecChoices.first { $0.name == options.codec } ?? codecChoices.first
        let halved = halvedSides(options.pixelFormat ?? codec?.pixelFormat ?? "")
        return halved.width || halved.height
    }

    /// Sides along which a pixel format, as libav names it, has half the chroma samples.
    private static func halvedSides(_ pixelFormat: String) -> (width: Bool, height: Bool) {
        guard let description = av_pix_fmt_desc_get(av_get_pix_fmt(pixelFormat)) else { return (false, false) }
        return (description.pointee.log2_chroma_w > 0, description.pointee.log2_chroma_h > 0)
    }

    /// Where chroma is halved, a side must be even; a picture is never resampled for it.
    private static func checkEvenSize(_ film: FilmDescription, _ pixelFormat: String) throws(ExportError) {
        let halved = halvedSides(pixelFormat)
        guard halved.width && film.width % 2 != 0 || halved.height && film.height % 2 != 0 else { return }
        throw .invalid(
            "\(name) in \(pixelFormat) needs an even width and height (got \(film.width)x\(film.height))", .evenScale)
    }
}
