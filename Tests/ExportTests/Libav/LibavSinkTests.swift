import GNCATestSupport
import Testing

@testable import GNCAExport

@Suite struct LibavSinkTests {
    static let files = ["a.mp4", "a.mov", "a.mkv", "a.webm", "a.gif", "a.apng", "a.webp", "a.y4m"]

    @Test(arguments: files)
    func nothingHasItsNameBeforePublish(file: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm()
        let format = try #require(OutputFormats.forPath(file))
        let sink = try format.open(
            .path("\(folder.path)/\(file)", overwrite: false), film.description, EncodingOptions())
        for index in 0..<film.frameCount { try sink.append(film.frame(index)) }
        try sink.finish()
        #expect(try folder.names.allSatisfy { $0.hasPrefix(".\(file).gnca-") })
        try sink.publish()
        sink.cancel()
        #expect(try folder.names == [file])
    }

    @Test(arguments: files, [0, 1, 12])
    func cancelLeavesNothing(file: String, frames: Int) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm()
        let format = try #require(OutputFormats.forPath(file))
        let sink = try format.open(
            .path("\(folder.path)/\(file)", overwrite: false), film.description, EncodingOptions())
        for index in 0..<frames { try sink.append(film.frame(index)) }
        sink.cancel()
        #expect(try folder.names == [])
    }

    /// SVT-AV1 would wait for ever.
    @Test(arguments: ["h264", "h265", "av1", "vp9", "ffv1"], [0, 1, 12])
    func everyCodecCanBeCancelled(codec: String, frames: Int) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(columns: 8, rows: 8)
        let sink = try MKV.open(
            .path("\(folder.path)/a.mkv", overwrite: false), film.description, EncodingOptions(codec: codec))
        for index in 0..<frames { try sink.append(film.frame(index)) }
        sink.cancel()
        #expect(try folder.names == [])
    }
}
