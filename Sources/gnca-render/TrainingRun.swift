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
    private let budget: Double
    private var report: TrainingProgress
    private let films: TrainingFilms?
    private let lossCurve: FigureOutput?
    /// Whether this run may replace what stands under the names of the state and the log: it was told to, or wrote it. Of
    /// two trainings that write the same model, the second ends at its first state.
    private var ownsState: Bool
    private var ownsLog: Bool
    private let start = ContinuousClock.now

    /// Checks everything that can be checked before work begins.
    init(_ command: TrainCommand) throws {
        self.command = command
        let threads = command.threads.count
        output = try command.model()
        try AtomicFile.check(output, overwrite: command.overwrite)
        ownsLog = command.overwrite
        ownsState = command.overwrite || command.resume?.hasPrefix(output + ".state") == true
        try AtomicFile.check(output + ".state", overwrite: ownsState)
        if let log = command.log { try AtomicFile.check(log, overwrite: command.overwrite) }
        lossCurve = try command.lossCurve.map { try FigureOutput($0, overwrite: command.overwrite) }
        if let resume = command.resume {
            trainer = try Self.resumed(resume, command, threads: threads)
        } else {
            trainer = try Self.begun(command, threads: threads)
        }
        guard command.film == nil || command.resume == nil else {
            throw CommandError.usage("--film begins with the first iteration (leave it out with --resume)")
        }
        films =
            if let folder = command.film {
                try TrainingFilms(
                    folder: folder, trainer: trainer, scale: command.filmScale, overwrite: command.overwrite)
            } else {
                nil
            }
        budget = trainer.settings.timeBudget
        report = TrainingProgress(ProgressForm(command.progress.style, quiet: command.quiet))
    }

    private static func begun(_ command: TrainCommand, threads: Int) throws -> Trainer {
        guard let name = command.target else {
            throw CommandError.usage("no target is named (a picture, or an emoji given as text)")
        }
        let start = try command.from.map { try LoadedModel(CheckpointFile(path: $0)) }
        var settings = try command.training.settings(target: command.targetOptions, start: start)
        settings.targetName = Paths.name(name)
        if let time = command.time {
            settings.timeBudget = time
            if settings.timeBudget < 180 { settings.hurry(command.training) }
        }
        try settings.check()
        let target = try TargetOptions.target(
            name, size: settings.size, padding: settings.padding, resampling: settings.resampling)
        return try Trainer(target: target, settings: settings, start: start?.checkpoint.rule, threads: threads)
    }

    private static func resumed(_ path: String, _ command: TrainCommand, threads: Int) throws -> Trainer {
        guard command.from == nil else {
            throw CommandError.usage("--resume goes on with the weights of the state (leave --from out)")
        }
        guard command.target == nil else {
            throw CommandError.usage("--resume goes on with the target of the state (leave the target out)")
        }
        do {
            let bytes = try FileBytes.read(path, limit: Trainer.byteLimit)
            return try Trainer(resuming: bytes, file: path, threads: threads)
        } catch let error as FileFault {
            throw badState(path, error.reason)
        } catch ModelError.badCheckpoint(_, let reason) {
            throw badState(path, reason)
        }
    }

    /// Names the state before this one, where there is one.
    private static func badState(_ path: String, _ reason: String) -> ModelError {
        let previous = path + ".previous"
        let advice =
            access(previous, R_OK) == 0
            ? "; --resume \(Escaping.shellWord(previous)) goes on from the state before it" : ""
        return .badCheckpoint(file: path, reason: reason + advice)
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
            try train()
        } catch {
            report.clear()
            films?.cancel()
            throw error
        }
    }

    private func train() throws {
        while share < 1 {
            trainer.runIteration(progress: share)
            try films?.record(trainer)
            report.report(trainer, elapsed: elapsed, share: share)
            if let signal = Cancellation.signal {
                try saveState()
                throw CommandError.paused(signal: signal, resume: resumeCommand)
            }
            if trainer.iteration % command.checkpointEvery == 0 && share < 1 {
                trainer.markGood()
                try saveState()
            }
        }
        try finish()
    }

    private var resumeCommand: String {
        "gnca-render train --resume \(Escaping.shellWord(output + ".state")) -o \(Escaping.shellWord(output))"
            + (command.overwrite ? " --overwrite" : "")
    }

    /// The new state stands on the disk before the old one gives way.
    private func saveState() throws {
        let path = output + ".state"
        let file = try AtomicFile(path: path, overwrite: ownsState)
        let state = try trainer.encoded(seconds: elapsed, file: path)
        try file.write(state.header)
        try file.write(state.data)
        try file.seal()
        if ownsState && access(path, F_OK) == 0 { rename(path, path + ".previous") }
        try file.commit()
        ownsState = true
        try writeLog()
    }

    private func finish() throws {
        let checkpoint = trainer.checkpoint(program: "gnca-render \(programVersion)")
        try AtomicFile.write(
            NativeCheckpoint.write(checkpoint, file: output), to: output, overwrite: command.overwrite)
        try writeLog()
        try drawLoss()
        try films?.finish(trainer)
        // The model is in place: what led there is not needed any more.
        unlink(output + ".state")
        unlink(output + ".state.previous")
        report.clear()
        print(TrainingProgress.summary(trainer, output: output, elapsed: elapsed))
    }

    private func drawLoss() throws {
        guard let lossCurve else { return }
        let log = TrainingLog(name: output, losses: trainer.losses)
        let sheet = try FigureSheet(Figures.named("loss").init(FigureRequest(logs: [log])), size: .natural)
        let metadata = Provenance.figure(title: "loss of \(output)", models: [], randomSeed: nil)
        try FigureOutput.write(sheet, metadata, to: [lossCurve], overwrite: command.overwrite)
    }

    private func writeLog() throws {
        guard let log = command.log else { return }
        try AtomicFile.write(TrainingLogFile.bytes(of: trainer.losses, for: log), to: log, overwrite: ownsLog)
        ownsLog = true
    }
}

extension TrainingSettings {
    /// A minute or two suffice to teach growth, and nothing else: what a pool or damage teaches blurs a picture first.
    fileprivate mutating func hurry(_ options: TrainingOptions) {
        if options.growFirst == nil { growFirst = 1 }
        if options.decayAt == nil { decayAt = [iterations * 7 / 8] }
    }
}
