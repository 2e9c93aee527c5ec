import Foundation
import GNCABasics
import GNCACells
import GNCARaster
import Testing

@testable import GNCACheckpoints
@testable import gnca_render

/// Figures made by the whole program.
@Suite struct FigureCommandTests {
    private func run(_ arguments: String, in folder: ProgramFolder) throws -> ProgramRun {
        try ProgramRun(arguments.split(separator: " ").map(String.init), in: folder.path)
    }

    static let kinds = [
        "strip m.ckpt --grid 12x12 --steps 0,2", "channels m.ckpt --grid 12x12 --step 2",
        "rotation m.ckpt m.ckpt --grid 12x12 --steps 2", "recovery m.ckpt --grid 12x12 --step 2 --steps 1,2",
        "compare m.ckpt m.ckpt --grid 12x12 --steps 1,2", "filters m.ckpt --grid 12x12 --step 2",
        "mask m.ckpt --grid 12x12 --step 2",
        "quality m.ckpt m.ckpt --target 🐢 --size 8 --padding 2 --steps 4",
        "atlas m.ckpt --target 🐢 --size 8 --padding 2 --radii 2 --moments 2,3 --steps 4 --trials 2 --stride 4",
        "rates m.ckpt --target 🐢 --size 8 --padding 2 --steps 4 --fire-rate 0.5,1",
        "curves m.ckpt m.ckpt --target 🐢 --size 8 --padding 2 --scenario grow --steps 4 --trials 2",
        "portrait m.ckpt --grid 12x12 --scenario grow --steps 2,4 --trials 2", "loss a.csv b.jsonl",
        "lineage m.ckpt --grid 12x12 --steps 1,4", "architecture m.ckpt",
    ]

    static func folder() throws -> ProgramFolder {
        let folder = try ProgramFolder()
        try folder.put("iteration,loss\n1,0.5\n2,\n3,0.25\n", name: "a.csv")
        try folder.put("{\"iteration\":1,\"loss\":0.5}\n{\"iteration\":2,\"loss\":null}\n", name: "b.jsonl")
        return folder
    }

    @Test(arguments: kinds)
    func everyKindIsOneFigureInThreeFormats(figure: String) throws {
        let folder = try Self.folder()
        defer { folder.remove() }
        let command = "figure \(figure) -o f.png -o f.svg -o f.pdf"
        let first = try run(command, in: folder)
        #expect(first.status == 0 && first.errors == "")
        #expect(first.written.count == 1 && first.written[0].hasPrefix("f.png, f.svg, f.pdf: "))
        let files = try ["f.png", "f.svg", "f.pdf"].map { try folder.bytes($0) }
        let picture = try ImageFile.decode(files[0], file: "f.png")
        let svg = String(decoding: files[1], as: UTF8.self)
        #expect(svg.contains("width=\"\(picture.width)\" height=\"\(picture.height)\""))
        #expect(svg.contains("gnca-render \(programVersion)") && svg.contains("</text>"))
        #expect(files[2].starts(with: Array("%PDF-".utf8)))
        let second = try run(command + " --overwrite --quiet", in: folder)
        #expect(second.status == 0 && second.written.isEmpty)
        // The command differs, and with it the metadata; the pictures do not.
        #expect(try ImageFile.decode(folder.bytes("f.png"), file: "f.png") == picture)
    }

    @Test func theSameCommandGivesTheSameBytes() throws {
        let (here, there) = (try Self.folder(), try Self.folder())
        defer {
            here.remove()
            there.remove()
        }
        for folder in [here, there] {
            let made = try run("figure strip m.ckpt --steps 0,4 --width 6cm -o f.png -o f.svg -o f.pdf", in: folder)
            #expect(made.status == 0)
        }
        for name in ["f.png", "f.svg", "f.pdf"] { #expect(try here.bytes(name) == there.bytes(name), "\(name)") }
    }

    @Test func aModelThatDoesNotTellItsDialectIsDrawnWhereTheUserTells() throws {
        let folder = try Self.folder()
        defer { folder.remove() }
        // 16 channels, 1 hidden unit: W1, b1, W2.
        let floats = (0..<65).map { Float($0) / 1000 }
        try folder.folder.write(floats.withUnsafeBytes { Array($0) }, "raw.bin")
        let figure = "figure strip raw.bin --grid 12x12 --steps 0,2 -o f.png"
        let refused = try run(figure, in: folder)
        #expect(refused.status == 65 && refused.errors.contains("--dialect KEY=VALUE"))
        let told = try run(figure + " --dialect order=channel,scale=1", in: folder)
        #expect(told.status == 0 && told.errors == "")
        try folder.put(
            """
            jobs: {figure: a, kind: strip, models: raw.bin, dialect: "order=channel,scale=1", grid: 12x12,
                   steps: [0, 2], output: b.png}
            """, name: "b.yaml")
        #expect(try run("batch b.yaml", in: folder).status == 0)
        let (alone, inBatch) = (try folder.bytes("f.png"), try folder.bytes("b.png"))
        #expect(try ImageFile.decode(alone, file: "f.png") == ImageFile.decode(inBatch, file: "b.png"))
    }

    @Test func theNumbersOfCurvesStandBesideThem() throws {
        let folder = try Self.folder()
        defer { folder.remove() }
        try folder.put(
            "steps: 5\ngrid: 10x8\nrandom-seed: 3\nevents: [{at: 2, erase: half:left, name: cut}]", name: "cut.yaml")
        let made = try run(
            "figure curves m.ckpt --scenario cut.yaml --trials 2 -o f.svg --data f.csv", in: folder)
        #expect(made.written.count == 1 && made.written[0].hasPrefix("f.svg, f.csv: "))
        let lines = String(decoding: try folder.bytes("f.csv"), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 1 + 7 && lines[4].hasPrefix("m,2,cut,"))
        #expect(String(decoding: try folder.bytes("f.svg"), as: UTF8.self).contains(">cut</text>"))
        // The seeds are the scenario's and those that follow; a batch writes the same.
        try folder.put(
            """
            jobs: {figure: curves, kind: curves, models: m.ckpt, scenario: cut.yaml, trials: 2, output: b.svg,
                   data: b.csv}
            """, name: "b.yaml")
        #expect(try run("batch b.yaml", in: folder).status == 0)
        #expect(try folder.bytes("b.csv") == folder.bytes("f.csv"))
        let other = try run(
            "figure curves m.ckpt --scenario cut.yaml --trials 2 --random-seed 4 -o g.svg --data g.csv", in: folder)
        #expect(other.status == 0)
        #expect(try folder.bytes("g.csv") != folder.bytes("f.csv"))
    }

    @Test func thePublishedRotationIs896PixelsSquare() throws {
        let folder = try Self.folder()
        defer { folder.remove() }
        let made = try run(
            "figure rotation m.ckpt m.ckpt m.ckpt m.ckpt --grid 56x56 --steps 5 --scale 4 --gap 0 --no-captions "
                + "-o f.png", in: folder)
        #expect(made.written == ["f.png: 896x896 pixels"])
    }

    @Test func aFileTellsHowItWasMade() throws {
        let folder = try Self.folder()
        defer { folder.remove() }
        #expect(try run("figure mask m.ckpt --width 8cm --dpi 200 -o f.png -o f.svg", in: folder).status == 0)
        let png = String(decoding: try folder.bytes("f.png"), as: UTF8.self)
        for text in ["Title", "mask of m.ckpt", "Software", "Command", "Model-SHA256", "Random-Seed", "pHYs"] {
            #expect(png.contains(text), "\(text)")
        }
        let svg = String(decoding: try folder.bytes("f.svg"), as: UTF8.self)
        #expect(svg.contains("<desc>gnca-render figure mask m.ckpt --width 8cm --dpi 200 -o f.png -o f.svg</desc>"))
        #expect(svg.contains("width=\"8.0cm\""))
    }

    @Test(arguments: ["loss.svg", "loss.pdf", "loss.png"])
    func aTrainingDrawsTheSameLossAsTheFigure(name: String) throws {
        let folder = try Self.folder()
        defer { folder.remove() }
        #expect(
            try run(
                "train 🐢 --size 8 --padding 4 --hidden 16 --batch 2 --pool 4 --damaged 1 --steps 8-10 --iterations 4 "
                    + "-o t.ckpt --log t.csv --loss-curve \(name)", in: folder
            ).status == 0)
        #expect(try run("figure loss t.csv -o g.\(name)", in: folder).status == 0)
        let (curve, figure) = (try folder.bytes(name), try folder.bytes("g.\(name)"))
        if name.hasSuffix("png") {
            #expect(try ImageFile.decode(curve, file: name) == ImageFile.decode(figure, file: name))
        } else if name.hasSuffix("svg") {
            func drawn(_ bytes: [UInt8]) -> String? {
                String(decoding: bytes, as: UTF8.self).components(separatedBy: "</metadata>").last
            }
            #expect(drawn(curve) == drawn(figure))
        } else {
            #expect(curve.starts(with: Array("%PDF-".utf8)))
        }
    }

    @Test func anAtlasHasItsNumbersBesideIt() throws {
        let folder = try Self.folder()
        defer { folder.remove() }
        let command =
            "figure atlas m.ckpt --target 🐢 --size 8 --padding 2 --radii 2,3 --moments 2 --steps 4 --trials 3 --stride 6"
        let made = try run(command + " -o f.svg --data f.json --data f.npz", in: folder)
        #expect(made.status == 0 && made.errors == "" && made.written.count == 1)
        #expect(made.written[0].hasPrefix("f.svg, f.json, f.npz: ") && made.written[0].contains("; radius "))
        let json = try StrictJSON.parse(folder.bytes("f.json"))
        #expect(json["model"] == nil && json["x"] == [3, 9] && json["y"] == [3, 9] && json["trials"] == 3)
        let maps = try #require(json["maps"]?.elements)
        #expect(maps.count == 2 && maps.allSatisfy { $0["recovered"]?.elements?.count == 2 })
        #expect(json["interval_of_count"]?.elements?.count == 4)
        let arrays = try Npz.tensors(folder.bytes("f.npz")).tensors
        #expect(arrays.first { $0.name == "recovered" }?.shape == [1, 2, 2, 2])
        #expect(arrays.first { $0.name == "radii" }?.values == [2, 3])
        let threads = try run(command + " -o g.svg --data g.json --data g.npz --threads 3", in: folder)
        #expect(threads.status == 0)
        for ending in ["json", "npz"] { #expect(try folder.bytes("f." + ending) == folder.bytes("g." + ending)) }
        // All of them appear, or none does.
        let refused = try run(command + " -o h.svg --data f.json", in: folder)
        #expect(refused.status == 73)
        #expect(try !folder.names.contains("h.svg"))
    }
}
