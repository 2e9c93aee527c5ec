import Testing

@testable import GNCARaster

struct CanvasTests {
    private func frame(_ draw: (borrowing Canvas) throws(RasterError) -> Void) throws -> Frame {
        var frame = Frame(width: 40, height: 20)
        try frame.withCanvas(draw)
        return frame
    }

    @Test
    func aFilledRectangleOnWholePixelsHasSharpEdgesAndTheFramesByteOrder() throws {
        let drawn = try frame { $0.fill(x: 2, y: 3, width: 5, height: 4, Color(hex: 0xFF8000)) }
        var expected = Frame(width: 40, height: 20)
        expected.fill(PixelRect(x: 2, y: 3, width: 5, height: 4), with: Color(hex: 0xFF8000).packed)
        #expect(drawn == expected)
    }

    @Test
    func translucentColourIsPremultiplied() throws {
        let drawn = try frame { $0.fill(x: 0, y: 0, width: 40, height: 20, Color(hex: 0xFF0000).opacity(0.5)) }
        let pixel = drawn[1, 1]
        #expect(pixel.alpha == 127 || pixel.alpha == 128)
        #expect(pixel.red == pixel.alpha && pixel.green == 0 && pixel.blue == 0)
    }

    @Test
    func roundedCornersLeaveTheCornerEmptyAndTheMiddleOfTheEdgeFull() throws {
        let drawn = try frame { $0.fillRounded(x: 0, y: 0, width: 20, height: 20, radius: 8, .black) }
        #expect(drawn[0, 0].alpha == 0)
        #expect(drawn[10, 0].alpha == 255)
        let stroked = try frame {
            $0.strokeRounded(x: 1, y: 1, width: 20, height: 18, radius: 4, lineWidth: 2, .black)
        }
        #expect(stroked[10, 0].alpha == 255)
        #expect(stroked[10, 10].alpha == 0)
    }

    @Test
    func linesAndPolygonsCoverWhatLiesInThem() throws {
        let line = try frame { $0.line([Point(0, 5), Point(40, 5)], lineWidth: 2, .black) }
        #expect((0..<20).filter { line[20, $0].alpha == 255 } == [4, 5])
        let triangle = [Point(0, 0), Point(20, 0), Point(0, 20)]
        let filled = try frame { $0.fillPolygon(triangle, .black) }
        #expect(filled[3, 3].alpha == 255 && filled[18, 18].alpha == 0)
    }

    @Test
    func aFrameIsLaidOverEnlargedWithoutSmoothing() throws {
        var small = Frame(width: 2, height: 1)
        small[0, 0] = Pixel(red: 255, green: 0, blue: 0)
        small[1, 0] = Pixel(red: 0, green: 0, blue: 255)
        let drawn = try frame { canvas throws(RasterError) in try canvas.draw(small, x: 4, y: 2, scale: 3) }
        #expect(drawn[6, 4] == small[0, 0] && drawn[7, 4] == small[1, 0] && drawn[10, 4].alpha == 0)
    }

    @Test
    func textIsGreyStaysWithinItsMeasureAndIsTheSameEveryTime() throws {
        let style = TextStyle(size: 12)
        let extent = try style.measure("step 10")
        let draw = { (canvas: borrowing Canvas) throws(RasterError) in
            try canvas.text("step 10", x: 0, y: 2, style)
        }
        var (first, again) = (Frame(width: 100, height: 30), Frame(width: 100, height: 30))
        try first.withCanvas(draw)
        try again.withCanvas(draw)
        #expect(first == again)
        var inked = 0
        for y in 0..<30 {
            for x in 0..<100 where first[x, y].alpha > 0 {
                inked += 1
                // One pixel around for antialiasing and overhanging strokes.
                #expect(x <= extent.width && y >= 1 && y <= 2 + extent.height)
                #expect(first[x, y].red == 0 && first[x, y].blue == 0)
            }
        }
        #expect(inked > 30)
    }

    @Test
    func figuresHaveOneWidthSoThatCountersDoNotJitter() throws {
        let style = TextStyle(size: 17)
        let widths = try (0...9).map { try style.measure(String(repeating: "\($0)", count: 20)).width }
        #expect(Set(widths).count == 1)
    }

    @Test
    func textAlignsToTheRightAndALineThatDoesNotFitEndsInAnEllipsis() throws {
        let style = TextStyle(size: 10)
        var right = Frame(width: 100, height: 20)
        try right.withCanvas { canvas throws(RasterError) in
            try canvas.text("on the right", x: 0, y: 0, width: 100, align: .right, style)
        }
        let inked = (0..<100).filter { x in (0..<20).contains { right[x, $0].alpha > 0 } }
        #expect((inked.first ?? 0) > 20 && (inked.last ?? 0) >= 96)

        var cut = Frame(width: 100, height: 20)
        try cut.withCanvas { canvas throws(RasterError) in
            try canvas.text("much too long for its room", x: 0, y: 0, width: 50, style)
        }
        #expect((52..<100).allSatisfy { x in (0..<20).allSatisfy { cut[x, $0].alpha == 0 } })
    }

    @Test
    func textBreaksToTheGivenWidthAndSaysHowHighItBecomes() throws {
        let style = TextStyle(size: 10)
        let long = try style.measure("a caption of several words that needs lines", width: 80)
        #expect(long.width <= 80)
        #expect(long.height >= 3 * style.lineHeight && long.height % style.lineHeight == 0)
    }

    @Test
    func aCharacterThatNoFontHasIsAnErrorThatQuotesTheText() {
        #expect(throws: RasterError.undrawableText("no installed font has U+10FFFD of \"a\u{10FFFD}\"")) {
            try TextStyle(size: 12).measure("a\u{10FFFD}")
        }
    }

    @Test func aTextThatIsTooLongIsNotShaped() throws {
        let style = TextStyle(size: 12)
        #expect(try style.measure(String(repeating: "a", count: TextStyle.longestText)).width > 0)
        let sentence = "the text \"aaaaaaaaaaaaaaaaaaaa...\" is too long (got 1001 characters, limit 1000)"
        #expect(throws: RasterError.undrawableText(sentence)) {
            try style.measure(String(repeating: "a", count: TextStyle.longestText + 1))
        }
    }

    @Test(
        arguments: [
            ("漢", "fonts-noto-cjk"), ("か", "fonts-noto-cjk"), ("한", "fonts-noto-cjk"), ("🐢", "fonts-noto-color-emoji"),
            ("❤\u{FE0F}", "fonts-noto-color-emoji"), ("ક", "fonts-noto-core, or fonts-unifont for rare characters"),
            ("\u{E000}", nil), ("\u{10FFFD}", nil),
        ] as [(Character, String?)])
    func aMissingGlyphsPackageIsKnown(character: Character, package: String?) {
        #expect(FontPackages.packages(with: character) == package)
    }

    @Test func aMissingGlyphIsNamedWithItsPackage() {
        #expect(
            FontPackages.refusal(of: "a漢", missing: "漢")
                == "no installed font has U+6F22 of \"a漢\" (Debian: apt-get install fonts-noto-cjk)")
    }

    @Test
    func linesBreakBetweenWordsAndGiveTheTextAgainWhenTheyAreJoined() throws {
        let style = TextStyle(size: 20)
        let text = "trained for eight thousand iterations 🐢"
        #expect(try style.lines(of: text, width: 10_000) == [text])
        let broken = try style.lines(of: text, width: 120)
        #expect(broken.count > 2 && broken.joined() == text)
        #expect(try style.measure(text, width: 120).height == broken.count * style.lineHeight)
    }
}
