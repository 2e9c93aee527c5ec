import GNCABasics
import GNCACells
import GNCACheckpoints
import GNCAExport
import GNCARaster
import GNCARender
import GNCATraining

/// One training from its first iteration, or a resumed one, to its model.
final class TrainingRun {
    private let trainer: Trainer
    private let command: TrainCommand
    private let output: String
    private let states: TrainingStateFiles
    private let budget: Double
    private var report: TrainingProgress
    private let films: TrainingFilms?
    private let lossCurve: FigureOutput?
    private var own: OwnFiles
    private let start = ContinuousClock.now

    /// Checks everything that can be checked before work begins.
    init(_ command: TrainCommand) throws {
        self.command = command
        output = try command.model()
        states = TrainingStateFiles(model: output)
        lossCurve = try command.lossCurve.map { try FigureOutput($0, overwrite: command.overwrite) }
        guard command.filmScale == nil || command.film != nil else {
            throw CommandError.usage("--film-scale belongs to --film")
        }
        if let word = command.resume {
            let resumed = try ResumedTraining(word, command)
            trainer = resumed.trainer
            if let sentence = resumed.note, !command.quiet.isGiven { note(sentence) }
            own = OwnFiles(resumed, word, states, log: command.log, overwrite: command.overwrite)
        } else {
            own = OwnFiles(overwrite: command.overwrite)
            trainer = try Self.begun(command, threads: command.threads.count)
        }
        // Where no state was kept, that is the first thing to know.
        try AtomicFile.check(output, overwrite: command.overwrite)
        try AtomicFile.check(states.state, overwrite: own.mayReplaceState)
        try AtomicFile.check(states.previous, overwrite: own.mayReplacePrevious)
        if let log = command.log { try AtomicFile.check(log, overwrite: own.mayReplaceLog) }
        films =
            if let folder = command.film {
                try TrainingFilms(
                    folder: folder, trainer: trainer, scale: command.filmScale ?? 4, overwrite: command.overwrite)
            } else {
                nil
            }
        budget = trainer.settings.timeBudget
        if !command.quiet.isGiven {
            let rule = trainer.rule
            for sentence in [Self.shortage(of: trainer.settings), Self.reach(of: trainer, rule)] {
                if let sentence { note(sentence) }
            }
        }
        report = TrainingProgress(ProgressForm(command.progress.style, quiet: command.quiet.isGiven))
    }

    /// That a training is too short to learn what its regime teaches; nil where it is not.
    private static func shortage(of settings: TrainingSettings) -> String? {
        guard settings.learned != settings.regime else { return nil }
        return "the model will learn to grow, no more: every run begins with the seed (with --time from 3m on, or "
            + "--grow-first 0, it learns what --regime \(settings.regime) teaches)"
    }

    /// That the seed cannot become the whole picture in an iteration; nil where it can, or where there is no seed.
    private static func reach(of trainer: Trainer, _ rule: Rule) -> String? {
        guard rule.life.isTested, rule.appearance.seed.start == .cell else { return nil }
        let (least, steps) = (
            trainer.target.leastSteps(edges: rule.edges, scale: rule.pictureScale), trainer.settings.steps
        )
        guard least > steps.upperBound else { return nil }
        return
            "the picture cannot grow from the seed in an iteration: it reaches \(least) cells far, a pattern grows a cell a "
            + "step at most, and an iteration has \(steps.lowerBound)-\(steps.upperBound) steps (use --steps "
            + "\(least * 3 / 2)-\(least * 2), or a smaller --size)"
    }

    /// What a training that begins is to do, and from what. Throws everything that can be told to be wrong before it begins;
    /// the target is left out where it is not read.
    static func settings(
        _ command: TrainCommand, readsTarget: Bool = true
    ) throws -> (settings: TrainingSettings, start: LoadedModel?, target: Target?) {
        guard let name = command.target else {
            throw CommandError.usage("no target is named (a picture, an emoji, or a text)")
        }
        let start = try command.from.map { try LoadedModel(CheckpointFile(path: $0)) }
        var settings = try command.training.settings(
            target: command.targetOptions, start: start, time: command.time)
        settings.targetName = command.targetOptions.source.name(of: name)
        try settings.check()
        let target =
            readsTarget
            ? try command.targetOptions.target(
                name, size: settings.size, padding: settings.padding, resampling: settings.resampling,
                scale: settings.rule.pictureScale) : nil
        return (settings, start, target)
    }

    private static func begun(_ command: TrainCommand, threads: Int) throws -> Trainer {
        let (settings, start, target) = try settings(command)
        if !command.quiet.isGiven, let name = command.target {
            try command.targetOptions.source.notes(on: name).forEach(note)
        }
        guard let target else { throw CommandError.usage("no target is named (a picture, an emoji, or a text)") }
        return try Trainer(target: target, settings: settings, start: start?.checkpoint.rule, threads: threads)
    }

    /// Seconds of training, earlier runs included.
    private var elapsed: Double { trainer.secondsBefore + (ContinuousClock.now - start).seconds }

    /// The share that is done, 0...1.
    private var share: Double {
        budget > 0 ? min(1, elapsed / budget) : Double(trainer.iteration) / Double(trainer.settings.iterations)
    }

    /// Trains to the end. After an error or a signal, no film is left behind.
    func run() throws {
        do {
            try Descriptors.check()
            try train()
        } catch {
            report.clear()
            films?.cancel()
            throw error
        }
    }

    /// Iterations from one look at whether the quality of --until is reached to the next: a look takes as long as half an
    /// iteration of the usual size, and as long as five where the pattern has to be followed to step 2,000.
    private static let lookInterval = 250

    /// Whether the training is to end before its length is done. That depends on the iteration alone, so that a training
    /// that was interrupted here ends here, too.
    private func isGoodEnough() throws -> Bool {
        guard trainer.iteration > 0, trainer.iteration % Self.lookInterval == 0 else { return false }
        return try trainer.hasReachedGoal(threads: command.threads.count)
    }

    private func train() throws {
        while share < 1, try !isGoodEnough() {
            trainer.runIteration(progress: share)
            try films?.record(trainer)
            report.report(trainer, elapsed: elapsed, share: share)
            if let signal = Cancellation.signal {
                try save()
                throw CommandError.paused(signal: signal, resume: resumeCommand)
            }
            if trainer.iteration % command.checkpointEvery == 0 && share < 1 {
                trainer.markGood()
                try save()
            }
        }
        try finish()
    }

    /// What goes on from here to the same files.
    private var resumeCommand: String {
        var words = ["gnca-render", "train", "--resume", states.state, "-o", output]
        if command.checkpointEvery != TrainCommand.usualInterval {
            words += ["--checkpoint-every", "\(command.checkpointEvery)"]
        }
        for (flag, file) in [("--log", command.log), ("--loss-curve", command.lossCurve)] {
            if let file { words += [flag, file] }
        }
        if command.keepState { words.append("--keep-state") }
        words += command.words.arguments
        if command.overwrite { words.append("--overwrite") }
        return words.map(Escaping.shellWord).joined(separator: " ")
    }

    /// What a training that is ended here has done so far.
    private func save() throws {
        try saveState()
        if let log = logFile { try Publication.write([log]) }
        own.mayReplaceLog = true
    }

    /// There is a whole state under the state's name at every moment: the old one gets its second name before the new one
    /// takes its place.
    private func saveState() throws {
        let file = try AtomicFile(path: states.state, overwrite: own.mayReplaceState)
        let state = try trainer.encoded(seconds: elapsed, file: states.state)
        try file.write(state.header)
        try file.write(state.data)
        try file.seal()
        if own.isState {
            try AtomicFile.keep(states.state, as: states.previous, overwrite: own.mayReplacePrevious)
            (own.mayReplacePrevious, own.isPrevious) = (true, true)
        } else if own.mayReplacePrevious && !own.isPrevious {
            // Nobody may go on from another training's state where this one's is damaged.
            try? FileSystem.removeFile(states.previous)
        }
        try file.commit()
        (own.mayReplaceState, own.isState) = (true, true)
    }

    private func finish() throws {
        if command.keepState { try saveState() }
        let elapsed = elapsed
        let score = try trainer.score(threads: command.threads.count)
        var checkpoint = trainer.checkpoint(program: "gnca-render \(programVersion)", score: score)
        command.words.apply(to: &checkpoint)
        let model = (
            path: output, bytes: try NativeCheckpoint.write(checkpoint, file: output), overwrite: command.overwrite
        )
        let films = try films?.finished(trainer) ?? []
        try Publication.write([model] + (logFile.map { [$0] } ?? []) + lossFigure(), with: films)
        // All outputs are in place: what led there is not needed any more. As long as one is left, it is the last.
        if own.mayReplacePrevious { try? FileSystem.removeFile(states.previous) }
        if own.mayReplaceState && !command.keepState { try? FileSystem.removeFile(states.state) }
        report.clear()
        if !command.quiet.isGiven {
            for incident in TrainingProgress.incidents(trainer) { note("\(output): \(incident)") }
            if let sentence = TrainingProgress.shortfall(trainer, score) { note("\(output): \(sentence)") }
        }
        written(score, elapsed: elapsed).announce(
            quiet: command.quiet.isGiven, ProgressForm(command.progress.style, quiet: command.quiet.isGiven))
    }

    /// `elapsed`: seconds of training.
    private func written(_ score: TrainingScore, elapsed: Double) -> Written {
        let others = [command.log, command.lossCurve].compactMap { $0 } + (command.film.map { [$0] } ?? [])
        return Written(
            files: [output] + others, words: TrainingProgress.summary(trainer, score, elapsed: elapsed),
            members: [
                ("iterations", "\(trainer.iteration)"), ("learned", JSONText.quoted(trainer.settings.learned)),
                ("elapsed_seconds", JSONText.number(Duration.seconds(elapsed).hundredths)),
            ] + TrainingProgress.members(score))
    }

    private func lossFigure() throws -> [(path: String, bytes: [UInt8], overwrite: Bool)] {
        guard let lossCurve else { return [] }
        let log = TrainingLog(name: SystemText.spelled(output), losses: trainer.losses)
        let sheet = try FigureSheet(Figures.named("loss").init(FigureRequest(logs: [log])), size: .natural)
        let metadata = Provenance.figure("loss", of: [output], command.words)
        return try FigureOutput.files(sheet, metadata, to: [lossCurve], overwrite: command.overwrite)
    }

    private var logFile: (path: String, bytes: [UInt8], overwrite: Bool)? {
        command.log.map { ($0, TrainingLogFile.bytes(of: trainer, for: $0), own.mayReplaceLog) }
    }
}
