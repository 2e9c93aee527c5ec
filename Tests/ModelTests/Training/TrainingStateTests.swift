import Foundation
import GNCARaster
import GNCATestSupport
import Testing

@testable import GNCABasics
@testable import GNCACells
@testable import GNCACheckpoints
@testable import GNCATraining

/// The file that a training goes on from: every version is read, and nothing that no training writes.
@Suite struct TrainingStateTests {
    private let training = TrainerTests()

    /// The state after two iterations.
    private func persistent() throws -> [UInt8] {
        try training.encoded(
            training.trained(TrainerTests.settings("persistent"), iterations: 2, threads: 1), seconds: 0)
    }

    /// A setting that is new makes a new version, for states of the one before have to be read.
    @Test(arguments: [
        ("2", ["settle", "until", "optimiser", "momentum", "adam_rate", "schedule", "rate_warm_up"]), ("5", ["settle"]),
    ])
    func statesOfEarlierVersionsAreResumed(version: String, missing: [String]) throws {
        let bytes = try persistent()
        let state = try SafetensorsFile(bytes, elementLimit: 1 << 20)
        var metadata = state.metadata
        #expect(metadata["gnca_training"] == "6" && metadata.keys.count { $0.hasPrefix("setting.") } == 42)
        metadata["gnca_training"] = version
        for name in missing { #expect(metadata.removeValue(forKey: "setting." + name) != nil) }
        metadata[SafetensorsFile.hashKey] = nil
        let tensors = state.tensors.filter { version != "2" || $0.name != "qualities" }
            .map { (name: $0.name, shape: $0.shape, values: state.floats($0)) }
        let data = SafetensorsFile.data(tensors)
        metadata[SafetensorsFile.hashKey] = try SafetensorsFile.hash(metadata: metadata, data: data)
        let old = SafetensorsFile.header(metadata: metadata, tensors: tensors) + data
        let trainer = try Trainer(resuming: old, file: "a", threads: 1)
        #expect(trainer.settings == TrainerTests.settings("persistent") && trainer.settings.settle == 0)
        #expect(trainer.qualities.count == 2 && trainer.qualities.allSatisfy { $0.isNaN == (version == "2") })
        trainer.runIteration(progress: 0)
        #expect(trainer.qualities.count == 3 && trainer.qualities[2].isFinite)
    }

    @Test
    func aStateWithTheRightHashAndWhatNoTrainingWritesIsRefused() throws {
        let bytes = try persistent()
        let state = try SafetensorsFile(bytes, elementLimit: 1 << 20)
        let tensors = state.tensors.map { (name: $0.name, shape: $0.shape, values: state.floats($0)) }
        func isRead(_ key: String, _ text: String?, _ tensor: String, _ number: Float?) throws -> Bool {
            var (metadata, tensors) = (state.metadata, tensors)
            metadata[SafetensorsFile.hashKey] = nil
            if let text { metadata[key] = text }
            for index in tensors.indices where tensors[index].name == tensor {
                if let number { tensors[index].values[tensors[index].values.count - 1] = number }
            }
            let data = SafetensorsFile.data(tensors)
            metadata[SafetensorsFile.hashKey] = try SafetensorsFile.hash(metadata: metadata, data: data)
            let changed = SafetensorsFile.header(metadata: metadata, tensors: tensors) + data
            return (try? Trainer(resuming: changed, file: "a", threads: 1)) != nil
        }
        #expect(try isRead("", nil, "", nil))
        for tensor in tensors.map(\.name) {
            // Nothing is learnt from an iteration whose loss is NaN, nor has it a quality.
            if !["losses", "qualities"].contains(tensor) { #expect(try !isRead("", nil, tensor, .nan), "\(tensor)") }
            #expect(try !isRead("", nil, tensor, -.infinity), "\(tensor)")
        }
        for (tensor, number) in [("pool.cells", 0.5), ("pool.counts", 0.5), ("pool.cells", 0)] as [(String, Float)] {
            #expect(try !isRead("", nil, tensor, number), "\(tensor)")
        }
        let wrong = [
            ("setting.recipe", "nan"), ("setting.time_budget", "nan"), ("setting.time_budget", "1e99"),
            ("seconds", "99999999999"), ("seconds", "nan"), ("seconds", "-1"), ("rate_factor", "2"),
            ("skipped", "9"), ("returns", "9"), ("reseeds", "-1"), ("updates", "999999999999"), ("iteration", "3"),
        ]
        for (key, text) in wrong { #expect(try !isRead(key, text, "", nil), "\(key) \(text)") }
    }

    @Test
    func aDamagedStateIsRefusedInASentence() throws {
        let bytes = try persistent()
        func reason(_ bytes: [UInt8]) -> String? {
            do throws(ModelError) {
                _ = try Trainer(resuming: bytes, file: "a", threads: 1)
                return nil
            } catch {
                return error.description
            }
        }
        var flipped = bytes
        flipped[bytes.count - 100] ^= 1
        #expect(reason(flipped) == "a: the file is damaged: its content does not match its SHA-256")
        #expect(reason(Array(bytes.dropLast()))?.hasPrefix("a: the file is cut off") == true)
        #expect(reason([1, 2, 3]) == "a: not the state of a training")
        let model = try NativeCheckpoint.write(
            training.trained(TrainerTests.settings("growing"), iterations: 0, threads: 1).checkpoint(program: "p"),
            file: "a")
        #expect(reason(model) == "a: not the state of a training (train writes MODEL.ckpt.state beside the model)")
        // Wherever a byte is wrong, the file is refused or reads as the same: never a crash.
        for position in stride(from: 0, to: bytes.count, by: bytes.count / 97) {
            var broken = bytes
            broken[position] ^= 0x20
            _ = reason(broken)
        }
    }

    /// The fuzzers' corpus has a state that release 1.0.0 wrote.
    @Test func statesOfTheFirstVersionAreResumed() throws {
        let file = Repository.root.appendingPathComponent("Fuzz/Corpus/state/growing-version-1")
        let trainer = try Trainer(resuming: [UInt8](Data(contentsOf: file)), file: "state", threads: 1)
        #expect(trainer.iteration > 0 && trainer.settings.rule.life == Life() && trainer.settings.regime == "growing")
        let done = trainer.iteration
        trainer.runIteration(progress: 0.5)
        #expect(trainer.iteration == done + 1 && trainer.incidents.skipped == 0)
    }
}
