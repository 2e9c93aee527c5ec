import GNCATestSupport
import Testing

@testable import GNCAExport

/// Films that may have so many bytes only.
@Suite struct SizeLimitedSinkTests {
    static let cases = [
        ("a.mp4", "mov", 0.7), ("a.mp4", "mov", 0.55), ("a.webm", "matroska", 0.5), ("a.gif", "gif", 0.5),
        ("a.mkv", "matroska", 0.5),
    ]

    @Test(arguments: cases)
    func theyAreAsShortAsAsked(file: String, demuxer: String, share: Double) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        // Each cell of another colour, so that there is something to give up.
        let film = TestFilm(columns: 16, rows: 16, frameCount: 24)
        try film.write(to: "\(folder.path)/\(file)")
        let limit = Int(Double(try folder.bytes(file).count) * share)
        try film.write(to: "\(folder.path)/\(file)", EncodingOptions(maxSize: limit), overwrite: true)
        #expect(try folder.bytes(file).count <= limit)
        #expect(try folder.names == [file])
        let decoded = try DecodedFilm("\(folder.path)/\(file)", demuxer: demuxer)
        // However few frames there are, the film lasts as long.
        #expect(abs(decoded.durations.reduce(0, +) - 24.0 / 25) < 0.13)
    }

    @Test(arguments: ["a.webp", "a.apng"])
    func animationsAreAsShortAsAsked(file: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(columns: 16, rows: 16, frameCount: 24)
        try film.write(to: "\(folder.path)/\(file)")
        let limit = try folder.bytes(file).count * 6 / 10
        try film.write(to: "\(folder.path)/\(file)", EncodingOptions(maxSize: limit), overwrite: true)
        #expect(try folder.bytes(file).count <= limit)
    }

    @Test func aNoteSaysWhatWasGivenUp() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(columns: 16, rows: 16)
        try film.write(to: folder.path + "/a.mp4")
        let whole = try folder.bytes("a.mp4").count
        func notes(_ limit: Int) throws -> [String] {
            let sink = try MP4.open(
                .path(folder.path + "/b.mp4", overwrite: true), film.description, EncodingOptions(maxSize: limit))
            for index in 0..<film.frameCount { try sink.append(film.frame(index)) }
            try sink.finish()
            defer { sink.cancel() }
            return sink.notes
        }
        #expect(try notes(whole * 2)[0].hasSuffix(" bytes, at quality 18"))
        let smaller = try notes(whole * 8 / 10)[0]
        #expect(smaller.contains(" of at most \(whole * 8 / 10) bytes, at quality "))
        #expect(!smaller.hasSuffix(" 18"))
    }

    @Test func whatCannotBeMadeIsRefusedAndLeavesNothing() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(rows: 8)
        let fault = Result { try film.write(to: folder.path + "/a.mp4", EncodingOptions(maxSize: 300)) }
        #expect("\(fault)".contains("cannot be made as small as 300 bytes (the smallest attempt has "))
        #expect(try folder.names == [])
    }

    @Test(arguments: ["y4m", "png", "mov", "nut"])
    func whatCanGiveUpNothingIsRefused(name: String) throws {
        let format = try #require(OutputFormats.named(name))
        #expect(throws: ExportError.self) { try format.check(TestFilm().description, EncodingOptions(maxSize: 5000)) }
        #expect(format.understood(EncodingOptions(maxSize: 5000)).maxSize == nil)
    }

    /// Every plan ends at the smallest that there is, and never gets better on the way.
    @Test func plansGoDown() throws {
        for codec in [Codec.h264, .h265, .av1, .vp9, .webp, .gif] {
            let film = TestFilm(columns: 40, rows: 40, frameCount: 40).description
            let plan = try #require(SacrificePlan(codec, film, EncodingOptions()))
            let first = plan.stages.compactMap(\.first)
            #expect(first[0].shrink == 1 && first[0].step == 1)
            #expect(zip(first, first.dropFirst()).allSatisfy { $0.shrink <= $1.shrink })
            #expect(plan.stages.last?.last?.step == 6)
        }
    }
}
