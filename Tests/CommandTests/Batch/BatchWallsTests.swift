import Foundation
import GNCABasics
import Testing

@testable import gnca_render

/// A batch that a stranger wrote reads and writes nothing outside of its folder.
@Suite struct BatchWallsTests {
    private static let secret = "-----BEGIN PRIVATE KEY----- canary"

    /// A folder `in` with the jobs' files, beside it `key` and `out/`, which nobody may touch.
    private func withWalls(_ body: (_ outer: TemporaryURL, _ folder: ProgramFolder) throws -> Void) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try RightJobs.putFiles(folder)
        let outer = URL(fileURLWithPath: folder.path + "-outside")
        try FileManager.default.createDirectory(at: outer, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: outer) }
        try Data(Self.secret.utf8).write(to: outer.appendingPathComponent("key"))
        try body(TemporaryURL(url: outer), folder)
    }

    struct TemporaryURL {
        let url: URL
        var path: String { url.path }
        var name: String { url.lastPathComponent }

        /// Names and contents of everything in it.
        func contents() throws -> [String: Data] {
            var contents: [String: Data] = [:]
            let names = try FileManager.default.subpathsOfDirectory(atPath: path)
            for name in names { contents[name] = FileManager.default.contents(atPath: path + "/" + name) ?? Data() }
            return contents
        }
    }

    /// Jobs that would lead outside; OUT is the folder beside the batch's.
    private static let hostile: [(kind: String, lines: [String])] = [
        ("render", ["output: ../OUT/a.mp4"]), ("render", ["output: link/a.mp4"]), ("render", ["output: link/new/a/"]),
        ("render", ["output: new/../link/a.mp4"]), ("render", ["output: link/a-%d.png"]),
        ("render", ["output: /OUTER/a.mp4"]),
        ("render", ["poster: link/p.png"]), ("render", ["models: link/key"]), ("render", ["models: ../OUT/*"]),
        ("render", ["models: \"link/*\""]), ("render", ["models: \"link/key#x\""]), ("render", ["models: key.ckpt"]),
        ("render", ["models: [m.ckpt, \"m.ckpt,../OUT/key\"]"]), ("render", ["scenario: key.yaml"]),
        ("render", ["scenario: mask.yaml"]), ("render", ["damage: \"erase:../OUT/key@3\""]),
        ("render", ["damage: [\"half:left@2\", \"erase:key.png@3\"]"]),
        ("render", ["target: key.png", "overlay: error"]),
        ("render", ["poster: [p2.png, \"x,../OUT/key\"]"]),
        ("figure", ["kind: recovery", "damage: \"erase:key.png\""]),
        ("figure", ["kind: rates", "target: link/key"]), ("figure", ["kind: loss", "models: key.csv"]),
        ("page", ["models: key.ckpt"]), ("page", ["scenario: key.yaml"]), ("page", ["scenario: mask.yaml"]),
        ("page", ["target: key.png"]), ("page", ["output: link/a.html"]),
        ("figure", ["kind: curves", "data: link/a.csv"]), ("figure", ["kind: curves", "scenario: key.yaml"]),
        ("figure", ["output: link/a.svg"]), ("figure", ["kind: atlas", "data: link/a.json"]),
        ("embed", ["films: g.mp4", "inline: true"]), ("embed", ["films: g.mp4"]),
        ("embed", ["poster: key.png", "inline: true"]), ("embed", ["films: [f.mp4, link/key.webm]", "inline: true"]),
        ("embed", ["output: link/a.html"]), ("convert", ["input: key.ckpt"]), ("convert", ["output: link/a.ckpt"]),
        ("train", ["target: key.png"]),
        ("train", ["from: key.ckpt"]), ("train", ["log: link/a.csv"]), ("train", ["loss-curve: link/a.png"]),
        ("train", ["film: link/films"]), ("train", ["output: link/a.ckpt"]),
        ("render", ["output: \"..\u{200D}/OUT/a.mp4\""]), ("render", ["output: \"../\u{200D}OUT/a.mp4\""]),
    ]

    private func put(_ folder: ProgramFolder, _ outer: TemporaryURL, _ job: (kind: String, lines: [String])) throws {
        let lines = job.lines.map { $0.replacing("/OUTER", with: outer.path).replacing("OUT", with: outer.name) }
        try folder.put("variables: {d: .}\njobs:\n" + RightJobs.job(job.kind, "job", lines), name: "b.yaml")
    }

    private func addLinks(_ folder: ProgramFolder, _ outer: TemporaryURL) throws {
        let manager = FileManager.default
        try manager.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: outer.path)
        for name in ["key.ckpt", "key.png", "key.yaml", "key.csv", "g.png"] {
            try manager.createSymbolicLink(atPath: folder.path + "/" + name, withDestinationPath: outer.path + "/key")
        }
        try folder.put("film", name: "g.mp4")
        try folder.put("steps: 8\nevents: [{at: 1, mask: key.png}]\n", name: "mask.yaml")
    }

    @Test func nothingOutsideIsReadOrWritten() throws {
        try withWalls { (outer, folder) throws in
            try addLinks(folder, outer)
            let before = try outer.contents()
            for job in Self.hostile {
                try put(folder, outer, job)
                let run = try ProgramRun(["batch", "b.yaml", "--keep-going"], in: folder.path)
                let hasMark = job.lines[0].contains("\u{200D}")
                #expect(hasMark || run.status != 0, "\(job)")
                #expect(try outer.contents() == before, "\(job)")
                let all = run.errors + String(decoding: run.output, as: UTF8.self)
                #expect(!all.contains("canary"), "\(job)")
                let told =
                    run.lines.first?.contains("b.yaml:") == true || run.lines.first?.contains("mask.yaml:") == true
                #expect(hasMark || told, "\(job) -> \(run.errors)")
                for name in try folder.names where name.hasPrefix("job.") {
                    let bytes = try folder.bytes(name)
                    let text = String(decoding: bytes, as: UTF8.self)
                    #expect(
                        !text.contains("canary") && !text.contains(Data(Self.secret.utf8).base64EncodedString()),
                        "\(job)")
                }
            }
        }
    }

    @Test(arguments: ["folder", "manifest", "lock", "shard"])
    func recordsThatAreLinksAreRefused(what: String) throws {
        try withWalls { (outer, folder) throws in
            let manager = FileManager.default
            try put(folder, outer, ("render", []))
            let records = folder.path + "/.gnca-batch"
            if what == "folder" {
                try manager.createSymbolicLink(atPath: records, withDestinationPath: outer.path)
            } else {
                try manager.createDirectory(atPath: records, withIntermediateDirectories: false)
                let name = ["manifest": "manifest.jsonl", "lock": "lock", "shard": "manifest-1-of-2.jsonl"][what] ?? ""
                for target in ["key", "new"] {
                    try? manager.removeItem(atPath: records + "/" + name)
                    try manager.createSymbolicLink(
                        atPath: records + "/" + name, withDestinationPath: outer.path + "/" + target)
                    let before = try outer.contents()
                    let run = try ProgramRun(["batch", "b.yaml"], in: folder.path)
                    #expect([1, 65, 73].contains(run.status), "\(run.errors)")
                    #expect(try outer.contents() == before)
                }
            }
            let before = try outer.contents()
            let run = try ProgramRun(["batch", "b.yaml"], in: folder.path)
            #expect([1, 65, 73].contains(run.status), "\(run.errors)")
            #expect(try outer.contents() == before)
        }
    }

    @Test func aJobItselfHasTheWalls() throws {
        try withWalls { (outer, folder) throws in
            try addLinks(folder, outer)
            func run(_ arguments: [String]) throws -> ProgramRun {
                let walls = "export GNCA_RENDER_ROOTS=\(Escaping.shellWord(folder.path));"
                return try StartedProgram(arguments, in: folder.path, shell: walls).wait()
            }
            let page = try run(["embed", "g.mp4", "--inline", "-o", "a.html"])
            #expect(page.status != 0 && !page.errors.contains("canary"))
            let film = try run(["m.ckpt"] + ProgramFolder.small + ["-o", "link/a.gif"])
            #expect(film.status == 73)
            #expect(try outer.contents().keys.sorted() == ["key"])
        }
    }

    @Test func aRootGivenOnTheCommandLineIsOpen() throws {
        try withWalls { (outer, folder) throws in
            try put(folder, outer, ("figure", ["output: ../OUT/a.png"]))
            let run = try ProgramRun(["batch", "b.yaml", "--root", ".", "--root", outer.path], in: folder.path)
            #expect(run.status == 0, "\(run.errors)")
            #expect(try outer.contents().keys.contains("a.png"))
        }
    }
}
