import Foundation
import GNCARaster
import Testing

@testable import GNCACells
@testable import GNCACheckpoints

@Suite struct SamplesTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../samples").standardizedFileURL.path

    /// One run; the least of many is a little lower than their median.
    @Test(
        "every shipped model grows a picture that looks like its target, and keeps it as long as it was trained for",
        arguments: [
            ("turtle-growing", "turtle", 80), ("turtle-persistent", "turtle", 2000), ("turtle", "turtle", 2000),
            ("turtle-temporal", "turtle", 2000), ("lizard", "lizard", 2000), ("butterfly", "butterfly", 2000),
            ("fish", "fish", 2000), ("octopus", "octopus", 2000), ("worm", "worm", 2000), ("letter", "letter", 2000),
            ("balloon", "balloon", 2000),
        ])
    func grows(model: String, picture: String, steps: Int) throws {
        let checkpoint = try CheckpointFile(path: "\(Self.folder)/\(model).ckpt").checkpoint
        let target = try Target(ImageFile.read("\(Self.folder)/\(picture).png"), size: 64, padding: 16)
        let end = try state(of: checkpoint, steps: steps, size: GridSize(width: target.width, height: target.height))
        let quality = BoxPSNR(target, appearance: checkpoint.rule.appearance)
        #expect(BoxPSNR.decibels(meanSquare: quality.meanSquare(of: end)) > 38)
        #expect(checkpoint.gridSize == GridSize(width: target.width, height: target.height))
        #expect(checkpoint.provenance["training.target"] != nil)
    }

    @Test(
        "every other one grows",
        arguments: [
            ("creatures", 200), ("growing", 80), ("persistent", 200), ("questions", 200),
        ])
    func othersGrow(subfolder: String, steps: Int) throws {
        let models = try Self.models(in: subfolder)
        #expect(!models.isEmpty)
        for model in models {
            let checkpoint = try CheckpointFile(path: "\(Self.folder)/\(subfolder)/\(model)").checkpoint
            let size = try #require(checkpoint.gridSize)
            let end = try state(of: checkpoint, steps: steps, size: size)
            let mature = (0..<(size.width * size.height)).count { end.values[$0 * end.channels + 3] > 0.1 }
            #expect((300...1600).contains(mature), "\(model): \(mature) cells")
        }
    }

    @Test func theFoldersHoldTheseModelsAndNoOthers() throws {
        #expect(
            try Self.models(in: "") == [
                "balloon.ckpt", "butterfly.ckpt", "fish.ckpt", "letter.ckpt", "lizard.ckpt", "octopus.ckpt",
                "turtle-growing.ckpt", "turtle-persistent.ckpt", "turtle-temporal.ckpt", "turtle.ckpt", "worm.ckpt",
            ])
        let counts = try ["creatures", "growing", "persistent", "questions"].map { try Self.models(in: $0).count }
        #expect(counts == [7, 9, 2, 4])
    }

    private static func models(in subfolder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(subfolder)").filter { $0.hasSuffix(".ckpt") }
            .sorted()
    }

    private func state(of checkpoint: Checkpoint, steps: Int, size: GridSize) throws -> CellGrid {
        var state = CellGrid(height: size.height, width: size.width, channels: checkpoint.rule.channels)
        state.plantSeed(x: size.width / 2, y: size.height / 2, of: checkpoint.rule.appearance)
        let automaton = try Automaton(rule: checkpoint.rule, state: state, randomSeed: 1)
        for _ in 0..<steps { try automaton.step() }
        return automaton.state
    }
}
