import Foundation
import GNCARaster
import GNCATestSupport
import Testing

@testable import GNCABasics
@testable import GNCACells
@testable import GNCACheckpoints
@testable import GNCATraining

@Suite struct TrainerTests {
    /// A disc of 8 cells in a grid of 16.
    static func target() throws -> Target {
        var frame = Frame(width: 8, height: 8)
        for y in 0..<8 {
            for x in 0..<8 where (2 * x - 7) * (2 * x - 7) + (2 * y - 7) * (2 * y - 7) < 50 {
                frame[x, y] = Pixel(red: UInt8(x * 30), green: 160, blue: UInt8(y * 30))
            }
        }
        return try Target(frame, size: 8, padding: 4)
    }

    static func settings(_ regime: String, channels: Int = 16) -> TrainingSettings {
        var settings = TrainingSettings()
        settings.regime = regime
        settings.rule.channels = channels
        settings.hidden = [16]
        settings.batch = 5
        settings.pool = 9
        settings.steps = 24...30
        settings.damageShapes = RandomDamage.allCases
        return settings
    }

    func trained(_ settings: TrainingSettings, iterations: Int, threads: Int) throws -> Trainer {
        let trainer = try Trainer(target: Self.target(), settings: settings, threads: threads)
        for _ in 0..<iterations { trainer.runIteration(progress: 0) }
        return trainer
    }

    func encoded(_ trainer: Trainer, seconds: Double) throws -> [UInt8] {
        let (header, data) = try trainer.encoded(seconds: seconds, file: "a")
        return header + data
    }

    @Test(
        "the model is the same on any number of threads",
        arguments: ["growing", "persistent", "regenerating", "temporal", "perpetual"], [16, 12])
    func threads(regime: String, channels: Int) throws {
        let settings = Self.settings(regime, channels: channels)
        let one = try trained(settings, iterations: 6, threads: 1)
        for threads in [2, 8] {
            let other = try trained(settings, iterations: 6, threads: threads)
            let same = other.weights == one.weights
            #expect(same)
            #expect(other.losses == one.losses)
            let samePool = other.pool.states == one.pool.states
            #expect(samePool)
        }
        #expect(one.rule.w2.contains { $0 != 0 })
    }

    /// Filters that are learned, three layers and a control vector.
    private func generalSettings() -> TrainingSettings {
        var settings = Self.settings("regenerating")
        settings.hidden = [9, 12]
        settings.learnsFilters = true
        let isSet = settings.setRule("activation=tanh,clamp=rgba:0:1,control=added:2")
        #expect(isSet)
        return settings
    }

    @Test
    func aRuleOfLearnedFiltersThreeLayersAndControlTrainsTheSameOnAnyNumberOfThreads() throws {
        let settings = generalSettings()
        let one = try trained(settings, iterations: 6, threads: 1)
        let three = try trained(settings, iterations: 6, threads: 3)
        let same = three.weights == one.weights
        #expect(same)
        #expect(three.losses == one.losses)
        let samePool = three.pool.states == one.pool.states
        #expect(samePool)
        // Every part has learned.
        let first = try trained(settings, iterations: 0, threads: 1).rule.tensors
        #expect(first.map(\.name) == ["w1", "b1", "w2", "b2", "w3", "b3", "filters", "control"])
        for (before, after) in zip(first, one.rule.tensors) { #expect(before.values != after.values, "\(after.name)") }
    }

    /// More threads than states: they share the cells of a step.
    @Test
    func threadsThatShareAStateChangeNothing() throws {
        let sample = Repository.root.appendingPathComponent("samples/lizard").path
        let rule = try CheckpointFile(path: "\(sample).ckpt").checkpoint.rule
        let target = try Target(ImageFile.read("\(sample).png"), size: 40, padding: 16)
        let grown = try Automaton(
            rule: rule, state: rule.startState(width: target.width, height: target.height), threads: 1)
        for _ in 0..<80 { try grown.step() }
        func gradient(threads: Int) throws -> (Double, WeightGradient) {
            let probe = try TrainingProbe(
                rule: rule, target: target, start: grown.state, samples: 2, threads: threads)
            let loss = probe.run(steps: 20)
            return (loss, probe.gradient)
        }
        let one = try gradient(threads: 1)
        for threads in [2, 3, 8, 40] {
            let (loss, gradient) = try gradient(threads: threads)
            let same = loss == one.0 && gradient == one.1
            #expect(same, "\(threads) threads")
        }
    }

    @Test
    func aRuleOfLearnedFiltersThreeLayersAndControlGoesOnBitForBit() throws {
        let settings = generalSettings()
        let whole = try trained(settings, iterations: 6, threads: 1)
        let bytes = try encoded(trained(settings, iterations: 3, threads: 3), seconds: 0)
        let resumed = try Trainer(resuming: bytes, file: "a", threads: 3)
        #expect(resumed.iteration == 3 && resumed.settings == settings)
        for _ in 0..<3 { resumed.runIteration(progress: 0) }
        let sameWeights = resumed.weights == whole.weights
        #expect(sameWeights)
        #expect(resumed.losses == whole.losses)
        let sameModel = resumed.checkpoint(program: "p") == whole.checkpoint(program: "p")
        #expect(sameModel)
    }

    @Test(arguments: zip(["growing", "persistent"], [0.33, 0.7] as [Float]))
    func theLossFalls(regime: String, share: Float) throws {
        let trainer = try Trainer(target: Self.target(), settings: Self.settings(regime), threads: 2)
        // The rate falls, too: at its highest, the loss of a pool goes up and down.
        for iteration in 0..<250 { trainer.runIteration(progress: Double(iteration) / 250) }
        let (first, last) = (trainer.losses[0], trainer.losses.suffix(8).reduce(0, +) / 8)
        #expect(last < share * first, "\(first) \(last)")
    }

    @Test(
        "a resumed training goes on bit for bit",
        arguments: ["growing", "persistent", "regenerating", "temporal", "perpetual"])
    func resuming(regime: String) throws {
        let settings = Self.settings(regime, channels: 12)
        let whole = try trained(settings, iterations: 8, threads: 1)
        let half = try trained(settings, iterations: 4, threads: 2)
        let bytes = try encoded(half, seconds: 1.5)
        let resumed = try Trainer(resuming: bytes, file: "a", threads: 1)
        #expect(resumed.secondsBefore == 1.5 && resumed.iteration == 4 && resumed.settings == settings)
        let sameState = try encoded(resumed, seconds: 1.5) == bytes
        #expect(sameState)
        for _ in 0..<4 { resumed.runIteration(progress: 0) }
        let sameWeights = resumed.weights == whole.weights
        #expect(sameWeights)
        #expect(resumed.losses == whole.losses)
        let sameModel = resumed.checkpoint(program: "p") == whole.checkpoint(program: "p")
        #expect(sameModel)
    }

    @Test
    func everyIterationTellsTheQualityOfWhatItsBatchBecame() throws {
        let trainer = try trained(Self.settings("regenerating"), iterations: 5, threads: 2)
        #expect(trainer.qualities.count == 5)
        let psnr = BoxPSNR(trainer.target)
        let errors = trainer.lastBatch.after.map(psnr.meanSquare)
        #expect(errors.count == 5)
        let decibels = -10 * log10(errors.reduce(0, +) / 5)
        #expect(abs(Double(trainer.qualities[4]) - decibels) < 1e-4)
    }

    @Test
    func aScoreChangesNothingOfATraining() throws {
        var settings = Self.settings("regenerating")
        settings.until = 50
        let (scored, other) = (
            try trained(settings, iterations: 3, threads: 1), try trained(settings, iterations: 3, threads: 1)
        )
        let score = try scored.score(threads: 2)
        #expect(try scored.score(threads: 1) == score)
        #expect(try !scored.hasReachedGoal(threads: 2))
        for trainer in [scored, other] { trainer.runIteration(progress: 0) }
        let same = try encoded(scored, seconds: 1) == encoded(other, seconds: 1)
        #expect(same)
        let model = scored.checkpoint(program: "p", score: score)
        #expect(model.rule == other.rule && model.provenance["training.psnr_200"] == "\(score.growth[0].decibels)")
        #expect(model.provenance["training.until"] == "50dB")
    }

    @Test
    func aGoalIsReachedWhereTheModelIsThatGoodAndNoneIsNever() throws {
        var settings = Self.settings("persistent")
        // Two black dots far apart: what is empty between them is right, and a seed hardly wrong.
        var dots = Frame(width: 8, height: 8)
        for place in [0, 7] { dots[place, place] = Pixel(red: 0, green: 0, blue: 0) }
        let target = try Target(dots, size: 8, padding: 4)
        for (until, isReached) in [(0, false), (100, false), (15, true)] as [(Double, Bool)] {
            settings.until = until
            let trainer = try Trainer(target: target, settings: settings, threads: 1)
            #expect(try trainer.hasReachedGoal(threads: 1) == isReached, "\(until)")
        }
    }

    @Test
    func aQualityIsSpelledWithItsUnit() {
        for (text, decibels) in [("40dB", 40), ("40 dB", 40), ("38.5", 38.5), ("none", 0)] as [(String, Double)] {
            #expect(TrainingSettings.until(text) == decibels)
            #expect(TrainingSettings.until(TrainingSettings.spelled(until: decibels)) == decibels)
        }
        for text in ["", "dB", "0dB", "-3dB", "9.9dB", "101dB", "40 DB", "nan", "0x20", "40dBdB", "0"] {
            #expect(TrainingSettings.until(text) == nil, "\(text)")
        }
    }

    @Test
    func trainingBeginsWithAModelsWeightsAndWithItsSettingsButForThoseThatAreChanged() throws {
        let settings = Self.settings("growing")
        let first = try trained(settings, iterations: 3, threads: 1).rule
        var unscaled = first
        unscaled.perception.filters = Filter.sobel(scale: 0.25)
        let again = try Trainer(target: Self.target(), settings: settings, start: first, threads: 1).rule
        #expect(again.w1 == first.w1 && again.b1 == first.b1 && again.w2 == first.w2 && again.b2 == first.b2)
        var changed = settings
        changed.adopt(unscaled)
        let isRead = changed.setRule("picture=straight,update=tanh")
        #expect(isRead)
        let other = try Trainer(target: Self.target(), settings: changed, start: unscaled, threads: 1).rule
        #expect(other.w1 == first.w1 && other.sobelScale == 0.25)
        #expect(other.appearance.picture == .straight && other.network.updateActivation == .tanh)
        changed.rule.perception.filters.append(.named(.gauss, 1))
        #expect(throws: ModelError.outOfRange(what: "filters", value: "4", expected: "3, as the first model has")) {
            try Trainer(target: Self.target(), settings: changed, start: unscaled, threads: 1)
        }
        let narrow = try Rule.random(1, channels: 12, hidden: 16)
        #expect(throws: ModelError.outOfRange(what: "channels", value: "16", expected: "12, as the first model has")) {
            try Trainer(target: Self.target(), settings: settings, start: narrow, threads: 1)
        }
        var adopted = TrainingSettings()
        adopted.adopt(narrow)
        #expect(adopted.rule.channels == 12 && adopted.hidden == [16] && adopted.rule.life == narrow.life)
    }

    @Test
    func theLearningRateFallsAtEachOfTheSchedulesPlacesWhichFollowTheNumberOfIterations() {
        var settings = TrainingSettings()
        settings.learningRate = 1
        settings.decayFactor = 0.5
        settings.setLength(iterations: 800, seconds: 0)
        #expect(settings.decayAt == [550, 730] && settings.iterations == 800)
        settings.decayAt = [200, 600]
        let rates = [0, 0.24, 0.25, 0.74, 0.75, 1].map { settings.learningRate(settings.learningRate, progress: $0) }
        #expect(rates == [1, 1, 0.5, 0.5, 0.25, 0.25])
        #expect(TrainingSettings.counts("2,6") == [2, 6] && TrainingSettings.counts("2,x") == nil)
    }

    @Test
    func theFirstShareOfATrainingBeginsWithSeedsAndLeavesThePoolAlone() throws {
        var settings = Self.settings("regenerating")
        settings.growFirst = 0.5
        let trainer = try Trainer(target: Self.target(), settings: settings, threads: 1)
        trainer.runIteration(progress: 0.4)
        #expect(trainer.pool.states.allSatisfy { $0 == trainer.pool.seed })
        trainer.runIteration(progress: 0.5)
        #expect(trainer.pool.states.contains { $0 != trainer.pool.seed })
    }

    @Test
    func iterationsThatBlowUpTeachNothingAndTheThirdInARowBringsTheLastGoodWeightsBack() throws {
        let trainer = try trained(Self.settings("persistent"), iterations: 3, threads: 2)
        trainer.markGood()
        let good = trainer.weights
        trainer.weights.values = trainer.weights.values.map { $0 == 0 ? 1e30 : $0 * 1e30 }
        let bad = trainer.weights
        for expected in 1...2 {
            trainer.runIteration(progress: 0)
            #expect(trainer.incidents.skipped == expected && trainer.incidents.returns == 0)
            let stayed = trainer.weights == bad
            #expect(stayed)
        }
        trainer.runIteration(progress: 0)
        #expect(trainer.incidents.skipped == 3 && trainer.incidents.returns == 1)
        #expect(trainer.incidents.rateFactor == 0.5)
        let returned = trainer.weights == good
        #expect(returned)
        #expect(trainer.losses.suffix(3).allSatisfy { $0.isNaN })
        trainer.runIteration(progress: 0)
        #expect(trainer.incidents.skipped == 3 && trainer.losses.last?.isFinite == true)
    }

    @Test
    func aPoolThatDiedIsSeededAgain() throws {
        var settings = Self.settings("persistent")
        settings.pool = settings.batch
        let trainer = try trained(settings, iterations: 1, threads: 1)
        // The last weight but twelve is the output bias of alpha.
        trainer.weights.values[trainer.weights.values.count - 13] = -100
        trainer.runIteration(progress: 0)
        #expect(trainer.incidents.reseeds == 1)
        #expect(trainer.pool.states.allSatisfy { $0 == trainer.pool.seed })
    }

    @Test
    func settingsOutOfRangeAreRefused() throws {
        func refused(_ change: (inout TrainingSettings) -> Void) throws -> String? {
            var settings = Self.settings("persistent")
            change(&settings)
            let target = try Self.target()
            do throws(ModelError) {
                _ = try Trainer(target: target, settings: settings, threads: 1)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(try refused { _ in } == nil)
        #expect(
            try refused { $0.batch = 10 } == "batch out of range (got 10, expected at most the pool's 9 states)")
        #expect(try refused { $0.damaged = 6 } == "damaged out of range (got 6, expected 0...5)")
        #expect(try refused { $0.rule.channels = 3 } == "channels out of range (got 3, expected at least 4)")
        #expect(try refused { $0.learningRate = .nan } != nil)
        #expect(try refused { $0.regime = "x" } != nil)
    }

    @Test(arguments: ["distill", "article", "quick", "sharp"], ["growing", "temporal"])
    func settingsComeBackFromTheirTexts(recipe: String, regime: String) throws {
        var settings = try #require(TrainingSettings(recipe: recipe, regime: regime))
        settings.learningRate = 0.00123
        settings.targetName = "a \"b\""
        settings.timeBudget = 0.1
        #expect(try TrainingSettings(texts: settings.texts) == settings)
        var texts = settings.texts
        texts["steps"] = "9-3"
        #expect(throws: FormatFault.self) { try TrainingSettings(texts: texts) }
    }

    /// A dead state has no gradient: without one of its own for life, nothing would ever change again.
    @Test(arguments: [TrainingSettings.LossForm.mean, .log])
    func aRuleThatKillsItsSeedLearnsToLive(loss: TrainingSettings.LossForm) throws {
        var settings = Self.settings("growing")
        settings.loss = loss
        var values = settings.firstRule().parameters
        // The last layer's bias ends the parameters, a number a channel.
        let alpha = values.count - 16 + 3
        values[alpha] = -0.3
        let start = try #require(settings.firstRule().with(parameters: values))
        let trainer = try Trainer(target: Self.target(), settings: settings, start: start, threads: 1)
        for _ in 0..<3 { trainer.runIteration(progress: 0) }
        #expect(trainer.lastBatch.after.allSatisfy { $0.values.allSatisfy { $0 == 0 } })
        #expect(trainer.weights.values[alpha] > -0.3 && trainer.incidents.skipped == 0)
    }

    /// The seed stands where the picture is empty: what it should become there is nothing, and it must not die for all that.
    @Test(arguments: ["sharp", "distill"])
    func aPictureWithAnEmptyMiddleIsLearned(recipe: String) throws {
        var frame = Frame(width: 14, height: 14)
        for y in 0..<14 {
            for x in 0..<14 where (30..<200).contains((2 * x - 13) * (2 * x - 13) + (2 * y - 13) * (2 * y - 13)) {
                frame[x, y] = Pixel(red: 0, green: 0, blue: 0)
            }
        }
        let target = try Target(frame, size: 14, padding: 4)
        var settings = try #require(TrainingSettings(recipe: recipe, regime: "regenerating"))
        settings.hidden = [32]
        (settings.batch, settings.pool, settings.damaged) = (2, 16, 1)
        settings.setLength(iterations: 120, seconds: 0)
        let trainer = try Trainer(target: target, settings: settings, threads: 2)
        for iteration in 0..<120 { trainer.runIteration(progress: Double(iteration) / 120) }
        let empty = Float(target.loss(of: CellGrid(height: target.height, width: target.width, channels: 16)))
        let last = trainer.losses.suffix(20)
        #expect(last.reduce(0, +) / 20 < 0.8 * empty, "\(last), \(empty)")
    }
}
