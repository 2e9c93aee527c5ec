import Foundation
import GNCARaster
import Testing

@testable import gnca_render

/// What a target may be made from.
@Suite struct TargetCommandTests {
    private static let svg =
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 4'><rect width='4' height='4' fill='white'/>"
        + "<circle cx='2' cy='2' r='1' fill='red'/></svg>"

    private func folder() throws -> ProgramFolder {
        let folder = try ProgramFolder()
        try folder.put(Self.svg, name: "logo.svg")
        return folder
    }

    private func run(_ folder: ProgramFolder, _ words: String...) throws -> ProgramRun {
        try ProgramRun(
            ["target"] + words + ["--size", "16", "--padding", "2", "--overwrite", "-o", "a.png"], in: folder.path)
    }

    private func picture(_ folder: ProgramFolder) throws -> Frame {
        try ImageFile.decode(folder.bytes("a.png"), file: "a.png")
    }

    @Test func anOpaqueGroundIsNotedAndAKeyTakesItAway() throws {
        let folder = try folder()
        defer { folder.remove() }
        let opaque = try run(folder, "logo.svg")
        #expect(
            opaque.lines == [
                "gnca-render: note: logo.svg: the picture stands on an opaque ground of #ffffff, which belongs to the "
                    + "target (--key '#ffffff' makes it transparent)"
            ])
        #expect(try picture(folder)[2, 2] == Pixel(red: 255, green: 255, blue: 255, alpha: 255))
        for key in ["white", "#fff", "#FFFFFF"] {
            #expect(try run(folder, "logo.svg", "--key", key).lines == [])
            let cut = try picture(folder)
            #expect(cut[2, 2].alpha == 0 && cut[10, 10] == Pixel(red: 255, green: 0, blue: 0, alpha: 255))
        }
        let wrong = try run(folder, "logo.svg", "--key", "wite")
        #expect(wrong.status == 64)
        #expect(wrong.lines == ["gnca-render: --key is \"wite\" (expected a name as CSS has it, #RGB or #RRGGBB)"])
    }

    @Test func aWordThatIsNoFileIsAText() throws {
        let folder = try folder()
        defer { folder.remove() }
        let text = try run(folder, "Hi")
        #expect(
            text.lines == [
                "gnca-render: note: there is no file Hi: the target is this text in Noto Sans Bold (--font names another)"
            ])
        let bold = try picture(folder)
        #expect(bold.width == 20)
        #expect(try run(folder, "Hi", "--font", "Noto Sans").lines == [])
        #expect(try picture(folder) != bold)
        // A font makes a text of anything.
        #expect(try run(folder, "logo.svg", "--font", "Noto Sans Bold").lines == [])
        #expect(try picture(folder)[10, 1].alpha == 0)
        let missing = try run(folder, "no.png")
        #expect(missing.status == 65 && missing.lines == ["gnca-render: no.png: there is no such file"])
        let font = try run(folder, "Hi", "--font", "Nonesuch")
        #expect(
            font.status == 65 && font.lines.first?.hasPrefix("gnca-render: there is no font \"Nonesuch\" (") == true)
    }

    /// In a batch as on the command line; the model tells what it was trained on.
    @Test func aBatchTrainsOnTextsAndDrawings() throws {
        let folder = try folder()
        defer { folder.remove() }
        let settings =
            "iterations: 1, size: 8, padding: 2, channels: 5, hidden: 4, pool: 4, batch: 2, damaged: 1, steps: 4-5"
        try folder.put(
            """
            jobs:
            - {train: letter, target: A, font: Noto Sans Bold, \(settings), output: a.ckpt}
            - {train: logo, target: logo.svg, key: white, \(settings), output: b.ckpt}
            """, name: "b.yaml")
        let run = try ProgramRun(["batch", "b.yaml"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        for (model, target) in [("a", "A, Noto Sans Bold"), ("b", "logo.svg, without #ffffff")] {
            let inspected = try ProgramRun(["inspect", "\(model).ckpt"], in: folder.path)
            #expect(String(decoding: inspected.output, as: UTF8.self).contains("training.target: \(target)\n"))
        }
    }

    @Test func theErrorOverlayTakesAnEmoji() throws {
        let folder = try folder()
        defer { folder.remove() }
        let run = try folder.render(["--target", "🐢", "--target-size", "12", "--overlay", "error", "-o", "a.gif"])
        #expect(run.status == 0 && run.errors == "", "\(run.errors)")
    }
}
