import GNCABasics
import Testing

@testable import GNCAExport

@Suite struct WebVTTTests {
    @Test func captionsHaveTheTimesOfTheirFramesToTheMillisecond() {
        let captions = [
            Chapter(title: "a < b & c --> d\nsecond line", frames: 0..<1),
            Chapter(title: "late", frames: 30000..<107_892),
        ]
        #expect(
            WebVTT.text(captions, frameRate: FrameRate(30000, in: 1001)) == """
                WEBVTT

                00:00:00.000 --> 00:00:00.033
                a &lt; b &amp; c --&gt; d second line

                00:16:41.000 --> 00:59:59.996
                late

                """)
    }

    @Test func whatIsWrittenIsRead() throws {
        let captions = [Chapter(title: "a & <b> &lt;", frames: 3..<90), Chapter(title: "x", frames: 90..<200)]
        let read = try #require(WebVTT.captions(WebVTT.text(captions, frameRate: 30)))
        #expect(read.map(\.words) == ["a & <b> &lt;", "x"])
        #expect(read.map(\.seconds) == [0.1, 3])
    }

    @Test func othersFilesAreReadToo() throws {
        let text =
            "\u{FEFF}WEBVTT - title\r\n\r\nNOTE nothing\r\n\r\n1\r\n01:02.500 --> 01:04.000 align:left\r\ntwo\r\nlines\r\n"
        let read = try #require(WebVTT.captions(text))
        #expect(read.map(\.words) == ["two lines"])
        #expect(read.map(\.seconds) == [62.5])
        #expect(WebVTT.captions("1\n00:00:00,000 --> 00:00:01,000\nSubRip") == nil)
    }
}
