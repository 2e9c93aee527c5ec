import Foundation
import GNCABasics
import Testing

@testable import GNCAExport

/// Options of encoders that users may set, and those that they may not: encoders read and replace files by name.
@Suite struct UserOptionsTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let codec: String
        let option: KeyValue
        var testDescription: String { "\(codec) \(option.key)=\(option.value)" }

        init(_ codec: String, _ key: String, _ value: String) {
            (self.codec, option) = (codec, KeyValue(key, value))
        }
    }

    static let codecs: [Codec] = [.h264, .h265, .av1, .vp9, .prores, .ffv1, .webp, .gif, .y4m]

    /// Names of files, in every way in which a library can be told one, and ways around a check.
    static let refused: [Row] = [
        Row("h264", "stats", "x"), Row("h264", "passlogfile", "x"), Row("h264", "pass", "1"),
        Row("h264", "flags", "+pass1"), Row("h264", "flags", "pass1"), Row("h264", "dump_separator", "x"),
        Row("h264", "export_side_data", "mvs"), Row("h264", "threads", "900"),
        Row("h264", "x264opts", "dump-yuv=x"), Row("h264", "x264opts", "dump_yuv=x"),
        Row("h264", "x264opts", "crf=1:dump-yuv=x"), Row("h264", "x264opts", "crf=1:no-dump-yuv=x"),
        Row("h264", "x264opts", "stats=x"), Row("h264", "x264opts", "pass=1"), Row("h264", "x264opts", "cqmfile=x"),
        Row("h264", "x264opts", "qpfile=x"), Row("h264", "x264opts", "zones=0,5,dump-yuv=x"),
        Row("h264", "x264opts", "opencl-clbin=x"), Row("h264", "x264opts", "asm=0"), Row("h264", "x264opts", ""),
        Row("h264", "x264opts", "crf=1:"), Row("h264", "x264opts", ":crf=1"), Row("h264", "x264opts", "crf=1::ref=1"),
        Row("h264", "x264opts", "no-deblock:crf=1"), Row("h264", "x264opts", "no-deblock"),
        Row("h264", "x264opts", "CRF=1"), Row("h264", "x264opts", " crf=1"), Row("h264", "x264opts", "crf =1"),
        Row("h264", "x264opts", "crf=1\\:dump-yuv=x"), Row("h264", "x264opts", "'crf=1:dump-yuv=x'"),
        Row("h264", "x264opts", "crf=1\ndump-yuv=x"), Row("h264", "x264opts", "crf\u{301}=1"),
        Row("h264", "x264opts", "crf=1\u{0}:dump-yuv=x"), Row("h264", "x264opts", "cr\u{200D}f=1"),
        Row("h264", "x264-params", "dump-yuv=x"), Row("h264", "x264-params", "crf=1:stats=x"),
        Row("h264", "X264OPTS", "crf=1"), Row("h264", "x264opts\u{0}", "crf=1"), Row("h264", "crf\u{301}", "1"),
        Row("h265", "x265-params", "csv=x"), Row("h265", "x265-params", "stats=x"),
        Row("h265", "x265-params", "--csv=x"), Row("h265", "x265-params", "analysis-save=x"),
        Row("h265", "x265-params", "analysis-load=x"), Row("h265", "x265-params", "analysis-reuse-file=x"),
        Row("h265", "x265-params", "lambda-file=x"), Row("h265", "x265-params", "scaling-list=x"),
        Row("h265", "x265-params", "nalu-file=x"), Row("h265", "x265-params", "dhdr10-info=x"),
        Row("h265", "x265-params", "zonefile=x"), Row("h265", "x265-params", "zones=0,5,q=9"),
        Row("h265", "x265-params", "qpfile=x"), Row("h265", "x265-params", "pass=1"),
        Row("h265", "x265-params", "weightp=1"), Row("h265", "x265-params", "log-level=4"),
        Row("h265", "x265-params", "film-grain=x"), Row("h265", "x265-params", "pools=64"),
        Row("av1", "svtav1-params", "stats=x"), Row("av1", "svtav1-params", "fgs-table=x"),
        Row("av1", "svtav1-params", "passes=2"), Row("av1", "svtav1-params", "lp=64"),
        Row("av1", "svtav1-params", "qpfile=x"), Row("vp9", "passlogfile", "x"), Row("vp9", "vp8flags", "1"),
        Row("vp9", "ts-parameters", "x=1"), Row("prores", "passlogfile", "x"), Row("y4m", "b", "1"),
        // libav evaluates numbers: a loop without end, no number, an infinite one.
        Row("h264", "crf", "while(1,1)"), Row("h264", "crf", "0/0"), Row("h264", "crf", "nan"),
        Row("h264", "crf", "1+inf"), Row("h264", "crf", "18;19"), Row("h264", "crf", ""),
        Row("h264", "crf", String(repeating: "1", count: 2000)), Row("prores", "qscale", "0"),
        // What the libraries know better.
        Row("h264", "crf", "abc"), Row("h264", "crf", "-7"), Row("h264", "level", "99"),
        Row("h264", "tune", "nonsense"), Row("h264", "profile", "nonsense"), Row("h264", "x264opts", "keyint=abc"),
        Row("h264", "x264-params", "keyint=abc"), Row("h265", "tune", "nonsense"),
        Row("h265", "profile", "nonsense"), Row("h265", "x265-params", "keyint=abc"),
        // What they would take the nearest number for.
        Row("h264", "crf", "99"), Row("h264", "qp", "99"), Row("h264", "refs", "99"), Row("h264", "bf", "99"),
        Row("h264", "aq-mode", "7"), Row("h264", "x264-params", "ref=99"), Row("h264", "x264opts", "keyint=50:crf=99"),
        Row("h264", "x264-params", "aq-mode=9"), Row("h264", "subq", "99"), Row("h264", "trellis", "9"),
        Row("h265", "crf", "99"), Row("h265", "x265-params", "ref=99"), Row("h265", "x265-params", "aq-mode=9"),
        Row("h265", "refs", "99"), Row("h265", "bf", "99"), Row("h265", "qp", "99"),
        Row("h265", "x265-params", "crf=99"),
        Row("av1", "crf", "99"), Row("av1", "svtav1-params", "crf=99"), Row("av1", "svtav1-params", "aq-mode=9"),
        Row("vp9", "crf", "99"), Row("vp9", "aq-mode", "9"), Row("vp9", "cpu-used", "99"), Row("vp9", "qmax", "99"),
        Row("ffv1", "slices", "999"), Row("ffv1", "level", "9"), Row("ffv1", "context", "9"),
        Row("webp", "compression_level", "99"), Row("webp", "quality", "999"),
        Row("prores", "mbs_per_slice", "99"), Row("prores", "alpha_bits", "99"),
        Row("av1", "svtav1-params", "tune=abc"), Row("vp9", "lag-in-frames", "99"),
        Row("vp9", "deadline", "nonsense"), Row("prores", "profile", "nonsense"),
    ]

    static let accepted: [Row] = [
        Row("h264", "crf", "18.5"), Row("h264", "tune", "animation"), Row("h264", "psy-rd", "1.0:0.15"),
        Row("h264", "deblock", "-1:-1"), Row("h264", "x264opts", "keyint=50:ref=3:no-deblock=1"),
        Row("h264", "x264-params", "keyint=infinite:me=umh"), Row("h264", "level", "4.1"),
        Row("h265", "x265-params", "keyint=50:aq-mode=2:no-sao=1"), Row("h265", "tune", "grain"),
        Row("av1", "svtav1-params", "tune=0:film-grain=8"), Row("vp9", "lag-in-frames", "10"),
        Row("vp9", "deadline", "best"), Row("prores", "qscale", "5"), Row("ffv1", "coder", "ac"),
        Row("webp", "compression_level", "3"), Row("gif", "gifflags", "-transdiff"),
    ]

    static func codec(_ name: String) -> Codec? { codecs.first { $0.name == name } }

    /// Sides of 64 pixels, which every encoder takes.
    private static let film = FilmDescription(width: 64, height: 64, frameRate: 25, frameCount: 1)

    /// What formats do with an option before work starts.
    static func check(_ codec: Codec, _ option: KeyValue) throws(ExportError) {
        let options = EncodingOptions(encoderOptions: [option])
        _ = try EncoderSettings.resolve(codec, options)
        try Encoder.check(codec, film, options)
    }

    @Test(arguments: refused)
    func whatNamesAFileOrHasNoSenseIsAUsageError(row: Row) throws {
        let codec = try #require(Self.codec(row.codec))
        let failure = Result { try Self.check(codec, row.option) }.failure as? ExportError
        guard case .invalid(let sentence, _) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(!sentence.isEmpty)
    }

    @Test(arguments: accepted)
    func whatEncodersKnowPasses(row: Row) throws { try Self.check(try #require(Self.codec(row.codec)), row.option) }

    @Test(arguments: ["h264", "h265", "vp9"])
    func limitsInTheWrongOrderAreAUsageError(name: String) throws {
        let codec = try #require(Self.codec(name))
        for (least, most, isTaken) in [(10, 40, true), (40, 40, true), (40, 10, false)] {
            let limits = [KeyValue("qmin", "\(least)"), KeyValue("qmax", "\(most)")]
            let resolved = try? EncoderSettings.resolve(codec, EncodingOptions(encoderOptions: limits))
            #expect((resolved != nil) == isTaken, "\(least) \(most)")
        }
    }

    @Test func refusalsNameWhatThereIs() {
        #expect(throws: ExportError.invalid("gif takes no option \"x\" here (there are: gifflags, global_palette)")) {
            try Self.check(.gif, KeyValue("x", "1"))
        }
        #expect(throws: ExportError.invalid("y4m takes no option \"x\" here (it takes none)")) {
            try Self.check(.y4m, KeyValue("x", "1"))
        }
    }

    /// Whatever passes is no file's name: every option gets one, and none appears in the working folder.
    @Test(arguments: codecs.map(\.name))
    func noOptionThatPassesMakesAFile(name: String) throws {
        let codec = try #require(Self.codec(name))
        let file = "encoder-options.test"
        for key in codec.userOptions.plain { try? Self.check(codec, KeyValue(key, file)) }
        for (list, keys) in codec.userOptions.lists {
            for key in keys { try? Self.check(codec, KeyValue(list, "\(key)=\(file)")) }
        }
        for name in [file, file + ".temp", file + ".mbtree", file + ".cutree", "x264_2pass.log", "x265_2pass.log"] {
            #expect(!FileManager.default.fileExists(atPath: name))
        }
    }

    /// Or the protections of the codec itself would be gone.
    @Test func aUsersListIsAddedToTheCodecsOwn() throws {
        let options = EncodingOptions(encoderOptions: [KeyValue("x265-params", "keyint=9")])
        let lists = try EncoderSettings.resolve(.h265, options).filter { $0.key == "x265-params" }
        #expect(lists == [KeyValue("x265-params", "log-level=none:weightp=0:open-gop=0:keyint=9")])
    }

    @Test(arguments: codecs.map(\.name))
    func anUnknownPresetOrPixelFormatIsAUsageError(name: String) throws {
        let codec = try #require(Self.codec(name))
        for options in [EncodingOptions(preset: "nonsense"), EncodingOptions(pixelFormat: "nonsense")] {
            let failure =
                Result {
                    _ = try EncoderSettings.resolve(codec, options)
                    try Encoder.check(codec, Self.film, options)
                }.failure as? ExportError
            guard case .invalid = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let error) = self { return error }
        return nil
    }
}
