import Testing

@testable import GNCAExport

/// A format whose default encoder nobody has.
private enum Rare: ContainerFormat {
    static let name = "rare"
    static let summary = ""
    static let extensions = ["rare"]
    static let streams = false
    static let codecChoices = [Codec(name: "none", encoder: "libnone", pixelFormat: "yuv420p"), .h264]
    static let container = Container(muxer: "mp4")
}

@Suite struct ContainerFormatTests {
    @Test func aMissingEncoderIsNamedWithThoseThatAreThere() throws {
        #expect(Rare.codecsPresent() == ["h264"])
        let missing = ExportError.encoderMissing(name: "libnone for rare", available: ["h264"])
        #expect(throws: missing) { try Rare.check(TestFilm().description, EncodingOptions()) }
        #expect("\(missing)" == "encoder libnone for rare is not available here (there are: h264)")
        try Rare.check(TestFilm().description, EncodingOptions(codec: "h264"))
    }

    @Test(
        arguments: [
            ("mp4", nil, true), ("mp4", "yuv444p", false), ("mov", nil, false), ("mov", "yuv422p10le", true),
            ("webm", nil, true), ("gif", nil, false), ("apng", nil, false), ("webp", nil, false), ("png", nil, false),
            ("y4m", nil, false),
        ] as [(String, String?, Bool)])
    func halvedColourIsKnownBeforeComposition(name: String, pixelFormat: String?, halves: Bool) throws {
        let format = try #require(OutputFormats.named(name))
        #expect(format.halvesChroma(EncodingOptions(pixelFormat: pixelFormat)) == halves)
    }
}
