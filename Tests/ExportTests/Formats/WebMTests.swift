import GNCATestSupport
import Testing

@testable import GNCAExport

@Suite struct WebMTests {
    @Test func transparencyTravelsWithEveryFrame() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm(hasAlpha: true).write(to: folder.path + "/a.webm")
        let decoded = try DecodedFilm(folder.path + "/a.webm", demuxer: "matroska")
        #expect(decoded.frames.count == 12)
        #expect(decoded.packetsWithAlpha == 12)
        #expect(decoded.streamMetadata.contains { $0.key.lowercased() == "alpha_mode" && $0.value == "1" })
    }

    @Test func opaqueFilmsHaveNone() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm().write(to: folder.path + "/a.webm")
        #expect(try DecodedFilm(folder.path + "/a.webm", demuxer: "matroska").packetsWithAlpha == 0)
    }
}
