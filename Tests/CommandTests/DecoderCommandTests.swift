import Foundation
import GNCACells
import GNCARaster
import Testing

@testable import gnca_render

/// The whole program with a model whose decoder draws several pixels in the place of a cell.
@Suite struct DecoderCommandTests {
    private static let training = [
        "--size", "16", "--padding", "3", "--hidden", "16", "--batch", "2", "--pool", "4", "--damaged", "1", "--steps",
        "8-10", "--iterations", "6", "--random-seed", "1",
    ]

    /// A folder with a picture of 16 pixels and a model that draws it by 2x2 pixels a cell.
    private func folder() throws -> ProgramFolder {
        let folder = try ProgramFolder()
        let picture = try ProgramRun(["target", "🐢", "--size", "16", "--padding", "0", "-o", "t.png"], in: folder.path)
        try #require(picture.status == 0)
        let run = try ProgramRun(
            ["train", "t.png", "-o", "a.ckpt", "--decoder", "2:8:8", "--film", "f"] + Self.training, in: folder.path)
        try #require(run.status == 0, "\(run.errors)")
        return folder
    }

    @Test func aModelIsTrainedInspectedScoredAndRendered() throws {
        let folder = try folder()
        defer { folder.remove() }
        let facts = String(decoding: try ProgramRun(["inspect", "a.ckpt"], in: folder.path).output, as: UTF8.self)
        #expect(facts.contains("2:8:8") && facts.contains("decoder_w3 [4, 8] F32"))
        // 8 cells and twice 3 around them.
        #expect(facts.contains("14x14"))
        let scores = try ProgramRun(
            ["evaluate", "a.ckpt", "--target", "t.png", "--size", "16", "--padding", "3", "--trials", "2", "--csv"],
            in: folder.path)
        #expect(scores.status == 0, "\(scores.errors)")
        let film = ["a.ckpt", "--steps", "5", "-o", "s.gif", "--poster", "s.png"]
        try expect([112, 112], of: film, in: folder)
        let strip = ["figure", "strip", "a.ckpt", "--steps", "3,5", "--no-captions", "--gap", "0", "-o", "f.png"]
        try expect([112, 56], of: strip, in: folder)
        let error = [
            "a.ckpt", "--steps", "5", "--scale", "2", "--target", "t.png", "--overlay", "error", "-o", "e.gif",
        ]
        try expect(nil, of: error, in: folder)
        let quality = ["figure", "quality", "a.ckpt", "--target", "t.png", "--size", "16", "--padding", "3"]
        try expect(nil, of: quality + ["--steps", "9", "-o", "q.png"], in: folder)
    }

    /// Runs `words`, whose last one names a picture of `size` pixels, where that is known.
    private func expect(_ size: [Int]?, of words: [String], in folder: ProgramFolder) throws {
        let run = try ProgramRun(words, in: folder.path)
        #expect(run.status == 0, "\(words): \(run.errors)")
        guard let size, let file = words.last else { return }
        let frame = try ImageFile.read(folder.path + "/" + file)
        #expect([frame.width, frame.height] == size, "\(words)")
    }

    @Test func withoutASizeThePictureHas40Cells() throws {
        let command = try TrainCommand.parse(["t.png", "-o", "a.ckpt", "--decoder", "4"])
        let settings = try TrainingRun.settings(command, readsTarget: false).settings
        #expect(settings.size == 160 && settings.rule.decoder == PixelDecoder(scale: 4))
        let named = try TrainCommand.parse(["t.png", "-o", "a.ckpt", "--rule", "decoder=2", "--size", "50"])
        #expect(try TrainingRun.settings(named, readsTarget: false).settings.size == 50)
    }

    @Test func whatKnowsNoDecoderRefusesIt() throws {
        let folder = try folder()
        defer { folder.remove() }
        let cases: [([String], Int32, String)] = [
            (["convert", "a.ckpt", "-o", "a.json"], 65, "Distill JSON holds no decoder"),
            (
                ["a.ckpt", "--steps", "3", "--scale", "3", "-o", "a.gif"], 64,
                "a cell of 3x3 pixels has no room for the 2x2"
            ),
            (
                ["figure", "strip", "a.ckpt", "--scale", "3", "-o", "a.png"], 64,
                "a cell of 3x3 pixels has no room for the 2x2"
            ),
            (["train", "t.png", "-o", "b.ckpt", "--decoder", "9"], 64, "--decoder"),
            (
                ["train", "t.png", "-o", "b.ckpt", "--decoder", "2", "--rule", "picture=straight"], 64,
                "premultiplied, for a rule with a decoder"
            ),
        ]
        for (words, status, sentence) in cases {
            let run = try ProgramRun(words, in: folder.path)
            #expect(run.status == status, "\(words): \(run.status) \(run.errors)")
            #expect(run.lines.count == 1 && run.errors.contains(sentence), "\(words): \(run.errors)")
        }
    }
}
