import Export
import Model
import Raster
import Render

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Everything one film needs, resolved and checked before anything runs.
struct RenderPlan {
    let rules: [Rule]
    let timeline: Timeline
    let compositor: Compositor
    let outputs: [PlannedOutput]
    let frameRate: Int
    let randomSeed: UInt32
    let threads: Int
    let onBlowUp: BlowUpPolicy
    let metadata: [KeyValue]
    let posterPath: String?
    /// Index of the frame that becomes the poster; nil where no poster is wanted.
    let posterFrame: Int?
    let overwrite: Bool
    let progress: ProgressStyle
    let quiet: Bool

    /// One output, with what its sink is opened with.
    struct PlannedOutput {
        let format: any OutputFormat.Type
        let destination: Destination
        let film: FilmDescription
        let options: EncodingOptions
    }

    init(_ command: RenderCommand) throws {
        let models = try LoadedModel.load(command.models)
        let formats = try OutputChoice.resolve(command.output)
        frameRate = try Self.frameRate(command.output, formats)
        randomSeed = command.scenario.randomSeed
        threads = try Self.threads(command.running)
        onBlowUp = try Self.blowUpPolicy(command.scenario)
        rules = models.map(\.checkpoint.rule)
        timeline = try TimelineChoice(command.scenario, models: models, frameRate: frameRate).timeline()
        compositor = try CompositionChoice(command.picture, models: models).compositor(timeline: timeline)
        metadata = Provenance.metadata(models: models, randomSeed: randomSeed)
        posterPath = command.output.poster
        posterFrame = posterPath == nil ? nil : timeline.cues.lastIndex { $0.fade == 0 }
        overwrite = command.output.overwrite
        progress = command.running.progress
        quiet = command.running.quiet
        outputs = try Self.outputs(
            formats, command: command, compositor: compositor, timeline: timeline, frameRate: frameRate,
            metadata: metadata)
        try checkOutputs(scale: command.picture.scale)
    }

    /// Frames a second: the user's, or what every output agrees on by default.
    private static func frameRate(_ options: OutputOptions, _ formats: [OutputChoice]) throws -> Int {
        if let fps = options.fps {
            guard (1...240).contains(fps) else {
                throw CommandError.usage("--fps is out of range (got \(fps), expected 1...240)")
            }
            return fps
        }
        return formats.map { $0.format.defaultFrameRate }.min() ?? 30
    }

    private static func threads(_ options: RunningOptions) throws -> Int {
        guard let threads = options.threads else { return max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
        guard (1...256).contains(threads) else {
            throw CommandError.usage("--threads is out of range (got \(threads), expected 1...256)")
        }
        return threads
    }

    private static func blowUpPolicy(_ options: ScenarioOptions) throws -> BlowUpPolicy {
        guard let policy = BlowUpPolicy(rawValue: options.onBlowup) else {
            throw CommandError.usage("--on-blowup is \"\(options.onBlowup)\" (expected stop or hold)")
        }
        return policy
    }

    private static func outputs(
        _ choices: [OutputChoice], command: RenderCommand, compositor: Compositor, timeline: Timeline, frameRate: Int,
        metadata: [KeyValue]
    ) throws -> [PlannedOutput] {
        let film = FilmDescription(
            width: compositor.width, height: compositor.height, frameRate: frameRate, frameCount: timeline.cues.count,
            hasAlpha: compositor.hasAlpha, cellSize: compositor.cellSize)
        let options = EncodingOptions(
            codec: command.output.codec, quality: command.output.quality, preset: command.output.preset,
            pixelFormat: command.output.pixelFormat, encoderOptions: try keyValues(command.output.encoderOptions),
            loop: try loop(command.output.loop), threads: command.running.threads ?? 0,
            reproducible: command.output.reproducible, metadata: metadata)
        return choices.map {
            PlannedOutput(format: $0.format, destination: $0.destination, film: film, options: options)
        }
    }

    private static func keyValues(_ texts: [String]) throws -> [KeyValue] {
        try texts.map { text in
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                throw CommandError.usage("--encoder-option \"\(text)\" is not of the form KEY=VALUE")
            }
            return KeyValue(String(text[..<equals]), String(text[text.index(after: equals)...]))
        }
    }

    private static func loop(_ text: String) throws -> Int {
        if text == "forever" { return 0 }
        guard let count = Int(text), (1...65_535).contains(count) else {
            throw CommandError.usage("--loop is \"\(text)\" (expected 1...65535 or forever)")
        }
        return count
    }

    /// What formats and files refuse, told before work starts.
    private func checkOutputs(scale: Int) throws {
        var seen: [String] = []
        for output in outputs {
            guard !seen.contains(output.destination.name) else {
                throw CommandError.usage("two outputs have the same name (\(output.destination.name))")
            }
            seen.append(output.destination.name)
            try output.format.check(output.film, output.options)
            try output.format.checkDestination(output.destination, output.film)
        }
        if let posterPath { try AtomicFile.check(posterPath, overwrite: overwrite) }
    }

    /// What `--dry-run` prints.
    var summary: String {
        let names = outputs.map { "\($0.destination.name) (\($0.format.name))" }
        let film = [
            "outputs: \(names.joined(separator: ", "))",
            "picture \(compositor.width)x\(compositor.height) pixels, about \(memoryEstimate / 1_000_000) MB of memory",
        ]
        return (film + timeline.lines(frameRate: frameRate)).joined(separator: "\n")
    }

    /// Bytes, roughly: libraries, states and their copies, circulating frames, and the frames an encoder looks ahead.
    private var memoryEstimate: Int {
        let libraries = 70_000_000
        let cells = timeline.grid.width * timeline.grid.height
        let states = rules.reduce(0) { $0 + cells * $1.channels * 4 * 5 }
        let pixels = compositor.width * compositor.height
        let encoders = outputs.filter { !$0.format.codecs.isEmpty }.count
        return libraries + states + pixels * 4 * (FrameRelay.capacity + 2) + encoders * pixels * 3 / 2 * 60
    }
}
