import GNCABasics
import GNCACells
import GNCAExport
import GNCARaster
import GNCARender

/// Everything one film needs, resolved and checked before anything runs.
struct RenderPlan {
    let models: [Rule]
    let script: FilmScript
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
    /// What the user should know before the film is made; said unless quiet.
    private(set) var notes: [String]
    /// What `--verbose` says, empty without it.
    let steps: [String]

    /// One output, with what its sink is opened with.
    struct PlannedOutput {
        let format: any OutputFormat.Type
        let destination: Destination
        let film: FilmDescription
        let options: EncodingOptions
    }

    init(_ command: RenderCommand) throws {
        try OutputChoice.checkNoOutput(isAmong: command.models)
        let models = try LoadedModel.load(command.models, dialect: command.dialect.choice())
        let formats = try OutputChoice.resolve(command.output)
        frameRate = try Self.frameRate(command.output, formats)
        randomSeed = command.scenario.randomSeed
        threads = try ThreadChoice.count(command.running.threads)
        onBlowUp = command.scenario.onBlowup
        self.models = models.map(\.checkpoint.rule)
        script = try TimelineChoice(command.scenario, models: models, frameRate: frameRate)
            .script(columns: command.picture.columns)
        metadata = Provenance.metadata(models: models, randomSeed: randomSeed)
        let options = try EncodingChoice(command.output, threads: command.running.threads).options(metadata: metadata)
        let halvesChroma = formats.contains { $0.format.halvesChroma(options) }
        compositor = try CompositionChoice(command.picture, models: models)
            .compositor(script, evenSize: halvesChroma)
        posterPath = command.output.poster
        posterFrame = posterPath == nil ? nil : try Self.posterFrame(command.output, script)
        overwrite = command.output.overwrite
        progress = command.running.progress
        quiet = command.running.quiet
        let film = FilmDescription(
            width: compositor.width, height: compositor.height, frameRate: frameRate, frameCount: script.frameCount,
            hasAlpha: compositor.hasAlpha, cellSize: compositor.cellSize)
        outputs = formats.map {
            PlannedOutput(format: $0.format, destination: $0.destination, film: film, options: options)
        }
        notes =
            models.flatMap { model in model.warnings.map { "\(model.path): \($0)" } }
            + (halvesChroma ? Self.chromaNotes(scale: command.picture.scale) : [])
        steps = Self.account(models: models, film: film, verbose: command.running.verbose)
        try checkMemory()
        notes += try checkOutputs(isDryRun: command.running.dryRun)
    }

    /// A program that runs out of memory can only be ended by the system: it is told before.
    private func checkMemory() throws {
        let present = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
        guard present > 0, memoryEstimate > present else { return }
        throw CommandError.usage(
            "the film needs about \(memoryEstimate / 1_000_000) MB of memory, and this machine has "
                + "\(present / 1_000_000) MB (choose a smaller --grid or --scale)")
    }

    /// What the user should know of colour at half the resolution.
    private static func chromaNotes(scale: Int) -> [String] {
        guard scale < 4 || scale % 2 != 0 else { return [] }
        return [
            "colours of neighbouring cells mix where video stores them at half the resolution, at a scale of \(scale) "
                + "(an even --scale of 4 or more keeps them apart)"
        ]
    }

    /// What `--verbose` says before work starts.
    private static func account(models: [LoadedModel], film: FilmDescription, verbose: Bool) -> [String] {
        guard verbose else { return [] }
        let read = models.map { model in
            let rule = model.checkpoint.rule
            return
                "\(model.path): \(rule.channels) channels, \(rule.network.hidden.map(String.init).joined(separator: " + ")) hidden units, SHA-256 \(model.hash)"
        }
        return read + ["\(film.frameCount) frames of \(film.width)x\(film.height) at \(film.frameRate) a second"]
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

    /// The first frame of the step that the user names, else the last that has not faded.
    private static func posterFrame(_ options: OutputOptions, _ script: FilmScript) throws -> Int? {
        let cues = script.pictures[0].timeline.cues
        guard let step = options.posterStep else { return cues.lastIndex { $0.fade == 0 } }
        guard let frame = cues.firstIndex(where: { $0.step >= step }), step >= 0 else {
            throw CommandError.usage(
                "--poster-step is out of range (got \(step), expected 0...\(script.pictures[0].timeline.steps))")
        }
        return frame
    }

    /// What formats and files refuse, told before work starts. Returns what stands in the way of a dry run, which replaces
    /// nothing: every other run throws it.
    private func checkOutputs(isDryRun: Bool) throws -> [String] {
        var notes: [String] = []
        func look(_ check: (_ overwrite: Bool) throws -> Void) throws {
            do {
                try check(overwrite)
            } catch {
                guard isDryRun else { throw error }
                try check(true)
                notes.append(Remedies.message(error))
            }
        }
        var seen: [String] = []
        for output in outputs {
            try output.format.check(output.film, output.options)
            guard case .path(let path, _) = output.destination else {
                try output.format.checkDestination(output.destination, output.film)
                continue
            }
            try look { try output.format.checkDestination(.path(path, overwrite: $0), output.film) }
            seen.append(path)
        }
        if let posterPath {
            try look { try AtomicFile.check(posterPath, overwrite: $0) }
            seen.append(posterPath)
        }
        let places = seen.map(Paths.place)
        for (index, place) in places.enumerated() where places[..<index].contains(place) {
            throw CommandError.usage("two outputs have the same name (\(seen[index]))")
        }
        return notes
    }

    /// What `--dry-run` prints.
    var summary: String {
        let names = outputs.map { "\($0.destination.name) (\($0.format.name))" }
        let film = [
            "outputs: \(names.joined(separator: ", "))",
            "picture \(compositor.width)x\(compositor.height) pixels, about \(memoryEstimate / 1_000_000) MB of memory",
        ]
        return (film + script.lines(frameRate: frameRate)).joined(separator: "\n")
    }

    /// Bytes, roughly: libraries, states and their copies, circulating frames, and the frames an encoder looks ahead.
    private var memoryEstimate: Int {
        let libraries = 70_000_000
        let cells = script.grid.width * script.grid.height
        let states = script.pictures.reduce(0) { $0 + cells * models[$1.model].channels * 4 * 5 }
        let pixels = compositor.width * compositor.height
        let encoders = outputs.filter { !$0.format.codecs.isEmpty }.count
        return libraries + states + pixels * 4 * (FrameRelay.capacity + 2) + encoders * pixels * 3 / 2 * 60
    }
}
