import GNCABasics
import GNCACells
import GNCATraining

/// A training that goes on from a state, which an earlier run has written.
struct ResumedTraining {
    let trainer: Trainer
    /// The state's file.
    let file: String
    /// That the state that was named is not whole, and the one before it is; else nil.
    private(set) var note: String?

    /// Reads the state that `--resume` names, or the one before it, and makes the length that of the command. Throws where
    /// neither is whole, or where an option asks for what the state has not.
    init(_ word: String, _ command: TrainCommand) throws {
        guard command.from == nil else {
            throw CommandError.usage("--resume goes on with the weights of the state (leave --from out)")
        }
        guard command.target == nil else {
            throw CommandError.usage("--resume goes on with the target of the state (leave the target out)")
        }
        guard !command.targetOptions.source.isGiven else {
            throw CommandError.usage("--font and --key belong to a target, which the state has (leave them out)")
        }
        guard command.film == nil else {
            throw CommandError.usage("--film begins with the first iteration (leave it out with --resume)")
        }
        (trainer, file, note) = try Self.read(word, threads: command.threads.count)
        let settings = try command.training.settings(
            goingOnFrom: trainer.settings, target: command.targetOptions, time: command.time)
        try check(settings)
        trainer.takeLength(of: settings)
    }

    /// A training that has gone further than it is asked to go cannot go back.
    private func check(_ settings: TrainingSettings) throws {
        let state = trainer.settings
        guard (settings.iterations, settings.timeBudget) != (state.iterations, state.timeBudget) else { return }
        if settings.timeBudget > 0 {
            guard settings.timeBudget > trainer.secondsBefore else {
                throw CommandError.usage(
                    "--time is \(Durations.spelled(seconds: settings.timeBudget)), and \(file) has taken "
                        + "\(Durations.spelled(seconds: trainer.secondsBefore)) already (expected more, in all)")
            }
        } else if settings.iterations <= trainer.iteration {
            throw CommandError.usage(
                "--iterations is \(settings.iterations), and \(file) has done \(trainer.iteration) already "
                    + "(expected more, in all)")
        }
    }

    /// The first state that is whole.
    private static func read(_ word: String, threads: Int) throws -> (Trainer, file: String, note: String?) {
        let files = TrainingStateFiles.resumed(word)
        var faults: [String] = []
        for file in files {
            do {
                let trainer = try read(file, threads)
                return (trainer, file, faults.first.map { "\(files[0]): \($0); the training goes on from \(file)" })
            } catch {
                faults.append(error.reason)
                // What may not be looked at is not damaged.
                if FileSystem.exists(file) && !FileSystem.isReadable(file) { break }
            }
        }
        guard files.contains(where: FileSystem.exists) else { throw missing(word, state: files[0]) }
        let before = faults.count > 1 && FileSystem.exists(files[1]) ? "; \(files[1]): \(faults[1])" : ""
        throw ModelError.badCheckpoint(file: files[0], reason: faults[0] + before)
    }

    private static func read(_ file: String, _ threads: Int) throws(FileFault) -> Trainer {
        do {
            return try Trainer(resuming: FileBytes.read(file, limit: Trainer.byteLimit), file: file, threads: threads)
        } catch let error as FileFault {
            throw error
        } catch ModelError.badCheckpoint(_, let reason) {
            throw FileFault(reason)
        } catch {
            throw FileFault("\(error)")
        }
    }

    private static func missing(_ word: String, state: String) -> ModelError {
        word == state
            ? .badCheckpoint(file: word, reason: "there is no such file")
            : .badCheckpoint(
                file: word, reason: "the state of its training is missing (\(state); train --keep-state keeps it)")
    }
}
