import ArgumentParser
import GNCABasics
import GNCACells
import GNCATraining

/// `evaluate MODEL... --target T`: scores.
struct EvaluateCommand: FileUser {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Score models: how near they come to their picture, how long they stay, how often they recover.",
        discussion: """
            PSNR tells what an eye sees: below 30 dB faces break, from 40 dB on a pattern looks like its picture. A damaged \
            run grows 150 steps, and has 200 after the last damage (docs/training.md#scores).

            Examples:
              gnca-render evaluate logo.ckpt --target logo.png
              gnca-render evaluate a.ckpt b.ckpt --target logo.png --csv
              gnca-render evaluate *.ckpt --target logo.png -o scores.json
              gnca-render evaluate logo.ckpt --target logo.png --endurance
            """)

    @Argument(help: "Model files.", completion: .file())
    var models: [String]

    @Option(help: "The picture that the models should grow: a file, an emoji, or a text.", completion: .file())
    var target: String

    @Option(
        name: .shortAndLong, help: "Write the scores in place of printing them (.csv, .json).", completion: .file())
    var output: String?

    @OptionGroup(title: "Models") var reading: ModelOptions
    @OptionGroup(title: "Target") var options: TargetOptions
    @OptionGroup var threads: ThreadOption
    @OptionGroup var progress: ProgressOption
    @OptionGroup var quiet: QuietOption

    @Option(in: Evaluation.trialRange, help: "Runs without damage, and with each kind of damage.")
    var trials = 100

    @Option(in: 0...UInt32.max, help: "Seed of the random numbers.")
    var randomSeed: UInt32 = 0

    @Flag(
        help: """
            Also five swipes across the grid, and the death rate that half of the runs bear: several times as long.
            """)
    var endurance = false

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Print CSV: a line a model and step, and a line a model and kind of damage.")
    var csv = false

    @Flag(help: "Replace the output where it exists.")
    var overwrite = false

    func files() -> RunFiles {
        var files = RunFiles()
        for model in models { files.read(model: model) }
        files.read(target: target, font: options.source.font)
        if let output { files.write(output, as: "the scores") }
        return files
    }

    /// In which form the scores are printed or written; nil for the table. Throws where the options or the output's name
    /// say nothing, or several things.
    func form() throws -> ScoreTable.Form? {
        guard let output else {
            guard !json || !csv else { throw CommandError.usage("--json and --csv cannot stand together") }
            return json ? .json : csv ? .csv : nil
        }
        guard !json && !csv else {
            throw CommandError.usage("--json and --csv say what is printed; the name of --output says it by itself")
        }
        guard let form = ScoreTable.Form(rawValue: Paths.ending(output)) else {
            throw CommandError.usage("\(output): scores are written as CSV or JSON (name it .csv or .json)")
        }
        return form
    }

    func run() throws {
        let form = try form()
        if let output { try AtomicFile.check(output, overwrite: overwrite) }
        let models = try reading.load(models)
        if !quiet.isGiven { models.flatMap(\.notes).forEach(note) }
        let targets = try models.map { try options.target(target, scale: $0.checkpoint.rule.pictureScale) }
        let counter = RunCounter(
            ProgressForm(progress.style, quiet: quiet.isGiven),
            total: models.count * Evaluation.runs(trials: trials, endures: endurance))
        defer { counter.clear() }
        let entries = try zip(models, targets).map { model, target in
            let scores = try Evaluation(
                rule: model.checkpoint.rule, target: target, trials: trials, randomSeed: randomSeed,
                threads: threads.count, endures: endurance, each: counter.count)
            return (name: model.path, scores: scores)
        }
        counter.clear()
        try hand(ScoreTable(models: entries, trials: trials).text(form))
    }

    private func hand(_ text: String) throws {
        guard let output else { return sayLines(text) }
        try AtomicFile.write(Array((text + "\n").utf8), to: output, overwrite: overwrite)
        let words = "scores of \(Self.count(models.count, "model")), \(Self.count(trials, "trial")) a kind"
        Written(files: [output], words: words).announce(
            quiet: quiet.isGiven, ProgressForm(progress.style, quiet: quiet.isGiven))
    }

    /// "1 model", "2 models"
    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
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
