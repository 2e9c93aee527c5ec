import GNCABasics
import GNCACells
import GNCAExport
import GNCARaster
import GNCARender
import GNCATraining

/// Everything one film needs, resolved and checked before anything runs.
struct Film {
    let models: [LoadedModel]
    let script: FilmScript
    let compositor: Compositor
    let outputs: [FilmOutput]
    /// What every output is opened with.
    let description: FilmDescription
    /// What its files tell of themselves.
    let metadata: [KeyValue]
    let threads: Int
    let onBlowUp: BlowUpPolicy
    let posterPath: String?
    /// Where what happens is written as WebVTT; nil where nobody asked.
    let captionsPath: String?
    /// Of every picture, where there are several.
    let pictureNames: [String]
    /// Index of the frame that stands for the film: of the poster, and of the cover in the file; nil where none does.
    let posterFrame: Int?
    let overwrite: Bool
    let progress: ProgressForm
    /// Whether nothing is told but errors.
    let isQuiet: Bool
    /// What the user should know before the film is made.
    private(set) var notes: [String]

    /// `looksAtOutputs`: whether what stands in their places is looked at, too, rather than only what they hold.
    init(_ command: RenderCommand, looksAtOutputs: Bool = true) throws {
        let (output, running) = (command.output, command.running)
        try OutputOptions.checkNoOutput(isAmong: command.models)
        models = try command.reading.load(command.models, grid: command.scenario.start.grid)
        try command.scenario.start.check(models)
        metadata = try command.words.metadata(
            Provenance.metadata(
                models: models, randomSeeds: command.scenario.seeds()))
        outputs = try output.films(threads: running.threads.given, metadata: metadata)
        try command.checkUses(outputs)
        let frameRate = output.frameRate(of: outputs, countsFrames: command.scenario.stepsPerFrame != nil)
        threads = running.threads.given ?? ThreadOption.cores
        onBlowUp = command.scenario.onBlowup
        script = try command.scenario.script(models, frameRate: frameRate, columns: command.picture.columns)
        let halvesChroma = outputs.contains { $0.format.halvesChroma($0.encoding) }
        compositor = try command.picture.compositor(
            script, models, evenSize: halvesChroma,
            windows: command.picture.fit ? Self.windows(script, models, command) : [])
        posterPath = try output.posterPath()
        captionsPath = output.captions
        pictureNames = try command.picture.names(script, models)
        posterFrame = try Self.posterFrame(output.posterStep, script.pictures[0].timeline)
        overwrite = output.overwrite
        isQuiet = running.quiet
        progress = ProgressForm(running.progress.style, quiet: running.quiet)
        description = FilmDescription(
            width: compositor.width, height: compositor.height, frameRate: frameRate, frameCount: script.frameCount,
            hasAlpha: compositor.hasAlpha, cellSize: compositor.cellSize, coverFrame: posterFrame)
        notes = models.flatMap(\.notes) + (halvesChroma ? Self.chromaNotes(scale: compositor.cellSize) : [])
        notes += posterNotes(output.posterStep)
        try checkMemory()
        if looksAtOutputs {
            notes += try checkOutputs(isDryRun: running.dryRun)
        } else {
            for output in outputs { try output.format.check(description, output.encoding) }
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

    /// What every picture has to show so that all that lives is seen: the film is run once before it is drawn.
    private static func windows(
        _ script: FilmScript, _ models: [LoadedModel], _ command: RenderCommand
    ) throws -> [PixelRect] {
        let threads = command.running.threads.given ?? ThreadOption.cores
        let boxes = try script.pictures.map { picture in
            let model = models[picture.model]
            do throws(ModelError) {
                return try LivingWindow.box(
                    of: Simulation(
                        rule: model.checkpoint.rule, timeline: picture.timeline, randomSeed: picture.randomSeed,
                        threads: threads, onBlowUp: command.scenario.onBlowup))
            } catch {
                throw model.explained(error)
            }
        }
        return LivingWindow.windows(around: boxes, in: script.pictures.map(\.timeline.grid))
    }

    /// What the user should know of colour at half the resolution.
    private static func chromaNotes(scale: Int) -> [String] {
        guard scale < 4 || scale % 2 != 0 else { return [] }
        return [
            "colours of neighbouring cells mix where video stores them at half the resolution, at a scale of \(scale) "
                + "(an even --scale of 4 or more keeps them apart)"
        ]
    }

    /// Of the step that the user names, or of the next that is shown, the last frame: what happens at it has happened. Without
    /// a step the last that has not faded.
    private static func posterFrame(_ step: Int?, _ timeline: Timeline) throws -> Int? {
        guard let step else { return timeline.cues.lastIndex { $0.fade == 0 } }
        guard let first = timeline.cues.first(where: { $0.step >= step }), step >= 0 else {
            throw CommandError.usage("--poster-step is out of range (got \(step), expected 0...\(timeline.steps))")
        }
        return timeline.cues.lastIndex { $0.step == first.step && $0.fade == 0 }
    }

    /// Films need not show every step.
    private func posterNotes(_ step: Int?) -> [String] {
        guard let step, let posterFrame else { return [] }
        let shown = script.pictures[0].timeline.cues[posterFrame].step
        return shown == step ? [] : ["no picture of the film shows step \(step): the poster shows step \(shown)"]
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
            try output.format.check(description, output.encoding)
            guard case .path(let path, _) = output.destination else {
                try output.format.checkDestination(output.destination, description)
                continue
            }
            try look { try output.format.checkDestination(.path(path, overwrite: $0), description) }
        }
        for path in [posterPath, captionsPath].compactMap({ $0 }) {
            try look { try AtomicFile.check(path, overwrite: $0) }
        }
        return notes
    }

    /// What is told at the end.
    func written(seconds: Double) -> Written {
        let count = description.frameCount
        return Written(
            files: outputs.map(\.destination.name) + [posterPath, captionsPath].compactMap { $0 },
            words: "\(count) frames of \(description.width)x\(description.height) in \(seconds) s",
            members: [("frames", "\(count)"), ("elapsed_seconds", JSONText.number(seconds))])
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
        return (film + script.lines()).joined(separator: "\n")
    }

    /// Bytes, roughly: libraries, states and their copies, circulating frames, and the frames an encoder looks ahead.
    private var memoryEstimate: Int {
        let libraries = 70_000_000
        let states = script.pictures.reduce(0) {
            let grid = $1.timeline.grid
            let (rule, cells) = (models[$1.model].checkpoint.rule, grid.width * grid.height)
            return $0 + RunMemory.bytes(of: rule, cells: cells)
                + (compositor.needsInfluence ? Influence.bytes(of: rule, cells: cells) : 0)
        }
        let pixels = compositor.width * compositor.height
        let encoders = outputs.filter { !$0.format.codecs.isEmpty }.count
        return libraries + states + pixels * 4 * (FrameRelay.capacity + 2) + encoders * pixels * 3 / 2 * 60
    }
}
