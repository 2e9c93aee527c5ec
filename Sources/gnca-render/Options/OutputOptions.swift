import ArgumentParser
import GNCABasics
import GNCAExport

/// What leaves.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            "Output, repeatable: the extension picks the format, and - is standard output.", valueName: "out"),
        completion: .file())
    var outputs: [String] = []

    @Option(help: "Format where no extension tells, as for -o -.")
    var format: Named<OutputFormats>?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Frames a second, 1...240, also 29.97 or 30000/1001; default 30, a GIF alone 25.", valueName: "rate"),
        transform: OptionText.frameRate)
    var fps: FrameRate?

    @Option(help: "Codec; default the first that gnca-render list names for the format.")
    var codec: Named<Codecs>?

    @Option(parsing: .unconditional, help: "Quality on the codec's own scale (h264 and h265: crf, lower is better).")
    var quality: Int?

    @Option(help: "Encoder preset, as the encoder names it.")
    var preset: String?

    @Option(help: "Pixel format, as libav names it; default yuv420p for MP4.")
    var pixelFormat: String?

    @Option(
        name: .customLong("encoder-option"),
        help: ArgumentHelp(
            "Option of the encoder's own that names no file, repeatable (docs/formats.md).", valueName: "key=value"),
        transform: Self.encoderOption)
    var encoderOptions: [KeyValue] = []

    @Option(
        help: ArgumentHelp(
            "Bytes that an output may have, as 2MB or 500kB: quality, colours, size and frames are given up for it.",
            valueName: "size"),
        transform: OptionText.byteCount)
    var maxSize: Int?

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            """
            An option of one output, repeatable: film.mp4:quality=18. The output is named as with -o, or by its format \
            (gif:loop=3); options are \(OutputSetting.keys.joined(separator: ", ")).
            """, valueName: "output:key=value"))
    var settings: [String] = []

    @Option(
        name: .customLong("keyframes"), in: 0.01...3600,
        help: "Seconds between pictures at which a player can begin, for scrubbing and seeking.")
    var keyframeInterval = 1.0

    @Option(
        parsing: .unconditional, help: "How often an animation plays: a number, or forever; default forever.",
        completion: .list(["forever"]),
        transform: OptionText.loop)
    var loop: Int?

    @Option(
        help: ArgumentHelp("PNG to which one picture of the film is written, too.", valueName: "file"),
        completion: .file())
    var poster: String?

    @Option(
        parsing: .unconditional, help: "Step that the poster and an MP4's cover show; default the film's last picture.")
    var posterStep: Int?

    @Option(
        help: ArgumentHelp(
            "WebVTT file to which what happens, and when, is written, too; embed uses the one of a film's name.",
            valueName: "file.vtt"),
        completion: .file(extensions: ["vtt"]))
    var captions: String?

    @Flag(help: "Replace existing outputs; otherwise they are refused before work starts.")
    var overwrite = false

    @Flag(help: "The same bytes on every run: one encoder thread, no timestamps.")
    var reproducible = false

    @Sendable private static func encoderOption(_ text: String) throws -> KeyValue {
        let pair = try OptionText.pair(text)
        return KeyValue(pair.key, pair.value)
    }
}

/// One output: where it goes, what it is there, and how it is encoded.
struct FilmOutput {
    let format: any OutputFormat.Type
    let destination: Destination
    var encoding: EncodingOptions
}

extension OutputOptions {
    /// What each `-o` means. `threads`: as the user named them, nil = the encoder's choice.
    func films(threads: Int? = nil, metadata: [KeyValue] = []) throws -> [FilmOutput] {
        guard !outputs.isEmpty else {
            throw CommandError.usage("no output is named (add -o FILE, as -o film.mp4)")
        }
        guard outputs.filter({ $0 == "-" }).count <= 1 else {
            throw CommandError.usage("standard output can be named once (-o -)")
        }
        if outputs.contains("-"), Platform.standardOutputFault != nil { throw CommandError.standardOutput(code: EBADF) }
        let formats = try outputs.map(format)
        let common = encoding(threads: threads, metadata: metadata)
        let encodings = formats.count == 1 ? [common] : common.shared(among: formats)
        var films = zip(zip(outputs, formats), encodings).map { output, encoding in
            FilmOutput(
                format: output.1,
                destination: output.0 == "-" ? .standardOutput : .path(output.0, overwrite: overwrite),
                encoding: encoding)
        }
        for text in settings {
            let setting = try OutputSetting(text, outputs: outputs, formats: formats.map { $0.name })
            for index in setting.outputs { try setting.apply(to: &films[index].encoding) }
        }
        return films
    }

    private func format(of output: String) throws -> any OutputFormat.Type {
        if let own = OutputFormats.forPath(output) { return try checked(own, output) }
        if let format { return format.entry }
        guard output != "-" else {
            let streaming = OutputFormats.all.filter { $0.streams }.map { $0.name }
            throw CommandError.usage("-o - needs --format (one of: \(streaming.joined(separator: ", ")))")
        }
        let known = Named<OutputFormats>.allValueStrings.joined(separator: ", ")
        throw CommandError.usage(
            "\(output): no format has this extension (name one of: \(known) with --format, or end a folder in /)")
    }

    /// What an output's name picks. Throws where the user names another format, and no output needs it to be named.
    private func checked(_ own: any OutputFormat.Type, _ output: String) throws -> any OutputFormat.Type {
        guard let format, format.entry != own, outputs.allSatisfy({ OutputFormats.forPath($0) != nil }) else {
            return own
        }
        throw CommandError.usage(
            "\(output): the name is that of \(own.name), and --format is \(format.entry.name) (leave --format out, or "
                + "choose another name)")
    }

    /// Where a poster goes. Throws where its name is that of another picture.
    func posterPath() throws -> String? {
        guard let poster, Paths.ending(poster) != "png" else { return poster }
        throw CommandError.usage("\(poster): a poster is written as a PNG (name it .png)")
    }

    /// Frames a second: the user's, else the highest of what the outputs have by default. `countsFrames`: the user counts
    /// steps from frame to frame, and the film is to be as fast in every format.
    func frameRate(of films: [FilmOutput], countsFrames: Bool = false) -> FrameRate {
        fps ?? (countsFrames ? 30 : films.map { $0.format.defaultFrameRate }.max { $0.perSecond < $1.perSecond } ?? 30)
    }

    private func encoding(threads: Int?, metadata: [KeyValue]) -> EncodingOptions {
        EncodingOptions(
            codec: codec?.entry, quality: quality, preset: preset, pixelFormat: pixelFormat,
            encoderOptions: encoderOptions, keyframeInterval: keyframeInterval, maxSize: maxSize,
            loop: loop ?? 0, threads: threads ?? 0,
            reproducible: reproducible,
            metadata: metadata)
    }

    /// Throws where a film's name stands among the models and no such file is there: -o was forgotten.
    static func checkNoOutput(isAmong models: [String]) throws {
        for name in models where OutputFormats.forPath(name) != nil && !FileSystem.exists(name) {
            throw CommandError.usage("\(name): there is no such model (an output is named with -o, as -o \(name))")
        }
    }

    /// Everything that is written.
    func add(to files: inout RunFiles) {
        for output in outputs {
            if output == "-" {
                files.writeStandardOutput(as: "the film")
            } else if (OutputFormats.forPath(output) ?? format?.entry) == PNGSequence.self {
                files.useStills(output, as: "the film", .write)
            } else {
                files.write(output, as: "the film")
            }
        }
        if let poster { files.write(poster, as: "the poster") }
        if let captions { files.write(captions, as: "the captions") }
    }
}
