import ArgumentParser
import GNCABasics
import GNCACells
import GNCATraining

/// `evaluate MODEL... --target T`: scores.
struct EvaluateCommand: FileUser {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Score models: loss after growth, and how often they recover from damage.",
        discussion: """
            A trial grows 150 steps, is damaged, and has 200 steps after the last damage; it has recovered where its \
            loss is below 0.01.

            Examples:
              gnca-render evaluate logo.ckpt --target logo.png
              gnca-render evaluate a.ckpt b.ckpt --target logo.png --json
            """)

    @Argument(help: "Model files.", completion: .file())
    var models: [String]

    @Option(help: "The picture that the models should grow: a file, an emoji, or a text.", completion: .file())
    var target: String

    @OptionGroup(title: "Models") var reading: ModelOptions
    @OptionGroup(title: "Target") var options: TargetOptions
    @OptionGroup var threads: ThreadOption
    @OptionGroup var progress: ProgressOption
    @OptionGroup var quiet: QuietOption

    @Option(parsing: .unconditional, help: "Trials a kind of damage.")
    var trials = 100

    @Option(in: 0...UInt32.max, help: "Seed of the random numbers.")
    var randomSeed: UInt32 = 0

    @Flag(help: "Print JSON.")
    var json = false

    func files() -> RunFiles {
        var files = RunFiles()
        for model in models { files.read(model: model) }
        files.read(target: target, font: options.source.font)
        return files
    }

    func run() throws {
        let models = try reading.load(models)
        if !quiet.isGiven { models.flatMap(\.notes).forEach(note) }
        let target = try options.target(target)
        let counter = RunCounter(
            ProgressForm(progress.style, quiet: quiet.isGiven), total: models.count * Evaluation.runs(trials: trials))
        defer { counter.clear() }
        let entries = try models.map { model in
            let scores = try Evaluation(
                rule: model.checkpoint.rule, target: target, trials: trials, randomSeed: randomSeed,
                threads: threads.count, each: counter.count)
            return (name: model.path, scores: scores)
        }
        counter.clear()
        sayLines(json ? Self.json(entries) : Self.table(entries))
    }

    private static func table(_ entries: [(name: String, scores: Evaluation)]) -> String {
        var rows: [[String]] = [[""] + entries.map { $0.name }]
        for (index, step) in Evaluation.steps.enumerated() {
            rows.append(["loss at step \(step)"] + entries.map { spelled($0.scores.losses[index].loss) })
        }
        for index in entries[0].scores.recoveries.indices {
            rows.append(
                ["recovered: " + entries[0].scores.recoveries[index].damage]
                    + entries.map { "\((1000 * $0.scores.recoveries[index].share).rounded() / 10) %" })
        }
        return Columns.text(rows, numbers: true)
    }

    private static func spelled(_ loss: Double) -> String {
        loss.isFinite ? TrainingProgress.digits(loss) : "blew up"
    }

    private static func json(_ entries: [(name: String, scores: Evaluation)]) -> String {
        let models = entries.map { entry in
            let losses = entry.scores.losses.map {
                JSONText.object(["step": "\($0.step)", "loss": $0.loss.isFinite ? "\($0.loss)" : "null"])
            }
            let recoveries = entry.scores.recoveries.map {
                JSONText.object(["damage": JSONText.quoted($0.damage), "recovered": "\($0.share)"])
            }
            return JSONText.object([
                "model": JSONText.quoted(entry.name), "losses": JSONText.list(losses),
                "recoveries": JSONText.list(recoveries),
            ])
        }
        return JSONText.object(["models": JSONText.list(models)])
    }
}

/// Tells how many runs of an evaluation are done. They end on several threads, one told after the other.
private final class RunCounter: @unchecked Sendable {
    private var progress: Progress
    private var done = 0

    init(_ form: ProgressForm, total: Int) { progress = Progress(form, total: total, unit: "run") }

    @Sendable func count() {
        done += 1
        progress.report(done: done)
    }

    func clear() { progress.clear() }
}
