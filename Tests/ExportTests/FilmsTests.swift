import CGNCALibav
import GNCATestSupport
import Testing

@testable import GNCAExport

/// Every format, written and decoded again.
@Suite struct FilmsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var file: String
        var demuxer: String
        var codec: String?
        var alpha = false
        var pixelFormat: String
        /// Largest error at a cell's centre, of 255.
        var tolerance: Int
        var testDescription: String { "\(file) \(codec ?? "") \(alpha ? "alpha" : "")" }
    }

    static let cases = [
        Case(file: "a.mp4", demuxer: "mov", pixelFormat: "yuv420p", tolerance: 9),
        Case(file: "a.mp4", demuxer: "mov", codec: "h265", pixelFormat: "yuv420p", tolerance: 8),
        Case(file: "a.mp4", demuxer: "mov", codec: "av1", pixelFormat: "yuv420p", tolerance: 16),
        Case(file: "a.mov", demuxer: "mov", pixelFormat: "yuv444p12le", tolerance: 4),
        Case(file: "a.mov", demuxer: "mov", alpha: true, pixelFormat: "yuva444p12le", tolerance: 4),
        Case(file: "a.mkv", demuxer: "matroska", pixelFormat: "yuv420p", tolerance: 9),
        Case(file: "a.mkv", demuxer: "matroska", codec: "ffv1", alpha: true, pixelFormat: "bgra", tolerance: 1),
        Case(file: "a.webm", demuxer: "matroska", pixelFormat: "yuv420p", tolerance: 16),
        Case(file: "a.gif", demuxer: "gif", pixelFormat: "bgra", tolerance: 0),
        Case(file: "a.apng", demuxer: "apng", pixelFormat: "rgba", tolerance: 0),
        Case(file: "a.apng", demuxer: "apng", alpha: true, pixelFormat: "rgba", tolerance: 1),
        Case(file: "a.nut", demuxer: "nut", pixelFormat: "rgb24", tolerance: 0),
        Case(file: "a.nut", demuxer: "nut", codec: "ffv1", alpha: true, pixelFormat: "bgra", tolerance: 1),
        Case(file: "a.y4m", demuxer: "yuv4mpegpipe", pixelFormat: "yuv444p", tolerance: 3),
    ]

    @Test(arguments: cases)
    func everyFrameComesBack(row: Case) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(rows: 8, hasAlpha: row.alpha)
        try film.write(to: "\(folder.path)/\(row.file)", EncodingOptions(codec: row.codec))
        #expect(try folder.names == [row.file])
        let decoded = try DecodedFilm("\(folder.path)/\(row.file)", demuxer: row.demuxer)
        #expect(decoded.frames.count == film.frameCount)
        #expect(decoded.frames.allSatisfy { $0.width == 64 && $0.height == 64 })
        #expect(decoded.pixelFormat == row.pixelFormat)
        #expect(decoded.worstColourError(film) <= row.tolerance)
        #expect(decoded.durations.allSatisfy { abs($0 - 0.04) < 0.0011 })
    }

    /// At a quality where the encoder adds nothing of its own, only the conversion to YUV is left.
    @Test(arguments: [4, 6, 8])
    func colourAtACellsCentreIsRight(scale: Int) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(scale: scale)
        try film.write(to: folder.path + "/a.mp4", EncodingOptions(quality: 1))
        #expect(try DecodedFilm(folder.path + "/a.mp4", demuxer: "mov").worstColourError(film) <= 3)
    }

    @Test(arguments: ["a.mp4", "a.mov", "a.mkv", "a.webm", "a.gif", "a.apng", "a.webp", "a.y4m", "a/"], [1, 2])
    func shortFilmsAndSmallPicturesAreWhole(file: String, frameCount: Int) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(columns: 2, rows: 1, scale: 2, frameCount: frameCount)
        try film.write(to: "\(folder.path)/\(file)")
        #expect(try folder.names == [file.replacing("/", with: "")])
    }

    /// x265 times the frames of such films by memory that it never wrote: what an encoder left that was opened before.
    @Test(arguments: ["h264", "h265", "av1"], [1, 2, 3, 4])
    func filmsOfFewerFramesThanAnEncoderHoldsBackAreWhole(codec: String, frameCount: Int) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(rows: 8, frameCount: frameCount)
        for name in ["a.mp4", "b.mp4"] {
            try film.write(to: "\(folder.path)/\(name)", EncodingOptions(codec: codec, pixelFormat: "yuv420p"))
            let decoded = try DecodedFilm("\(folder.path)/\(name)", demuxer: "mov")
            #expect(decoded.frames.count == frameCount)
            #expect(decoded.durations.allSatisfy { abs($0 - 0.04) < 0.0011 })
        }
    }

    @Test(arguments: ["a.gif", "a.apng", "a.mov", "a.y4m"])
    func oddSizesAreKeptWhereTheFormatCan(file: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(columns: 7, rows: 5, scale: 3)
        try film.write(to: "\(folder.path)/\(file)")
        let demuxer = ["a.gif": "gif", "a.apng": "apng", "a.mov": "mov", "a.y4m": "yuv4mpegpipe"][file] ?? ""
        let decoded = try DecodedFilm("\(folder.path)/\(file)", demuxer: demuxer)
        #expect(decoded.frames.count == film.frameCount)
        #expect(decoded.frames.allSatisfy { $0.width == 21 && $0.height == 15 })
    }

    @Test(arguments: [("a.mp4", "mov"), ("a.mkv", "matroska"), ("a.webm", "matroska"), ("a.mov", "mov")])
    func colourIsTagged(file: String, demuxer: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm().write(to: "\(folder.path)/\(file)")
        let decoded = try DecodedFilm("\(folder.path)/\(file)", demuxer: demuxer)
        #expect(decoded.colorspace == AVCOL_SPC_BT709)
        #expect(decoded.primaries == AVCOL_PRI_BT709)
        #expect(decoded.transfer == AVCOL_TRC_IEC61966_2_1)
        #expect(decoded.range != AVCOL_RANGE_JPEG)
        #expect(decoded.aspect.num == decoded.aspect.den || decoded.aspect.num == 0)
        #expect(decoded.averageRate.num == 25 * decoded.averageRate.den)
    }

    @Test(arguments: [("a.mp4", "mov"), ("a.mkv", "matroska"), ("a.webm", "matroska")])
    func thereIsAKeyframeEverySecondUnlessAsked(file: String, demuxer: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(frameCount: 60, frameRate: 20)
        for (interval, count) in [(1.0, 3), (0.5, 6), (100, 1)] {
            try film.write(
                to: "\(folder.path)/\(file)", EncodingOptions(keyframeInterval: interval), overwrite: true)
            let decoded = try DecodedFilm("\(folder.path)/\(file)", demuxer: demuxer)
            // Encoders may begin anew where much changes.
            #expect(interval < 100 ? decoded.keyframes >= count : decoded.keyframes < 6, "\(interval)")
            #expect(decoded.isDefault)
        }
    }

    @Test(arguments: ["a.mp4", "a.mov", "a.mkv", "a.webm", "a.gif", "a.apng", "a.webp", "a.y4m", "a.png"])
    func reproducibleFilmsAreEqualByteForByte(file: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let options = EncodingOptions(reproducible: true, metadata: [KeyValue("Software", "gnca-render 1")])
        let film = TestFilm(frameCount: file == "a.png" ? 1 : 12)
        try film.write(to: "\(folder.path)/\(file)", options)
        let first = try folder.bytes(file)
        try film.write(to: "\(folder.path)/\(file)", options, overwrite: true)
        #expect(try folder.bytes(file) == first)
    }

    static let metadata = [
        KeyValue("Software", "gnca-render 0.1.0"), KeyValue("Command", "gnca-render 'a b.json' -o <x>&y"),
        KeyValue("Random-Seed", "7"),
    ]

    @Test(arguments: [("a.mp4", "mov"), ("a.mov", "mov"), ("a.mkv", "matroska"), ("a.webm", "matroska")])
    func metadataIsInTheContainer(file: String, demuxer: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm().write(to: "\(folder.path)/\(file)", EncodingOptions(metadata: Self.metadata))
        let decoded = try DecodedFilm("\(folder.path)/\(file)", demuxer: demuxer)
        let comment = decoded.metadata.first { $0.key.lowercased() == "comment" }?.value
        #expect(
            comment
                == "Software: gnca-render 0.1.0\nCommand: gnca-render 'a b.json' -o <x>&y\nRandom-Seed: 7")
    }
}
