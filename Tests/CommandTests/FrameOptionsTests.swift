import GNCARaster
import Testing

@testable import gnca_render

/// What films show, and how large.
@Suite struct FrameOptionsTests {
    private static let film = ["m.ckpt", "--grid", "48x48", "--steps", "8", "--hold", "0"]

    private func render(_ words: [String], in folder: ProgramFolder) throws -> ProgramRun {
        try ProgramRun(Self.film + words, in: folder.path)
    }

    private func poster(_ words: [String]) throws -> Frame {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try render(words + ["-o", "a.gif", "--poster", "p.png"], in: folder)
        try #require(run.status == 0, "\(run.errors)")
        return try ImageFile.read("\(folder.path)/p.png")
    }

    @Test(arguments: ["320x180", "180x320", "201x201"])
    func aSizeIsMetToThePixel(size: String) throws {
        let frame = try poster(["--size", size])
        #expect("\(frame.width)x\(frame.height)" == size)
    }

    @Test func anAspectAddsPage() throws {
        let frame = try poster(["--aspect", "2:1"])
        #expect(frame.width == 2 * frame.height)
    }

    @Test func fitShowsLessOfTheGrid() throws {
        let (whole, part) = (try poster(["--scale", "4"]), try poster(["--scale", "4", "--fit"]))
        #expect(part.width < whole.width && part.height < whole.height && part.width % 4 == 0)
    }

    @Test func severalRandomSeedsAreSeveralPictures() throws {
        let (one, two) = (try poster(["--scale", "4"]), try poster(["--scale", "4", "--random-seeds", "3,9"]))
        #expect(two.width > 2 * one.width)
    }

    static let refused: [[String]] = [
        ["--size", "320x180", "--scale", "4"], ["--size", "320x180", "--aspect", "1:1"], ["--size", "320"],
        ["--size", "0x100"], ["--aspect", "16/9"], ["--aspect", "0:1"], ["--compare"],
        ["--random-seeds", "1,1"], ["--random-seeds", "1,2", "--random-seed", "3"], ["--random-seeds", ""],
    ]

    @Test(arguments: refused)
    func whatCannotBeMeantIsRefusedInASentence(words: [String]) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try render(words + ["-o", "a.gif"], in: folder)
        #expect(run.status == 64 && run.lines.count == 1, "\(run.errors)")
    }

    @Test func anOddSizeIsRefusedWhereVideoHalvesChroma() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        #expect(try render(["--size", "321x180", "-o", "a.mp4"], in: folder).status == 64)
        #expect(try render(["--size", "321x180", "-o", "a.gif"], in: folder).status == 0)
    }

    @Test func twoSeedsAreCompared() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try render(["--random-seeds", "0,1", "--compare", "-o", "a.gif"], in: folder)
        #expect(run.status == 0, "\(run.errors)")
    }
}
