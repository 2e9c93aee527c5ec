import Testing

@testable import GNCAExport

@Suite struct APNGTests {
    /// Chunks of a PNG: name and data.
    private func chunks(_ bytes: [UInt8]) -> [(name: String, data: [UInt8])] {
        var chunks: [(String, [UInt8])] = []
        var position = 8
        while position + 12 <= bytes.count {
            let size = bytes[position..<(position + 4)].reduce(0) { $0 << 8 | Int($1) }
            let name = String(decoding: bytes[(position + 4)..<(position + 8)], as: UTF8.self)
            chunks.append((name, Array(bytes[(position + 8)..<(position + 8 + size)])))
            position += size + 12
        }
        return chunks
    }

    @Test(arguments: [0, 1, 3])
    func itPlaysAsOftenAsAsked(loop: Int) throws {
        let folder = try OutputFolder()
        defer { folder.remove() }
        try TestFilm().write(to: folder.path + "/a.apng", EncodingOptions(loop: loop))
        let control = try #require(chunks(try folder.bytes("a.apng")).first { $0.name == "acTL" })
        #expect(control.data == [0, 0, 0, 12, 0, 0, 0, UInt8(loop)])
    }

    @Test func textMakesItAgain() throws {
        let folder = try OutputFolder()
        defer { folder.remove() }
        let options = EncodingOptions(metadata: [KeyValue("Command", "grün"), KeyValue("Random-Seed", "7")])
        try TestFilm().write(to: folder.path + "/a.apng", options)
        let all = chunks(try folder.bytes("a.apng"))
        let texts = all.filter { $0.name == "iTXt" }.map { String(decoding: $0.data, as: UTF8.self) }
        #expect(texts == ["Command\0\0\0\0\0grün", "Random-Seed\0\0\0\0\07"])
        #expect(all.last?.name == "IEND")
        #expect(try DecodedFilm(folder.path + "/a.apng", demuxer: "apng").frames.count == 12)
    }
}
