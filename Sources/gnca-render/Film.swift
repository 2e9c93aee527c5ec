import GNCABasics
import GNCACells
import GNCAExport
import GNCARaster
import GNCARender

/// Everything one film needs, resolved and checked before anything runs.
struct Film {
    let models: [LoadedModel]
    let script: FilmScript
    let compositor: Compositor
    let outputs: [FilmOutput]
    /// What every output is opened with.
    let description: FilmDescription
    let encoding: EncodingOptions
    let randomSeed: UInt32
    let threads: Int
    let onBlowUp: BlowUpPolicy
    let posterPath: String?
    /// Index of the frame that becomes the poster; nil where no poster is wanted.
    let posterFrame: Int?
    let overwrite: Bool
    let progress: ProgressForm
    /// What the user should know before the film is made.
    private(set) var notes: [String]

    /// `looksAtOutputs`: whether what stands in their places is looked at, too, rather than only what they hold.
    init(_ command: RenderCommand, looksAtOutputs: Bool = true) throws {
        let (output, running) = (command.output, command.running)
        try OutputOptions.checkNoOutput(isAmong: command.models)
        models = try command.reading.load(command.models, grid: command.scenario.grid)
        outputs = try output.films()
        try command.checkUses(outputs)
        let frameRate = output.frameRate(of: outputs)
        randomSeed = command.scenario.randomSeed
        threads = running.threads.given ?? ThreadOption.cores
        onBlowUp = command.scenario.onBlowup
        script = try command.scenario.script(models, frameRate: frameRate, columns: command.picture.columns)
        encoding = output.encoding(
            threads: running.threads.given, metadata: Provenance.metadata(models: models, randomSeed: randomSeed))
        let options = encoding
        let halvesChroma = outputs.contains { $0.format.halvesChroma(options) }
        compositor = try command.picture.compositor(script, models, evenSize: halvesChroma)
        posterPath = try output.posterPath()
        posterFrame = posterPath == nil ? nil : try Self.posterFrame(output.posterStep, script.pictures[0].timeline)
        overwrite = output.overwrite
        progress = ProgressForm(running.progress.style, quiet: running.quiet)
        description = FilmDescription(
            width: compositor.width, height: compositor.height, frameRate: frameRate, frameCount: script.frameCount,
            hasAlpha: compositor.hasAlpha, cellSize: compositor.cellSize)
        notes = models.flatMap(\.notes) + (halvesChroma ? Self.chromaNotes(scale: command.picture.scale) : [])
        try checkMemory()
        if looksAtOutputs {
            notes += try checkOutputs(isDryRun: running.dryRun)
        } else {
            for output in outputs { try output.format.check(description, encoding) }
        }
    }

    /// What `--verbose` says before work starts.
    var account: [String] {
        let read = models.map { model in
            let rule = model.checkpoint.rule
            let hidden = rule.network.hidden.map(String.init).joined(separator: " + ")
            return "\(model.path): \(rule.channels) channels, \(hidden) hidden units, SHA-256 \(model.hash)"
        }
        let (width, height) = (description.width, description.height)
        return read + ["\(description.frameCount) frames of \(width)x\(height) at \(description.frameRate) a second"]
    }

    /// A program that runs out of memory can only be ended by the system: it is told before.
    private func checkMemory() throws {
        let present = RunMemory.present
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

    /// The first frame of the step that the user names, else the last that has not faded.
    private static func posterFrame(_ step: Int?, _ timeline: Timeline) throws -> Int? {
        guard let step else { return timeline.cues.lastIndex { $0.fade == 0 } }
        guard let frame = timeline.cues.firstIndex(where: { $0.step >= step }), step >= 0 else {
            throw CommandError.usage("--poster-step is out of range (got \(step), expected 0...\(timeline.steps))")
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
        for output in outputs {
            try output.format.check(description, encoding)
            guard case .path(let path, _) = output.destination else {
                try output.format.checkDestination(output.destination, description)
                continue
            }
            try look { try output.format.checkDestination(.path(path, overwrite: $0), description) }
        }
        if let posterPath { try look { try AtomicFile.check(posterPath, overwrite: $0) } }
        return notes
    }

    /// Whether one of the outputs is standard output.
    var usesStandardOutput: Bool { outputs.contains { $0.destination == .standardOutput } }

    /// What `--dry-run` prints.
    var summary: String {
        let names = outputs.map { "\($0.destination.name) (\($0.format.name))" }
        let film = [
            "outputs: \(names.joined(separator: ", "))",
            "picture \(compositor.width)x\(compositor.height) pixels, about \(memoryEstimate / 1_000_000) MB of memory",
        ]
        return (film + script.lines(frameRate: description.frameRate)).joined(separator: "\n")
    }

    /// Bytes, roughly: libraries, states and their copies, circulating frames, and the frames an encoder looks ahead.
    private var memoryEstimate: Int {
        let libraries = 70_000_000
        let cells = script.grid.width * script.grid.height
        let states = script.pictures.reduce(0) {
            $0 + RunMemory.bytes(of: models[$1.model].checkpoint.rule, cells: cells)
        }
        let pixels = compositor.width * compositor.height
        let encoders = outputs.filter { !$0.format.codecs.isEmpty }.count
        return libraries + states + pixels * 4 * (FrameRelay.capacity + 2) + encoders * pixels * 3 / 2 * 60
    }
}
