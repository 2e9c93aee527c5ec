import GNCARaster
import GNCATestSupport
import Testing

@testable import GNCAExport

@Suite struct MP4Tests {
    /// Names of the boxes of the outermost level, in order (ISO/IEC 14496-12, 4.2).
    private func boxes(_ bytes: [UInt8]) -> [String] {
        var names: [String] = []
        var position = 0
        while position + 8 <= bytes.count {
            let size = bytes[position..<(position + 4)].reduce(0) { $0 << 8 | Int($1) }
            names.append(String(decoding: bytes[(position + 4)..<(position + 8)], as: UTF8.self))
            guard size >= 8 else { break }
            position += size
        }
        return names
    }

    @Test func theIndexStandsInFront() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm().write(to: folder.path + "/a.mp4")
        let names = boxes(try folder.bytes("a.mp4"))
        let index = try #require(names.firstIndex(of: "moov"))
        let data = try #require(names.firstIndex(of: "mdat"))
        #expect(index < data)
    }

    /// The bytes of all items called `name` in iTunes' lists: item, data, kind, locale.
    private func items(_ name: [UInt8], _ bytes: [UInt8]) -> [[UInt8]] {
        bytes.indices.dropLast(20).compactMap { place in
            guard bytes[place...].starts(with: name), bytes[(place + 8)...].starts(with: "data".utf8) else {
                return nil
            }
            let size = bytes[(place + 4)..<(place + 8)].reduce(0) { $0 << 8 | Int($1) }
            return Array(bytes[(place + 20)..<(place + 4 + size)])
        }
    }

    @Test(arguments: ["a.mp4", "a.mov"])
    func wordsStandInBothOfThePlacesWherePlayersLook(file: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let entries = [
            KeyValue("Title", "Eidechse wächst"), KeyValue("Author", "A. B."), KeyValue("Copyright", "CC BY 4.0"),
            KeyValue("Software", "gnca-render 1"), KeyValue("Command", "gnca-render x"),
        ]
        let film = TestFilm()
        var description = film.description
        description.coverFrame = 3
        let format = try #require(OutputFormats.forPath(file))
        let sink = try format.open(
            .path("\(folder.path)/\(file)", overwrite: false), description, EncodingOptions(metadata: entries))
        for index in 0..<film.frameCount { try sink.append(film.frame(index)) }
        try sink.finish()
        try sink.commit()
        let bytes = try folder.bytes(file)
        func text(_ name: String) -> [String] {
            items([0xA9] + Array(name.utf8), bytes).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(text("nam") == ["Eidechse wächst"])
        #expect(text("ART") == ["A. B."])
        #expect(text("cpy") == ["CC BY 4.0"])
        #expect(text("cmt") == ["Software: gnca-render 1\nCommand: gnca-render x"])
        let decoded = try DecodedFilm("\(folder.path)/\(file)", demuxer: "mov")
        #expect(decoded.metadata["title"] == "Eidechse wächst")
        #expect(decoded.metadata["Command"] == "gnca-render x")
        #expect(decoded.frames.count == 12)
        #expect(decoded.worstColourError(film) <= 9)
        #expect(try ImageFile.decode(#require(decoded.cover), file: "cover") == film.frame(3))
        if file == "a.mp4" { #expect(try FilmFile.lastPicture("\(folder.path)/a.mp4").width == 64) }
    }

    @Test func h265IsTaggedAsApplesPlayersWant() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm(rows: 8).write(to: folder.path + "/a.mp4", EncodingOptions(codec: "h265"))
        let decoded = try DecodedFilm(folder.path + "/a.mp4", demuxer: "mov")
        #expect(withUnsafeBytes(of: decoded.codecTag.littleEndian) { Array($0) } == Array("hvc1".utf8))
    }

    @Test func fullChromaIsThereOnRequest() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(columns: 7, rows: 5, scale: 3)
        // One thread: with several, what x264 decides depends on which of them is ahead.
        try film.write(to: folder.path + "/a.mp4", EncodingOptions(quality: 1, pixelFormat: "yuv444p", threads: 1))
        let decoded = try DecodedFilm(folder.path + "/a.mp4", demuxer: "mov")
        #expect(decoded.pixelFormat == "yuv444p")
        #expect(decoded.frames.count == 12)
        #expect(decoded.worstColourError(film) <= 8)
    }
}
