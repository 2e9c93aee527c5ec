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

    private func folder() throws -> ProgramFolder {
        let folder = try ProgramFolder()
        try folder.put("iteration,loss\n1,0.5\n2,\n3,0.25\n", name: "a.csv")
        try folder.put("{\"iteration\":1,\"loss\":0.5}\n{\"iteration\":2,\"loss\":null}\n", name: "b.jsonl")
        return folder
    }

    @Test(arguments: kinds)
    func everyKindIsOneFigureInThreeFormats(figure: String) throws {
        let folder = try folder()
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
        let (here, there) = (try folder(), try folder())
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
        let folder = try folder()
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
        let folder = try folder()
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
        let folder = try folder()
        defer { folder.remove() }
        let made = try run(
            "figure rotation m.ckpt m.ckpt m.ckpt m.ckpt --grid 56x56 --steps 5 --scale 4 --gap 0 --no-captions "
                + "-o f.png", in: folder)
        #expect(made.written == ["f.png: 896x896 pixels"])
    }

    @Test func aFileTellsHowItWasMade() throws {
        let folder = try folder()
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
        let folder = try folder()
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
        let folder = try folder()
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

    static let rows = [
        BadInputTests.Row(
            "figure stripe m.ckpt -o f.png", 64,
            "kind is \"stripe\" (expected strip, channels, rotation, recovery, compare, filters, mask, quality, atlas, rates, "
                + "curves, portrait, lineage, loss or architecture)"),
        BadInputTests.Row("figure strip m.ckpt", 64, "no output is named (add -o FILE, as -o figure.pdf)"),
        BadInputTests.Row(
            "figure strip m.ckpt -o f.jpg", 64,
            "f.jpg: a figure is written as PNG, SVG or PDF (name it .png, .svg or .pdf)"),
        BadInputTests.Row(
            "figure strip m.ckpt -o f.png -o ./f.png", 64,
            "./f.png: the figure would replace the figure f.png (name another file)"),
        BadInputTests.Row(
            "figure strip m.ckpt -o a.png -o taken.svg", 73,
            "taken.svg: cannot be created: it exists already (--overwrite replaces it)"),
        BadInputTests.Row("figure strip -o f.png", 64, "figure strip is made from one model (got 0)"),
        BadInputTests.Row("figure strip m.ckpt m.ckpt -o f.png", 64, "figure strip is made from one model (got 2)"),
        BadInputTests.Row("figure compare -o f.png", 64, "figure compare is made from at least one model (got 0)"),
        BadInputTests.Row(
            "figure loss -o f.png", 64,
            "figure loss is made from at least one log of a training (.csv or .jsonl) (got 0)"),
        BadInputTests.Row("figure strip no.ckpt -o f.png", 65, "no.ckpt: there is no such file"),
        BadInputTests.Row(
            "figure architecture m.ckpt --step 3 -o f.png", 64,
            "figure architecture does not use --step (it has no options of its own)"),
        BadInputTests.Row(
            "figure loss a.csv --scale 3 -o f.png", 64, "figure loss does not use --scale (it takes --caption)"),
        BadInputTests.Row(
            "figure mask m.ckpt --steps 1,2 -o f.png", 64,
            "figure mask does not use --steps (it takes --step, --angle, --grid, --fire-rate, --random-seed, "
                + "--scale, --gap, --no-captions)"),
        BadInputTests.Row(
            "figure strip m.ckpt --size 8 -o f.png", 64,
            "--size, --padding, --resampling, --font and --key belong to --target"),
        BadInputTests.Row(
            "figure rates m.ckpt --target a.png --target b.png -o f.png", 64,
            "figure rates compares with one --target (got 2)"),
        BadInputTests.Row(
            "figure strip m.ckpt --steps 1,x -o f.png", 64, "--steps is \"1,x\" (expected numbers, as 0,20,40)"),
        BadInputTests.Row(
            "figure strip m.ckpt --steps -1 -o f.png", 64, "--steps is out of range (got -1, expected 0...10000000)"),
        BadInputTests.Row(
            "figure strip m.ckpt --fire-rate 2 -o f.png", 64, "fire rate out of range (got 2.0, expected 0...1)"),
        BadInputTests.Row(
            "figure strip m.ckpt --angle 0,inf -o f.png", 64, "--angle is \"0,inf\" (expected numbers, as 0,45,90)"),
        BadInputTests.Row(
            "figure strip m.ckpt --width 8 -o f.png", 64, "--width is \"8\" (expected a length as 8.5cm or 900px)"),
        BadInputTests.Row(
            "figure strip m.ckpt --width 0px -o f.png", 64, "--width is out of range (got 0px, expected 1px...16384px)"),
        BadInputTests.Row(
            "figure strip m.ckpt --width 900cm -o f.png", 64,
            "--width is out of range (got 900cm, expected 0.5cm...500cm)"),
        BadInputTests.Row(
            "figure strip m.ckpt --width 8cm --scale 3 -o f.png", 64, "--width and --scale cannot stand together"),
        BadInputTests.Row("figure strip m.ckpt --dpi 300 -o f.png", 64, "--dpi belongs to a --width in cm"),
        BadInputTests.Row(
            "figure strip m.ckpt --width 8cm --dpi 1 -o f.png", 64,
            "--dpi is out of range (got 1, expected 10...4800)"),
        BadInputTests.Row(
            "figure strip m.ckpt --scale 0 -o f.png", 64, "--scale is out of range (got 0, expected 1...256)"),
        BadInputTests.Row(
            "figure strip m.ckpt --gap 2000 -o f.png", 64, "--gap is out of range (got 2000, expected 0...1000)"),
        BadInputTests.Row(
            "figure strip m.ckpt --font-size 0 -o f.png", 64,
            "--font-size is out of range (got 0, expected 1...400)"),
        BadInputTests.Row(
            "figure strip m.ckpt --background checker -o f.png", 64,
            "--background is \"checker\" (expected transparent, a name as CSS has it, #RGB or #RRGGBB)"),
        BadInputTests.Row(
            "figure strip m.ckpt --theme pink -o f.png", 64, "--theme is \"pink\" (expected light or dark)"),
        BadInputTests.Row(
            "figure strip m.ckpt --dialect guess -o f.png", 65,
            "m.ckpt: this file holds all settings itself (options of reading are for files of other programs)"),
        BadInputTests.Row(
            "figure loss a.csv --dialect guess -o f.png", 64, "figure loss reads no models (leave --dialect out)"),
        BadInputTests.Row(
            "figure loss a.csv --control 3 -o f.png", 64, "figure loss reads no models (leave --control out)"),
        BadInputTests.Row(
            "figure strip m.ckpt --caption a -o f.png", 64, "--caption stands once a step (got 1, expected 8)"),
        BadInputTests.Row(
            "figure strip m.ckpt --caption a --no-captions -o f.png", 64,
            "--caption and --no-captions cannot stand together"),
        BadInputTests.Row(
            "figure strip m.ckpt --threads 0 -o f.png", 64, "--threads is out of range (got 0, expected 1...256)"),
        BadInputTests.Row(
            "figure recovery m.ckpt --damage half:left@3 -o f.png", 64,
            "--damage: half:left@3: \"left@3\" is no half (expected left, right, top or bottom)"),
        BadInputTests.Row(
            "figure rates m.ckpt -o f.png", 64,
            "--target is missing (figure rates compares with a picture, or with an emoji)"),
        BadInputTests.Row(
            "figure curves m.ckpt --trials 0 -o f.png", 64, "--trials is out of range (got 0, expected 1...10000)"),
        BadInputTests.Row(
            "figure curves m.ckpt --steps 100001 -o f.png", 64,
            "--steps is out of range (got 100001, expected 1...100000)"),
        BadInputTests.Row(
            "figure curves m.ckpt --data f.txt -o f.png", 64,
            "f.txt: this figure's numbers are written as CSV (name it .csv)"),
        BadInputTests.Row(
            "figure curves m.ckpt --data a.csv -o f.png", 73,
            "a.csv: cannot be created: it exists already (--overwrite replaces it)"),
        BadInputTests.Row(
            "figure curves m.ckpt --scenario columns.yaml -o f.png", 64,
            "columns.yaml has pictures that differ, and all runs of a figure are alike"),
        BadInputTests.Row(
            "figure curves m.ckpt --target 🐢 --grid 20x20 -o f.png", 64,
            "--grid has no room for the target (got 20x20, the target has 72x72 cells)"),
        BadInputTests.Row(
            "figure portrait m.ckpt --trials 101 -o f.png", 64, "--trials is out of range (got 101, expected 1...100)"),
        BadInputTests.Row(
            "figure portrait m.ckpt --scenario grow --steps 3,201 -o f.png", 64,
            "--steps is out of range (got 201, expected 0...200)"),
        BadInputTests.Row(
            "figure portrait m.ckpt --target 🐢 -o f.png", 64,
            "figure portrait does not use --target (it takes --scenario, --steps, --trials, --angle, --grid, "
                + "--fire-rate, --random-seed, --data)"),
        BadInputTests.Row(
            "figure mask m.ckpt --trials 3 -o f.png", 64,
            "figure mask does not use --trials (it takes --step, --angle, --grid, --fire-rate, --random-seed, "
                + "--scale, --gap, --no-captions)"),
        BadInputTests.Row(
            "figure quality m.ckpt -o f.png", 64,
            "--target is missing (figure quality compares with a picture, or with an emoji)"),
        BadInputTests.Row(
            "figure atlas m.ckpt -o f.png", 64,
            "--target is missing (figure atlas compares with a picture, or with an emoji)"),
        BadInputTests.Row(
            "figure atlas m.ckpt --target 🐢 --radii 4,x -o f.png", 64,
            "--radii is \"4,x\" (expected numbers, as 4,8,12)"),
        BadInputTests.Row(
            "figure atlas m.ckpt --target 🐢 --radii 0 -o f.png", 64,
            "--radii is out of range (got 0, expected 0.5...72)"),
        BadInputTests.Row(
            "figure atlas m.ckpt --target 🐢 --trials 0 -o f.png", 64,
            "--trials is out of range (got 0, expected 1...10000)"),
        BadInputTests.Row(
            "figure atlas m.ckpt --target 🐢 -o f.png --data f.csv", 64,
            "f.csv: this figure's numbers are written as JSON or NPZ (name it .json or .npz)"),
        BadInputTests.Row(
            "figure atlas m.ckpt --target 🐢 -o f.png --data a.json --data ./a.json", 64,
            "./a.json: the figure's numbers would replace the figure's numbers a.json (name another file)"),
        BadInputTests.Row(
            "figure strip m.ckpt --data a.json -o f.png", 64,
            "figure strip does not use --data (it takes --steps, --angle, --columns, --caption, --grid, --fire-rate, "
                + "--random-seed, --scale, --gap, --no-captions)"),
        BadInputTests.Row(
            "figure loss m.ckpt -o f.png", 65,
            "m.ckpt: is no log of a training (expected a first line \"iteration,loss\", or JSON lines)"),
        BadInputTests.Row(
            "figure loss bad.csv -o f.png", 65,
            "bad.csv:3: \"1,0.5\" is no iteration and its loss, later than the one before"),
        BadInputTests.Row("figure loss empty.csv -o f.png", 65, "empty.csv: holds no loss above 0"),
        BadInputTests.Row("figure loss no.csv -o f.png", 65, "no.csv: there is no such file"),
        BadInputTests.Row(
            "train 🐢 -o t.ckpt --loss-curve t.gif", 64,
            "t.gif: a figure is written as PNG, SVG or PDF (name it .png, .svg or .pdf)"),
    ]

    @Test(arguments: rows)
    func isRefusedInOneSentence(row: BadInputTests.Row) throws {
        let folder = try folder()
        defer { folder.remove() }
        try folder.put("x", name: "taken.svg")
        try folder.put("iteration,loss\n1,0.5\n1,0.5\n", name: "bad.csv")
        try folder.put("iteration,loss\n1,\n", name: "empty.csv")
        try folder.put("steps: 3\ncolumns: 2", name: "columns.yaml")
        let before = try folder.names
        let run = try run(row.arguments, in: folder)
        #expect(run.lines == ["gnca-render: " + row.message])
        #expect(run.status == row.status)
        #expect(try folder.names == before)
    }

    private static let noLoss = "is no iteration and its loss, later than the one before"

    private static let logs = [
        (
            "iteration,loss\n9223372036854775807,0.5",
            "a.csv:2: the iteration is out of range (got 9223372036854775807, "
                + "limit 1000000000000)"
        ),
        (
            "iteration,loss\n9223372036854775808,0.5",
            "a.csv:2: \"9223372036854775808,0.5\" is no iteration and its loss, "
                + "later than the one before"
        ),
        ("iteration,loss\n-1,0.5", "a.csv:2: \"-1,0.5\" is no iteration and its loss, later than the one before"),
        ("iteration,loss\nnan,0.5", "a.csv:2: \"nan,0.5\" is no iteration and its loss, later than the one before"),
        ("iteration,loss\n1,\n2,0", "a.csv: holds no loss above 0"),
        (
            "iteration,loss,psnr\n1,0.5,x",
            "a.csv:2: \"1,0.5,x\" is no iteration and its loss, later than the one before"
        ),
        ("iteration,loss,psnr\n1,0.5", "a.csv:2: \"1,0.5\" is no iteration and its loss, later than the one before"),
        ("{\"iteration\":1,\"loss\":-1}", "a.csv:1: \"{\"iteration\":1,\"loss\":-1}\" \(noLoss)"),
        (
            "iteration,loss\n1," + String(repeating: "0", count: 1_000_000),
            "a.csv:2: the line is too long (got 1000002 bytes, limit 1000)"
        ),
        (
            "{\"iteration\":1e3,\"loss\":1}",
            "a.csv:1: \"{\"iteration\":1e3,\"loss\":1}\" is no iteration and its loss, "
                + "later than the one before"
        ),
        (
            "iteration,loss\n1,0.5" + String(repeating: "\n7,e\u{301}", count: 2),
            "a.csv:3: \"7,e\u{301}\" is no iteration "
                + "and its loss, later than the one before"
        ),
        (
            String(repeating: "\n", count: 3),
            "a.csv: is no log of a training (expected a first line \"iteration,loss\", or "
                + "JSON lines)"
        ),
    ]

    @Test(arguments: logs.indices)
    func aLogIsDrawnOrRefusedInASentence(row: Int) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let (text, message) = Self.logs[row]
        try folder.put(text, name: "a.csv")
        let run = try ProgramRun(["figure", "loss", "a.csv", "-o", "a.png"], in: folder.path)
        #expect(run.status == 65)
        #expect(run.lines == ["gnca-render: " + message])
    }

    @Test(arguments: [
        "0.5\0", "0.", "nan", "inf", "-0.5", "+0.5", " 0.5", "0.5 ", "0x1", "1e400", "1e", "0.5,1", "0 1",
    ])
    func whatIsNoLossIsRefusedWithItsLine(loss: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        for line in ["1,\(loss)", "\(loss),0.5"] where line != "0.5,1,0.5" {
            try folder.put("iteration,loss\n\(line)\n", name: "a.csv")
            let run = try ProgramRun(["figure", "loss", "a.csv", "-o", "a.png"], in: folder.path)
            #expect(run.status == 65)
            #expect(run.lines.count == 1 && run.errors.hasPrefix("gnca-render: a.csv:2: "), "\(run.errors)")
            #expect(run.errors.hasSuffix(" \(Self.noLoss)\n"))
        }
    }

    @Test func aLogIsDrawnWithAndWithoutItsPSNR() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let logs = ["iteration,loss\n1,0.5\n2,\n3,0.1\n", "iteration,loss,psnr\n1,0.5,3.5\n2,,\n3,0.1,9.0\n"]
        let pictures = try logs.map { log in
            try folder.put(log, name: "a.csv")
            let run = try ProgramRun(["figure", "loss", "a.csv", "-o", "a.png", "--overwrite"], in: folder.path)
            #expect(run.status == 0 && run.errors == "")
            return try ImageFile.decode(folder.bytes("a.png"), file: "a.png")
        }
        #expect(pictures[0] == pictures[1])
    }

    @Test func aLogOfTheLargestNumbersIsDrawn() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.put("iteration,loss\r\n1,1e-320\r\n2,1e308\r\n\r\n1000000000000,1e300\r\n", name: "a.csv")
        let run = try ProgramRun(["figure", "loss", "a.csv", "-o", "a.svg"], in: folder.path)
        #expect(run.status == 0 && run.errors == "")
    }

    @Test func moreThanAPlotOrAMachineHoldsIsRefusedBeforeWork() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.put("iteration,loss\n1,0.5", name: "a.csv")
        let logs = [String](repeating: "a.csv", count: 65)
        let rates = [String](repeating: "0.5", count: 65).joined(separator: ",")
        for (words, message) in [
            (["loss"] + logs, "too many logs for one plot (got 65, limit 64)"),
            (
                ["rates", "m.ckpt", "--target", "🐢", "--fire-rate", rates],
                "too many fire rates for one plot (got 65, limit 64)"
            ),
        ] {
            let run = try ProgramRun(["figure"] + words + ["-o", "a.png"], in: folder.path)
            #expect(run.status == 64)
            #expect(run.lines == ["gnca-render: " + message])
        }
        #expect(throws: ModelError.self) { try RunMemory.check(1 << 60, of: "the figure") }
    }
}
