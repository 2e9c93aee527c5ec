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
