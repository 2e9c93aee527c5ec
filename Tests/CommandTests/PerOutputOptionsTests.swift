import Foundation
import Testing

@testable import gnca_render

/// Options of one output among several.
@Suite struct PerOutputOptionsTests {
    @Test func eachOutputHasItsOwn() throws {
        let films = try OutputOptions.parse(
            [
                "-o", "a.mp4", "-o", "b.mp4", "-o", "c.webp", "-o", "d.gif", "--quality", "30", "--for",
                "a.mp4:quality=18", "--for", "mp4:keyframes=2", "--for", "gif:loop=3", "--for",
                "b.mp4:encoder-option=x264-params=keyint=9:bframes=0", "--for", "c.webp:max-size=2MB",
            ]
        ).films()
        #expect(films.map { $0.encoding.quality } == [18, 30, 30, nil])
        #expect(films.map { $0.encoding.keyframeInterval } == [2, 2, 1, 1])
        #expect(films.map { $0.encoding.loop } == [0, 0, 0, 3])
        #expect(films[1].encoding.encoderOptions.map(\.value) == ["keyint=9:bframes=0"])
        #expect(films.map { $0.encoding.maxSize } == [nil, nil, 2_000_000, nil])
    }

    /// Names of files may have whatever they like.
    @Test func theLongestNameIsMeant() throws {
        let films = try OutputOptions.parse(
            ["-o", "a", "-o", "a:quality=1.mp4", "--format", "mp4", "--for", "a:quality=1.mp4:quality=20"]
        ).films()
        #expect(films.map { $0.encoding.quality } == [nil, 20])
    }

    @Test(arguments: [
        (
            "b.mp4:quality=18",
            "--for is \"b.mp4:quality=18\" (expected OUTPUT:KEY=VALUE, where OUTPUT is one of a.mp4, mp4)"
        ),
        ("a.mp4:qualty=18", "--for a.mp4:qualty=18: an output has no \"qualty\" (did you mean quality?)"),
        ("a.mp4:quality=x", "--for a.mp4:quality=x: quality is \"x\" (expected a number, -1000...1000)"),
        (
            "mp4:max-size=2",
            "--for mp4:max-size=2: max-size is \"2\" (expected a size as 2MB or 500kB, from 1kB to 1000GB)"
        ),
    ])
    func whatMeansNothingIsRefused(setting: String, sentence: String) throws {
        let options = try OutputOptions.parse(["-o", "a.mp4", "--for", setting])
        let error = Result { try options.films() }.failure as? CommandError
        #expect("\(try #require(error))" == sentence)
    }

    @Test func oneRunWritesALossyAndALosslessFilm() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try folder.render([
            "-o", "a.mp4", "-o", "a.webp", "-o", "a.gif", "--for", "mp4:quality=18", "--preset", "fast",
        ])
        #expect(run.status == 0, "\(run.errors)")
        #expect(try folder.names == ["a.gif", "a.mp4", "a.webp"])
        #expect(try folder.bytes("a.webp").firstRange(of: Array("VP8L".utf8)) != nil)
        let refused = try folder.render(["-o", "b.gif", "-o", "b/", "--preset", "fast"])
        #expect(refused.status == 64)
        #expect(refused.lines == ["gnca-render: a preset means nothing to gif (leave --preset out)"])
    }

    @Test func aLimitOfBytesIsKeptAndToldOf() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        #expect(try folder.render(["-o", "a.gif"]).status == 0)
        let limit = try folder.bytes("a.gif").count * 9 / 10
        let run = try folder.render(["-o", "b.gif", "--max-size", "\(limit)B"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(try folder.bytes("b.gif").count <= limit)
        #expect(run.errors.hasPrefix("gnca-render: note: b.gif: "), "\(run.errors)")
        let piped = try folder.render(["-o", "-", "--format", "mp4", "--max-size", "20kB"])
        #expect(piped.status == 0 && piped.output.count <= 20_000 && piped.output.count > 500)
    }

    @Test func aBatchHasThemAsAMapping() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.put(
            """
            jobs:
              - render: one
                models: m.ckpt
                grid: 16x16
                scale: 4
                steps: 8
                hold: 0
                output: [a.mp4, a.gif]
                for:
                  a.mp4: {quality: 40, encoder-option: [bf=0, refs=1]}
                  gif: {loop: 2}
            """, name: "b.yaml")
        let list = try ProgramRun(["batch", "b.yaml", "--dry-run"], in: folder.path)
        let script = String(decoding: list.output, as: UTF8.self)
        #expect(list.status == 0, "\(list.errors)")
        #expect(
            script.contains("--for a.mp4:quality=40 --for a.mp4:encoder-option=bf=0 --for a.mp4:encoder-option=refs=1"))
        #expect(script.contains("--for gif:loop=2"))
        try folder.put(
            try String(contentsOfFile: folder.path + "/b.yaml", encoding: .utf8).replacingOccurrences(
                of: "quality: 40", with: "qualty: 40"), name: "c.yaml")
        let refused = try ProgramRun(["batch", "c.yaml", "--dry-run"], in: folder.path)
        #expect(refused.status == 65)
        #expect(refused.errors.contains("c.yaml:10: unknown key \"qualty\" in a.mp4"), "\(refused.errors)")
    }

    @Test func aRawPipeHasEveryColourAsItIs() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try folder.render(["-o", "-", "--format", "nut"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.count > 9 * 64 * 64 * 3)
        let lossless = try folder.render(["-o", "-", "--format", "nut", "--codec", "ffv1"])
        #expect(lossless.output.count < run.output.count)
    }
}
