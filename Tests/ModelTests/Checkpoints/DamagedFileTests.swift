import Testing

@testable import GNCACells
@testable import GNCACheckpoints
@testable import GNCATraining

/// Files with one byte changed, or cut off. Every place of a small file is tried: a disk does not choose.
@Suite struct DamagedFileTests {
    /// What is left of a model file after the damage is refused, or it is the model itself.
    private func check(_ bytes: [UInt8], whole: Checkpoint, _ damage: String) {
        do {
            let found: Checkpoint = try NativeCheckpoint.read(bytes, file: "m.ckpt")
            #expect(found == whole, "\(damage)")
        } catch ModelError.badCheckpoint(let file, let reason) {
            #expect(file == "m.ckpt" && !reason.isEmpty, "\(damage)")
        } catch {
            Issue.record("\(damage): \(error)")
        }
    }

    @Test(arguments: [0x01, 0x20, 0xFF] as [UInt8])
    func everyByteOfAModel(mask: UInt8) throws {
        let whole = Checkpoint(rule: try CheckpointSamples.rule(), provenance: ["source": "a"])
        let bytes = try NativeCheckpoint.write(whole, file: "m.ckpt")
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= mask
            check(damaged, whole: whole, "byte \(index) xor \(mask)")
        }
    }

    @Test func aModelWithoutAHashIsRead() throws {
        let whole = Checkpoint(rule: try CheckpointSamples.rule())
        let written = try SafetensorsFile(NativeCheckpoint.write(whole, file: "m.ckpt"))
        let rule = whole.rule
        let bytes = SafetensorsFile.encode(
            metadata: written.metadata.filter { $0.key != "sha256" },
            tensors: [
                ("w1", [rule.hidden, 3 * rule.channels], rule.w1), ("b1", [rule.hidden], rule.b1),
                ("w2", [rule.channels, rule.hidden], rule.w2), ("b2", [rule.channels], rule.b2 ?? []),
            ])
        #expect(try NativeCheckpoint.read(bytes, file: "m.ckpt") == whole)
    }

    /// The state of a training after one iteration on a single cell.
    private func state() throws -> (trainer: Trainer, bytes: [UInt8]) {
        var settings = TrainingSettings()
        (settings.rule.channels, settings.hidden, settings.batch, settings.pool) = (4, [1], 1, 1)
        (settings.size, settings.padding, settings.steps, settings.damaged) = (1, 0, 1...2, 0)
        let trainer = try Trainer(
            target: Target(width: 1, height: 1, values: [1, 1, 1, 1]), settings: settings, threads: 1)
        trainer.runIteration(progress: 0)
        let encoded = try trainer.encoded(seconds: 1, file: "s")
        return (trainer, encoded.header + encoded.data)
    }

    private func encoded(_ bytes: [UInt8]) throws -> [UInt8] {
        let again = try Trainer(resuming: bytes, file: "s", threads: 1).encoded(seconds: 1, file: "s")
        return again.header + again.data
    }

    /// Bytes from one damaged place of a state to the next. The whole sweep takes minutes in a debug build, which therefore
    /// begins at another place for every mask; `make soak` makes it whole.
    #if DEBUG
        private static let step = 19
    #else
        private static let step = 1
    #endif

    /// What is left of a state after the damage is refused, or it is the state itself.
    @Test(arguments: [(0x01, 0), (0x20, 7), (0xFF, 13)] as [(UInt8, Int)])
    func bytesOfAState(mask: UInt8, start: Int) throws {
        let bytes = try state().bytes
        #expect(try encoded(bytes) == bytes)
        for index in stride(from: start % Self.step, to: bytes.count, by: Self.step) {
            var damaged = bytes
            damaged[index] ^= mask
            do {
                #expect(try encoded(damaged) == bytes, "byte \(index)")
            } catch ModelError.badCheckpoint(let file, let reason) {
                #expect(file == "s" && !reason.isEmpty)
            }
        }
    }

    @Test func lengthsOfAState() throws {
        let bytes = try state().bytes
        for length in stride(from: 0, to: bytes.count, by: Self.step) {
            #expect(throws: ModelError.self, "\(length) bytes") { try encoded(Array(bytes[..<length])) }
        }
    }
}
