import GNCABasics
import GNCATestSupport
import Testing

@testable import GNCAExport

/// What formats refuse before work starts.
@Suite struct OutputFormatTests {
    struct Refusal: Sendable {
        var format: String
        var film = TestFilm().description
        var options = EncodingOptions()
        var message: String
        var remedy: Remedy?
    }

    static var refusals: [Refusal] {
        var odd = TestFilm().description
        odd.width = 63
        var tall = TestFilm().description
        tall.height = 47
        var none = TestFilm().description
        none.frameCount = 0
        var huge = TestFilm().description
        huge.width = 20_000
        var clear = TestFilm().description
        clear.hasAlpha = true
        return [
            Refusal(
                format: "mp4", film: odd,
                message: "mp4 in yuv420p needs an even width and height (got 63x48)", remedy: .evenScale),
            Refusal(
                format: "webm", film: tall,
                message: "webm in yuv420p needs an even width and height (got 64x47)", remedy: .evenScale),
            Refusal(
                format: "mov", film: odd, options: EncodingOptions(codec: "h264", pixelFormat: "yuv422p"),
                message: "mov in yuv422p needs an even width and height (got 63x48)", remedy: .evenScale),
            Refusal(
                format: "mp4", options: EncodingOptions(codec: "av1"),
                message: "av1 needs 64 pixels a side or more (got 64x48)", remedy: .largerScale),
            Refusal(
                format: "mkv", options: EncodingOptions(codec: "h265"),
                message: "h265 needs 64 pixels a side or more (got 64x48)", remedy: .largerScale),
            Refusal(format: "gif", film: none, message: "the film has no frames"),
            Refusal(format: "png", film: none, message: "the film has no frames"),
            Refusal(
                format: "mkv", film: huge,
                message: "the picture is too large (got 20000x48 pixels, limit 16384 a side)",
                remedy: .smallerScale),
            Refusal(
                format: "mp4", film: clear,
                message: "mp4 with h264 cannot hold transparency (choose .webm, .mov, .apng or .webp)",
                remedy: .opaqueBackground),
            Refusal(
                format: "mp4", options: EncodingOptions(codec: "vp9"),
                message: "mp4 has no codec \"vp9\" (there are: h264, h265, av1)"),
            Refusal(
                format: "mp4", options: EncodingOptions(quality: 52),
                message: "the quality is out of range for h264 (got 52, expected 0...51)", remedy: .otherQuality),
            Refusal(
                format: "apng", options: EncodingOptions(quality: 5), message: "a quality means nothing to apng",
                remedy: .noQuality),
            Refusal(
                format: "gif", options: EncodingOptions(preset: "slow"), message: "a preset means nothing to gif",
                remedy: .noPreset),
            Refusal(
                format: "png", options: EncodingOptions(quality: 5),
                message: "numbered PNGs have no codec, quality, preset, pixel format, greatest size or encoder options"),
        ]
    }

    @Test(arguments: refusals)
    func whatCannotBeEncodedIsRefused(refusal: Refusal) throws {
        let format = try #require(OutputFormats.named(refusal.format))
        #expect(throws: ExportError.invalid(refusal.message, refusal.remedy)) {
            try format.check(refusal.film, refusal.options)
        }
    }

    /// An older libav has no muxer for AVIF, whatever encoders it has.
    @Test func aMissingMuxerIsNamed() {
        #expect(
            "\(ExportError.muxerMissing(name: "avif"))"
                == "this machine's libav has no muxer avif (later versions have)")
        #expect(throws: ExportError.muxerMissing(name: "nowhere")) {
            try Nowhere.check(TestFilm().description, EncodingOptions())
        }
    }

    private enum Nowhere: ContainerFormat {
        static let name = "nowhere"
        static let summary = ""
        static let extensions = ["nowhere"]
        static let codecChoices = [Codec.h264]
        static let container = Container(muxer: "nowhere")
    }

    @Test(arguments: ["mov", "png"])
    func whatCannotStreamIsRefused(name: String) throws {
        let format = try #require(OutputFormats.named(name))
        let streams = format.streams
        #expect(!streams)
        #expect(throws: ExportError.self) {
            try format.checkDestination(.standardOutput, TestFilm().description)
        }
    }

    @Test func theEncoderRefusesWhatItDoesNotKnow() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        #expect(throws: ExportError.self) {
            try TestFilm().write(
                to: folder.path + "/film.mp4", EncodingOptions(encoderOptions: [KeyValue("crfx", "3")]))
        }
        #expect(throws: ExportError.self) {
            try TestFilm().write(to: folder.path + "/film.mp4", EncodingOptions(pixelFormat: "rgb48le"))
        }
        #expect(try folder.names == [])
    }

    @Test func aPixelFormatWithoutAlphaHoldsNoTransparency() {
        var film = TestFilm().description
        film.hasAlpha = true
        #expect(
            throws: ExportError.invalid("the pixel format yuv420p cannot hold transparency", .opaqueBackground)
        ) {
            try WebM.check(film, EncodingOptions(pixelFormat: "yuv420p"))
        }
    }
}
