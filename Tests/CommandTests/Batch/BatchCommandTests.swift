import Foundation
import GNCAExport
import GNCARender
import GNCATraining
import Testing

@testable import gnca_render

/// Whole batches.
@Suite struct BatchCommandTests {
    /// Three short films and, among them, one job that fails.
    private static let films = """
        defaults: {render: {grid: 16x16, scale: 4, steps: 8, hold: 0}}
        jobs:
        - render: films
          models: m.ckpt
          matrix: {random-seed: 0...2}
          output: out/{random-seed}.mp4
        """

    private func withFolder(_ text: String, _ body: (ProgramFolder) throws -> Void) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.put(text, name: "b.yaml")
        try body(folder)
    }

    private func batch(_ folder: ProgramFolder, _ more: [String] = []) throws -> ProgramRun {
        try ProgramRun(["batch", "b.yaml"] + more, in: folder.path)
    }

    private func text(_ run: ProgramRun) -> String { String(decoding: run.output, as: UTF8.self) }

    /// The states that `--json` tells, by job, in the order of names.
    private func states(_ run: ProgramRun) throws -> [String] {
        try text(run).split(separator: "\n").map { line in
            let fields = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            return "\(try #require(fields["job"] as? String)) \(try #require(fields["state"] as? String))"
        }.sorted()
    }

    @Test func aTargetIsAJobAndStaysAnOptionOfOthers() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.addPicture("p.png")
        let jobs = """
            jobs:
            - {target: seen, picture: p.png, size: 8, padding: 2, output: seen.png}
            - {target: seen.png, train: taught, size: 12, padding: 2, iterations: 2, output: taught.ckpt}
            """
        try folder.put(jobs, name: "b.yaml")
        let list = try ProgramRun(["batch", "b.yaml", "--dry-run"], in: folder.path)
        #expect(String(decoding: list.output, as: UTF8.self).contains("gnca-render target p.png --output seen.png"))
        #expect(
            String(decoding: list.output, as: UTF8.self).contains("gnca-render train seen.png --output taught.ckpt"))
        #expect(try ProgramRun(["batch", "b.yaml"], in: folder.path).status == 0)
        #expect(try folder.bytes("seen.png").starts(with: [0x89] + Array("PNG".utf8)))
        #expect(try folder.names.contains("taught.ckpt"))
    }

    @Test func onlyWhatChangedIsMadeAgain() throws {
        try withFolder(Self.films) { folder in
            let first = try batch(folder)
            #expect(first.status == 0 && first.errors == "")
            #expect(text(first) == "3 jobs: 3 made\n")
            let film = try folder.bytes("out/1.mp4")
            #expect(try text(batch(folder)) == "3 jobs: 3 up to date\n")

            try folder.put("torn", name: "out/1.mp4")
            try FileManager.default.removeItem(atPath: folder.path + "/out/2.mp4")
            let again = try batch(folder, ["--json"])
            #expect(try states(again) == ["films/0 up to date", "films/1 made", "films/2 made"])
            #expect(try folder.bytes("out/1.mp4") == film, "the same job makes the same bytes")

            try folder.put(Self.films + "\n  fps: 25", name: "b.yaml")
            #expect(try text(batch(folder, ["--only", "*/0"])) == "1 job: 1 made\n")
            #expect(try text(batch(folder, ["--only", "out/[12].mp4"])) == "2 jobs: 2 made\n")
            #expect(try text(batch(folder, ["--force", "--jobs", "2"])) == "3 jobs: 3 made\n")
        }
    }

    @Test func whatHasToBeMadeIsToldBefore() throws {
        try withFolder(Self.films) { folder in
            _ = try batch(folder, ["--only", "films/1"])
            let list = text(try batch(folder, ["--list"])).split(separator: "\n").map { $0.split(separator: " ") }
            #expect(list.map { $0[0] } == ["films/0", "films/1", "films/2"])
            #expect(
                list.map { $0.dropFirst(2).joined(separator: " ") } == [
                    "new out/0.mp4", "up to date out/1.mp4", "new out/2.mp4",
                ])
            let lines = try batch(folder, ["--list", "--json"])
            #expect(try states(lines) == ["films/0 new", "films/1 up to date", "films/2 new"])
            let script = text(try batch(folder, ["--dry-run"]))
            let place = try #require(BatchRoots.place(of: folder.path))
            let film = "--grid 16x16 --random-seed 2 --scale 4 --output out/2.mp4 --threads 1 --overwrite"
            #expect(script.hasPrefix("cd \(place)\nmkdir -p \(place)/out\n"))
            #expect(script.hasSuffix("\ngnca-render render m.ckpt --steps 8 --hold 0 \(film)\n"))
            #expect(try folder.names == ["b.yaml", "out"])
        }
    }

    @Test func aFailureIsToldAndStopsOrNot() throws {
        let broken = Self.films.replacing("0...2}", with: "0...2, models: [m.ckpt, x.ckpt]}")
            .replacing("models: m.ckpt\n  ", with: "").replacing("models:", with: "model:")
            .replacing("{random-seed}.mp4", with: "{model}-{random-seed}.mp4")
        try withFolder(broken) { folder in
            _ = try folder.folder.add("x.ckpt", ProgramFolder.model(gain: 1e9))
            let run = try batch(folder, ["--keep-going", "--jobs", "1"])
            #expect(run.status == 1)
            #expect(text(run) == "")
            try #require(run.lines.count == 4)
            #expect(run.lines[0] == "gnca-render: 6 jobs: 3 made, 3 failed")
            #expect(run.lines[1].hasPrefix("  films/0/x  exit 65  "))
            let stopped = try batch(folder, ["--jobs", "1", "--json", "--force"])
            #expect(stopped.status == 1)
            #expect(stopped.lines[0] == "gnca-render: 6 jobs: 1 made, 1 failed, 4 not begun")
            #expect(try states(stopped) == ["films/0/m made", "films/0/x failed"])
        }
    }

    @Test func whatNeedsAFailedJobIsNotBegun() throws {
        try withFolder(
            """
            jobs:
            - {convert: first, input: m.ckpt, output: no/a.ckpt}
            - {render: second, models: no/a.ckpt, output: a.mp4}
            - {convert: third, input: m.ckpt, output: b.ckpt}
            - {render: fourth, models: b.ckpt, grid: 16x16, scale: 4, steps: 8, output: b.mp4}
            """
        ) { folder in
            try folder.put("no folder", name: "no")
            let run = try batch(folder, ["--keep-going"])
            #expect(run.lines.first == "gnca-render: 4 jobs: 2 made, 1 failed, 1 not begun")
            #expect(try folder.names == [".gnca-batch", "b.ckpt", "b.mp4", "b.yaml", "no"])
        }
    }

    @Test func aDryRunOnlyNotesWhatNoBatchHasMade() throws {
        try withFolder(Self.films.replacing("out/{random-seed}.mp4", with: "\"{random-seed}.mp4\"")) { folder in
            try folder.put("mine", name: "1.mp4")
            let run = try batch(folder, ["--dry-run"])
            #expect(run.status == 0)
            #expect(
                run.lines == [
                    "gnca-render: note: 1.mp4: cannot be created: it exists already, and no batch has made it "
                        + "(--overwrite replaces it)"
                ])
            let films = text(run).split(separator: "\n").filter { $0.hasPrefix("gnca-render ") }
            #expect(films.map { $0.hasSuffix(" --overwrite") } == [true, false, true])
            let all = try batch(folder, ["--dry-run", "--overwrite"])
            #expect(all.errors == "")
            #expect(text(all).contains("1.mp4 --threads 1 --overwrite\n"))
        }
    }

    @Test func whatNoBatchHasMadeIsKept() throws {
        try withFolder(Self.films.replacing("out/{random-seed}.mp4", with: "\"{random-seed}.mp4\"")) { folder in
            try folder.put("mine", name: "1.mp4")
            let run = try batch(folder, ["--keep-going"])
            #expect(run.status == 1)
            #expect(
                run.lines == [
                    "gnca-render: 3 jobs: 2 made, 1 failed",
                    "  films/1  exit 73  1.mp4: cannot be created: it exists already, and no batch has made it (--overwrite replaces it)",
                ])
            #expect(try folder.bytes("1.mp4") == Array("mine".utf8))
            #expect(try text(batch(folder, ["--overwrite"])) == "3 jobs: 1 made, 2 up to date\n")
        }
    }

    @Test func aShorterSequenceLeavesNoStillsOfTheLongerOne() throws {
        let stills = Self.films.replacing("0...2", with: "0").replacing(".mp4", with: "/")
        try withFolder(stills) { folder in
            let stillsMade = { try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out/0").sorted() }
            #expect(try batch(folder).status == 0)
            let longer = try stillsMade()
            try folder.put(stills.replacing("steps: 8", with: "steps: 4"), name: "b.yaml")
            #expect(try batch(folder).status == 0)
            let shorter = try stillsMade()
            #expect(shorter.count < longer.count)
            #expect(shorter == Array(longer.prefix(shorter.count)), "numbered without a gap")
        }
    }

    @Test func shardsTogetherMakeEverythingOnce() throws {
        try withFolder(Self.films) { (folder) throws in
            #expect(try text(batch(folder, ["--shard", "1/2"])) == "2 jobs: 2 made\n")
            #expect(try text(batch(folder, ["--shard", "2/2"])) == "1 job: 1 made\n")
            #expect(try text(batch(folder)) == "3 jobs: 3 up to date\n")
        }
    }

    /// One short film, and one that takes longer than a test.
    private static let endless = """
        defaults: {render: {grid: 32x32, scale: 4, on-blowup: hold}}
        jobs:
        - {render: short, models: m.ckpt, steps: 4, output: short.mp4}
        - {render: long, models: m.ckpt, steps: 1000000, output: long.mp4}
        """

    /// Returns when the second job has begun to write.
    private func waitForTheLongFilm(_ folder: ProgramFolder) throws {
        for _ in 0..<6000 where try !folder.names.contains(where: { $0.hasPrefix(".long.mp4") }) { usleep(10_000) }
    }

    @Test(arguments: [SIGINT, SIGTERM]) func aSignalStopsTheBatchAndSaysHowToGoOn(signal: Int32) throws {
        try withFolder(Self.endless) { folder in
            let program = try StartedProgram(["batch", "b.yaml", "--jobs", "1"], in: folder.path)
            try waitForTheLongFilm(folder)
            program.send(signal)
            let run = program.wait()
            #expect(run.status == 128 + signal)
            #expect(
                run.lines.last == "gnca-render: stopped by \(signal == SIGINT ? "SIGINT" : "SIGTERM"); "
                    + "1 of 2 jobs are done, and the same command goes on from there")
            #expect(try folder.names == [".gnca-batch", "b.yaml", "short.mp4"])
        }
    }

    @Test func aKilledBatchGoesOnWhereItWas() throws {
        try withFolder(Self.endless) { folder in
            let program = try StartedProgram(["batch", "b.yaml", "--jobs", "1"], in: folder.path)
            try waitForTheLongFilm(folder)
            program.send(SIGKILL)
            // The pipe of standard error ends when the child, which has noticed, has tidied up and gone.
            #expect(program.wait().status == 128 + SIGKILL)
            try folder.put(Self.endless.replacing("1000000", with: "8"), name: "b.yaml")
            #expect(try text(batch(folder)) == "2 jobs: 1 made, 1 up to date\n")
            #expect(try folder.names == [".gnca-batch", "b.yaml", "long.mp4", "short.mp4"])
        }
    }

    @Test func aTrainingGoesOnFromItsState() throws {
        let training = """
            jobs:
            - train: model
              target: p.png
              iterations: 100000
              size: 8
              padding: 2
              channels: 5
              hidden: 4
              pool: 8
              batch: 2
              steps: 4-5
              checkpoint-every: 1
              output: a.ckpt
            """
        try withFolder(training) { folder in
            #expect(try folder.render(["-o", "x/", "--steps", "1", "--poster", "p.png"]).status == 0)
            let program = try StartedProgram(["batch", "b.yaml"], in: folder.path)
            for _ in 0..<600 where try !folder.names.contains("a.ckpt.state") { usleep(10_000) }
            program.send(SIGTERM)
            #expect(program.wait().status == 128 + SIGTERM)
            let file = try BatchFile(
                parsing: training.replacing("p.png", with: folder.path + "/p.png").replacing(
                    "a.ckpt", with: folder.path + "/a.ckpt"), file: "b.yaml")
            let job = try BatchPlan(
                file, roots: BatchRoots([folder.path]), records: BatchManifests(shard: nil)
            ).jobs[0]
            #expect(try TrainingResumption.arguments(of: job, BatchManifests(shard: nil)) == nil, "another job's state")
            let begun = BatchManifests(shard: nil)
            let folderOfFacts = try begun[#require(BatchRoots.place(of: folder.path))]
            let key = try #require(folderOfFacts["a.ckpt"].begun.first)
            var same = job
            same.key = key
            let words = try #require(try TrainingResumption.arguments(of: same, begun))
            #expect(words.prefix(3) == ["train", "--resume", folder.path + "/a.ckpt.state"])
            #expect(!words.contains(folder.path + "/p.png") && words.suffix(3) == ["--threads", "1", "--overwrite"])
        }
    }

    @Test(arguments: [
        (["batch"], 64, "no file of jobs is named (as gnca-render batch films.yaml)"),
        (["batch", "x.yaml"], 65, "x.yaml: there is no such file"),
        (["batch", "b.yaml", "--jobs", "0"], 64, "--jobs is out of range (got 0, expected 1...1024)"),
        (["batch", "b.yaml", "--set", "x"], 64, "--set is \"x\" (expected KEY=VALUE)"),
        (["batch", "b.yaml", "--set", "x=1"], 64, "--set x: there is no such variable (the file has none)"),
        (["batch", "b.yaml", "--root", "x"], 64, "--root x: there is no such folder"),
        (["batch", "b.yaml", "--only", "x*"], 64, "--only x*: no job or output matches"),
        (["batch", "b.yaml", "--shard", "3/2"], 64, "--shard: there is no part 3 of 2 (expected I/N, I from 1 to N)"),
    ])
    func aWrongCommandIsRefused(arguments: [String], status: Int32, sentence: String) throws {
        try withFolder(Self.films) { folder in
            let run = try ProgramRun(arguments, in: folder.path)
            #expect(run.status == status)
            #expect(run.lines == ["gnca-render: " + sentence])
            #expect(try folder.names == ["b.yaml"])
        }
    }

    @Test func theSchemaKnowsTheValuesThatOptionsKnow() throws {
        let schema = try JSONSerialization.jsonObject(with: Data(BatchSchema.text.utf8)) as? [String: Any]
        let kinds = try #require(schema?["$defs"] as? [String: [String: Any]])
        func values(_ key: String, of kind: String) throws -> [String]? {
            let properties = try #require(kinds[kind]?["properties"] as? [String: [String: Any]])
            return (try #require(properties[key], "\(kind): \(key)")["enum"] as? [Any])?.compactMap { $0 as? String }
        }
        #expect(try values("padding", of: "render") == ["zero", "torus"])
        #expect(try values("format", of: "render") == OutputFormats.all.map { $0.name })
        #expect(try values("kind", of: "figure") == Figures.all.map { $0.name })
        #expect(try values("regime", of: "train") == Regimes.descriptions.map(\.name))
        for kind in ["render", "figure", "convert"] { #expect(try values("dialect", of: kind) == nil) }
    }
}
