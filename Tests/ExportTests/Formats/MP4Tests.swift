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
        #expect(decoded.worstColourError(film) <= 6)
    }
}
