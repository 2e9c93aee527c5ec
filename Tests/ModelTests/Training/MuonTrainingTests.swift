import Foundation
import GNCATestSupport
import Testing

@testable import GNCACells
@testable import GNCACheckpoints
@testable import GNCATraining

/// Trainings whose matrices change by an orthogonal momentum, at a rate that rises and falls.
@Suite struct MuonTrainingTests {
    /// Two layers, or three with learned filters and a control vector, which Adam changes.
    private static func settings(isGeneral: Bool, channels: Int = 16) -> TrainingSettings {
        var settings = TrainerTests.settings("regenerating", channels: channels)
        settings.setOptimiser(.muon)
        settings.setLength(iterations: 100, seconds: 0)
        settings.setSchedule(.cosine)
        settings.loss = .log
        if isGeneral {
            (settings.hidden, settings.learnsFilters) = ([9, 12], true)
            let isSet = settings.setRule("control=added:2")
            #expect(isSet)
        }
        return settings
    }

    private static func trained(_ settings: TrainingSettings, iterations: Int, threads: Int) throws -> Trainer {
        let trainer = try Trainer(target: TrainerTests.target(), settings: settings, threads: threads)
        run(trainer, iterations)
        return trainer
    }

    private static func run(_ trainer: Trainer, _ iterations: Int) {
        for _ in 0..<iterations {
            trainer.runIteration(progress: Double(trainer.iteration) / Double(trainer.settings.iterations))
        }
    }

    @Test(arguments: [false, true], [16, 12])
    func theModelIsTheSameOnAnyNumberOfThreads(isGeneral: Bool, channels: Int) throws {
        let settings = Self.settings(isGeneral: isGeneral, channels: channels)
        let one = try Self.trained(settings, iterations: 6, threads: 1)
        for threads in [2, 8] {
            let other = try Self.trained(settings, iterations: 6, threads: threads)
            let same = other.weights == one.weights
            #expect(same)
            #expect(other.losses == one.losses)
        }
        // Every part has learned.
        let first = try Self.trained(settings, iterations: 0, threads: 1).rule.tensors
        for (before, after) in zip(first, one.rule.tensors) { #expect(before.values != after.values, "\(after.name)") }
    }

    @Test(arguments: [false, true])
    func aTrainingThatGoesOnMakesTheModelOfOneThatNeverStopped(isGeneral: Bool) throws {
        let settings = Self.settings(isGeneral: isGeneral, channels: 12)
        let whole = try Self.trained(settings, iterations: 8, threads: 1)
        let half = try Self.trained(settings, iterations: 4, threads: 2)
        half.markGood()
        let (header, data) = try half.encoded(seconds: 1.5, file: "a")
        let resumed = try Trainer(resuming: header + data, file: "a", threads: 1)
        #expect(resumed.settings == settings)
        let (sameGood, sameWeights) = (resumed.lastGood == half.lastGood, resumed.weights == half.weights)
        #expect(sameGood && sameWeights)
        Self.run(resumed, 4)
        let same = resumed.weights == whole.weights
        #expect(same)
        #expect(resumed.losses == whole.losses)
        let sameModel = resumed.checkpoint(program: "p") == whole.checkpoint(program: "p")
        #expect(sameModel)
        #expect(whole.checkpoint(program: "p").provenance["training.optimiser"] == "muon")
    }

    @Test
    func aStateWithoutItsMomentumIsRefused() throws {
        let (header, data) = try Self.trained(Self.settings(isGeneral: false), iterations: 2, threads: 1)
            .encoded(seconds: 0, file: "a")
        let state = try SafetensorsFile(header + data, elementLimit: 1 << 20)
        let tensors = state.tensors.map { (name: $0.name, shape: $0.shape, values: state.floats($0)) }
        func fault(_ change: (String, [Float]) -> [Float]?) throws -> String? {
            let tensors = tensors.compactMap { tensor in
                change(tensor.name, tensor.values).map {
                    (name: tensor.name, shape: $0.count == tensor.values.count ? tensor.shape : [$0.count], values: $0)
                }
            }
            let data = SafetensorsFile.data(tensors)
            var metadata = state.metadata
            metadata[SafetensorsFile.hashKey] = nil
            metadata[SafetensorsFile.hashKey] = try SafetensorsFile.hash(metadata: metadata, data: data)
            do throws(ModelError) {
                let bytes = SafetensorsFile.header(metadata: metadata, tensors: tensors) + data
                _ = try Trainer(resuming: bytes, file: "a", threads: 1)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(try fault { $1 } == nil)
        for name in ["weights.momentum", "good.momentum"] {
            #expect(try fault { $0 == name ? nil : $1 } == "a: tensor \(name) is missing")
            #expect(
                try fault { $0 == name ? Array($1.dropLast()) : $1 }
                    == "a: tensor \(name) has the wrong shape (got 1023, expected 1024)")
        }
    }

    @Test
    func whatIsNoMatrixChangesByAdamAtItsOwnRate() throws {
        var settings = Self.settings(isGeneral: false)
        settings.rateWarmUp = 0
        let first = try Self.trained(settings, iterations: 0, threads: 1).rule
        let one = try Self.trained(settings, iterations: 1, threads: 1).rule
        settings.adamRate /= 4
        let slow = try Self.trained(settings, iterations: 1, threads: 1).rule
        #expect(slow.w2 == one.w2)
        let biases = try [first, one, slow].map { try #require($0.b2) }
        for channel in 0..<4 {
            let (far, near) = (biases[1][channel] - biases[0][channel], biases[2][channel] - biases[0][channel])
            // Adam's first step is as long as its rate.
            #expect(abs(abs(far) - 2e-3) < 1e-4 && abs(4 * near - far) < 1e-6, "\(channel)")
        }
    }

    @Test
    func theFloorRisesWithTheTraining() throws {
        var settings = TrainingSettings()
        #expect(settings.lossFloor(progress: 0) == nil)
        settings.loss = .log
        settings.lossFloor = 10...40
        for (progress, expected) in [(0.0, 0.1), (1.0 / 3, 0.01), (1.0, 0.0001)] {
            let floor = try #require(settings.lossFloor(progress: progress))
            #expect(abs(floor / expected - 1) < 1e-9, "\(progress)")
        }
    }

    @Test
    func aLogarithmicLossIsAnotherTraining() throws {
        var settings = Self.settings(isGeneral: false)
        let one = try Self.trained(settings, iterations: 12, threads: 1)
        settings.loss = .mean
        let other = try Self.trained(settings, iterations: 12, threads: 1)
        // The first iteration's states are equal, and what is told of them is the same mean.
        #expect(one.losses[0] == other.losses[0])
        let same = one.weights == other.weights
        #expect(!same)
    }

    @Test(arguments: [("15-45", 15.0, 45.0), ("30", 30, 30), ("1-12.5", 1, 12.5)])
    func aFloorIsReadAsItIsWritten(text: String, first: Double, last: Double) throws {
        #expect(TrainingSettings.lossFloor(text) == first...last)
    }

    @Test(arguments: ["", "-", "45-15", "a", "1-2-3", "15-", "15dB"])
    func whatIsNoFloorIsNone(text: String) { #expect(TrainingSettings.lossFloor(text) == nil) }

    @Test
    func theRateRisesEvenlyAndFallsAlongACosine() throws {
        var settings = TrainingSettings()
        settings.setLength(iterations: 1000, seconds: 0)
        settings.setSchedule(.cosine)
        #expect(settings.rateWarmUp == 20)
        for done in 0..<1000 {
            let progress = Double(done) / 1000
            let expected = 3 * (1 + cos(.pi * progress)) / 2 * min(1, Double(done + 1) / 20)
            #expect(abs(Double(settings.learningRate(3, progress: progress)) - expected) < 1e-6, "\(done)")
        }
        #expect(settings.learningRate(3, progress: 1) < 1e-15)
        settings.setSchedule(.steps)
        #expect(settings.rateWarmUp == 0 && settings.learningRate(1, progress: 0) == 1)
        settings.rateWarmUp = 4
        let rates = [0, 0.001, 0.002, 0.003, 0.004].map { settings.learningRate(1, progress: $0) }
        #expect(rates == [0.25, 0.5, 0.75, 1, 1])
    }

    @Test
    func theWarmUpFollowsTheLengthUnlessItWasNamed() throws {
        var settings = try #require(TrainingSettings(recipe: "sharp", regime: "regenerating"))
        #expect(settings.iterations == 5000 && settings.rateWarmUp == 100)
        settings.setLength(iterations: 1500, seconds: 0)
        #expect(settings.rateWarmUp == 30)
        settings.setLength(iterations: 1500, seconds: 60)
        #expect(settings.rateWarmUp == 30 && settings.growFirst == 1)
        settings.rateWarmUp = 5
        settings.setLength(iterations: 4000, seconds: 0)
        #expect(settings.rateWarmUp == 5 && settings.growFirst == 0)
    }

    @Test
    func anOptimiserBringsItsRateAndTheSameOneChangesNothing() throws {
        var settings = try #require(TrainingSettings(recipe: "sharp", regime: "regenerating"))
        settings.setOptimiser(.muon)
        #expect(settings.learningRate == 0.03)
        settings.setOptimiser(.adam)
        #expect(settings.learningRate == 0.002)
        settings.setOptimiser(.muon)
        #expect(settings.learningRate == 0.02)
    }
}
