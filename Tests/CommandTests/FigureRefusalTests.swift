import GNCABasics
import GNCACells
import Testing

@testable import gnca_render

/// Figures that are refused, by the whole program, before any work.
@Suite struct FigureRefusalTests {
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
        let folder = try FigureCommandTests.folder()
        defer { folder.remove() }
        try folder.put("x", name: "taken.svg")
        try folder.put("iteration,loss\n1,0.5\n1,0.5\n", name: "bad.csv")
        try folder.put("iteration,loss\n1,\n", name: "empty.csv")
        try folder.put("steps: 3\ncolumns: 2", name: "columns.yaml")
        let before = try folder.names
        let run = try ProgramRun(row.arguments.split(separator: " ").map(String.init), in: folder.path)
        #expect(run.lines == ["gnca-render: " + row.message])
        #expect(run.status == row.status)
        #expect(try folder.names == before)
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
