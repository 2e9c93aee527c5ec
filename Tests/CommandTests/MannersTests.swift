import Foundation
import Testing

@testable import gnca_render

/// What all commands have in common.
@Suite struct MannersTests {
    private func folder() throws -> ProgramFolder {
        let folder = try ProgramFolder()
        let made = [
            try folder.render(["-o", "film.mp4"]),
            try ProgramRun(["target", "🐢", "--size", "8", "--padding", "2", "-o", "t.png"], in: folder.path),
        ]
        try #require(made.allSatisfy { $0.status == 0 })
        return folder
    }

    /// A command line, what it writes, and how it tells that.
    static let makers = [
        (
            "render m.ckpt --grid 16x16 --scale 4 --steps 8 --hold 0 -o a.gif -o b.webp --poster p.png",
            "a.gif, b.webp, p.png: 31 frames of 64x64 in "
        ),
        ("figure strip m.ckpt --grid 16x16 --steps 0,4 -o a.svg", "a.svg: "),
        ("convert m.ckpt -o a.json", "a.json: distill-json, "),
        ("target t.png --padding 0 -o a.png", "a.png: 12x12 cells"),
        (
            "evaluate m.ckpt m.ckpt --target t.png --size 8 --padding 2 --trials 1 -o a.csv",
            "a.csv: scores of 2 models, 1 trial a kind"
        ),
        ("embed film.mp4 -o a.html", "a.html, film.png: html, a film of 64x64 pixels"),
        (
            "train t.png --size 8 --padding 4 --hidden 8 --batch 2 --pool 4 --damaged 1 --steps 8-10 --iterations 2 "
                + "-o a.ckpt", "a.ckpt: regenerating, 2 iterations in "
        ),
    ]

    @Test(arguments: makers)
    func everyCommandTellsInOneLineWhatItHasWritten(words: String, told: String) throws {
        let folder = try folder()
        defer { folder.remove() }
        let words = words.split(separator: " ").map(String.init)
        let run = try ProgramRun(words, in: folder.path)
        #expect(run.status == 0 && run.output == [], "\(run.errors)")
        try #require(run.written.count == 1)
        #expect(run.written[0].hasPrefix(told), "\(run.written)")
        for name in told.prefix(while: { $0 != ":" }).split(separator: ", ") {
            #expect(try folder.names.contains(String(name)))
        }
        let quiet = try ProgramRun(words + ["--overwrite", "--quiet"], in: folder.path)
        #expect(quiet.status == 0 && quiet.output == [] && quiet.errors == "" && quiet.written == [])
    }

    @Test func whatAFormatDoesNotKeepIsNoted() throws {
        let folder = try folder()
        defer { folder.remove() }
        let train =
            "train t.png --size 8 --padding 4 --hidden 8 --batch 2 --pool 4 --damaged 1 --iterations 1 -o a.ckpt"
        #expect(try ProgramRun(train.split(separator: " ").map(String.init), in: folder.path).status == 0)
        let run = try ProgramRun(["convert", "a.ckpt", "-o", "a.npz"], in: folder.path)
        #expect(run.lines.contains("gnca-render: note: a.npz: provenance is not stored"), "\(run.errors)")
    }

    @Test func anEvaluationTellsHowFarItIs() throws {
        let folder = try folder()
        defer { folder.remove() }
        let words = [
            "evaluate", "m.ckpt", "m.ckpt", "--target", "t.png", "--size", "8", "--padding", "2", "--trials", "2",
        ]
        let plain = try ProgramRun(words + ["--progress", "plain"], in: folder.path)
        // Of each model two runs without damage, and two of each of seven kinds.
        #expect(plain.status == 0 && plain.lines.last == "run 32 of 32, 0 s left", "\(plain.errors)")
        let json = try ProgramRun(words + ["--progress", "json"], in: folder.path)
        #expect(json.lines.last?.hasPrefix("{\"event\":\"progress\",\"run\":32,\"runs\":32,") == true)
        let quiet = try ProgramRun(words + ["--quiet"], in: folder.path)
        #expect(quiet.errors == "" && quiet.output == plain.output && !quiet.output.isEmpty)
    }

    @Test func severalModelsAreInspected() throws {
        let folder = try folder()
        defer { folder.remove() }
        try folder.put("nothing", name: "no.ckpt")
        let alone = try ProgramRun(["inspect", "m.ckpt"], in: folder.path)
        let twice = try ProgramRun(["inspect", "m.ckpt", "m.ckpt"], in: folder.path)
        #expect(twice.output == alone.output + [10] + alone.output)
        let lines = try ProgramRun(["inspect", "m.ckpt", "no.ckpt", "none.ckpt", "m.ckpt", "--json"], in: folder.path)
        #expect(lines.status == 65 && lines.lines.count == 2)
        #expect(lines.lines.map { $0.hasPrefix("gnca-render: no") } == [true, true])
        #expect(lines.output.split(separator: 10).count == 2)
        let quiet = try ProgramRun(["inspect", "m.ckpt", "--quiet"], in: folder.path)
        #expect(quiet.status == 0 && quiet.output == [] && quiet.errors == "")
        #expect(try ProgramRun(["inspect", "no.ckpt", "--quiet"], in: folder.path).status == 65)
        let asked = try ProgramRun(["inspect", "m.ckpt", "--quiet", "--json"], in: folder.path)
        #expect(asked.status == 0 && asked.output.first == UInt8(ascii: "{") && asked.errors == "")
    }

    /// Of several files, of flags, and of values that look like options.
    @Test(arguments: [
        "-o a.gif -o b.gif --start 3,3 --start 9,9 --quiet --quiet",
        "-o a.gif --angle -1 --caption x --fire-rate 1",
        "-o a.gif --caption=-o --quiet",
    ])
    func whatMayStandTwiceIsTaken(words: String) throws {
        let folder = try folder()
        defer { folder.remove() }
        let run = try folder.render(Array(words.split(separator: " ").map(String.init)))
        #expect(run.status == 0, "\(run.errors)")
    }
}
