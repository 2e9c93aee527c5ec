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

    @Option(in: 1...240, help: "Frames a second; default 30, GIF 25.")
    var fps: Int?

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
        parsing: .unconditional, help: "How often an animation plays: a number, or forever; default forever.",
        completion: .list(["forever"]),
        transform: OptionText.value("1...65535 or forever") { text in
            text == "forever" ? 0 : Int(text).flatMap { (1...65_535).contains($0) ? $0 : nil }
        })
    var loop: Int?

    @Option(
        help: ArgumentHelp("PNG to which one picture of the film is written, too.", valueName: "file"),
        completion: .file())
    var poster: String?

    @Option(parsing: .unconditional, help: "Step that the poster shows; default the film's last picture.")
    var posterStep: Int?

    @Flag(help: "Replace existing outputs; otherwise they are refused before work starts.")
    var overwrite = false

    @Flag(help: "The same bytes on every run: one encoder thread, no timestamps.")
    var reproducible = false

    @Sendable private static func encoderOption(_ text: String) throws -> KeyValue {
        let pair = try OptionText.pair(text)
        return KeyValue(pair.key, pair.value)
    }
}

/// One output: where it goes, and what it is there.
struct FilmOutput {
    let format: any OutputFormat.Type
    let destination: Destination
}

extension OutputOptions {
    /// What each `-o` means.
    func films() throws -> [FilmOutput] {
        guard !outputs.isEmpty else {
            throw CommandError.usage("no output is named (add -o FILE, as -o film.mp4)")
        }
        guard outputs.filter({ $0 == "-" }).count <= 1 else {
            throw CommandError.usage("standard output can be named once (-o -)")
        }
        if outputs.contains("-"), Platform.standardOutputFault != nil { throw CommandError.standardOutput(code: EBADF) }
        return try outputs.map { output in
            FilmOutput(
                format: try format(of: output),
                destination: output == "-" ? .standardOutput : .path(output, overwrite: overwrite))
        }
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

    /// Frames a second: the user's, or what every output agrees on by default.
    func frameRate(of films: [FilmOutput]) -> Int { fps ?? films.map { $0.format.defaultFrameRate }.min() ?? 30 }

    /// `threads`: as the user named them, nil = the encoder's choice.
    func encoding(threads: Int?, metadata: [KeyValue]) -> EncodingOptions {
        EncodingOptions(
            codec: codec?.entry, quality: quality, preset: preset, pixelFormat: pixelFormat,
            encoderOptions: encoderOptions, loop: loop ?? 0, threads: threads ?? 0, reproducible: reproducible,
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
    }
}
