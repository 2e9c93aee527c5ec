import CGNCALibav
import GNCATestSupport
import Testing

@testable import GNCAExport

/// Every pixel format that users may choose shows what was drawn.
@Suite struct PixelFormatTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var file: String
        var demuxer: String
        var codec: Codec
        var pixelFormat: String
        var testDescription: String { "\(file) \(codec.name) \(pixelFormat)" }
    }

    private static let containers: [(any ContainerFormat.Type, file: String, demuxer: String)] = [
        (MP4.self, "a.mp4", "mov"), (MOV.self, "a.mov", "mov"), (MKV.self, "a.mkv", "matroska"),
        (GIF.self, "a.gif", "gif"),
    ]

    static let cases: [Case] = containers.flatMap { format, file, demuxer in
        format.codecChoices.filter(\.isPresent).flatMap { codec in
            codec.pixelFormats.filter { isThere($0, codec) }.map {
                Case(file: file, demuxer: demuxer, codec: codec, pixelFormat: $0)
            }
        }
    }

    /// Encoders differ between versions of libav.
    private static func isThere(_ name: String, _ codec: Codec) -> Bool {
        guard let encoder = avcodec_find_encoder_by_name(codec.encoder), var entry = clibav_pixel_formats(encoder)
        else {
            return false
        }
        while entry.pointee != AV_PIX_FMT_NONE {
            if entry.pointee == av_get_pix_fmt(name) { return true }
            entry += 1
        }
        return false
    }

    @Test(arguments: cases)
    func whatIsDrawnIsShown(row: Case) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        // In pictures of 64 pixels, x265 3.5 gets a block of the last frame wrong once in some thousand films.
        let film = TestFilm(rows: 8, scale: 16, frameCount: 3)
        let options = EncodingOptions(codec: row.codec.name, pixelFormat: row.pixelFormat)
        try film.write(to: "\(folder.path)/\(row.file)", options)
        let decoded = try DecodedFilm("\(folder.path)/\(row.file)", demuxer: row.demuxer)
        #expect(decoded.frames.count == 3)
        #expect(decoded.worstColourError(film) <= 20)
        guard decoded.colorspace == AVCOL_SPC_BT709 else { return }
        #expect((decoded.range == AVCOL_RANGE_JPEG) == row.pixelFormat.hasPrefix("yuvj"))
    }

    /// Of full range, white is 255 in the file itself.
    @Test func fullRangeIsFull() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(frameCount: 3)
        try film.write(to: folder.path + "/a.mp4", EncodingOptions(quality: 1, pixelFormat: "yuvj420p"))
        let decoded = try DecodedFilm(folder.path + "/a.mp4", demuxer: "mov")
        #expect(decoded.brightestLuma >= 253)
        #expect(decoded.worstColourError(film) <= 4)
    }

    @Test(
        arguments: [
            ("gif", "rgb8"), ("gif", "bgr8"), ("gif", "gray"), ("apng", "pal8"), ("apng", "gray"), ("mp4", "nv20le"),
            ("mp4", "gray"),
            ("mkv", "yuv410p"),
        ])
    func whatAFormatCannotShowIsRefused(name: String, pixelFormat: String) throws {
        let format = try #require(OutputFormats.named(name))
        let fault = Result { try format.check(TestFilm().description, EncodingOptions(pixelFormat: pixelFormat)) }
        #expect("\(fault)".contains("has no pixel format"), "\(fault)")
    }
}
