import Foundation
import Testing

/// What users get wrong: one sentence, the right exit code, nothing left behind.
@Suite struct BadInputTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var arguments: String
        var status: Int32
        var message: String
        var testDescription: String { arguments }

        init(_ arguments: String, _ status: Int32, _ message: String) {
            (self.arguments, self.status, self.message) = (arguments, status, message)
        }
    }

    static let noFormat =
        "no format has this extension (name one of: mp4, mov, mkv, webm, gif, apng, webp, avif, png, nut, y4m "
        + "with --format, or end a folder in /)"

    static let rows = [
        Row("nope.ckpt -o a.mp4", 65, "nope.ckpt: there is no such file"),
        Row("m.ckpt a.mp4", 64, "a.mp4: there is no such model (an output is named with -o, as -o a.mp4)"),
        Row("empty.ckpt -o a.mp4", 65, "empty.ckpt: the file is empty"),
        Row(". -o a.mp4", 65, ".: not a regular file (got a folder, expected a file)"),
        Row("/dev/zero -o a.mp4", 65, "/dev/zero: not a regular file (got a device, expected a file)"),
        Row("m.ckpt", 64, "no output is named (add -o FILE, as -o film.mp4)"),
        Row("m.ckpt -o a.foo", 64, "a.foo: " + noFormat),
        Row("m.ckpt -o -", 64, "-o - needs --format (one of: mp4, mkv, webm, gif, apng, webp, avif, nut, y4m)"),
        Row("m.ckpt -o - --format mov", 64, "mov cannot be written to standard output"),
        Row("m.ckpt -o a.mp4 --steps 0", 64, "steps out of range (got 0, expected 1...10000000)"),
        Row("m.ckpt -o a.mp4 --steps -1", 64, "steps out of range (got -1, expected 1...10000000)"),
        Row("m.ckpt -o a.mp4 --scale 0", 64, "--scale is out of range (got 0, expected 1...64)"),
        Row("m.ckpt -o a.mp4 --grid 0x0", 64, "--grid: grid out of range (got 0x0, expected 1x1...4096x4096 cells)"),
        Row(
            "m.ckpt -o a.mp4 --grid 1000000x1000000", 64,
            "--grid: grid out of range (got 1000000x1000000, expected 1x1...4096x4096 cells)"),
        Row("m.ckpt -o a.mp4 --grid 0", 64, "--grid: \"0\" is not a grid (expected WxH in cells, for instance 72x72)"),
        Row(
            "m.ckpt -o a.mp4 --grid 1000x1000 --scale 64", 64,
            "frames would be too large (got 64000x64000 pixels, limit 16384 a side); choose a smaller --scale"),
        Row(
            "m.ckpt -o a.mp4 --damage circle:500,5,3@5", 64,
            "circle:500,5,3@5: erases no cell of the 72x72 grid"),
        Row(
            "m.ckpt -o a.mp4 --damage circle:5,5,3@900", 64,
            "circle:5,5,3@900: happens after the end (at step 900, the film has 200 steps)"),
        Row(
            "m.ckpt -o a.mp4 --damage circle:5,5,3", 64,
            "--damage: circle:5,5,3: no step (expected SPEC@STEP, for instance circle:36,36,12@200)"),
        Row("m.ckpt -o a.mp4 --damage erase:no.png@5", 65, "erase:no.png@5: no.png: there is no such file"),
        Row(
            "m.ckpt -o a.mp4 --damage erase:bad.yaml@5", 65,
            "erase:bad.yaml@5: bad.yaml: not a picture of a known kind (expected PNG, JPEG, WebP, AVIF, GIF, BMP, TIFF or SVG)"
        ),
        Row(
            "figure recovery m.ckpt -o a.svg --damage erase:bad.yaml", 65,
            "erase:bad.yaml: bad.yaml: not a picture of a known kind (expected PNG, JPEG, WebP, AVIF, GIF, BMP, TIFF or SVG)"
        ),
        Row(
            "m.ckpt -o a.mp4 --scenario foo", 64,
            "--scenario: there is no scenario \"foo\" (there are: grow, persist, regen, rain, rotate)"),
        Row(
            "m.ckpt -o a.mp4 --scenario bad.yaml", 65,
            "bad.yaml:2: unknown key \"foo\" in a scenario (there are: grid, steps, random-seed, seeds, angle, "
                + "fire-rate, padding, steps-per-frame, time-lapse, hold, columns, column-captions, stagger, own-randomness, events)"
        ),
        Row(
            "m.ckpt -o a.mp4 --overlay error", 64,
            "overlay error needs a picture to compare with; give one with --target FILE"),
        Row("m.ckpt -o a.mp4 --overlay error --target no.png", 65, "no.png: there is no such file"),
        Row(
            "m.ckpt -o a.mp4 --overlay error --target bad.yaml", 65,
            "bad.yaml: not a picture of a known kind (expected PNG, JPEG, WebP, AVIF, GIF, BMP, TIFF or SVG)"),
        Row(
            "m.ckpt -o a.mp4 --codec foo", 64,
            "--codec is \"foo\" (expected h264, h265, av1, prores, vp9, ffv1, gif, webp, raw or y4m)"),
        Row("m.ckpt -o a.mp4 --codec vp9", 64, "mp4 has no codec \"vp9\" (there are: h264, h265, av1)"),
        Row(
            "m.ckpt -o a.gif --encoder-option crfx=1", 64,
            "gif takes no option \"crfx\" here (there are: gifflags, global_palette)"),
        Row(
            "m.ckpt -o a.mp4 --encoder-option crf=while(1,1)", 64,
            "the encoder option crf has a wrong value (got \"while(1,1)\", expected letters, digits and .,+-_:)"),
        Row(
            "m.ckpt -o a.mp4 --encoder-option tune=nonsense", 64,
            "h264 has no tune \"nonsense\" (there are: film, animation, grain, stillimage, psnr, ssim, fastdecode, "
                + "zerolatency)"),
        Row(
            "m.ckpt -o a.mp4 --encoder-option x264-params=keyint=abc", 64,
            "libx264 refuses x264-params=keyint=abc: Error parsing option 'keyint = abc'."),
        Row(
            "m.ckpt -o a.mp4 --codec h265 --encoder-option x265-params=keyint=abc", 64,
            "libx265 refuses x265-params=keyint=abc: Invalid value for keyint: abc."),
        Row(
            "m.ckpt -o a.mp4 --codec h265 --preset nonsense", 64,
            "h265 has no preset \"nonsense\" (there are: ultrafast, superfast, veryfast, faster, fast, medium, slow, "
                + "slower, veryslow, placebo)"),
        Row(
            "m.ckpt -o a.gif --pixel-format rgb8", 64, "gif has no pixel format \"rgb8\" (there are: pal8)"),
        Row(
            "m.ckpt -o a.gif --caption \u{10FD00}", 65, "no installed font has U+10FD00 of \"\u{10FD00}\""),
        Row(
            "figure strip m.ckpt -o a.svg --caption \u{10FD00}", 65,
            "no installed font has U+10FD00 of \"\u{10FD00}\""),
        Row("m.ckpt -o a.mp4 --fps 0", 64, "--fps is out of range (got 0, expected 1...240)"),
        Row(
            "m.ckpt -o a.mp4 --quality 99", 64,
            "the quality is out of range for h264 (got 99, expected 0...51; choose another --quality)"),
        Row("m.ckpt -o a.gif --loop 0", 64, "--loop is \"0\" (expected 1...65535 or forever)"),
        Row("m.ckpt -o a.mp4 --threads 0", 64, "--threads is out of range (got 0, expected 1...256)"),
        Row("m.ckpt -o a.mp4 --fire-rate 2", 64, "fire rate out of range (got 2.0, expected 0...1)"),
        Row("m.ckpt -o a.mp4 --padding foo", 64, "--padding is \"foo\" (expected zero or torus)"),
        Row(
            "m.ckpt -o a.mp4 --format avi", 64,
            "--format is \"avi\" (expected mp4, mov, mkv, webm, gif, apng, webp, avif, png, nut or y4m)"),
        Row("m.ckpt -o a.mp4 --steps x", 64, "--steps is \"x\" (expected a number)"),
        Row("m.ckpt -o a.mp4 --steps 1.5", 64, "--steps is \"1.5\" (expected a whole number)"),
        Row("m.ckpt -o a.mp4 --scale 1.5", 64, "--scale is \"1.5\" (expected a whole number, 1...64)"),
        Row("m.ckpt -o a.mp4 --encoder-option x", 64, "--encoder-option is \"x\" (expected KEY=VALUE)"),
        Row(
            "m.ckpt -o a.mp4 --start 9", 64, "--start: \"9\" is not a cell (expected X,Y, for instance 36,36)"),
        Row("-x", 64, "Unknown option '-x' (gnca-render render --help shows the options)"),
        Row("train --verbos", 64, "Unknown option '--verbos' (gnca-render train --help shows the options)"),
        Row("evaluate -v", 64, "Unknown option '-v' (gnca-render evaluate --help shows the options)"),
        Row(
            "render -o a.mp4", 64,
            "Missing expected argument '<models> ...' (gnca-render render --help shows the options)"),
        Row("m.ckpt -o a.mp4 --start 99,99", 64, "the seed at 99,99 lies outside the 72x72 grid"),
        Row("m.ckpt -o no/a.mp4", 73, "no/a.mp4: cannot be created: folder no: No such file or directory"),
        Row("m.ckpt -o sub.mp4", 73, "sub.mp4: cannot be created: it is a folder"),
        Row("m.ckpt -o old.mp4", 73, "old.mp4: cannot be created: it exists already (--overwrite replaces it)"),
        Row(
            "m.ckpt -o a.mp4 --poster old.png", 73,
            "old.png: cannot be created: it exists already (--overwrite replaces it)"),
        Row("m.ckpt -o a.mp4 --poster p.jpg", 64, "p.jpg: a poster is written as a PNG (name it .png)"),
        Row(
            "m.ckpt -o a.gif --format mp4", 64,
            "a.gif: the name is that of gif, and --format is mp4 (leave --format out, or choose another name)"),
        Row(
            "m.ckpt -o a/ --format webm", 64,
            "a/: the name is that of png, and --format is webm (leave --format out, or choose another name)"),
        Row(
            "convert m.ckpt -o a.json --format npz", 64,
            "a.json: the extension names distill-json, and --format is npz (leave --format out, or choose another name) (gnca-render convert --help shows the options)"
        ),
        Row("m.ckpt -o a.mp4 -o ./a.mp4", 64, "./a.mp4: the film would replace the film a.mp4 (name another file)"),
        Row("m.ckpt -o a.mp4 --poster a.mp4", 64, "a.mp4: the poster would replace the film (name another file)"),
        Row(
            "m.ckpt -o a.mp4 --background transparent", 64,
            "mp4 with h264 cannot hold transparency (choose .webm, .mov, .apng or .webp; or another --background)"),
        Row(
            "m.ckpt -o a.png", 64,
            "a.png is one picture, and the film has 257 frames (name a folder ending in /, a pattern as "
                + "frame-%05d.png, or an .apng)"),
        Row("m.ckpt -o a.mp4 --caption a --caption b", 64, "--caption stands once a model (got 2, expected 1)"),
        Row(
            "m.ckpt -o a.mp4 --seed 3", 64,
            "Unknown option '--seed': did you mean --random-seed or --speed? (gnca-render render --help shows the options)"
        ),
        Row(
            "train a.png -o b.ckpt --seed 3", 64,
            "Unknown option '--seed': did you mean --random-seed? (gnca-render train --help shows the options)"),
        Row(
            "figure strip m.ckpt -o a.png --capton x", 64,
            "Unknown option '--capton': did you mean --caption? (gnca-render figure --help shows the options)"),
        Row(
            "m.ckpt -o a.mp4 --scale 4 --scale=8", 64, "--scale stands twice (got 4 and 8, expected one value)"),
        Row(
            "convert m.ckpt -o a.json --output b.json", 64,
            "--output stands twice (got a.json and b.json, expected one value)"),
        Row(
            "info m.ckpt --entry a --json --entry b", 64, "--entry stands twice (got a and b, expected one value)"),
        Row(
            "🐢 -o a.mp4", 64,
            "🐢 is a picture, no model (gnca-render train 🐢 -o MODEL.ckpt makes a model of it)"),
        Row(
            "figure strip 🐢 -o a.png", 65,
            "🐢: an emoji is a picture, no model (gnca-render train 🐢 -o MODEL.ckpt makes a model of it)"),
        Row(
            "m.ckpt -o a.mp4 --background tael", 64,
            "--background is \"tael\" (expected checker, transparent, a name as CSS has it, #RGB or #RRGGBB)"),
        Row(
            "m.ckpt -o a.mp4 --foo", 64,
            "Unknown option '--foo': did you mean --for? (gnca-render render --help shows the options)"),
        Row(
            "m.ckpt -o a.mp4 --dialect order=row", 64,
            "--dialect: the dialect has a wrong order (got \"row\", expected filter, channel)"),
        Row(
            "m.ckpt -o a.mp4 --dialect guess", 65,
            "m.ckpt: this file holds all settings itself (options of reading are for files of other programs)"),
        Row(
            "convert m.ckpt -o a.json --dialect scale=x", 64,
            "--dialect: the dialect has a wrong scale (got \"x\", expected a number, as 1/8 or 1)"),
        Row(
            "convert m.ckpt -o a.pth --format pytorch", 64,
            "--format is \"pytorch\" (expected ckpt, distill-json, safetensors or npz)"),
        Row(
            "inspect m.ckpt --control left", 64,
            "--control is \"left\" (expected the number of a goal, as 3, or a control vector, as 0.5,-1,0)"),
        Row(
            "inspect m.ckpt --tensors ema.", 65,
            "m.ckpt: this file holds all settings itself (options of reading are for files of other programs)"),
        Row(
            "train a.png -o b.ckpt --rule clamp=red", 64,
            "--rule: the rule has a wrong clamp (got \"red\", expected none, or rgb, rgba or all with limits, as "
                + "rgba:0:1)"),
        Row("train a.png -o b.ckpt --rule seed=from:16", 64, "channels out of range (got 16, expected at least 17)"),
        Row(
            "train a.png -o b.ckpt --rule seed=from:9223372036854775807", 64,
            "channels out of range (got 16, expected at least 9223372036854775807)"),
        Row(
            "train a.png -o b.ckpt --time 1s --iterations 9", 64,
            "--time and --iterations both say how long to train (leave one out)"),
        Row(
            "train a.png -o b.ckpt --hidden 64,x", 64, "--hidden is \"64,x\" (expected whole numbers, as 128 or 64,64)"),
        Row("inspect empty.ckpt", 65, "empty.ckpt: the file is empty"),
        Row("convert m.ckpt -o m.json", 73, "m.json: cannot be created: it exists already (--overwrite replaces it)"),
    ]

    @Test(arguments: rows)
    func isRefusedInOneSentence(row: Row) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.put("", name: "empty.ckpt")
        try folder.put("old", name: "old.mp4")
        try folder.put("old", name: "old.png")
        try folder.put("old", name: "m.json")
        try folder.put("steps: 10\nfoo: 3\n", name: "bad.yaml")
        try FileManager.default.createDirectory(atPath: folder.path + "/sub.mp4", withIntermediateDirectories: false)
        let before = try folder.names
        let run = try ProgramRun(row.arguments.split(separator: " ").map(String.init), in: folder.path)
        #expect(run.lines == ["gnca-render: " + row.message])
        #expect(run.status == row.status)
        #expect(run.output == [])
        #expect(try folder.names == before)
        #expect(try folder.bytes("old.mp4") == Array("old".utf8))
    }

    @Test(arguments: [100, 1000, 2567])
    func aTruncatedModelIsRefused(length: Int) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let bytes = try folder.bytes("m.ckpt")
        try #require(length < bytes.count)
        try Data(bytes.prefix(length)).write(to: URL(fileURLWithPath: folder.path + "/cut.ckpt"))
        let run = try ProgramRun(["cut.ckpt", "-o", "a.mp4"], in: folder.path)
        #expect(run.status == 65)
        #expect(run.lines.count == 1 && run.errors.hasPrefix("gnca-render: cut.ckpt: "))
        #expect(try folder.names == ["cut.ckpt"])
    }

    @Test func anExplodingModelEndsTheRunWithItsStep() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        _ = try folder.folder.add("m.ckpt", ProgramFolder.model(gain: 1e9))
        let run = try folder.render(["-o", "a.mp4"])
        #expect(run.status == 65)
        #expect(run.lines.count == 1 && run.errors.contains("step"))
        #expect(try folder.names == [])
        let held = try folder.render(["-o", "a.mp4", "--on-blowup", "hold"])
        #expect(held.status == 0)
        #expect(try folder.names == ["a.mp4"])
    }

    @Test func anExplodingModelOfAnAssumedDialectMayHaveAnother() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.put(ProgramFolder.namelessTensors(gain: 1e9), name: "other.json")
        let arguments = ["other.json"] + ProgramFolder.small + ["--quiet", "-o", "a.gif"]
        let advice = "(render fewer steps, or keep the last finite state with --on-blowup hold)"
        let assumed = try ProgramRun(arguments, in: folder.path)
        #expect(
            assumed.lines == [
                "gnca-render: the state became infinite or NaN in step 3 \(advice); the dialect of other.json is only "
                    + "assumed (name it with --dialect KEY=VALUE,... or try --dialect guess)"
            ])
        #expect(assumed.status == 65)
        let named = try ProgramRun(arguments + ["--dialect", "scale=1/8"], in: folder.path)
        #expect(named.lines == ["gnca-render: the state became infinite or NaN in step 3 \(advice)"])
        #expect(try folder.names == ["other.json"])
    }
}
