import Foundation
import Testing

@testable import gnca_render

@Suite struct EmbedCommandTests {
    private func folder() throws -> ProgramFolder {
        let folder = try ProgramFolder()
        let run = try folder.render(["-o", "film.mp4", "-o", "stills/"])
        try #require(run.status == 0)
        return folder
    }

    @Test func aFilmGetsItsPosterAndAPageThatNamesBoth() throws {
        let folder = try folder()
        defer { folder.remove() }
        let run = try ProgramRun(["embed", "film.mp4", "-o", "a.html", "--caption", "Growth"], in: folder.path)
        #expect(run.status == 0 && run.errors == "")
        #expect(try folder.names == ["a.html", "film.mp4", "film.png", "stills"])
        let page = String(decoding: try folder.bytes("a.html"), as: UTF8.self)
        #expect(page.contains("width=\"64\" height=\"64\" poster=\"film.png\" autoplay muted loop playsinline"))
        let poster = try folder.bytes("film.png")
        // A poster that is there stays.
        #expect(try ProgramRun(["embed", "film.mp4", "-o", "b.tex"], in: folder.path).status == 0)
        #expect(try folder.bytes("film.png") == poster)
    }

    @Test(arguments: [false, true])
    func captionsBesideAFilmDescribeIt(inline: Bool) throws {
        let folder = try folder()
        defer { folder.remove() }
        try folder.put("WEBVTT\n\n00:01:04.500 --> 00:01:06.000\na &lt;cut&gt;\n", name: "film.vtt")
        let options = ["embed", "film.mp4", "-o", "a.html"] + (inline ? ["--inline"] : [])
        #expect(try ProgramRun(options, in: folder.path).status == 0)
        let page = String(decoding: try folder.bytes("a.html"), as: UTF8.self)
        #expect(page.contains("aria-describedby=\"events-film-mp4\""))
        #expect(page.contains("<p id=\"events-film-mp4\" hidden>1:04 a &lt;cut&gt;.</p>"))
        let address = inline ? "data:text/vtt;base64," : "film.vtt\""
        #expect(page.contains("<track kind=\"descriptions\" src=\"\(address)"))
        try folder.put("1\n00:00:01,000 --> 00:00:02,000\nSubRip", name: "film.vtt")
        let refused = try ProgramRun(["embed", "film.mp4", "-o", "b.html"], in: folder.path)
        #expect(refused.status == 65)
        #expect(refused.lines == ["gnca-render: film.vtt: is no WebVTT file"])
    }

    @Test func aWebPHasAStillWhereThereIsOne() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try #require(try folder.render(["-o", "a.webp", "--poster", "b.png"]).status == 0)
        func page(_ options: [String]) throws -> String {
            let run = try ProgramRun(["embed", "a.webp", "-o", "a.html", "--overwrite"] + options, in: folder.path)
            #expect(run.status == 0, "\(run.errors)")
            return String(decoding: try folder.bytes("a.html"), as: UTF8.self)
        }
        #expect(try page([]).contains("<img src=\"a.webp\" width=\"64\" height=\"64\""))
        #expect(try page([]).contains("<picture>") == false)
        #expect(try page(["--poster", "b.png"]).contains("srcset=\"b.png\""))
        let missing = try ProgramRun(["embed", "a.webp", "-o", "b.html", "--poster", "c.png"], in: folder.path)
        #expect(missing.lines == ["gnca-render: c.png: there is no such file"])
    }

    @Test(arguments: ["a.gif", "a.apng", "a.avif"])
    func picturesThatPlayHaveAStillBesideThem(name: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try #require(try folder.render(["-o", name]).status == 0)
        let run = try ProgramRun(["embed", name, "-o", "a.html"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        let page = String(decoding: try folder.bytes("a.html"), as: UTF8.self)
        #expect(page.contains("srcset=\"a.png\"") && page.contains("<img src=\"\(name)\" width=\"64\" height=\"64\""))
        #expect(try folder.names == ["a.html", "a.png", name].sorted())
        #expect(try ProgramRun(["embed", name, "-o", "a.md"], in: folder.path).status == 0)
        #expect(String(decoding: try folder.bytes("a.md"), as: UTF8.self) == "![\(name)](\(name))\n")
    }

    @Test func whatFewBrowsersPlayIsTold() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try #require(try folder.render(["-o", "a.mp4", "-o", "b.webm", "--for", "mp4:codec=h265"]).status == 0)
        let alone = try ProgramRun(["embed", "a.mp4", "-o", "a.html"], in: folder.path)
        #expect(
            alone.errors.hasPrefix("gnca-render: note: a.mp4 is H.265, which not every browser plays"),
            "\(alone.errors)")
        let both = try ProgramRun(["embed", "a.mp4", "b.webm", "-o", "b.html"], in: folder.path)
        #expect(both.status == 0 && both.errors == "", "\(both.errors)")
        let page = String(decoding: try folder.bytes("b.html"), as: UTF8.self)
        #expect(page.contains("type=\"video/mp4; codecs=&quot;hvc1."))
        #expect(page.contains("type=\"video/webm; codecs=&quot;vp9&quot;\""))
    }

    @Test func anInlinePageHoldsEverything() throws {
        let folder = try folder()
        defer { folder.remove() }
        let run = try ProgramRun(["embed", "film.mp4", "-o", "a.html", "--inline"], in: folder.path)
        #expect(run.status == 0)
        #expect(try folder.names == ["a.html", "film.mp4", "stills"])
        let page = String(decoding: try folder.bytes("a.html"), as: UTF8.self)
        let film = Data(try folder.bytes("film.mp4")).base64EncodedString()
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("src=\"data:video/mp4;base64,\(film)\""))
        #expect(page.contains("poster=\"data:image/png;base64,") && !page.contains("film.png"))
    }

    /// What is no whole picture, under a name; a name without any is missing.
    private static let noPictures = ["missing", "text", "empty", "cut", "pipe", "folder"]

    private func put(_ kind: String, _ name: String, in folder: ProgramFolder) throws {
        switch kind {
        case "text": try folder.put("root:x:0:0", name: name)
        case "empty": try folder.put("", name: name)
        case "cut": try folder.folder.write(folder.bytes("stills/frame-00001.png").dropLast(), name)
        case "pipe": try #require(mkfifo(folder.path + "/" + name, 0o600) == 0)
        case "folder": try folder.folder.makeFolder(name)
        default: break
        }
    }

    @Test(arguments: noPictures, [["--poster", "p.png"], ["--poster", "p.png", "--inline"], [], ["--inline"]])
    func aPosterThatIsNoPictureIsRefused(kind: String, options: [String]) throws {
        let name = options.contains("--poster") ? "p.png" : "film.png"
        // Nobody misses the picture beside a film: it is made.
        guard kind != "missing" || name == "p.png" else { return }
        let folder = try folder()
        defer { folder.remove() }
        try put(kind, name, in: folder)
        let before = try folder.names
        let run = try ProgramRun(["embed", "film.mp4", "-o", "a.html"] + options, in: folder.path)
        #expect(run.status == 65)
        #expect(run.lines.count == 1 && run.errors.hasPrefix("gnca-render: \(name): "), "\(run.errors)")
        #expect(try folder.names == before)
        let lines = ["films: film.mp4", "output: a.html"] + (options.contains("--inline") ? ["inline: true"] : [])
        let job = ["jobs:", "- embed: a"] + (lines + (name == "p.png" ? ["poster: p.png"] : [])).map { "  " + $0 }
        try folder.put(job.joined(separator: "\n"), name: "b.yaml")
        let batch = try ProgramRun(["batch", "b.yaml"], in: folder.path)
        #expect(batch.status == 65 && batch.lines.count == 1, "\(batch.errors)")
        #expect(try folder.names == (before + ["b.yaml"]).sorted())
    }

    @Test func aPosterInsideOfAPageSaysWhatItIs() throws {
        let folder = try folder()
        defer { folder.remove() }
        try #require(folder.render(["-o", "still.gif"]).status == 0)
        let run = try ProgramRun(
            ["embed", "film.mp4", "-o", "a.html", "--inline", "--poster", "still.gif"], in: folder.path)
        #expect(run.status == 0)
        #expect(String(decoding: try folder.bytes("a.html"), as: UTF8.self).contains("poster=\"data:image/gif;base64,"))
    }

    @Test func numberedStillsAreAnimatedInLaTeX() throws {
        let folder = try folder()
        defer { folder.remove() }
        #expect(try ProgramRun(["embed", "stills/", "-o", "a.tex", "--fps", "10"], in: folder.path).status == 0)
        #expect(
            String(decoding: try folder.bytes("a.tex"), as: UTF8.self)
                .contains("]{10}{stills/frame-}{00001}{00009}"))
    }

    @Test(
        arguments: [
            (
                ["film.mp4", "-o", "a.txt"], 64,
                "a.txt: no snippet has this extension (there are: .html, .htm, .md, .markdown, .tex)"
            ),
            (["film.mp4", "-o", "a.md", "--inline"], 64, "--inline makes an HTML page (name the output .html)"),
            (
                ["film.mkv", "-o", "a.html"], 64,
                "film.mkv: browsers do not play this (expected .mp4, .webm, .gif, .apng, .webp or .avif; LaTeX takes a folder "
                    + "of numbered PNGs, too)"
            ),
            (
                ["film.mp4", "film.webm", "-o", "a.md"], 64,
                "a.md: only HTML has room for several files of a film (got 2)"
            ),
            (
                ["film.mp4", "film.webm", "-o", "a.tex"], 64,
                "a.tex: only HTML has room for several files of a film (got 2)"
            ),
            (["none.mp4", "-o", "a.html"], 65, "none.mp4: there is no such file"),
            (
                ["film.mp4", "-o", "a.html", "--url", "JavaScript:alert(1)"], 64,
                "--url is \"JavaScript:alert(1)\" (expected http:, https:, file: or a path)"
            ),
            (
                ["film.mp4", "-o", "a.tex", "--label", "a}b"], 64,
                "\"a}b\" is no label (expected letters, digits and any of :-_./+, as fig:turtle)"
            ),
            (["film.mp4", "-o", "film.mp4.html", "--fps", "0"], 64, "--fps is out of range (got 0, expected 1...240)"),
            (
                ["film.mp4", "-o", "none/a.html"], 73,
                "none/a.html: cannot be created: folder none: No such file or directory"
            ),
        ] as [([String], Int32, String)])
    func mistakesAreToldBeforeAnythingIsWritten(arguments: [String], code: Int32, sentence: String) throws {
        let folder = try folder()
        defer { folder.remove() }
        let run = try ProgramRun(["embed"] + arguments, in: folder.path)
        #expect(run.status == code)
        #expect(run.lines == ["gnca-render: \(sentence)"])
        #expect(try folder.names == ["film.mp4", "stills"])
    }
}
