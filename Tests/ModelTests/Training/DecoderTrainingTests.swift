import GNCARaster
import Testing

@testable import GNCABasics
@testable import GNCACells
@testable import GNCACheckpoints
@testable import GNCATraining

/// Trainings of rules with a decoder.
@Suite struct DecoderTrainingTests {
    /// A disc of 22 pixels, which are 8 cells of 3 pixels, in a grid of 14 cells.
    private static func target() throws -> Target {
        var frame = Frame(width: 22, height: 22)
        for y in 0..<22 {
            for x in 0..<22 where (2 * x - 21) * (2 * x - 21) + (2 * y - 21) * (2 * y - 21) < 400 {
                frame[x, y] = Pixel(red: UInt8(x * 10), green: x % 3 == 0 ? 160 : 20, blue: UInt8(y * 10))
            }
        }
        return try Target(frame, size: 22, padding: 3, scale: 3)
    }

    private static func settings(_ rule: String = "decoder=3:16:16") -> TrainingSettings {
        var settings = TrainingSettings()
        settings.regime = "regenerating"
        settings.rule.channels = 12
        settings.hidden = [16]
        (settings.batch, settings.pool, settings.damaged, settings.steps) = (3, 6, 1, 12...16)
        (settings.loss, settings.optimiser, settings.learningRate) = (.log, .muon, 0.02)
        let isSet = settings.setRule(rule)
        precondition(isSet)
        return settings
    }

    private func trained(
        _ iterations: Int, threads: Int, _ settings: TrainingSettings = settings()
    ) throws -> Trainer {
        let trainer = try Trainer(target: Self.target(), settings: settings, threads: threads)
        for _ in 0..<iterations { trainer.runIteration(progress: 0) }
        return trainer
    }

    @Test func theTargetHasWholeCells() throws {
        let target = try Self.target()
        #expect(target.size == GridSize(width: 42, height: 42))
        let rows = try #require(target.size.bounds { target.values[$0 * 4 + 3] > 0 })
        #expect(rows.columns == 11..<31 && rows.rows == 11..<31)
        #expect(target.leastSteps(edges: .zero, scale: 3) == 4)
        let rule = Self.settings().firstRule()
        #expect(try rule.grid(of: target) == GridSize(width: 14, height: 14))
        let odd = Target(width: 43, height: 42, values: [Float](repeating: 1, count: 43 * 42 * 4))
        #expect(throws: ModelError.self) { try rule.grid(of: odd) }
    }

    @Test func theModelIsTheSameOnAnyNumberOfThreads() throws {
        let one = try trained(6, threads: 1)
        let three = try trained(6, threads: 3)
        let same = three.weights == one.weights
        #expect(same)
        #expect(three.losses == one.losses)
        let first = try trained(0, threads: 1).rule.tensors
        #expect(
            first.map(\.name) == [
                "w1", "b1", "w2", "b2", "decoder_w1", "decoder_b1", "decoder_w2", "decoder_b2", "decoder_w3",
                "decoder_b3",
            ])
        for (before, after) in zip(first, one.rule.tensors) { #expect(before.values != after.values, "\(after.name)") }
    }

    @Test func aTrainingGoesOnBitForBit() throws {
        let whole = try trained(6, threads: 1)
        let (header, data) = try trained(3, threads: 3).encoded(seconds: 0, file: "a")
        let resumed = try Trainer(resuming: header + data, file: "a", threads: 3)
        #expect(resumed.settings == Self.settings())
        for _ in 0..<3 { resumed.runIteration(progress: 0) }
        let same = resumed.weights == whole.weights
        #expect(same)
        let sameModel = resumed.checkpoint(program: "p") == whole.checkpoint(program: "p")
        #expect(sameModel)
        #expect(whole.checkpoint(program: "p").gridSize == GridSize(width: 14, height: 14))
    }

    @Test func theLossFallsBelowWhatCellsAloneReach() throws {
        var settings = Self.settings()
        settings.regime = "growing"
        let trainer = try Trainer(target: Self.target(), settings: settings, threads: 2)
        for iteration in 0..<300 { trainer.runIteration(progress: Double(iteration) / 300) }
        let (first, last) = (trainer.losses[0], trainer.losses.suffix(8).reduce(0, +) / 8)
        #expect(last < 0.3 * first, "\(first) \(last)")
        // Without what the decoder adds, the picture is further from its target.
        let (rule, target) = (trainer.rule, try Self.target())
        let zero = rule.replacing(
            rule.tensors.map { tensor in
                let isLast = tensor.name == "decoder_w3" || tensor.name == "decoder_b3"
                return RuleTensor(
                    name: tensor.name, shape: tensor.shape,
                    values: isLast ? tensor.values.map { _ in 0 } : tensor.values)
            })
        let automaton = try Automaton(rule: rule, state: trainer.seed)
        for _ in 0..<14 { try automaton.step() }
        let psnr = BoxPSNR(target)
        #expect(psnr.decibels(of: automaton.state, rule: rule) > psnr.decibels(of: automaton.state, rule: zero) + 1)
    }

    @Test func anUntrainedDecoderEnlargesAModelThatDrewCells() throws {
        var plain = Self.settings("decoder=none")
        plain.regime = "growing"
        let start = plain.firstRule()
        var settings = Self.settings()
        settings.adopt(start)
        let isSet = settings.setRule("decoder=3:16:16")
        #expect(isSet)
        let trainer = try Trainer(target: Self.target(), settings: settings, start: start, threads: 1)
        #expect(trainer.rule.withoutDecoder == start && trainer.rule.pictureScale == 3)
        // Another decoder than that of the first model is refused.
        var other = Self.settings()
        other.adopt(trainer.rule)
        #expect(other.rule.decoder?.layers.isEmpty == true)
        let isOther = other.setRule("decoder=3:8")
        #expect(isOther)
        #expect(
            throws: ModelError.outOfRange(
                what: "decoder", value: "3:8", expected: "3:16:16, as the first model has")
        ) { try Trainer(target: Self.target(), settings: other, start: trainer.rule, threads: 1) }
    }

    @Test func aPatternIsScoredByItsPixels() throws {
        let trainer = try trained(2, threads: 1)
        let evaluation = try Evaluation(
            rule: trainer.rule, target: trainer.target, trials: 2, randomSeed: 0, threads: 2, endures: true)
        #expect(
            evaluation.growth.count == 4 && evaluation.growth.allSatisfy { $0.scores.decibels.allSatisfy(\.isFinite) })
    }

    // MARK: files

    @Test func aDecoderSurvivesInOwnAndPlainFiles() throws {
        let checkpoint = try trained(2, threads: 1).checkpoint(program: "p")
        let native = try NativeCheckpoint.write(checkpoint, file: "a.ckpt")
        #expect(try NativeCheckpoint.read(native, file: "a.ckpt") == checkpoint)
        for bytes in [
            try PlainSafetensors.write(checkpoint, file: "a.safetensors"), try Npz.write(checkpoint, file: "a.npz"),
        ] {
            let back = try CheckpointFile(bytes: bytes, path: "a").checkpoint
            #expect(back.rule == checkpoint.rule && back.gridSize == checkpoint.gridSize)
        }
    }

    @Test func aFileWithoutTheDecodersNumbersIsRefused() throws {
        let rule = try trained(0, threads: 1).rule
        for (name, words) in [("decoder_w1", "is missing"), ("decoder_b3", "has the wrong shape (got 0 elements")] {
            let tensors = rule.tensors.filter { $0.name != name }
            #expect {
                _ = try Rule(settings: rule, tensors: tensors)
            } throws: {
                ($0 as? FormatFault)?.reason.hasPrefix("tensor \(name) \(words)") == true
            }
        }
        #expect {
            _ = try Rule(settings: rule.withoutDecoder, tensors: rule.tensors)
        } throws: {
            ($0 as? FormatFault)?.reason.hasPrefix("tensor \"decoder_w1\" is not expected") == true
        }
    }

    @Test func theDistillPageHasNoDecoder() throws {
        let checkpoint = try trained(0, threads: 1).checkpoint(program: "p")
        #expect(
            throws: ModelError.badCheckpoint(file: "a.json", reason: "Distill JSON holds no decoder")
        ) { try DistillJSON.write(checkpoint, file: "a.json") }
    }
}
