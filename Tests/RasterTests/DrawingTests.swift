import GNCARaster
import Testing

@testable import GNCARaster

@Suite struct DrawingTests {
    private func pixel(_ hex: UInt32) -> PackedPixel { Color(hex: hex).packed }

    /// Paints runs as a renderer without smoothing would.
    private func painted(_ mosaic: Mosaic, scale: Int) -> Frame {
        var frame = Frame(width: mosaic.width * scale, height: mosaic.height * scale)
        for run in mosaic.runs {
            let size = Double(scale)
            frame.blend(
                run.pixel,
                over: PixelRect(
                    x: Int(run.x * size), y: Int(run.y * size), width: Int(run.width * size),
                    height: Int(run.height * size)))
        }
        return frame
    }

    @Test(arguments: [false, true])
    func theRectanglesOfAMosaicGiveItsPixels(translucent: Bool) {
        var mosaic = Mosaic(width: 9, height: 8)
        let colours: [PackedPixel] = [
            pixel(0xFFFFFF), pixel(0xFF0000), pixel(0x00FF00),
            translucent ? Color(red: 0, green: 0, blue: 1, alpha: 0.5).packed : pixel(0x0000FF),
        ]
        for index in mosaic.pixels.indices { mosaic.pixels[index] = colours[(index * index / 3 + index / 5) % 4] }
        if translucent { mosaic.pixels[3] = PackedPixel(bits: 0) }
        var expected = Frame(width: 36, height: 32)
        expected.draw(mosaic, scale: 4, x: 0, y: 0)
        let same = painted(mosaic, scale: 4) == expected
        #expect(same)
    }

    @Test
    func cellsOfOneColourAreOneRectangleARowAndTheGroundIsOneInAll() {
        var mosaic = Mosaic(width: 6, height: 3)
        mosaic.pixels = mosaic.pixels.map { _ in pixel(0xFFFFFF) }
        for x in 1...4 { mosaic.pixels[6 + x] = pixel(0x112233) }
        #expect(
            mosaic.runs == [
                MosaicRun(x: 0, y: 0, width: 6, height: 3, pixel: pixel(0xFFFFFF)),
                MosaicRun(x: 1, y: 1, width: 4, height: 1, pixel: pixel(0x112233)),
            ])
    }

    @Test
    func neighboursOverlapSoThatNoSeamCanShineThrough() {
        var mosaic = Mosaic(width: 3, height: 2)
        mosaic.pixels = [0xFFFFFF, 0x111111, 0x222222, 0xFFFFFF, 0x333333, 0xFFFFFF].map { pixel($0) }
        #expect(
            mosaic.runs.dropFirst().map { [$0.x, $0.y, $0.width, $0.height] } == [
                [1, 0, 1, 1.5], [1, 0, 1.5, 1], [2, 0, 1, 1], [1, 1, 1, 1],
            ])
    }

    private func sample() -> Drawing {
        var drawing = Drawing(width: 40, height: 20, ground: .white)
        var mosaic = Mosaic(width: 2, height: 1)
        mosaic.pixels = [pixel(0xFF0000), pixel(0x0000FF)]
        drawing.add(.cells(mosaic, x: 4, y: 4, scale: 3))
        drawing.add(.rectangle(x: 20, y: 2, width: 8.5, height: 4, Color(hex: 0x00FF00)))
        drawing.add(.text("a<b", at: Point(2, 18), TextStyle(size: 8)))
        return drawing
    }

    @Test
    func aDrawingAsPixelsHasWholeCellsRectanglesAndItsGround() throws {
        let frame = try sample().frame()
        #expect(frame.width == 40 && frame.height == 20)
        #expect(PackedPixel(frame[4, 4]) == pixel(0xFF0000) && PackedPixel(frame[9, 6]) == pixel(0x0000FF))
        #expect(PackedPixel(frame[20, 2]) == pixel(0x00FF00) && PackedPixel(frame[10, 4]) == pixel(0xFFFFFF))
    }

    @Test
    func aWiderPageHasEverythingInItsMiddle() throws {
        let page = sample().widened(to: 51)
        #expect(page.width == 51)
        #expect(PackedPixel(try page.frame()[9, 4]) == pixel(0xFF0000))
        let svg = String(
            decoding: try page.svg(width: "51", height: "20", metadata: DrawingMetadata(title: "")), as: UTF8.self)
        #expect(svg.contains("<g transform=\"translate(5 0)\">"))
        #expect(sample().widened(to: 20).width == 40)
    }

    @Test
    func svgIsTheseLines() throws {
        let text = String(
            decoding: try sample().svg(width: "4cm", height: "2cm", metadata: DrawingMetadata(title: "x")),
            as: UTF8.self)
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines[1].contains("width=\"4cm\" height=\"2cm\" viewBox=\"0 0 40 20\""))
        #expect(
            Array(lines.suffix(8)) == [
                "<rect width=\"40\" height=\"20\" fill=\"#ffffff\"/>",
                "<g transform=\"translate(4 4) scale(3)\" shape-rendering=\"crispEdges\">",
                "<rect x=\"0\" y=\"0\" width=\"2\" height=\"1\" fill=\"#0000ff\"/>",
                "<rect x=\"0\" y=\"0\" width=\"1\" height=\"1\" fill=\"#ff0000\"/>",
                "</g>",
                "<rect x=\"20\" y=\"2\" width=\"8.5\" height=\"4\" fill=\"#00ff00\"/>",
                "<text x=\"2\" y=\"18\" font-size=\"8\" fill=\"#000000\">a&lt;b</text>",
                "</svg>",
            ])
    }

    @Test
    func aClearGroundIsNotDrawn() throws {
        let drawing = Drawing(width: 3, height: 3, ground: .clear)
        let svg = String(
            decoding: try drawing.svg(width: "3", height: "3", metadata: DrawingMetadata(title: "x")), as: UTF8.self)
        #expect(!svg.contains("<rect"))
        #expect(try drawing.frame()[1, 1].alpha == 0)
    }

    @Test
    func aCharacterThatNoFontHasIsAnErrorInEveryFormatThatNeedsOne() {
        var drawing = Drawing(width: 30, height: 30, ground: .white)
        drawing.add(.text("\u{10FFFD}", at: Point(1, 20), TextStyle(size: 8)))
        #expect(throws: RasterError.undrawableText("no installed font has U+10FFFD of \"\u{10FFFD}\"")) {
            try drawing.pdf(width: 30, metadata: DrawingMetadata(title: "x"))
        }
    }
}
