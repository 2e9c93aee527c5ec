import Foundation
import GNCARaster
import Testing

/// Trainings of the whole program on a tiny picture.
@Suite struct TrainCommandTests {
    /// Options of a training that takes no time.
    private static let tiny = tiny(pool: 4)

    private static func tiny(pool: Int) -> [String] {
        [
            "--size", "8", "--padding", "4", "--hidden", "16", "--batch", "2", "--pool", "\(pool)", "--damaged", "1",
            "--steps", "8-10",
        ]
    }

    private func folder() throws -> ProgramFolder {
        let folder = try ProgramFolder()
        let run = try ProgramRun(["target", "🐢", "--size", "32", "--padding", "0", "-o", "t.png"], in: folder.path)
        try #require(run.status == 0)
        return folder
    }

    @Test func aModelIsTrainedAndRendered() throws {
        let folder = try folder()
        defer { folder.remove() }
        let run = try ProgramRun(
            ["train", "t.png", "-o", "a.ckpt", "--iterations", "12", "--log", "a.csv", "--loss-curve", "a.png"]
                + Self.tiny, in: folder.path)
        #expect(run.status == 0 && run.errors == "")
        #expect(run.written.first?.hasPrefix("a.ckpt, a.csv, a.png: regenerating, 12 iterations in ") == true)
        #expect(try folder.names == ["a.ckpt", "a.csv", "a.png", "t.png"])
        let log = String(decoding: try folder.bytes("a.csv"), as: UTF8.self).split(separator: "\n")
        #expect(log.count == 13 && log[0] == "iteration,loss,psnr" && log[12].hasPrefix("12,0."))
        #expect(log[12].split(separator: ",").count == 3)
        // What the training has reached stands in one line, and in the model.
        let told = try #require(
            run.written.first?.firstMatch(of: #/, mean loss .*, (-?[0-9.]+|blown up)( dB)? at step 200/#))
        let inspected = try ProgramRun(["inspect", "a.ckpt"], in: folder.path)
        let facts = String(decoding: inspected.output, as: UTF8.self)
        #expect(facts.contains("training.learning_rate"))
        #expect(facts.contains("training.psnr_200: \(told.output.1)\n"))
        let film = try ProgramRun(
            ["a.ckpt", "--steps", "4", "--hold", "0", "--scale", "4", "-o", "a.gif"], in: folder.path)
        #expect(film.status == 0)
        let scores = try ProgramRun(
            ["evaluate", "a.ckpt", "--target", "t.png", "--size", "8", "--padding", "4", "--trials", "4", "--json"],
            in: folder.path)
        #expect(scores.status == 0)
        let parsed = try JSONSerialization.jsonObject(with: Data(scores.output))
        let json = try #require(parsed as? [String: [[String: Any]]])
        let losses = json["models"]?.first?["losses"] as? [[String: Any]]
        #expect(losses?.map { $0["step"] as? Int } == [80, 200, 1000, 2000])
        // The first four runs are those that the training was scored by.
        #expect(losses?[1]["psnr"] as? Double == Double(told.output.1))
        #expect((json["models"]?.first?["recoveries"] as? [[String: Any]])?.count == 7)
    }

    @Test func aTrainingEndsWhereItsGoalIsReachedAndHolds() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        // A model that hardly learns leaves its seed as it is, for ever. Beside two dots far apart, that is hardly wrong.
        var dots = Frame(width: 8, height: 8)
        for place in [0, 7] { dots[place, place] = Pixel(red: 0, green: 0, blue: 0) }
        try folder.folder.write(ImageFile.encodePNG(dots), "t.png")
        let training =
            ["train", "t.png", "--iterations", "600", "--until", "15dB", "--learning-rate", "1e-8"] + Self.tiny
        let run = try ProgramRun(training + ["-o", "a.ckpt", "--threads", "1"], in: folder.path)
        #expect(run.status == 0 && run.errors == "")
        let told = try #require(run.written.first?.firstMatch(of: #/^a.ckpt: regenerating, ([0-9]+) iterations in /#))
        let iterations = try #require(Int(told.output.1))
        #expect(iterations == 250, "\(run.written)")
        #expect(run.written.first?.contains(" to reach 15.0 dB, mean loss") == true)
        let kept = try #require(
            run.written.first?.firstMatch(
                of: #/ dB at step 200, ([0-9.]+) dB at step 2000, [0-8] of 8 circles healed$/#))
        let facts = String(decoding: try ProgramRun(["inspect", "a.ckpt"], in: folder.path).output, as: UTF8.self)
        #expect(facts.contains("training.psnr_2000: \(kept.output.1)\n") && facts.contains("training.until: 15dB\n"))
        let other = try ProgramRun(training + ["-o", "b.ckpt", "--threads", "2"], in: folder.path)
        #expect(other.status == 0)
        let same = try folder.bytes("a.ckpt") == folder.bytes("b.ckpt")
        #expect(same)
    }

    @Test func aGoalThatIsNotReachedIsToldWithWhatWas() throws {
        let folder = try folder()
        defer { folder.remove() }
        let run = try ProgramRun(
            ["train", "t.png", "-o", "a.ckpt", "--iterations", "12", "--until", "90 dB"] + Self.tiny, in: folder.path)
        #expect(run.status == 0 && run.lines.count == 1)
        let isTold = run.errors.contains(
            #/^gnca-render: note: a.ckpt: 90.0 dB were not reached and held: .+ at step 200.* \(more --iter/#
        )
        #expect(isTold, "\(run.errors)")
        #expect(run.written.first?.contains(" to reach ") == false)
        #expect(try folder.names == ["a.ckpt", "t.png"])
    }

    /// Blocks of a file, each too few for one of the outputs.
    @Test(arguments: [1, 8])
    func outputsOfATrainingAppearTogetherOrNotAtAll(blocks: Int) throws {
        let folder = try folder()
        defer { folder.remove() }
        let training = ["train", "t.png", "-o", "a.ckpt", "--iterations", "12", "--log", "a.csv"]
        let more = ["--loss-curve", "a.png", "--film", "f"]
        try folder.folder.makeFolder("f")
        for old in [false, true] {
            if old { for name in ["a.ckpt", "a.csv", "a.png"] { try folder.put("old", name: name) } }
            let before = try folder.names
            let run = try StartedProgram(
                training + Self.tiny(pool: 64) + more + (old ? ["--overwrite"] : []), in: folder.path,
                shell: "ulimit -f \(blocks);"
            ).wait()
            #expect(run.status == 74 && run.lines.count == 1)
            #expect(try folder.names == before)
            for name in before where name.hasPrefix("a.") { #expect(try folder.bytes(name) == Array("old".utf8)) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/f") == [])
        }
    }

    @Test func aTrainingIsFilmed() throws {
        let folder = try folder()
        defer { folder.remove() }
        let run = try ProgramRun(
            ["train", "t.png", "-o", "a.ckpt", "--iterations", "120", "--film", "f", "--film-scale", "1", "--quiet"]
                + Self.tiny(pool: 64), in: folder.path)
        #expect(run.status == 0 && run.errors == "")
        for (name, frames) in [("pool", 6), ("batches", 2), ("train_steps", 500)] {
            let bytes = try folder.bytes("f/\(name).mp4")
            // The sample size box: type, version and flags, one size for all, number of samples.
            let box = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("stsz".utf8)) })
            let count = bytes[(box + 12)..<(box + 16)].reduce(0) { $0 << 8 | Int($1) }
            #expect(count == frames, "\(name)")
        }
        let refused = try ProgramRun(
            ["train", "t.png", "-o", "b.ckpt", "--film", "g", "--film-scale", "0"], in: folder.path)
        #expect(refused.status == 64)
        #expect(refused.lines == ["gnca-render: --film-scale is out of range (got 0, expected 1...16)"])
    }

    @Test func aKilledTrainingGoesOnToTheSameModel() throws {
        let folder = try folder()
        defer { folder.remove() }
        let training = ["train", "t.png", "--iterations", "400", "--checkpoint-every", "5"] + Self.tiny
        #expect(try ProgramRun(training + ["-o", "whole.ckpt", "--threads", "1"], in: folder.path).status == 0)
        let program = try StartedProgram(training + ["-o", "a.ckpt", "--threads", "2"], in: folder.path)
        for _ in 0..<6000 where try !folder.names.contains("a.ckpt.state.previous") { usleep(2000) }
        program.send(SIGKILL)
        #expect(program.wait().status == 128 + SIGKILL)
        let names = try folder.names
        #expect(!names.contains("a.ckpt"))
        let states = try folder.names.filter { $0.hasSuffix(".state") || $0.hasSuffix(".previous") }
        try #require(!states.isEmpty)
        for (number, state) in states.enumerated() {
            let output = "b\(number).ckpt"
            #expect(try ProgramRun(["train", "--resume", state, "-o", output], in: folder.path).status == 0)
            let same = try folder.bytes(output) == folder.bytes("whole.ckpt")
            #expect(same)
        }
    }

    @Test func aSignalWritesTheStateAndNamesTheCommandThatGoesOn() throws {
        let folder = try folder()
        defer { folder.remove() }
        // No state but the signal's own is written, however late the signal comes.
        let training = [
            "train", "t.png", "--progress", "json", "-o", "a.ckpt", "--checkpoint-every", "1000000", "--log",
            "a log.csv", "--title", "a b", "--no-provenance",
        ]
        let program = try StartedProgram(training + ["--iterations", "1000000"] + Self.tiny, in: folder.path)
        program.waitForErrors(containing: "\"event\":\"progress\"")
        program.send(SIGINT)
        let run = program.wait()
        #expect(run.status == 130)
        #expect(
            run.lines.suffix(2) == [
                "gnca-render: stopped by SIGINT; this goes on:",
                "  gnca-render train --resume a.ckpt.state -o a.ckpt --checkpoint-every 1000000 --log 'a log.csv' "
                    + "--title 'a b' --no-provenance",
            ])
        #expect(try folder.names == ["a log.csv", "a.ckpt.state", "t.png"])
    }

    @Test func timeIsABudget() throws {
        let folder = try folder()
        defer { folder.remove() }
        let run = try ProgramRun(["train", "t.png", "-o", "a.ckpt", "--time", "1s"] + Self.tiny, in: folder.path)
        #expect(run.status == 0)
        #expect(run.written.first?.hasPrefix("a.ckpt: growing only, not regenerating, ") == true)
        // What was not taught is not scored.
        #expect(run.written.first?.contains(#/ at step 80(, .+ at step 200)?$/#) == true, "\(run.written)")
        #expect(
            run.lines.count == 1 && run.errors.hasPrefix("gnca-render: note: the model will learn to grow, no more: "))
        let inspected = String(decoding: try ProgramRun(["inspect", "a.ckpt"], in: folder.path).output, as: UTF8.self)
        #expect(inspected.contains("training.grow_first: 1.0") && inspected.contains("training.learned: growing\n"))
    }

    @Test func aPictureThatAnIterationCannotReachIsTold() throws {
        let folder = try folder()
        defer { folder.remove() }
        for (steps, isTold) in [("2-3", true), ("2-4", false)] {
            let options = Self.tiny.dropLast() + [steps, "--iterations", "1"]
            let run = try ProgramRun(["train", "t.png", "-o", "\(steps).ckpt"] + options, in: folder.path)
            #expect(run.status == 0 && run.errors.contains("it reaches 4 cells far") == isTold, "\(run.errors)")
        }
    }

    static let rows = [
        BadInputTests.Row("train t.png", 64, "no output is named (add -o MODEL.ckpt)"),
        BadInputTests.Row("train -o a.ckpt", 64, "no target is named (a picture, an emoji, or a text)"),
        BadInputTests.Row(
            "train t.png -o a.json", 64, "a.json: train writes this program's own format (name it .ckpt)"),
        BadInputTests.Row("train no.png -o a.ckpt", 65, "no.png: there is no such file"),
        BadInputTests.Row(
            "train bad.png -o a.ckpt", 65,
            "bad.png: not a picture of a known kind (expected PNG, JPEG, WebP, AVIF, GIF, BMP, TIFF or SVG)"),
        BadInputTests.Row(
            "train clear.png -o a.ckpt", 65,
            "clear.png: nothing of the picture is visible (every pixel is transparent)"),
        BadInputTests.Row("train A.png -o a.ckpt", 65, "A.png: there is no such file"),
        BadInputTests.Row(
            "train 🂡 -o a.ckpt", 65,
            "🂡: no installed colour font has a picture of it (Debian: apt-get install fonts-noto-color-emoji)"),
        BadInputTests.Row(
            "train t.png -o a.ckpt --batch 9 --pool 8", 64,
            "batch out of range (got 9, expected at most the pool's 8 states)"),
        BadInputTests.Row(
            "train t.png -o a.ckpt --size 600", 64, "size out of range (got 600, expected 1...512)"),
        BadInputTests.Row(
            "train t.png -o a.ckpt --regime x", 64,
            "--regime is \"x\" (expected growing, persistent, regenerating, temporal or perpetual)"),
        BadInputTests.Row(
            "train t.png -o a.ckpt --steps 9-3", 64,
            "--steps is \"9-3\" (expected a range of whole numbers, as 64-95)"),
        BadInputTests.Row(
            "train t.png -o a.ckpt --time 3x", 64,
            "--time is \"3x\" (expected at least a second, as 60s, 10m or 1h30m)"),
        BadInputTests.Row(
            "train t.png -o a.ckpt --decay-at 9,x", 64,
            "--decay-at is \"9,x\" (expected whole numbers, as 2000,6000)"),
        BadInputTests.Row(
            "train t.png -o a.ckpt --iterations 0", 64, "--iterations is out of range (got 0, expected 1...10000000)"),
        BadInputTests.Row(
            "train t.png -o a.ckpt --from m.ckpt --channels 12", 64,
            "channels out of range (got 12, expected 16, as the first model has)"),
        BadInputTests.Row("train t.png -o a.ckpt --from no.ckpt", 65, "no.ckpt: there is no such file"),
        BadInputTests.Row(
            "train --resume bad.png --from m.ckpt -o a.ckpt", 64,
            "--resume goes on with the weights of the state (leave --from out)"),
        BadInputTests.Row("train --resume bad.png -o a.ckpt", 65, "bad.png: not the state of a training"),
        BadInputTests.Row(
            "train t.png -o m.ckpt", 73, "m.ckpt: cannot be created: it exists already (--overwrite replaces it)"),
        BadInputTests.Row(
            "target 🐢 -o a.jpg", 64, "a.jpg: a target is written as a PNG (name it .png)"),
        BadInputTests.Row("evaluate m.ckpt --target no.png", 65, "no.png: there is no such file"),
        BadInputTests.Row(
            "evaluate m.ckpt --target t.png --trials 0", 64,
            "--trials is out of range (got 0, expected 1...100000)"),
        BadInputTests.Row(
            "train t.png -o a.ckpt --until 200dB", 64,
            "--until is \"200dB\" (expected a quality as 40dB, 10...100, or none)"),
        BadInputTests.Row(
            "train t.png -o a.ckpt --until 40dB --regime growing", 64,
            "--until belongs to a training that teaches a pattern to stay (persistent, regenerating, temporal or perpetual; with --time "
                + "from 3m on)"),
        BadInputTests.Row(
            "train t.png -o a.ckpt --until 40dB --time 60s", 64,
            "--until belongs to a training that teaches a pattern to stay (persistent, regenerating, temporal or perpetual; with --time "
                + "from 3m on)"),
    ]

    @Test(arguments: rows)
    func isRefusedInOneSentence(row: BadInputTests.Row) throws {
        let folder = try folder()
        defer { folder.remove() }
        try folder.put("no picture", name: "bad.png")
        let clear = try ImageFile.encodePNG(Frame(width: 4, height: 4))
        try Data(clear).write(to: URL(fileURLWithPath: "\(folder.path)/clear.png"))
        let before = try folder.names
        let run = try ProgramRun(row.arguments.split(separator: " ").map(String.init), in: folder.path)
        #expect(run.lines == ["gnca-render: " + row.message])
        #expect(run.status == row.status)
        #expect(try folder.names == before)
    }

    @Test func aFullDiskEndsTheTrainingAndLosesNothing() throws {
        let folder = try folder()
        defer { folder.remove() }
        let training = ["train", "t.png", "--checkpoint-every", "2", "--iterations", "6", "-o", "a.ckpt"]
        let run = try StartedProgram(training + Self.tiny, in: folder.path, shell: "ulimit -f 0;").wait()
        #expect(run.status == 74)
        #expect(run.lines.count == 1 && run.errors.contains("a.ckpt.state: writing failed"))
        #expect(try folder.names == ["t.png"])
    }
}
