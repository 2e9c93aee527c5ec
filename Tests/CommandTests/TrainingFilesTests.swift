import Foundation
import GNCABasics
import GNCACells
import GNCARaster
import GNCATraining
import Testing

@testable import gnca_render

/// Whose files a training replaces that goes on.
@Suite struct TrainingFilesTests {
    @Test(arguments: ["a.ckpt.state", "a.ckpt.state.previous"])
    func aNewTrainingTouchesNoStateOfAnother(name: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let picture = try ImageFile.encodePNG(SmallTraining.trainer(0, of: 1).target.frame)
        try folder.folder.write(picture, "t.png")
        try folder.put("somebody's", name: name)
        let words = [
            "train", "t.png", "-o", "a.ckpt", "--iterations", "6", "--checkpoint-every", "2", "--size", "8",
            "--padding", "4", "--hidden", "16", "--batch", "2", "--pool", "4", "--damaged", "1", "--steps", "8-10",
        ]
        let run = try ProgramRun(words, in: folder.path)
        #expect(run.status == 73)
        #expect(
            run.lines == ["gnca-render: \(name): cannot be created: it exists already (--overwrite replaces it)"])
        #expect(try folder.names == [name, "t.png"])
        #expect(try folder.bytes(name) == Array("somebody's".utf8))
        #expect(try ProgramRun(words + ["--overwrite"], in: folder.path).status == 0)
        #expect(try folder.names == ["a.ckpt", "t.png"])
    }

    @Test func aTrainingThatGoesOnOwnsItsOwnStatesOnly() throws {
        let folder = try SmallTraining.folder()
        defer { folder.remove() }
        let good = try folder.bytes("a.ckpt.state")
        try folder.folder.write(good, "a.ckpt.state.good")
        try folder.folder.write(good, "c.ckpt.state")
        let rows: [(words: [String], refused: String?)] = [
            // Another state than the one that is named, of this training or not.
            (["a.ckpt.state.good", "-o", "a.ckpt"], "a.ckpt.state"),
            (["a.ckpt.state.previous"], "a.ckpt.state"),
            (["c.ckpt.state", "-o", "a.ckpt"], "a.ckpt.state"),
            (["a.ckpt.state.good", "-o", "b.ckpt"], nil),
            (["c.ckpt.state"], nil),
        ]
        for row in rows {
            let before = try folder.names
            let run = try ProgramRun(["train", "--resume"] + row.words, in: folder.path)
            guard let refused = row.refused else {
                #expect(run.status == 0, "\(row.words)")
                continue
            }
            #expect(run.status == 73, "\(row.words)")
            #expect(
                run.lines == [
                    "gnca-render: \(refused): cannot be created: it exists already (--overwrite replaces it)"
                ])
            #expect(try folder.names == before)
        }
        #expect(try folder.bytes("a.ckpt.state.good") == good)
        #expect(
            try folder.names == [
                "a.ckpt.state", "a.ckpt.state.good", "a.ckpt.state.previous", "b.ckpt", "c.ckpt",
            ])
    }

    @Test func anotherTrainingsStateBeforeStays() throws {
        let folder = try SmallTraining.folder()
        defer { folder.remove() }
        let strangers: [[UInt8]] = [
            Array("somebody's".utf8), try SmallTraining.state(SmallTraining.trainer(4, of: 20) { $0.randomSeed = 1 }),
            // Further on than the state that is resumed.
            try SmallTraining.state(SmallTraining.trainer(10, of: 20)),
        ]
        for stranger in strangers {
            try folder.folder.write(stranger, "a.ckpt.state.previous")
            let run = try SmallTraining.resume("a.ckpt.state", in: folder)
            #expect(run.status == 73)
            #expect(run.errors.hasPrefix("gnca-render: a.ckpt.state.previous: cannot be created: it exists already"))
            #expect(try folder.bytes("a.ckpt.state.previous") == stranger)
        }
        // One of the same training with another length is its own.
        try folder.folder.write(SmallTraining.state(SmallTraining.trainer(4, of: 90)), "a.ckpt.state.previous")
        #expect(try SmallTraining.resume("a.ckpt.state", in: folder).status == 0)
        #expect(try folder.names == ["a.ckpt"])
    }

    @Test func aLogOfALongerTrainingThatBeganInTheSameStateStays() throws {
        let folder = try SmallTraining.folder()
        defer { folder.remove() }
        let from = ["a.ckpt.state", "--log", "run.csv"]
        let long = try ProgramRun(
            ["train", "--resume"] + from + ["--iterations", "30", "-o", "b.ckpt"], in: folder.path)
        #expect(long.status == 0)
        let log = try folder.bytes("run.csv")
        let short = try ProgramRun(
            ["train", "--resume"] + from + ["--iterations", "12", "-o", "c.ckpt"], in: folder.path)
        #expect(short.status == 73)
        #expect(
            short.lines == ["gnca-render: run.csv: cannot be created: it exists already (--overwrite replaces it)"])
        #expect(try folder.bytes("run.csv") == log)
        #expect(try !folder.names.contains("c.ckpt"))
    }

    @Test func aLogIsReplacedWhereItIsThisTrainings() throws {
        let trainer = try SmallTraining.trainer(20, of: 20)
        for name in ["a.csv", "a.jsonl"] {
            func log(_ count: Int) -> [UInt8] { TrainingLogFile.bytes(of: trainer, first: count, for: name) }
            for own in [log(8), log(6), log(1)] {
                let folder = try SmallTraining.folder()
                defer { folder.remove() }
                try folder.folder.write(own, name)
                #expect(try SmallTraining.resume("a.ckpt.state", "--log", name, in: folder).status == 0)
                #expect(try folder.bytes(name) == log(20))
            }
            var other = log(8)
            other[other.count - 3] ^= 1
            // Beyond the state, they may be those of another training that went on from here.
            let further = [log(9), log(8) + Array("9,0.5,3\n".utf8), log(8) + Array("my notes".utf8), log(8) + [10]]
            let empty = [log(0), [], Array(log(6).dropLast()), Array(log(6).dropLast(3))]
            for stranger in [other, Array("somebody's".utf8)] + further + empty {
                let folder = try SmallTraining.folder()
                defer { folder.remove() }
                try folder.folder.write(stranger, name)
                #expect(try SmallTraining.resume("a.ckpt.state", "--log", name, in: folder).status == 73)
                #expect(try folder.bytes(name) == stranger)
            }
        }
    }
}
