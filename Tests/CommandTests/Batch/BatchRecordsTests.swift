import Foundation
import GNCABasics
import GNCAExport
import Testing

@testable import gnca_render

/// What stands in the place of outputs, and the records of what was made.
@Suite struct BatchRecordsTests {
    private func stills(_ steps: Int, _ output: String = "out/", _ more: String = "") -> String {
        """
        defaults: {render: {grid: 16x16, scale: 4, hold: 0, steps-per-frame: 1}}
        jobs:
        - {render: stills, models: m.ckpt, steps: \(steps), output: "\(output)"\(more)}
        """
    }

    private func withFolder(_ body: (ProgramFolder) throws -> Void) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try body(folder)
    }

    private func batch(_ folder: ProgramFolder, _ text: String, _ more: [String] = []) throws -> ProgramRun {
        try folder.put(text, name: "b.yaml")
        return try ProgramRun(["batch", "b.yaml"] + more, in: folder.path)
    }

    /// Everything below a folder with its bytes and times.
    private func tree(_ folder: ProgramFolder) throws -> [String: String] {
        var tree: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) + [""] {
            let path = folder.path + "/" + name
            let facts = try FileManager.default.attributesOfItem(atPath: path)
            let bytes = FileManager.default.contents(atPath: path)
            tree[name] = "\(facts[.modificationDate] ?? "") \(bytes.map { [UInt8]($0) } ?? [])"
        }
        return tree
    }

    // MARK: numbered stills

    @Test(arguments: [("out/", "out/frame-0000", ".png"), ("out/a-%d.png", "out/a-", ".png")])
    func aShorterFilmTakesAwayOnlyWhatABatchHasMade(output: String, before: String, after: String) throws {
        try withFolder { (folder) throws in
            #expect(try batch(folder, stills(8, output)).status == 0)
            let others = [
                "out/frame-00099.png", "out/a-7x.png", "out/a-99.png", "out/a-007.png", "out/notes.txt", "out/.hidden",
            ]
            for name in others { try folder.put("mine", name: name) }
            try folder.put("changed by me", name: "\(before)8\(after)")
            #expect(try batch(folder, stills(4, output)).status == 0)
            for name in others { #expect(try folder.bytes(name) == Array("mine".utf8), "\(name)") }
            let left = (1...9).filter {
                FileManager.default.fileExists(atPath: "\(folder.path)/\(before)\($0)\(after)")
            }
            #expect(left == [1, 2, 3, 4, 5, 8])
            #expect(try batch(folder, stills(4, output)).output == Array("1 job: 1 up to date\n".utf8))
        }
    }

    @Test func whatStandsThereStaysUntilTheNewIsWhole() throws {
        try withFolder { (folder) throws in
            #expect(try batch(folder, stills(8)).status == 0)
            let old = try tree(folder).filter { $0.key.hasPrefix("out/frame") }
            // A film that blows up, one that is stopped, and one that is killed.
            _ = try folder.folder.add("m.ckpt", ProgramFolder.model(gain: 1e9))
            #expect(try batch(folder, stills(9)).status == 1)
            #expect(try tree(folder).filter { $0.key.hasPrefix("out/frame") } == old)
            _ = try folder.folder.add("m.ckpt", ProgramFolder.model(gain: 0.02))
            for signal in [SIGTERM, SIGKILL] {
                try folder.put(stills(1_000_000, "out/", ", on-blowup: hold"), name: "b.yaml")
                let program = try StartedProgram(["batch", "b.yaml"], in: folder.path)
                for _ in 0..<6000
                where try !FileManager.default.contentsOfDirectory(atPath: folder.path + "/out").contains(where: {
                    $0.hasPrefix(".frame-")
                }) { usleep(10_000) }
                program.send(signal)
                _ = program.wait()
                #expect(try tree(folder).filter { $0.key.hasPrefix("out/frame") } == old)
            }
            #expect(try batch(folder, stills(4)).status == 0)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out").sorted()
            #expect(names == (1...5).map { "frame-0000\($0).png" })
        }
    }

    @Test func aLongerFilmDoesNotReplaceTheUsersStills() throws {
        try withFolder { (folder) throws in
            #expect(try batch(folder, stills(4)).status == 0)
            try folder.put("mine", name: "out/frame-00007.png")
            let run = try batch(folder, stills(8))
            #expect(run.status == 1)
            #expect(
                run.lines.last?.contains("out/frame-00007.png: cannot be created: it exists already, and no batch")
                    == true)
            #expect(try folder.bytes("out/frame-00007.png") == Array("mine".utf8))
            #expect(try batch(folder, stills(8), ["--overwrite"]).status == 0)
            #expect(try folder.bytes("out/frame-00007.png") != Array("mine".utf8))
        }
    }

    @Test func whatAKilledBatchLeftIsItsOwnAndWhatWasThereBeforeIsNot() throws {
        try withFolder { (folder) throws in
            let records = try folder.folder.makeFolder(".gnca-batch")
            try folder.folder.makeFolder("out")
            for number in [1, 2, 7] { try folder.put("old", name: "out/frame-0000\(number).png") }
            let line = "{\"event\":\"begun\",\"output\":\"out/\",\"key\":\"k\",\"others\":[\"frame-00007.png\"]}\n"
            try Data(line.utf8).write(to: URL(fileURLWithPath: records + "/manifest.jsonl"))
            #expect(try batch(folder, stills(8)).status == 1, "frame-00007.png is the user's")
            #expect(try folder.bytes("out/frame-00001.png") == Array("old".utf8))
            #expect(try batch(folder, stills(4)).status == 0)
            #expect(try folder.bytes("out/frame-00001.png") != Array("old".utf8))
            #expect(try folder.bytes("out/frame-00007.png") == Array("old".utf8))
        }
    }

    @Test func recordsOfTheFirstReleaseAreRead() throws {
        try withFolder { (folder) throws in
            #expect(try batch(folder, stills(4)).status == 0)
            let path = folder.path + "/.gnca-batch/manifest.jsonl"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let old = text.replacing(#/,"stills":\{[^}]*\}/#, with: "")
            #expect(old != text)
            try Data(old.utf8).write(to: URL(fileURLWithPath: path))
            #expect(try batch(folder, stills(4)).output == Array("1 job: 1 up to date\n".utf8))
            #expect(try batch(folder, stills(2)).status == 0, "its stills may be replaced")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out")
            #expect(names.count == 5, "what no line names is not removed")
        }
    }

    /// A record that names stills the output cannot have, or one that a job reads, removes nothing.
    @Test(arguments: [
        "../m.ckpt", "inner.png", "n-0.png", "n-07.png", "n-+9.png", "n-9.png/../../m.ckpt", "./n-9.png", "..", "",
        "n-99999999999999999999.png", "n-.png", "m.ckpt", "../out/n-9.png",
    ])
    func aRecordCannotNameAnybodysFileAsAStill(name: String) throws {
        try withFolder { (folder) throws in
            try folder.folder.makeFolder("out")
            let victims = ["out/inner.png", "out/n-0.png", "out/n-07.png", "out/n-9.png", "out/m.ckpt"]
            let model = try folder.bytes("m.ckpt")
            for victim in victims { _ = try folder.folder.write(model, victim) }
            let records = try folder.folder.makeFolder("out/.gnca-batch")
            let hash = try ContentHash.sha256(model)
            let line = """
                {"event":"made","output":"n-%d.png","key":"k","sha256":"\(hash)","bytes":1,"seconds":1,\
                "stills":{"\(name)":"\(hash)"}}\n
                """
            try Data(line.utf8).write(to: URL(fileURLWithPath: records + "/manifest.jsonl"))
            for steps in [4, 2] { #expect(try batch(folder, stills(steps, "out/n-%d.png")).status == 0) }
            #expect(try batch(folder, stills(2, "out/n-%d.png")).errors.contains("a line is passed over"))
            for file in victims + ["m.ckpt"] { #expect(try folder.bytes(file) == model, "\(file)") }
        }
    }

    @Test func aRecordCannotTakeAwayWhatAJobReads() throws {
        try withFolder { (folder) throws in
            try folder.folder.makeFolder("out")
            let model = try folder.bytes("m.ckpt")
            _ = try folder.folder.write(model, "out/n-9.png")
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/link.ckpt", withDestinationPath: "out/n-9.png")
            let records = try folder.folder.makeFolder("out/.gnca-batch")
            let hash = try ContentHash.sha256(model)
            let line = """
                {"event":"made","output":"n-%d.png","key":"k","sha256":"\(hash)","bytes":1,"seconds":1,\
                "stills":{"n-9.png":"\(hash)"}}\n
                """
            try Data(line.utf8).write(to: URL(fileURLWithPath: records + "/manifest.jsonl"))
            let reader = "\n- {render: other, models: link.ckpt, steps: 2, output: other.gif}"
            for steps in [4, 2] {
                #expect(try batch(folder, stills(steps, "out/n-%d.png") + reader).status == 0)
            }
            #expect(try folder.bytes("out/n-9.png") == model)
        }
    }

    // MARK: readers and writers

    @Test func whoOnlyAsksWritesNothing() throws {
        try withFolder { (folder) throws in
            #expect(try batch(folder, stills(4)).status == 0)
            let path = folder.path + "/.gnca-batch/manifest.jsonl"
            let line = try #require(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").last)
            let long = String(repeating: line + "\n", count: 500)
            try Data(long.utf8).write(to: URL(fileURLWithPath: path))
            let more = stills(4) + "\n- {render: new, models: m.ckpt, steps: 4, output: new/folder/a.mp4}"
            try folder.put(more, name: "b.yaml")
            let before = try tree(folder)
            for question in [["--list"], ["--list", "--json"], ["--dry-run"], ["--dry-run", "--force"]] {
                #expect(try ProgramRun(["batch", "b.yaml"] + question, in: folder.path).status == 0)
                #expect(try tree(folder) == before, "\(question)")
            }
            #expect(try batch(folder, stills(4)).status == 0)
            #expect(
                try Data(contentsOf: URL(fileURLWithPath: path)).count < long.utf8.count, "who writes makes it short")
        }
    }

    private static let endless = """
        defaults: {render: {grid: 32x32, scale: 4, on-blowup: hold}}
        jobs:
        - {render: long, models: m.ckpt, steps: 1000000, output: long.mp4}
        """

    @Test func aSecondBatchSaysThatThereIsAnother() throws {
        try withFolder { (folder) throws in
            try folder.put(Self.endless, name: "b.yaml")
            let program = try StartedProgram(["batch", "b.yaml"], in: folder.path)
            for _ in 0..<6000 where try !folder.names.contains(where: { $0.hasPrefix(".long.mp4") }) { usleep(10_000) }
            let second = try ProgramRun(["batch", "b.yaml"], in: folder.path)
            #expect(second.status == 73)
            let place = try #require(BatchRoots.place(of: folder.path))
            #expect(
                second.lines == [
                    "gnca-render: \(place): another batch is at work here (wait until it is done, or stop it)"
                ])
            #expect(try ProgramRun(["batch", "b.yaml", "--list"], in: folder.path).status == 0)
            // A shard has a file of its own.
            try folder.put(stills(4, "s/"), name: "c.yaml")
            #expect(try ProgramRun(["batch", "c.yaml", "--shard", "1/1"], in: folder.path).status == 0)
            program.send(SIGTERM)
            #expect(program.wait().status == 128 + SIGTERM)
            #expect(try batch(folder, stills(4)).status == 0, "the lock ends with its holder")
        }
    }

    @Test func noRecordIsLostWhileManyAsk() throws {
        try withFolder { (folder) throws in
            let count = 12
            let text = """
                defaults: {render: {grid: 16x16, scale: 4, steps: 4, hold: 0}}
                jobs:
                - {render: f, models: m.ckpt, matrix: {random-seed: 0...\(count - 1)}, output: "{random-seed}.gif"}
                """
            try folder.put(text, name: "b.yaml")
            // A history that is long enough to be made short by the batch itself.
            let records = try folder.folder.makeFolder(".gnca-batch")
            let line = "{\"event\":\"begun\",\"output\":\"old.gif\",\"key\":\"k\"}\n"
            try Data(String(repeating: line, count: 500).utf8).write(
                to: URL(fileURLWithPath: records + "/manifest.jsonl"))
            let program = try StartedProgram(["batch", "b.yaml"], in: folder.path)
            let others = try (0..<6).map { number in
                try StartedProgram(["batch", "b.yaml"] + (number % 2 == 0 ? ["--list"] : ["--quiet"]), in: folder.path)
            }
            for other in others { #expect([0, 73].contains(other.wait().status)) }
            #expect([0, 73].contains(program.wait().status))
            let last = try batch(folder, text)
            #expect(last.status == 0, "\(last.errors)")
            let made = try String(contentsOfFile: records + "/manifest.jsonl", encoding: .utf8).split(separator: "\n")
                .filter { $0.contains("\"made\"") }
            #expect(made.count == count, "every film was made once, and every record of it is there")
        }
    }

    @Test func aFolderThatTakesNoRecordsIsToldByItsJob() throws {
        guard getuid() != 0 else { return }
        try withFolder { (folder) throws in
            try folder.folder.makeFolder("closed")
            try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path + "/closed")
            let run = try batch(folder, stills(4, "closed/a/"))
            #expect(run.status == 1 && run.lines.last?.contains("exit 73") == true)
        }
    }
}
