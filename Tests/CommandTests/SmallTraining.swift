import GNCACells
import GNCARaster
import GNCATraining
import Testing

@testable import gnca_render

/// Trainings that take no time, and what they leave.
enum SmallTraining {
    /// A training that takes no time: `change` makes it another one.
    static func trainer(
        _ iterations: Int, of length: Int, decayAt: [Int]? = [5], of cells: [Int] = Array(18..<46),
        _ change: (inout TrainingSettings) -> Void = { _ in }
    ) throws -> Trainer {
        var settings = try #require(TrainingSettings(recipe: "distill", regime: "regenerating"))
        (settings.size, settings.padding, settings.hidden, settings.targetName) = (8, 4, [16], "t.png")
        (settings.batch, settings.pool, settings.damaged, settings.steps) = (2, 4, 1, 8...10)
        settings.setLength(iterations: length, seconds: 0)
        if let decayAt { settings.decayAt = decayAt }
        change(&settings)
        var frame = Frame(width: 8, height: 8)
        for place in cells { frame[place % 8, place / 8] = Pixel(red: 200, green: UInt8(place * 5), blue: 40) }
        let target = try Target(frame, size: 8, padding: 4)
        let trainer = try Trainer(target: target, settings: settings, threads: 1)
        while trainer.iteration < iterations {
            trainer.runIteration(progress: Double(trainer.iteration) / Double(settings.iterations))
        }
        return trainer
    }

    static func state(_ trainer: Trainer) throws -> [UInt8] {
        let (header, data) = try trainer.encoded(seconds: 3, file: "a")
        return header + data
    }

    /// A folder with a state after 8 of 20 iterations, and the state before it after 4.
    static func folder() throws -> ProgramFolder {
        let folder = try ProgramFolder()
        try folder.folder.write(state(trainer(8, of: 20)), "a.ckpt.state")
        try folder.folder.write(state(trainer(4, of: 20)), "a.ckpt.state.previous")
        return folder
    }

    static func resume(_ words: String..., in folder: ProgramFolder) throws -> ProgramRun {
        try ProgramRun(["train", "--resume"] + words, in: folder.path)
    }
}
