import Foundation
import GNCABasics
import Testing

@testable import gnca_render

/// An option that means nothing in a run is refused by its name, before anything is read.
@Suite struct OptionUseTests {
    /// What an option needs: words that are refused, and words that take it.
    private static let rows: [(refused: String, flag: String)] = [
        ("m.ckpt -o a.mp4 --poster-step 3", "--poster-step"),
        ("m.ckpt -o a.mp4 -o a.y4m -o f/ --loop 2", "--loop"),
        ("m.ckpt -o a.mp4 --layout below", "--layout"),
        ("m.ckpt -o a.mp4 --overlay counter --layout side", "--layout"),
        ("m.ckpt -o a.mp4 --target t.png", "--target"),
        ("m.ckpt -o a.mp4 --target-size 8", "--target-size"),
        ("m.ckpt -o a.mp4 --overlay alive --perception-channels 3", "--perception-channels"),
        ("m.ckpt -o a.mp4 --trained-steps 64-96", "--trained-steps"),
        ("embed a.mp4 -o a.html --label fig:a", "--label"),
        ("embed a.mp4 -o a.md --label fig:a", "--label"),
        ("embed a.mp4 -o a.html --fps 30", "--fps"),
        ("embed a.gif -o a.html --controls", "--controls"),
        ("embed a.mp4 -o a.md --controls", "--controls"),
        ("embed a.mp4 -o a.tex --controls", "--controls"),
        ("embed a.mp4 -o a.html --inline --url https://example.org", "--url"),
        ("embed f-%d.png -o a.tex --url https://example.org", "--url"),
        ("embed a.mp4 -o a.tex --alt words", "--alt"),
        ("train t.png -o b.ckpt --regime growing --damaged 2", "--damaged"),
        ("train t.png -o b.ckpt --regime persistent --damage-shapes half", "--damage-shapes"),
        ("train t.png -o b.ckpt --regime persistent --ongoing-damage 1", "--ongoing-damage"),
        ("train t.png -o b.ckpt --regime growing --pool 16", "--pool"),
        ("train t.png -o b.ckpt --regime growing --settle 0.3", "--settle"),
        ("train t.png -o b.ckpt --grow-first 1 --settle 0.3", "--settle"),
        ("train t.png -o b.ckpt --pool 5 --settle 0.3", "--settle"),
        ("train t.png -o b.ckpt --regime growing --reseed first", "--reseed"),
        ("train t.png -o b.ckpt --regime growing --grow-first 0.5", "--grow-first"),
        ("train t.png -o b.ckpt --grow-first 1 --pool 4", "--pool"),
        ("train t.png -o b.ckpt --grow-first 1 --reseed first", "--reseed"),
        ("train t.png -o b.ckpt --grow-first 1 --damaged 1", "--damaged"),
        ("train t.png -o b.ckpt --grow-first 1 --damage-shapes half", "--damage-shapes"),
        ("train t.png -o b.ckpt --regime perpetual --grow-first 1 --death-rate 0.01", "--death-rate"),
        ("train t.png -o b.ckpt --damaged 0 --ongoing-damage 0.3", "--ongoing-damage"),
        ("train t.png -o b.ckpt --batch 1 --damage-shapes half", "--damage-shapes"),
        ("train t.png -o b.ckpt --ongoing-damage 1 --damage-shapes half", "--damage-shapes"),
        ("page m.ckpt -o a.html --bare --lead words", "--lead"),
        ("train t.png -o b.ckpt --clip-norm 2", "--clip-norm"),
        ("train t.png -o b.ckpt --warm-up-steps 8", "--warm-up-steps"),
        ("train t.png -o b.ckpt --recipe article --decay-factor 0.5", "--decay-factor"),
        ("train t.png -o b.ckpt --schedule cosine --decay-factor 0.5", "--decay-factor"),
        ("train t.png -o b.ckpt --schedule cosine --decay-at 50", "--decay-at"),
        ("train t.png -o b.ckpt --recipe distill --momentum 0.9", "--momentum"),
        ("train t.png -o b.ckpt --recipe distill --loss-floor 20", "--loss-floor"),
        ("train t.png -o b.ckpt --recipe sharp --optimiser adam --adam-rate 0.01", "--adam-rate"),
    ]

    @Test(arguments: rows.indices)
    func whatMeansNothingIsRefused(row: Int) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let words = Self.rows[row].refused.split(separator: " ").map(String.init)
        let run = try ProgramRun(words, in: folder.path)
        #expect(run.status == 64)
        #expect(run.lines.count == 1 && run.errors.hasPrefix("gnca-render: \(Self.rows[row].flag) "), "\(run.errors)")
        #expect(try folder.names == [])
    }

    /// The same options where they mean something.
    private static let taken = [
        "m.ckpt -o a.gif -o a.mp4 --loop 2 --poster p.png --poster-step 3",
        "m.ckpt -o a.gif --overlay hidden --layout below",
        "m.ckpt -o a.gif --overlay perception --perception-channels 3",
        "m.ckpt -o a.gif --overlay time --trained-steps 2-4",
        "m.ckpt -o a.gif --overlay error --target m.png --target-size 8",
    ]

    @Test(arguments: taken)
    func whatMeansSomethingIsTaken(words: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.addPictures("m.png", "n.png")
        let run = try ProgramRun(
            words.split(separator: " ").map(String.init) + ProgramFolder.small + ["--quiet"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
    }
}
