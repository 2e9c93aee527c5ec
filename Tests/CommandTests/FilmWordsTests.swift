import Foundation
import GNCACheckpoints
import GNCARaster
import Testing

@testable import gnca_render

/// What films, figures and models tell of themselves.
@Suite struct FilmWordsTests {
    private let words = ["--title", "Growing <lizard>", "--author", "A. Ünlü", "--licence", "CC BY 4.0"]

    @Test(arguments: ["a.mp4", "a.mov", "a.mkv", "a.webm", "a.gif", "a.apng", "a.webp", "f/"])
    func wordsAreInEveryFile(name: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try folder.render(["-o", name] + words)
        #expect(run.status == 0, "\(run.errors)")
        let bytes = try folder.bytes(name == "f/" ? "f/frame-00001.png" : name)
        #expect(bytes.firstRange(of: Array("A. Ünlü".utf8)) != nil)
        #expect(bytes.firstRange(of: Array("CC BY 4.0".utf8)) != nil)
        let title = ["Growing <lizard>", "Growing &lt;lizard&gt;"]
        #expect(title.contains { bytes.firstRange(of: Array($0.utf8)) != nil })
    }

    @Test(arguments: ["a.mp4", "a.mov", "a.mkv", "a.webm", "a.gif", "a.apng", "a.webp", "f/"])
    func aBlindFilmTellsNothingOfWhereItComesFrom(name: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        func holdsName(_ options: [String]) throws -> Bool {
            let run = try folder.render(["-o", name, "--overwrite", "--poster", "p.png"] + options)
            #expect(run.status == 0, "\(run.errors)")
            let file = name == "f/" ? "f/frame-00001.png" : name
            let files = try folder.bytes(file) + folder.bytes("p.png")
            return ["Command", "Model-SHA256", ".ckpt"].contains { files.firstRange(of: Array($0.utf8)) != nil }
        }
        #expect(try holdsName([]))
        #expect(try !holdsName(["--no-provenance"]))
    }

    @Test(arguments: ["a.png", "a.svg", "a.pdf"])
    func figuresCarryWordsAndKeepSecrets(name: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let figure = ["figure", "strip", "m.ckpt", "--steps", "0,2", "-o", name, "--overwrite"]
        let named = try ProgramRun(figure + words, in: folder.path)
        #expect(named.status == 0, "\(named.errors)")
        if name != "a.pdf" { #expect(try folder.bytes(name).firstRange(of: Array("CC BY 4.0".utf8)) != nil) }
        let blind = try ProgramRun(figure + ["--no-provenance"], in: folder.path)
        #expect(blind.status == 0, "\(blind.errors)")
        let bytes = try folder.bytes(name)
        #expect(bytes.firstRange(of: Array("m.ckpt".utf8)) == nil)
        #expect(bytes.firstRange(of: Array("Command".utf8)) == nil)
    }

    @Test func aBlindModelDoesNotNameItsTarget() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        var frame = Frame(width: 8, height: 8)
        for index in frame.bytes.indices { frame.bytes[index] = 255 }
        let picture = try ImageFile.encodePNG(frame)
        try Data(picture).write(to: URL(fileURLWithPath: folder.path + "/secret.png"))
        let training = ["train", "secret.png", "--size", "8", "--padding", "2", "--iterations", "1", "--quiet"]
        for (options, isTold) in [([], true), (["--no-provenance", "--author", "nobody"], false)] {
            let run = try ProgramRun(training + options + ["-o", "a.ckpt", "--overwrite"], in: folder.path)
            #expect(run.status == 0, "\(run.errors)")
            let bytes = try folder.bytes("a.ckpt")
            #expect((bytes.firstRange(of: Array("secret".utf8)) != nil) == isTold)
            #expect((bytes.firstRange(of: Array("nobody".utf8)) != nil) != isTold)
        }
    }

    @Test func aConvertedModelForgetsWhereItComesFrom() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        var model = try ProgramFolder.model(gain: 0.02)
        model.provenance = ["paper": "ours", "training.target": "secret.png", "training.steps": "64-96"]
        _ = try folder.folder.add("named.ckpt", model)
        let run = try ProgramRun(
            ["convert", "named.ckpt", "-o", "blind.ckpt", "--no-provenance", "--title", "Lizard"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        let blind = try NativeCheckpoint.read(folder.bytes("blind.ckpt"), file: "blind.ckpt", options: ReadingOptions())
        #expect(blind.checkpoint.provenance == ["training.steps": "64-96", "title": "Lizard"])
    }

    @Test(arguments: [("gif", "GIF89a"), ("webp", "RIFF"), ("apng", "PNG")])
    func animationsGoToStandardOutput(format: String, beginning: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try folder.render(["-o", "-", "--format", format, "--reproducible"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.prefix(8).firstRange(of: Array(beginning.utf8)) != nil)
        // A file differs in the command line that it tells.
        #expect(try folder.render(["-o", "a", "--format", format, "--reproducible"]).status == 0)
        #expect(abs(try folder.bytes("a").count - run.output.count) <= 4)
    }

    @Test func aPosterSaysWhichStepItTook() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let film = ["-o", "a/", "--poster", "p.png", "--steps-per-frame", "4", "--poster-step"]
        #expect(try folder.render(film + ["4", "--overwrite"]).errors == "")
        let run = try folder.render(film + ["3", "--overwrite"])
        #expect(run.lines == ["gnca-render: note: no picture of the film shows step 3: the poster shows step 4"])
    }

    @Test func aPresetOfWebPNeedsAQuality() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let refused = try folder.render(["-o", "a.webp", "--preset", "drawing"])
        #expect(refused.status == 64)
        #expect(refused.errors.contains("(add --quality)"), "\(refused.errors)")
        #expect(try folder.render(["-o", "a.webp", "--preset", "drawing", "--quality", "80"]).status == 0)
        #expect(try folder.bytes("a.webp").firstRange(of: Array("VP8 ".utf8)) != nil)
    }
}
