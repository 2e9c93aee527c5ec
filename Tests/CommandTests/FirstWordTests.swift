import Foundation
import Testing

@testable import gnca_render

/// What somebody gets who types no subcommand, or a wrong one.
@Suite struct FirstWordTests {
    private func run(_ arguments: String...) throws -> ProgramRun {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        return try ProgramRun(arguments, in: folder.path)
    }

    private func text(_ run: ProgramRun) -> String { String(decoding: run.output, as: UTF8.self) }

    @Test func theBareProgramShowsItsHelp() throws {
        let bare = try run()
        #expect(bare.status == 0 && bare.errors == "")
        #expect(try bare.output == run("--help").output)
    }

    @Test(arguments: [["--version"], ["version"], ["render", "--version"]])
    func theVersionTellsWhatTheProgramIsMadeOf(words: [String]) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try ProgramRun(words, in: folder.path)
        #expect(run.status == 0 && run.errors == "")
        let lines = text(run).split(separator: "\n")
        #expect(lines.first == "gnca-render \(programVersion)")
        #expect(
            lines.dropFirst().map { $0.prefix { $0 != " " } } == [
                "libavcodec", "libavformat", "libavutil", "libswscale", "kernels", "Swift",
            ])
        #expect(lines[1].wholeMatch(of: /libavcodec  \d+\.\d+\.\d+/) != nil)
    }

    @Test(arguments: [
        ("figur", "did you mean figure?"), ("isnpect", "did you mean inspect?"), ("hlep", "did you mean help?"),
        (
            "gibberish",
            "there are: render, train, figure, batch, page, embed, evaluate, inspect, info, convert, target, list, version, help"
        ),
    ])
    func aWordThatIsNothingIsToldSo(word: String, hint: String) throws {
        let run = try run(word, "strip", "m.ckpt", "--width", "17cm")
        #expect(run.status == 64)
        #expect(run.lines == ["gnca-render: there is neither a file nor a subcommand \"\(word)\" (\(hint))"])
    }

    @Test func helpAboutNothingIsRefused() throws {
        let run = try run("help", "rendr")
        #expect(run.status == 64 && run.output.isEmpty)
        #expect(run.lines == ["gnca-render: there is no subcommand \"rendr\" (did you mean render?)"])
    }

    @Test func aFileWithoutAnEndingIsAFile() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try FileManager.default.copyItem(atPath: folder.path + "/m.ckpt", toPath: folder.path + "/figur")
        let run = try ProgramRun(["figur"] + ProgramFolder.small + ["-o", "a.gif", "--dry-run"], in: folder.path)
        #expect(run.status == 0 && run.errors == "")
    }

    @Test(arguments: ["nope.ckpt", "no/pe"])
    func whatLooksLikeAFileIsOne(word: String) throws {
        let run = try run(word, "-o", "a.gif")
        #expect(run.status == 65)
        #expect(run.lines == ["gnca-render: \(word): there is no such file"])
    }

    @Test func infoInspects() throws {
        #expect(try text(run("info", "m.ckpt")) == text(run("inspect", "m.ckpt")))
        let alone = try run("info")
        #expect(alone.status == 64)
        #expect(alone.lines.first?.hasPrefix("gnca-render: no model is named (gnca-render info MODEL ") == true)
    }
}
