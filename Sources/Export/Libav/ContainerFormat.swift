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
        codecChoices.filter(\.isPresent).map(\.name)
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
        _ = try EncoderSettings.resolve(codec, options)
        let present = codecsPresent()
        guard present.contains(codec.name) else {
            throw .encoderMissing(name: "\(codec.encoder) for \(name)", available: present)
        }
        try Encoder.check(codec, film, options)
    }

    public static func open(
        _ destination: Destination, _ film: FilmDescription, _ options: EncodingOptions
    ) throws(ExportError) -> any FrameSink {
        try LibavSink(
            destination, film, options, container: container, codec: try codec(film, options),
            muxerOptions: muxerOptions(options))
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
