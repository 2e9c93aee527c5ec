import Foundation
import GNCABasics
import GNCACells
import GNCATraining
import Testing

@testable import gnca_render

/// What `train --resume` goes on from, and what it honours.
@Suite struct TrainingResumptionTests {
    /// The weights that a model's file holds.
    private static func weights(_ name: String, in folder: ProgramFolder) throws -> [Float] {
        try LoadedModel(ModelOptions.parse([]).read(folder.path + "/" + name)).checkpoint.rule.tensors.flatMap(\.values)
    }

    // MARK: what it goes on from

    @Test func aStateGoesOnToTheModelOfATrainingThatNeverStopped() throws {
        let folder = try SmallTraining.folder()
        defer { folder.remove() }
        let run = try SmallTraining.resume("a.ckpt.state", in: folder)
        #expect(run.status == 0 && run.errors == "")
        #expect(try folder.names == ["a.ckpt"])
        #expect(
            try Self.weights("a.ckpt", in: folder) == SmallTraining.trainer(20, of: 20).rule.tensors.flatMap(\.values))
    }

    @Test(arguments: ["cut", "", nil])
    func aStateThatIsNotWholeGivesWayToTheOneBefore(text: String?) throws {
        let folder = try SmallTraining.folder()
        defer { folder.remove() }
        try FileManager.default.removeItem(atPath: folder.path + "/a.ckpt.state")
        if let text { try folder.put(text, name: "a.ckpt.state") }
        let run = try SmallTraining.resume("a.ckpt.state", "--checkpoint-every", "2", in: folder)
        #expect(run.status == 0)
        #expect(run.lines.count == 1 && run.errors.hasPrefix("gnca-render: note: a.ckpt.state: "))
        #expect(run.errors.hasSuffix("; the training goes on from a.ckpt.state.previous\n"))
        #expect(try folder.names == ["a.ckpt"])
        #expect(
            try Self.weights("a.ckpt", in: folder) == SmallTraining.trainer(20, of: 20).rule.tensors.flatMap(\.values))
    }

    @Test func aKillBetweenTwoNamesLeavesAStateThatGoesOn() throws {
        let folder = try SmallTraining.folder()
        defer { folder.remove() }
        try FileManager.default.removeItem(atPath: folder.path + "/a.ckpt.state.previous")
        try FileManager.default.linkItem(
            atPath: folder.path + "/a.ckpt.state", toPath: folder.path + "/a.ckpt.state.previous")
        let run = try SmallTraining.resume("a.ckpt.state", "--checkpoint-every", "3", in: folder)
        #expect(run.status == 0 && run.errors == "")
        #expect(try folder.names == ["a.ckpt"])
    }

    @Test(arguments: ["cut", nil])
    func whereNeitherIsWholeBothAreNamedAndStay(text: String?) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        if let text { try folder.put(text, name: "a.ckpt.state") }
        try folder.put("cut", name: "a.ckpt.state.previous")
        let before = try folder.names
        let run = try SmallTraining.resume("a.ckpt.state", in: folder)
        #expect(run.status == 65)
        let first = text == nil ? "there is no such file" : "not the state of a training"
        #expect(
            run.lines == [
                "gnca-render: a.ckpt.state: \(first); a.ckpt.state.previous: not the state of a training"
            ])
        #expect(try folder.names == before)
    }

    @Test(arguments: [["-o", "b.ckpt"], []])
    func whereNoStateWasKeptItIsToldHowToKeepOne(output: [String]) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try ProgramRun(["train", "--resume", "m.ckpt", "--iterations", "20"] + output, in: folder.path)
        #expect(run.status == 65)
        #expect(
            run.lines == [
                "gnca-render: m.ckpt: the state of its training is missing (m.ckpt.state; train --keep-state keeps it)"
            ])
    }

    // MARK: how far it goes

    @Test func aModelWhoseStateWasKeptIsTrainedOn() throws {
        let folder = try SmallTraining.folder()
        defer { folder.remove() }
        #expect(try SmallTraining.resume("a.ckpt.state", "--keep-state", in: folder).status == 0)
        #expect(try folder.names == ["a.ckpt", "a.ckpt.state"])
        let first = try folder.bytes("a.ckpt")
        let refused = try SmallTraining.resume("a.ckpt", "--iterations", "30", in: folder)
        #expect(refused.status == 73)
        #expect(
            refused.lines == ["gnca-render: a.ckpt: cannot be created: it exists already (--overwrite replaces it)"])
        let run = try SmallTraining.resume("a.ckpt", "--iterations", "30", "-o", "b.ckpt", in: folder)
        #expect(run.status == 0 && run.errors == "")
        #expect(try folder.names == ["a.ckpt", "a.ckpt.state", "b.ckpt"])
        #expect(try folder.bytes("a.ckpt") == first)
        // The schedule names its iterations: it does not depend on how many there are.
        #expect(
            try Self.weights("b.ckpt", in: folder) == SmallTraining.trainer(30, of: 30).rule.tensors.flatMap(\.values))
        let over = try SmallTraining.resume("a.ckpt", "--iterations", "30", "--overwrite", "--keep-state", in: folder)
        #expect(over.status == 0)
        #expect(try folder.bytes("a.ckpt") == folder.bytes("b.ckpt"))
        #expect(try folder.names == ["a.ckpt", "a.ckpt.state", "b.ckpt"])
    }

    @Test func theRecipesScheduleIsThatOfTheNewLength() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        // Before the rate has fallen, 4 of 20 iterations are 4 of 40.
        let begun = try SmallTraining.trainer(4, of: 20, decayAt: nil)
        #expect(begun.settings.decayAt == [13, 18])
        try folder.folder.write(SmallTraining.state(begun), "a.ckpt.state")
        let run = try SmallTraining.resume("a.ckpt.state", "--iterations", "40", in: folder)
        #expect(run.status == 0 && run.errors == "")
        let whole = try SmallTraining.trainer(40, of: 40, decayAt: nil)
        #expect(whole.settings.decayAt == [27, 36])
        #expect(try Self.weights("a.ckpt", in: folder) == whole.rule.tensors.flatMap(\.values))
    }

    @Test func aScheduleThatIsSaidAgainStays() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.folder.write(SmallTraining.state(SmallTraining.trainer(4, of: 20, decayAt: nil)), "a.ckpt.state")
        let run = try SmallTraining.resume("a.ckpt.state", "--iterations", "40", "--decay-at", "13,18", in: folder)
        #expect(run.status == 0 && run.errors == "")
        let whole = try SmallTraining.trainer(40, of: 40, decayAt: [13, 18])
        #expect(try Self.weights("a.ckpt", in: folder) == whole.rule.tensors.flatMap(\.values))
    }

    @Test func aTrainingByTheClockGoesOnToANumberOfIterations() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let begun = try SmallTraining.trainer(4, of: 20, decayAt: nil) { $0.setLength(iterations: 20, seconds: 10) }
        #expect(begun.settings.growFirst == 1)
        try folder.folder.write(SmallTraining.state(begun), "a.ckpt.state")
        let run = try SmallTraining.resume("a.ckpt.state", "--iterations", "12", in: folder)
        #expect(run.status == 0 && run.written.first?.contains(", 12 iterations in ") == true)
        let model = try ModelOptions.parse([]).read(folder.path + "/a.ckpt").checkpoint
        #expect(model.provenance["training.grow_first"] == "0.0" && model.provenance["training.decay_at"] == "8,10")
    }

    @Test(arguments: [
        (["--iterations", "7"], "--iterations is 7, and a.ckpt.state has done 8 already (expected more, in all)"),
        (["--iterations", "8"], "--iterations is 8, and a.ckpt.state has done 8 already (expected more, in all)"),
        (["--time", "2s"], "--time is 2 s, and a.ckpt.state has taken 3 s already (expected more, in all)"),
    ])
    func whatIsDoneIsDone(words: [String], message: String) throws {
        let folder = try SmallTraining.folder()
        defer { folder.remove() }
        let before = try folder.names
        let run = try ProgramRun(["train", "--resume", "a.ckpt.state"] + words, in: folder.path)
        #expect(run.status == 64)
        #expect(run.lines == ["gnca-render: " + message])
        #expect(try folder.names == before)
    }

    @Test func aGoalStaysWithTheStateAndIsReachedWhereItWouldHaveBeen() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        // A model that hardly learns leaves its seed as it is, for ever. Beside two dots far apart, that is hardly wrong.
        let dots = [0, 45]
        let begun = try SmallTraining.trainer(248, of: 1000, decayAt: [], of: dots) {
            ($0.until, $0.learningRate) = (12, 1e-8)
        }
        try folder.folder.write(SmallTraining.state(begun), "a.ckpt.state")
        let run = try SmallTraining.resume("a.ckpt.state", "--keep-state", in: folder)
        #expect(run.status == 0 && run.errors == "")
        #expect(run.written.first?.hasPrefix("a.ckpt: regenerating, 250 iterations in ") == true, "\(run.written)")
        #expect(run.written.first?.contains(" to reach 12.0 dB, ") == true)
        let whole = try SmallTraining.trainer(250, of: 1000, decayAt: [], of: dots) { $0.learningRate = 1e-8 }
        #expect(try Self.weights("a.ckpt", in: folder) == whole.rule.tensors.flatMap(\.values))
        // It is at its end.
        let again = try SmallTraining.resume("a.ckpt", "-o", "b.ckpt", in: folder)
        #expect(again.written.first?.hasPrefix("b.ckpt: regenerating, 250 iterations in ") == true)
        // Without the goal, it goes on.
        let on = try SmallTraining.resume(
            "a.ckpt", "--until", "none", "--iterations", "260", "-o", "c.ckpt", in: folder)
        #expect(on.status == 0 && on.written.first?.hasPrefix("c.ckpt: regenerating, 260 iterations in ") == true)
        let model = try ModelOptions.parse([]).read(folder.path + "/c.ckpt").checkpoint
        #expect(model.provenance["training.until"] == "none")
    }

    @Test func aGoalDoesNotTakeTheClockAway() throws {
        let state = try SmallTraining.trainer(0, of: 20, decayAt: nil) { $0.setLength(iterations: 20, seconds: 200) }
            .settings
        let command = try TrainCommand.parse(["--resume", "a.ckpt.state", "--until", "38.5dB"])
        let settings = try command.training.settings(
            goingOnFrom: state, target: command.targetOptions, time: command.time)
        #expect(settings.until == 38.5 && settings.timeBudget == 200 && settings.decayAt == state.decayAt)
    }

    // MARK: what it honours

    /// Options that a training honours that goes on.
    private static let honoured: Set = [
        "output", "iterations", "time", "until", "resume", "checkpoint-every", "keep-state", "log", "loss-curve",
        "threads", "progress", "quiet", "overwrite", "help", "version", "title", "author", "licence", "no-provenance",
    ]

    /// Values that the state does not have, of options without a list of values.
    private static let others = [
        "from": "m.ckpt", "size": "9", "padding": "5", "grow-first": "0.5", "channels": "12", "hidden": "8,8",
        "rule": "activation=tanh", "fire-rate": "0.25", "life-threshold": "0.2", "batch": "1", "pool": "5",
        "steps": "8-11", "warm-up-steps": "7", "warm-up-iterations": "3", "learning-rate": "0.5",
        "decay-factor": "0.5", "decay-at": "6", "rate-warm-up": "3", "momentum": "0.5", "adam-rate": "0.5",
        "beta1": "0.5", "beta2": "0.5", "epsilon": "0.5", "clip-norm": "2",
        "damaged": "2", "damage-shapes": "rect", "random-seed": "1", "film": "f", "film-scale": "2", "target": "t.png",
        "font": "Noto Sans", "key": "red", "loss-floor": "20-30",
        "death-rate": "0.1-0.2", "ongoing-damage": "0.3", "settle": "0.3", "decoder": "4",
    ]

    private static func arguments() throws -> [Subcommand.Argument] {
        try #require(Subcommand.all.first { $0.name == "train" }).arguments
    }

    @Test func everyOptionIsHonouredOrRefusedByName() throws {
        let folder = try SmallTraining.folder()
        defer { folder.remove() }
        let before = try folder.names
        let settings = try SmallTraining.trainer(0, of: 20).settings.texts
        var refused = 0
        for argument in try Self.arguments() where !Self.honoured.contains(argument.key) {
            let usual = [settings[argument.key.replacing("-", with: "_")], "before+after", "zero"]
            let value = argument.choices.first { !usual.contains($0) } ?? Self.others[argument.key]
            let name = argument.kind == .positional ? argument.key : "--" + argument.key
            var words = argument.kind == .positional ? [] : [name]
            if argument.kind != .flag { words.append(try #require(value, "\(name) has no value here")) }
            let run = try ProgramRun(["train", "--resume", "a.ckpt.state"] + words, in: folder.path)
            #expect(run.status == 64, "\(words)")
            #expect(run.lines.count == 1 && run.errors.contains(name), "\(words): \(run.errors)")
            #expect(try folder.names == before)
            refused += 1
        }
        #expect(refused > 30)
    }

    @Test func whatTheStateHasMayBeSaidAgain() throws {
        let settings = try SmallTraining.trainer(0, of: 20).settings
        let rule = ["fire-rate": "0.5", "life-mask": "before+after", "life-threshold": "0.1", "edges": "zero"]
        var words = ["--rule", "fire=0.25,life=before+after"]
        for argument in try Self.arguments() where argument.kind == .option {
            guard let text = settings.texts[argument.key.replacing("-", with: "_")] ?? rule[argument.key],
                argument.key != "rule", argument.key != "iterations"
            else { continue }
            words += ["--" + argument.key, text]
        }
        #expect(words.count > 50)
        let command = try TrainCommand.parse(["--resume", "a.ckpt.state"] + words)
        let same = try command.training.settings(goingOnFrom: settings, target: command.targetOptions, time: nil)
        #expect(same == settings)
    }

    @Test func aRefusalNamesBothValues() throws {
        let folder = try SmallTraining.folder()
        defer { folder.remove() }
        let run = try SmallTraining.resume("a.ckpt.state", "--learning-rate", "0.5", in: folder)
        #expect(
            run.lines == [
                "gnca-render: --learning-rate is 0.5, and the state has 0.002 (--resume goes on with the settings of the "
                    + "state: leave it out)"
            ])
    }
}
