import GNCABasics
import GNCACells
import GNCAExport
import GNCARaster
import GNCARender
import GNCATraining

/// The figures of a training as films in one folder: pool.mp4, batches.mp4, train_steps.mp4.
///
/// Sizes and rates are those of the Distill article's figures, enlarged so that cells stay crisp in H.264.
final class TrainingFilms {
    /// Every so many iterations, one frame, up to so many frames: the published lengths.
    private static let (poolEvery, batchesEvery, longest) = (20, 100, 80)
    /// Iterations whose models stand side by side; of a shorter training the finished one is the last.
    private static let checkpoints = [100, 500, 1000, 4000]
    private static let (checkpointFrames, checkpointRate) = (500, 30)

    private let folder: String
    private let options: EncodingOptions
    private let overwrite: Bool
    private let poolSheet: StateSheet?
    private let batchSheet: StateSheet
    private let scale: Int
    private var sinks: [any FrameSink] = []
    private var poolSink: (any FrameSink)?
    private var batchSink: (any FrameSink)?
    private var rules: [Rule] = []

    /// Opens the films; `scale`: pixels a cell. Throws `WriteFault` where one exists and may not be replaced.
    init(folder: String, trainer: Trainer, scale: Int, overwrite: Bool) throws {
        self.scale = scale
        self.folder = folder
        self.overwrite = overwrite
        options = EncodingOptions(metadata: [KeyValue("Software", "gnca-render \(programVersion)")])
        let (width, height, pixels) = (trainer.grid.width, trainer.grid.height, trainer.rule.pictureScale)
        poolSheet =
            trainer.settings.pool >= 49 && trainer.hasPool
            ? StateSheet(
                columns: 7, rows: 7, width: width, height: height, scale: scale, fadedEdge: width / 2,
                pictureScale: pixels) : nil
        batchSheet = StateSheet(
            columns: min(trainer.settings.batch, 8), rows: 2, width: width, height: height, scale: scale,
            pictureScale: pixels)
        do { try FileSystem.makeFolder(Paths.withoutSlashes(folder)) } catch {
            if error != .failed(EEXIST) { throw WriteFault.cannotCreate(file: folder, reason: error.reason) }
        }
        for path in Self.paths(in: folder) { try AtomicFile.check(path, overwrite: overwrite) }
        let iterations = trainer.settings.iterations
        if let poolSheet {
            poolSink = try open("pool", poolSheet, rate: 20, count: min(Self.longest, iterations / Self.poolEvery))
        }
        batchSink = try open("batches", batchSheet, rate: 10, count: min(Self.longest, iterations / Self.batchesEvery))
    }

    /// Every film that a training may write into `folder`.
    static func paths(in folder: String) -> [String] {
        ["pool", "batches", "train_steps"].map { path($0, in: folder) }
    }

    private static func path(_ name: String, in folder: String) -> String {
        "\(Paths.withoutSlashes(folder))/\(name).mp4"
    }

    private func open(_ name: String, _ sheet: StateSheet, rate: Int, count: Int) throws -> any FrameSink {
        let film = FilmDescription(
            width: sheet.pixelWidth, height: sheet.pixelHeight, frameRate: FrameRate(rate), frameCount: max(1, count),
            cellSize: sheet.scale)
        try MP4.check(film, options)
        let sink = try MP4.open(.path(Self.path(name, in: folder), overwrite: overwrite), film, options)
        sinks.append(sink)
        return sink
    }

    /// After every iteration.
    func record(_ trainer: Trainer) throws {
        if let poolSheet, let poolSink, Self.isDue(trainer.iteration, every: Self.poolEvery) {
            try poolSink.append(poolSheet.frame(trainer.poolStates(49), [trainer.rule]))
        }
        if let batchSink, Self.isDue(trainer.iteration, every: Self.batchesEvery) {
            let columns = batchSheet.columns
            let (before, after) = trainer.lastBatch
            try batchSink.append(
                batchSheet.frame(Array(before.prefix(columns) + after.prefix(columns)), [trainer.rule]))
        }
        if Self.checkpoints.contains(trainer.iteration) { rules.append(trainer.rule) }
    }

    private static func isDue(_ iteration: Int, every: Int) -> Bool {
        iteration % every == 1 && iteration / every < longest
    }

    /// All films, complete: what is left is their names.
    func finished(_ trainer: Trainer) throws -> [any Publishable] {
        if rules.count < Self.checkpoints.count { rules.append(trainer.rule) }
        // Twice as large as the others, as published.
        let sheet = StateSheet(
            columns: rules.count, rows: 1, width: trainer.grid.width, height: trainer.grid.height,
            scale: 2 * scale, pictureScale: trainer.rule.pictureScale)
        let sink = try open("train_steps", sheet, rate: Self.checkpointRate, count: Self.checkpointFrames)
        var automata: [Automaton] = []
        for rule in rules { automata.append(try Automaton(rule: rule, state: trainer.seed)) }
        for _ in 0..<Self.checkpointFrames {
            try sink.append(sheet.frame(automata.map(\.state), rules))
            // A model of the first iterations may blow up: its last finite state stays.
            for automaton in automata { try? automaton.step() }
        }
        for sink in sinks { try sink.finish() }
        return sinks
    }

    func cancel() { for sink in sinks { sink.cancel() } }
}
