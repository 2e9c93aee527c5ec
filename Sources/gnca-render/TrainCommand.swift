import ArgumentParser
import GNCABasics
import GNCACells
import GNCAExport
import GNCARaster

/// `train TARGET -o MODEL.ckpt`: a model from one picture.
struct TrainCommand: FileUser {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train a model on one picture.",
        discussion: """
            While it runs, its whole state stands beside the model as MODEL.ckpt.state (the one before as \
            .state.previous); --resume goes on from there bit for bit. The same command gives the same model, on any \
            number of threads, unless --time sets the length. A training goes on with its own settings: options may \
            repeat them, and change its length.

            Examples:
              gnca-render train logo.png -o logo.ckpt             # grows, stays and heals
              gnca-render train logo.png -o logo.ckpt --time 60s  # grows, no more
              gnca-render train logo.png -o logo.ckpt --until 40dB  # ends when the picture is that good
              gnca-render train A --font "Noto Serif Bold" -o a.ckpt  # a letter
              gnca-render train --resume logo.ckpt.state          # goes on from there
              gnca-render train --resume logo.ckpt --iterations 16000 -o longer.ckpt  # after its end, with --keep-state
            """)

    @Argument(help: "A picture (PNG, JPEG, WebP, SVG, ...), an emoji, or a text.", completion: .file())
    var target: String?

    @Option(name: .shortAndLong, help: "The model to write (.ckpt).", completion: .file())
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Begin with the weights and settings of this model, in place of random weights.", valueName: "model"),
        completion: .file())
    var from: String?

    @OptionGroup(title: "Target") var targetOptions: TargetOptions
    @OptionGroup(title: "Training") var training: TrainingOptions
    @OptionGroup(title: "What the model tells of itself") var words: WordOptions
    @OptionGroup var threads: ThreadOption
    @OptionGroup var progress: ProgressOption

    @Option(
        help: ArgumentHelp(
            "How long to train, as 60s, 10m or 1h30m, in place of --iterations; the schedule is stretched to it.",
            valueName: "time"),
        transform: OptionText.duration)
    var time: Double?

    @Option(
        help: ArgumentHelp(
            """
            Go on from the state of an earlier run, or from the one that was kept beside a model; --iterations and \
            --time may say how far in all.
            """, valueName: "file"),
        completion: .file())
    var resume: String?

    @Option(in: 1...1_000_000_000, help: "Iterations from one writing of the state to the next.")
    var checkpointEvery = Self.usualInterval

    static let usualInterval = 500

    @Flag(
        help: "Keep the last state beside the model, MODEL.ckpt.state: --resume MODEL.ckpt --iterations N goes on then."
    )
    var keepState = false

    @Option(
        help: ArgumentHelp(
            "Log of the training: iteration, loss and PSNR, as CSV, or JSON lines (.jsonl).", valueName: "file"),
        completion: .file())
    var log: String?

    @Option(
        help: ArgumentHelp(
            "Figure of the loss over the iterations to write, too (.png, .svg, .pdf).", valueName: "file"),
        completion: .file())
    var lossCurve: String?

    @Option(
        help: ArgumentHelp(
            "Folder for films of the training: pool.mp4, batches.mp4 and train_steps.mp4.", valueName: "folder"),
        completion: .directory)
    var film: String?

    @Option(in: 1...16, help: "Pixels of one cell in the films of the training; default 4, 1 is the published size.")
    var filmScale: Int?

    @OptionGroup var quiet: QuietOption

    @Flag(help: "Replace existing outputs.")
    var overwrite = false

    func files() throws -> RunFiles {
        var files = RunFiles()
        if let target { files.read(target: target, font: targetOptions.source.font) }
        if let from { files.read(model: from, as: "the first model") }
        let model = try model()
        let states = TrainingStateFiles(model: model)
        let resumed = resume.map(TrainingStateFiles.resumed) ?? []
        let replaced = Set([states.state, states.previous].map { FileIdentity($0) })
        // A training goes on in the files of its own state: those are read and replaced.
        for state in resumed where !replaced.contains(FileIdentity(state)) {
            files.use(state, as: "the state that is resumed", .readIfThere)
        }
        let known = Set(resumed.map { FileIdentity($0) })
        files.write(model, as: "the model")
        func use(_ path: String) -> RunFiles.Access { known.contains(FileIdentity(path)) ? .update : .write }
        files.use(states.state, as: "the state", use(states.state))
        files.use(states.previous, as: "the state before", use(states.previous), keeps: states.state)
        if let log { files.write(log, as: "the log") }
        if let lossCurve { files.write(lossCurve, as: "the loss curve") }
        if let film {
            files.use(film, as: "the folder of films", .write, .folder)
            for path in TrainingFilms.paths(in: film) { files.write(path, as: "a film of the training") }
        }
        return files
    }

    /// The model that is written: what -o names, else that of the state.
    func model() throws -> String {
        guard let model = output ?? resume.flatMap(TrainingStateFiles.model) else {
            throw CommandError.usage("no output is named (add -o MODEL.ckpt)")
        }
        guard model.ends(with: ".ckpt") else {
            throw CommandError.usage("\(model): train writes this program's own format (name it .ckpt)")
        }
        return model
    }

    func run() throws {
        // Before anything is opened.
        Cancellation.install()
        let run = try TrainingRun(self)
        try run.run()
    }
}
