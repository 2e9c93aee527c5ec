import GNCABasics
import GNCARaster
import GNCATestSupport
import Testing

@testable import GNCAExport

@Suite struct APNGTests {
    @Test(arguments: [0, 1, 3])
    func itPlaysAsOftenAsAsked(loop: Int) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm().write(to: folder.path + "/a.apng", EncodingOptions(loop: loop))
        let control = try #require(PNGChunk.all(try folder.bytes("a.apng")).first { $0.name == "acTL" })
        #expect(control.data == [0, 0, 0, 12, 0, 0, 0, UInt8(loop)])
    }

    /// Colours of every kind: few for a palette, too many for one, and clear ones; parts that stay and parts that change.
    private func frames(colours: Int, hasAlpha: Bool) -> [Frame] {
        (0..<8).map { time in
            var frame = Frame(width: 40, height: 30)
            for y in 0..<30 {
                for x in 0..<40 {
                    let changes = x > 10 && x < 30 && y > 5 && y < 20
                    let value = (x * 7 + y * 31 + (changes ? time * 3 : 0)) % colours
                    let alpha: UInt8 = hasAlpha ? [255, 0, 128][(x / 9 + (changes ? time : 0)) % 3] : 255
                    let scale = Int(alpha)
                    frame[x, y] = Pixel(
                        red: UInt8(value % 256 * scale / 255), green: UInt8(value / 4 % 256 * scale / 255),
                        blue: UInt8((255 - value % 256) * scale / 255), alpha: alpha)
                }
            }
            return frame
        }
    }

    @Test(
        arguments: [(2, false), (255, false), (256, false), (1000, false), (1000, true), (3, true)], [128 << 20, 500])
    func everyPixelOfEveryFrameComesBack(kind: (colours: Int, hasAlpha: Bool), spoolLimit: Int) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let frames = frames(colours: kind.colours, hasAlpha: kind.hasAlpha)
        let film = FilmDescription(
            width: 40, height: 30, frameRate: 25, frameCount: frames.count, hasAlpha: kind.hasAlpha)
        let sink = try APNGSink(
            .path(folder.path + "/a.apng", overwrite: false), film, EncodingOptions(), spoolLimit: spoolLimit)
        for frame in frames { try sink.append(frame) }
        try sink.finish()
        try sink.commit()
        let decoded = try DecodedFilm(folder.path + "/a.apng", demuxer: "apng")
        #expect(decoded.frames.count == frames.count)
        for (seen, wanted) in zip(decoded.frames, frames) {
            for y in 0..<30 {
                for x in 0..<40 where wanted[x, y].alpha > 0 || seen[x, y].alpha > 0 {
                    let (one, other) = (seen[x, y], wanted[x, y].straightened)
                    guard one == other else {
                        Issue.record("\(x),\(y): \(one) is not \(other)")
                        return
                    }
                }
            }
        }
    }

    /// Browsers cut delays to whole milliseconds.
    @Test(
        arguments: [
            (FrameRate(30), [33, 34, 33, 33]), (FrameRate(60), [17, 16, 17, 17]), (FrameRate(25), [40, 40, 40, 40]),
            (FrameRate(30000, in: 1001), [33, 34, 33, 33]),
            (FrameRate(1, in: 100), [100_000, 100_000, 100_000, 100_000]),
        ] as [(FrameRate, [Int])])
    func delaysAreWholeMillisecondsAndAddUp(rate: FrameRate, expected: [Int]) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(frameCount: 4, frameRate: rate)
        try film.write(to: folder.path + "/a.apng")
        let delays = PNGChunk.all(try folder.bytes("a.apng")).filter { $0.name == "fcTL" }.map { chunk in
            let numbers = [20, 22].map { Int(chunk.data[$0]) << 8 | Int(chunk.data[$0 + 1]) }
            return numbers[0] * 1000 / numbers[1]
        }
        #expect(delays == expected)
    }

    @Test func whatStaysIsLeftOut() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm(columns: 30, rows: 30, frameCount: 1).write(to: folder.path + "/one.apng")
        var film = TestFilm(columns: 30, rows: 30, frameCount: 50)
        film.isStill = true
        try film.write(to: folder.path + "/still.apng")
        let (one, still) = (try folder.bytes("one.apng").count, try folder.bytes("still.apng").count)
        // A chunk of 38 bytes and one of some twenty for a pixel.
        #expect(still < one + 50 * 80)
    }

    @Test func textMakesItAgain() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let options = EncodingOptions(metadata: [KeyValue("Command", "grün"), KeyValue("Random-Seed", "7")])
        try TestFilm().write(to: folder.path + "/a.apng", options)
        let all = PNGChunk.all(try folder.bytes("a.apng"))
        let texts = all.filter { $0.name == "iTXt" }.map { String(decoding: $0.data, as: UTF8.self) }
        #expect(texts == ["Command\0\0\0\0\0grün", "Random-Seed\0\0\0\0\07"])
        #expect(all.last?.name == "IEND")
        #expect(try DecodedFilm(folder.path + "/a.apng", demuxer: "apng").frames.count == 12)
    }
}
