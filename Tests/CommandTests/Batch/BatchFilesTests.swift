import Foundation
import GNCABasics
import Testing

@testable import gnca_render

/// All that a job reads is part of its key, and no job replaces what is read or what another one makes.
@Suite struct BatchFilesTests {
    private func withFiles(_ body: (ProgramFolder) throws -> Void) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try RightJobs.putFiles(folder)
        try body(folder)
    }

    // MARK: keys

    /// Every option that names a file that is read: the lines of a job that has it, and the kind of file.
    private static let readers: [(kind: String, option: String, lines: [String], ending: String)] = [
        ("render", "models", ["models: ${d}/IN"], "ckpt"),
        ("render", "models", ["models: [\"${d}/m.ckpt\", \"${d}/IN\"]"], "ckpt"),
        ("render", "scenario", ["scenario: ${d}/IN"], "yaml"),
        ("render", "target", ["target: ${d}/IN", "target-size: 8", "overlay: error"], "png"),
        ("render", "damage", ["damage: \"erase:${d}/IN@3\""], "png"),
        ("train", "target", ["target: ${d}/IN"], "png"),
        ("train", "from", ["from: ${d}/IN"], "ckpt"),
        ("figure", "models", ["models: ${d}/IN"], "ckpt"),
        ("figure", "models", ["kind: loss", "models: ${d}/IN"], "csv"),
        ("figure", "target", ["kind: rates", "target: ${d}/IN"], "png"),
        ("figure", "scenario", ["kind: curves", "scenario: ${d}/IN"], "yaml"),
        ("figure", "damage", ["kind: recovery", "damage: \"erase:${d}/IN\""], "png"),
        ("page", "models", ["models: ${d}/IN"], "ckpt"),
        ("page", "scenario", ["scenario: ${d}/IN"], "yaml"),
        ("page", "target", ["target: ${d}/IN", "size: 8", "padding: 2"], "png"),
        ("embed", "films", ["films: ${d}/IN"], "mp4"),
        ("embed", "films", ["films: [\"${d}/f.mp4\", \"${d}/IN\"]"], "webm"),
        ("embed", "poster", ["poster: ${d}/IN"], "png"),
        ("embed", "poster", ["poster: ${d}/IN", "inline: true"], "png"),
        ("target", "picture", ["picture: ${d}/IN"], "png"),
        ("evaluate", "models", ["models: ${d}/IN"], "ckpt"),
        ("evaluate", "target", ["target: ${d}/IN"], "png"),
        ("convert", "input", ["input: ${d}/IN"], "ckpt"),
    ]

    /// Two right contents of each kind of file.
    private func put(_ version: Int, _ name: String, in folder: ProgramFolder) throws {
        switch Paths.ending(name) {
        case "ckpt": _ = try folder.folder.add(name, ProgramFolder.model(gain: version == 0 ? 0.02 : 0.03))
        case "yaml": try folder.put("steps: \(8 + version)\n", name: name)
        case "csv": try folder.put("iteration,loss\n1,0.\(5 + version)\n2,0.1\n", name: name)
        case "png": try folder.folder.write(folder.bytes(version == 0 ? "p.png" : "q.png"), name)
        default: try folder.put("film \(version)", name: name)
        }
    }

    @Test func aChangeOfAnyFileThatIsReadChangesTheKey() throws {
        for subcommand in Subcommand.all {
            for argument in subcommand.arguments
            where argument.namesFiles && !argument.isWritten && !Subcommand.decidedByTheBatch.contains(argument.key) {
                let known = Self.readers.contains { $0.kind == subcommand.name && $0.option == argument.key }
                #expect(known, "--\(argument.key) of \(subcommand.name) has a row in the table")
            }
        }
        try withFiles { (folder) throws in
            for (kind, option, lines, ending) in Self.readers {
                let name = "in-\(kind)-\(option).\(ending)"
                let text = "jobs:\n" + RightJobs.job(kind, "job", lines.map { $0.replacing("IN", with: name) })
                try put(0, name, in: folder)
                let first = try folder.plan(text)[0].key
                #expect(try folder.plan(text)[0].key == first)
                try put(1, name, in: folder)
                #expect(try folder.plan(text)[0].key != first, "\(kind) \(lines)")
            }
        }
    }

    @Test func masksOfScenariosAndNeighboursOfFilmsArePartOfTheKey() throws {
        try withFiles { (folder) throws in
            try folder.put("steps: 8\nevents: [{at: 1, mask: mask.png}]\n", name: "s.yaml")
            let film = "jobs:\n" + RightJobs.job("render", "film", ["scenario: ${d}/s.yaml"])
            let page = "jobs:\n" + RightJobs.job("embed", "page")
            let inline = "jobs:\n" + RightJobs.job("embed", "page", ["inline: true"])
            try folder.folder.write(folder.bytes("p.png"), "mask.png")
            let none = try [page, inline].map { try folder.plan($0)[0].key }
            try folder.folder.write(folder.bytes("p.png"), "f.png")
            let first = try [film, page, inline].map { try folder.plan($0)[0].key }
            #expect(first[1] != none[0] && first[2] != none[1], "a poster that was not there")
            try folder.folder.write(folder.bytes("q.png"), "mask.png")
            try folder.folder.write(folder.bytes("q.png"), "f.png")
            let second = try [film, page, inline].map { try folder.plan($0)[0].key }
            for (one, other) in zip(first, second) { #expect(one != other) }
        }
    }

    @Test func stillsThatAreReadArePartOfTheKey() throws {
        try withFiles { (folder) throws in
            try #require(folder.render(["-o", "stills/", "--steps", "3"]).status == 0)
            let text = "jobs:\n" + RightJobs.job("embed", "page", ["films: ${d}/stills/", "output: ${d}/a.tex"])
            let first = try folder.plan(text)[0].key
            try folder.folder.write(folder.bytes("p.png"), "stills/frame-00002.png")
            #expect(try folder.plan(text)[0].key != first)
            try FileManager.default.removeItem(atPath: folder.path + "/stills/frame-00001.png")
            #expect(try folder.refusal(text)?.contains("there is no file D/stills/") == true)
        }
    }

    // MARK: one file, twice

    /// Two jobs (or one) that use one file twice, and words of the sentence.
    private static let conflicts: [(jobs: [String], words: String)] = [
        ([RightJobs.job("convert", "a", ["output: ${d}/m.ckpt"])], "would replace the model"),
        ([RightJobs.job("train", "a", ["loss-curve: ${d}/p.png"])], "would replace the target"),
        ([RightJobs.job("render", "a", ["output: ${d}/a-%d.png", "poster: ${d}/a-1.png"])], "would replace the film"),
        ([RightJobs.job("render", "a", ["output: [\"${d}/f/\", \"${d}/f//\"]"])], "would replace the film"),
        ([RightJobs.job("train", "a", ["log: ${d}/a.ckpt.state"])], "would replace the state"),
        ([RightJobs.job("train", "a", ["film: ${d}/x", "log: ${d}/x/pool.mp4"])], "would replace the log"),
        (
            [RightJobs.job("train", "a", ["from: ${d}/hard.ckpt", "output: ${d}/m.ckpt"])],
            "would replace the first model"
        ),
        (
            [RightJobs.job("train", "a", ["from: ${d}/link.ckpt", "output: ${d}/m.ckpt"])],
            "would replace the first model"
        ),
        ([RightJobs.job("figure", "a", ["kind: rates", "target: ${d}/p.png", "output: ${d}/p.png"])], "would replace"),
        ([RightJobs.job("embed", "a", ["poster: ${d}/a.html"])], "would replace the poster"),
        ([RightJobs.job("convert", "a", ["output: ${d}/b.yaml", "format: ckpt"])], "is the file of the batch itself"),
        ([RightJobs.job("figure", "a", ["output: ${d}/.gnca-batch/x.png"])], "is among the batch's own records"),
        (
            [
                RightJobs.job("render", "a", ["output: ${d}/a.mp4"]),
                RightJobs.job("render", "b", ["output: ${d}/./a.mp4"]),
            ],
            "a and b both make"
        ),
        (
            [
                RightJobs.job("render", "a", ["output: ${d}/n/a.mp4"]),
                RightJobs.job("render", "b", ["output: ${d}/n//a.mp4"]),
            ],
            "a and b both make"
        ),
        (
            [
                RightJobs.job("render", "a", ["output: ${d}/a-%d.png"]),
                RightJobs.job("figure", "b", ["output: ${d}/a-7.png"]),
            ],
            "a and b both make"
        ),
        (
            [
                RightJobs.job("render", "a", ["output: ${d}/a-%d.png"]),
                RightJobs.job("render", "b", ["output: ${d}/a-1%d.png"]),
            ],
            "a and b both make"
        ),
        (
            [
                RightJobs.job("train", "a"),
                RightJobs.job("convert", "b", ["output: ${d}/a.ckpt.state", "format: ckpt"]),
            ],
            "a and b both make"
        ),
        (
            [
                RightJobs.job("convert", "a", ["output: ${d}/hard.ckpt"]),
                RightJobs.job("convert", "b", ["input: ${d}/n.ckpt", "output: ${d}/m.ckpt"]),
            ],
            "would replace the model"
        ),
        (
            [
                RightJobs.job("convert", "a", ["input: ${d}/n.ckpt", "output: ${d}/hard.ckpt"]),
                RightJobs.job("convert", "b", ["input: ${d}/n.ckpt", "output: ${d}/link.ckpt"]),
            ], "a and b both make"
        ),
        (
            [
                RightJobs.job("render", "a", ["output: ${d}/s/"]),
                RightJobs.job("render", "b", ["output: ${d}/s/a.mp4"]),
            ],
            "in a folder that is itself an output (of a)"
        ),
        (
            [
                RightJobs.job("render", "a", ["output: ${d}/x.gif"]),
                RightJobs.job("render", "b", ["output: ${d}/x.gif/y.gif"]),
            ],
            "in a folder whose name is that of a file (which a makes)"
        ),
        (
            [RightJobs.job("train", "a"), RightJobs.job("render", "b", ["output: ${d}/a.ckpt.state/"])],
            "a and b both make"
        ),
    ]

    @Test func aFileThatIsUsedTwiceIsToldInALine() throws {
        try withFiles { (folder) throws in
            try folder.put("jobs: []", name: "b.yaml")
            _ = try folder.folder.add("n.ckpt", ProgramFolder.model(gain: 0.01))
            try FileManager.default.linkItem(atPath: folder.path + "/m.ckpt", toPath: folder.path + "/hard.ckpt")
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/link.ckpt", withDestinationPath: "m.ckpt")
            let names = try folder.names
            for (jobs, words) in Self.conflicts {
                let refusal = try folder.refusal("jobs:\n" + jobs.joined(separator: "\n")) ?? "taken"
                #expect(refusal.contains(words) && refusal.hasPrefix("b.yaml:"), "\(jobs) -> \(refusal)")
            }
            #expect(try folder.names == names, "planning writes nothing")
        }
    }

    @Test func namesThatOnlyLookAlikeAreTwoFiles() throws {
        try withFiles { (folder) throws in
            let names = ["\u{E9}", "e\u{301}", "a\u{200D}b", "ab", "a-%d", "a-7x", "A"]
            let jobs = names.enumerated().map {
                RightJobs.job("render", "j\($0)", ["output: ${d}/\($1).png", "steps: 1"])
            }
            let single = jobs.map { $0.replacing("${d}/", with: "${d}/x/") }.map { text in
                text.contains("%d") ? text : text.replacing(".png", with: ".gif")
            }
            #expect(
                try folder.refusal("jobs:\n" + single.joined(separator: "\n").replacing("x/m.ckpt", with: "m.ckpt"))
                    == nil)
        }
    }

    @Test func whoMakesAPosterIsFoundAmongTheJobs() throws {
        try withFiles { (folder) throws in
            let film = RightJobs.job("render", "film", ["output: ${d}/g.mp4", "poster: ${d}/g.png"])
            let bare = RightJobs.job("render", "film", ["output: ${d}/g.mp4"])
            let pages = ["a.html", "b.md"].map {
                RightJobs.job("embed", $0, ["films: ${d}/g.mp4", "output: ${d}/\($0)"])
            }
            let withPoster = try folder.plan("jobs:\n" + ([film] + pages).joined(separator: "\n"))
            #expect(withPoster.map(\.needs) == [[], [0], [0]])
            // The first page makes the poster that both need.
            let without = try folder.plan("jobs:\n" + ([bare] + pages).joined(separator: "\n"))
            #expect(without.map(\.needs) == [[], [0], [0, 1]])
            #expect(without[1].outputs.map(\.name) == ["a.html", "g.png"])
        }
    }
}
