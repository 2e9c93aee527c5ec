import Foundation
import GNCARaster
import Testing

@testable import GNCACells
@testable import GNCACheckpoints

@Suite struct SamplesTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../samples").standardizedFileURL.path

    @Test(
        "every shipped model grows its picture and keeps it as long as it was trained for",
        arguments: [
            ("turtle-growing", "turtle", 80, 0.002), ("turtle-persistent", "turtle", 2000, 0.001),
            ("turtle", "turtle", 2000, 0.001), ("turtle-temporal", "turtle", 2000, 0.001),
            ("lizard", "lizard", 2000, 0.001), ("butterfly", "butterfly", 2000, 0.001),
        ])
    func grows(model: String, picture: String, steps: Int, limit: Double) throws {
        let checkpoint = try CheckpointFile(path: "\(Self.folder)/\(model).ckpt").checkpoint
        let target = try Target(ImageFile.read("\(Self.folder)/\(picture).png"), size: 40, padding: 16)
        var state = CellGrid(height: target.height, width: target.width, channels: checkpoint.rule.channels)
        state.plantSeed(x: target.width / 2, y: target.height / 2, of: checkpoint.rule.appearance)
        let automaton = try Automaton(rule: checkpoint.rule, state: state, randomSeed: 1)
        for _ in 0..<steps { try automaton.step() }
        #expect(target.loss(of: automaton.state) < limit)
        #expect(checkpoint.gridSize == GridSize(width: target.width, height: target.height))
        #expect(checkpoint.provenance["training.target"] != nil)
    }

    @Test
    func theFolderHoldsTheseModelsAndNoOthers() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
        #expect(
            files.filter { $0.hasSuffix(".ckpt") }.sorted() == [
                "butterfly.ckpt", "lizard.ckpt", "turtle-growing.ckpt", "turtle-persistent.ckpt",
                "turtle-temporal.ckpt", "turtle.ckpt",
            ])
    }
}
