import CGNCALibav
import GNCATestSupport
import Testing

@testable import GNCAExport

@Suite struct ChapterTests {
    private static let chapters = [
        Chapter(title: "a seed grows", frames: 0..<5), Chapter(title: "<cut> & \u{1F422}", frames: 5..<12),
    ]

    private func write(_ path: String, _ chapters: [Chapter]) throws {
        let film = TestFilm()
        let format = try #require(OutputFormats.forPath(path))
        let sink = try format.open(.path(path, overwrite: false), film.description, EncodingOptions())
        for index in 0..<film.frameCount { try sink.append(film.frame(index)) }
        sink.mark(chapters)
        try sink.finish()
        try sink.publish()
        sink.cancel()
    }

    /// Titles and beginnings, seconds.
    private func chapters(_ path: String) throws -> [(title: String, begin: Double, end: Double)] {
        var demuxer: UnsafeMutablePointer<AVFormatContext>?
        try #require(avformat_open_input(&demuxer, path, nil, nil) == 0)
        defer { avformat_close_input(&demuxer) }
        let context = try #require(demuxer)
        return (0..<Int(context.pointee.nb_chapters)).compactMap { index in
            guard let chapter = context.pointee.chapters[index]?.pointee else { return nil }
            let unit = Double(chapter.time_base.num) / Double(chapter.time_base.den)
            let title = av_dict_get(chapter.metadata, "title", nil, 0).map { String(cString: $0.pointee.value) }
            return (title ?? "", Double(chapter.start) * unit, Double(chapter.end) * unit)
        }
    }

    @Test(arguments: ["a.mp4", "a.mov", "a.mkv", "a.webm"])
    func chaptersAreInTheFile(name: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try write("\(folder.path)/\(name)", Self.chapters)
        let read = try chapters("\(folder.path)/\(name)")
        #expect(read.map(\.title) == ["a seed grows", "<cut> & \u{1F422}"])
        #expect(zip(read.map(\.begin), [0, 0.2]).allSatisfy { abs($0 - $1) < 0.0011 })
        #expect(zip(read.map(\.end), [0.2, 0.48]).allSatisfy { abs($0 - $1) < 0.0011 })
    }

    @Test(arguments: ["a.gif", "a.apng", "a.webp", "a.y4m", "a/"])
    func formatsWithoutChaptersLeaveThemOut(name: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try write("\(folder.path)/\(name)", Self.chapters)
        #expect(try folder.names.count == 1)
    }
}
