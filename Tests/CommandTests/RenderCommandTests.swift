import ArgumentParser
import Foundation
import GNCACheckpoints
import GNCAExport
import GNCARaster
import GNCARender
import GNCATraining
import Testing

@testable import gnca_render

/// Films made by the whole program.
@Suite struct RenderCommandTests {
    @Test(arguments: ["1", "2", "3", "8"])
    func theSamePixelsOnAnyNumberOfThreads(threads: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let film = ["-o", "-", "--format", "y4m", "--scenario", "regen", "--overlay", "hidden,fire,alive"]
        let one = try folder.render(film + ["--steps", "120", "--on-blowup", "hold", "--threads", "1"])
        let other = try folder.render(film + ["--steps", "120", "--on-blowup", "hold", "--threads", threads])
        #expect(one.status == 0 && other.status == 0)
        #expect(one.output.count > 100_000)
        #expect(one.output == other.output)
    }

    @Test func anotherRandomSeedIsAnotherFilm() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let film = ["-o", "-", "--format", "y4m", "--steps", "40"]
        let first = try folder.render(film)
        let second = try folder.render(film + ["--random-seed", "1"])
        #expect(first.output.count == second.output.count)
        #expect(first.output != second.output)
    }

    @Test(arguments: ["a.mp4", "a.webm", "a.mkv", "a.mov", "a.gif", "a.apng", "a.webp"])
    func reproducibleFilesAreEqual(name: String) throws {
        let (here, there) = (try ProgramFolder(), try ProgramFolder())
        defer {
            here.remove()
            there.remove()
        }
        for folder in [here, there] { #expect(try folder.render(["-o", name, "--reproducible"]).status == 0) }
        #expect(try here.bytes(name) == there.bytes(name))
    }

    /// An encoder that reads what it never wrote makes other bytes of other memory. glibc fills what it gives with the
    /// complement of a byte.
    @Test(arguments: [
        ["a.mp4"], ["a.mp4", "--codec", "h265"], ["a.mp4", "--codec", "av1"], ["a.webm"], ["a.mov"], ["a.gif"],
        ["a.apng"], ["a.webp"],
    ])
    func memoryThatWasUsedBeforeChangesNothing(output: [String]) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let turtle = root.appendingPathComponent("../../samples/turtle.ckpt").standardized.path
        let size = ["--grid", "24x16", "--scale", "4", "--steps", "20", "--hold", "0"]
        let film = [turtle] + size + ["--reproducible", "--overwrite"]
        let files = try ["0", "85", "170"].map { byte in
            let run = try StartedProgram(
                film + ["-o"] + output, in: folder.path, shell: "export MALLOC_PERTURB_=\(byte);"
            ).wait()
            #expect(run.status == 0, "\(run.errors)")
            return try folder.bytes(output[0])
        }
        #expect(Set(files).count == 1)
    }

    @Test func severalOutputsAndAPosterComeFromOneRun() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try folder.render(["-o", "a.mp4", "-o", "a.gif", "-o", "f/", "--poster", "p.png"])
        #expect(run.status == 0)
        #expect(run.errors == "")
        #expect(try folder.names == ["a.gif", "a.mp4", "f", "p.png"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/f").count == 9)
    }

    @Test func aPosterShowsTheStepThatTheUserNames() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try folder.render(["-o", "a/", "--poster", "p.png", "--poster-step", "3"])
        #expect(run.status == 0)
        let poster = try ImageFile.decode(folder.bytes("p.png"), file: "p.png")
        #expect(try poster == ImageFile.decode(folder.bytes("a/frame-00004.png"), file: "frame"))
        let refused = try folder.render(["-o", "b/", "--poster", "q.png", "--poster-step", "9"])
        #expect(refused.status == 64)
        #expect(refused.lines == ["gnca-render: --poster-step is out of range (got 9, expected 0...8)"])
    }

    @Test func aDryRunWritesNothing() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try folder.render(["-o", "a.mp4", "--dry-run"])
        let text = String(decoding: run.output, as: UTF8.self)
        #expect(run.status == 0)
        #expect(text.hasPrefix("outputs: a.mp4 (mp4)\npicture 64x64 pixels, about "))
        #expect(text.contains("\ngrid 16x16, 8 steps, 9 frames, "))
        #expect(try folder.names == [])
    }

    @Test func aDryRunOnlyNotesWhatStandsInTheWay() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        for name in ["a.mp4", "p.png", "f-00003.png"] { try folder.put("old", name: name) }
        let options = ["-o", "a.mp4", "-o", "f-%05d.png", "-o", "b.gif", "--poster", "p.png", "--dry-run"]
        let run = try folder.render(options)
        #expect(run.status == 0)
        #expect(String(decoding: run.output, as: UTF8.self).hasPrefix("outputs: a.mp4 (mp4), "))
        #expect(
            run.lines
                == ["a.mp4", "./f-00003.png", "p.png"].map {
                    "gnca-render: note: \($0): cannot be created: it exists already (--overwrite replaces it)"
                })
        #expect(try folder.render(options + ["--overwrite"]).errors == "")
        #expect(try folder.render(options + ["--quiet"]).errors == "")
        #expect(try folder.names == ["a.mp4", "f-00003.png", "p.png"])
        let nowhere = try folder.render(["-o", "no/a.mp4", "--dry-run"])
        #expect(nowhere.status == 73)
        #expect(nowhere.lines == ["gnca-render: no/a.mp4: cannot be created: folder no: No such file or directory"])
    }

    @Test func columnsOfAScenarioStandBesideEachOtherInARowForEveryModel() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let scenario = """
            grid: 16x16
            steps: 8
            columns: 3
            column-captions: [one, two, three]
            events:
              - {at: 4, erase: "half:left", column: 2}
            """
        try Data(scenario.utf8).write(to: URL(fileURLWithPath: folder.path + "/three.yaml"))
        let options = ["m.ckpt", "m.ckpt", "--scenario", "three.yaml", "--scale", "4"]
        let run = try ProgramRun(options + ["-o", "a.mp4", "--no-captions", "--dry-run"], in: folder.path)
        let lines = String(decoding: run.output, as: UTF8.self).split(separator: "\n")
        #expect(lines[1].hasPrefix("picture 192x128 pixels, "))
        #expect(
            lines.suffix(3) == [
                "picture 2:", "  step 0, frame 1: seed planted at 8,8", "  step 4, frame 5: left half removed",
            ])
        #expect(try ProgramRun(options + ["-o", "a.gif"], in: folder.path).status == 0)
        let refused = try ProgramRun(options + ["-o", "b.mp4", "--columns", "2"], in: folder.path)
        #expect(refused.status == 64)
        #expect(refused.lines == ["gnca-render: three.yaml has columns of its own (leave --columns out)"])
    }

    @Test func picturesStandInAsManyColumnsAsTheUserSays() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        for (columns, size) in [("1", "16x48"), ("3", "48x16")] {
            let run = try ProgramRun(
                [
                    "m.ckpt", "m.ckpt", "m.ckpt", "--scale", "1", "--grid", "16x16", "--no-captions", "--columns",
                    columns, "-o", "a.mp4", "--dry-run",
                ],
                in: folder.path)
            #expect(String(decoding: run.output, as: UTF8.self).contains("\npicture \(size) pixels"))
        }
        let refused = try ProgramRun(["m.ckpt", "--columns", "2", "-o", "a.mp4"], in: folder.path)
        #expect(refused.status == 64)
        #expect(refused.lines == ["gnca-render: columns out of range (got 2, expected 1...1)"])
    }

    @Test func progressAsJSONEndsWithTheOutputs() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try folder.render(["-o", "a.mp4", "--progress", "json"])
        let events = try run.lines.map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(events.first?["event"] as? String == "progress")
        #expect(events.last?["event"] as? String == "finished")
        #expect(events.last?["outputs"] as? [String] == ["a.mp4"])
        #expect(events.last?["frames"] as? Int == 9)
    }

    @Test func aNoteTellsWhereColoursMix() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let note =
            "gnca-render: note: colours of neighbouring cells mix where video stores them at half the resolution, "
            + "at a scale of 3 (an even --scale of 4 or more keeps them apart)"
        #expect(try folder.render(["-o", "a.mp4", "--scale", "3"]).lines == [note])
        #expect(try folder.render(["-o", "a.gif", "--scale", "3"]).lines == [])
        #expect(try folder.render(["-o", "b.mp4", "--scale", "3", "--quiet"]).lines == [])
        #expect(try folder.render(["-o", "c.mp4"]).lines == [])
    }

    @Test func pixelsAreExactWhereTheFormatAllows() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try folder.render(["--grid", "15x13", "--scale", "3", "-o", "f/"])
        #expect(run.status == 0)
        // Width and height in the header (PNG, third edition, 11.2.1).
        #expect(try Array(folder.bytes("f/frame-00001.png")[16..<24]) == [0, 0, 0, 45, 0, 0, 0, 39])
    }

    /// Seconds that a film lasts, by what its frames say of themselves.
    private func seconds(_ path: String) throws -> Double {
        let rate = path.hasSuffix(".gif") ? "gif" : "mov"
        let film = try DurationOfFilm(path, demuxer: rate)
        return film.seconds
    }

    @Test(arguments: [
        ["--fps", "30"], ["--fps", "60"], ["--fps", "29.97"], [], ["--speed", "20"], ["--duration", "3"],
    ])
    func outputsOfOneRunLastEquallyLong(options: [String]) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let film = ["m.ckpt", "--grid", "16x16", "--scale", "4", "--steps", "60", "-o", "a.mp4", "-o", "a.gif"]
        let run = try ProgramRun(film + options, in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        let (video, animation) = (try seconds(folder.path + "/a.mp4"), try seconds(folder.path + "/a.gif"))
        #expect(abs(video - animation) <= 0.035)
        if options.first == "--duration" { #expect(abs(video - 3) <= 0.035) }
    }

    @Test func aGIFAloneIsAsLongAsAVideo() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let film = ["m.ckpt", "--grid", "16x16", "--scale", "4", "--steps", "60", "-o"]
        #expect(try ProgramRun(film + ["a.mp4"], in: folder.path).status == 0)
        #expect(try ProgramRun(film + ["a.gif"], in: folder.path).status == 0)
        #expect(abs(try seconds(folder.path + "/a.mp4") - seconds(folder.path + "/a.gif")) <= 0.041)
    }

    @Test(arguments: [
        (["--fps", "0.5"], "--fps is out of range (got 0.5, expected 1...240)"),
        (["--fps", "241"], "--fps is out of range (got 241, expected 1...240)"),
        (["--fps", "fast"], "--fps is \"fast\" (expected frames a second, 1...240, as 30, 29.97 or 30000/1001)"),
        (["--speed", "0"], "steps per second out of range (got 0, expected 0.001...1000000000)"),
        (
            ["--speed", "9", "--duration", "9"],
            "steps per frame, speed and duration each say how fast the film is: name one of them"
        ),
    ])
    func aPaceThatIsNoneIsRefused(options: [String], sentence: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try ProgramRun(["m.ckpt", "-o", "a.mp4"] + options, in: folder.path)
        #expect(run.status == 64)
        #expect(run.lines.first == "gnca-render: \(sentence)")
        #expect(try folder.names == [])
    }

    @Test func captionsTellWhatHappensWithTheTimesOfTheFrames() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let options = ["-o", "a.mp4", "--damage", "half:left@4", "--fps", "25", "--captions"]
        #expect(try folder.render(options + ["a.vtt"]).status == 0)
        #expect(
            String(decoding: try folder.bytes("a.vtt"), as: UTF8.self) == """
                WEBVTT

                00:00:00.000 --> 00:00:00.160
                a seed grows

                00:00:00.160 --> 00:00:00.360
                left half removed

                """)
        let refused = try folder.render(options + ["a.mp4", "--overwrite"])
        #expect(refused.status == 64)
        #expect(refused.lines == ["gnca-render: a.mp4: the captions would replace the film (name another file)"])
        let again = try folder.render(["-o", "b.mp4", "--captions", "a.vtt"])
        #expect(again.status == 73)
        #expect(try folder.names == ["a.mp4", "a.vtt"])
    }

    @Test func verboseSaysWhatIsDone() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try folder.render(["-o", "a.mp4", "--verbose"])
        #expect(run.lines.first?.hasPrefix("gnca-render: m.ckpt: 16 channels, 8 hidden units, SHA-256 ") == true)
        #expect(run.lines.contains("gnca-render: 9 frames of 64x64 at 30 a second"))
    }

    @Test func theDarkThemeIsDark() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        for (name, extra) in [("a", []), ("b", ["--background", "#161616"])] {
            _ = try folder.render(["-o", "\(name)/", "--theme", "dark"] + extra)
        }
        let (first, second) = (try folder.bytes("a/frame-00001.png"), try folder.bytes("b/frame-00001.png"))
        // The command line is part of the file; the pixels are not.
        let dark = try ImageFile.decode(first, file: "a")
        #expect(try dark == ImageFile.decode(second, file: "b"))
        #expect(dark[0, 0].red == 0x16 && dark[0, 0].alpha == 255)
    }

    static let subcommands = [""] + RootCommand.configuration.subcommands.map { $0._commandName }

    @Test(arguments: subcommands)
    func everySubcommandHasHelp(name: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try ProgramRun((name.isEmpty ? [] : [name]) + ["--help"], in: folder.path)
        #expect(run.status == 0)
        #expect(String(decoding: run.output, as: UTF8.self).contains("USAGE: gnca-render"))
        #expect(run.errors == "")
    }

    @Test func listNamesEverything() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try ProgramRun(["list", "--json"], in: folder.path)
        let sections = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: [[String: Any]]])
        func names(_ section: String) -> [String]? { sections[section]?.compactMap { $0["name"] as? String } }
        #expect(names("scenarios") == Scenarios.all.map { $0.name })
        #expect(names("overlays") == Overlays.all.map { $0.name })
        #expect(names("figures") == Figures.all.map { $0.name })
        #expect(names("formats") == OutputFormats.all.map { $0.name })
        #expect(names("regimes") == Regimes.descriptions.map(\.name))
        #expect(names("models") == CheckpointFormats.all.map { $0.name })
        #expect(sections["formats"]?.first?["present"] as? [String] == ["h264", "h265", "av1"])
    }
}
