import Testing

@testable import GNCAExport

/// Options of several outputs at once.
@Suite struct SharedOptionsTests {
    @Test func eachFormatHasWhatItUnderstands() {
        let common = EncodingOptions(
            codec: "h265", quality: 30, preset: "slow", pixelFormat: "yuv444p",
            encoderOptions: [KeyValue("tune", "ssim"), KeyValue("compression_level", "6")])
        let all = common.shared(among: [MP4.self, WebP.self, GIF.self, PNGSequence.self])
        #expect(all.map(\.codec) == ["h265", nil, nil, nil])
        #expect(all.map(\.quality) == [30, 30, nil, nil])
        #expect(all.map(\.preset) == ["slow", nil, nil, nil])
        #expect(all.map(\.pixelFormat) == ["yuv444p", nil, nil, nil])
        #expect(all.map { $0.encoderOptions.map(\.key) } == [["tune"], ["compression_level"], [], []])
    }

    @Test func whatNobodyUnderstandsIsLeftToBeRefused() {
        let common = EncodingOptions(preset: "slow", encoderOptions: [KeyValue("tune", "ssim")])
        let all = common.shared(among: [GIF.self, PNGSequence.self])
        #expect(all.map(\.preset) == ["slow", "slow"])
        #expect(all.allSatisfy { $0.encoderOptions.count == 1 })
        for (format, options) in zip([GIF.self, PNGSequence.self] as [any OutputFormat.Type], all) {
            #expect(throws: ExportError.self) { try format.check(TestFilm().description, options) }
        }
    }
}
