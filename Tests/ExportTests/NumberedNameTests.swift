import Testing

@testable import GNCAExport

@Suite struct NumberedNameTests {
    @Test(arguments: [
        ("/tmp/%d.png", "/tmp/7.png"), ("/tmp/a%03d.png", "/tmp/a007.png"), ("b-%05d-c.png", "./b-00007-c.png"),
        ("/tmp/", "/tmp/frame-00007.png"), ("/tmp//", "/tmp/frame-00007.png"),
    ])
    func numbersStandWhereTheNameSays(path: String, seventh: String) throws {
        #expect(try NumberedName(path, frameCount: 10).path(7) == seventh)
    }

    @Test func numbersBeyondTheDigitsAreNotCut() throws {
        #expect(try NumberedName("/tmp/a%02d.png", frameCount: 1000).name(1000) == "a1000.png")
    }

    @Test func oneFrameNeedsNoNumber() throws {
        #expect(try NumberedName("/tmp/a.png", frameCount: 1).path(1) == "/tmp/a.png")
        let refusal = ExportError.invalid(
            "/tmp/a.png is one picture, and the film has 2 frames (name a folder ending in /, "
                + "a pattern as frame-%05d.png, or an .apng)")
        #expect(throws: refusal) { try NumberedName("/tmp/a.png", frameCount: 2) }
    }
}
