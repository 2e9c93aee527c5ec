import Foundation
import Testing

@testable import GNCARaster

/// What leaves as an image in SVG and PDF.
@Suite struct DrawnImagesTests {
    private func drawing(translucent: Bool) -> Drawing {
        var mosaic = Mosaic(width: 3, height: 2)
        mosaic.pixels[1] = Color(hex: 0xFF0000).packed
        mosaic.pixels[2] = Color(hex: 0x00FF00).opacity(translucent ? 0.5 : 1).packed
        var drawing = Drawing(width: 30, height: 20, ground: .clear)
        drawing.add(.cells(mosaic, x: 0, y: 0, scale: 10))
        return drawing
    }

    private func svg(_ drawing: Drawing) throws -> String {
        String(
            decoding: try drawing.svg(width: "30", height: "20", metadata: DrawingMetadata(title: "x")), as: UTF8.self)
    }

    private func pdf(_ drawing: Drawing) throws -> [UInt8] {
        try drawing.pdf(width: 30, metadata: DrawingMetadata(title: "x"))
    }

    private func has(_ text: String, in bytes: [UInt8]) -> Bool { bytes[...].firstRange(of: Array(text.utf8)) != nil }

    @Test func halfTransparentCellsAreOneImageWithASoftMask() throws {
        let page = try svg(drawing(translucent: true))
        #expect(page.components(separatedBy: "<image ").count == 2 && !page.contains("<rect"))
        #expect(page.contains("width=\"30\" height=\"20\" image-rendering=\"optimizeSpeed\""))
        let bytes = try pdf(drawing(translucent: true))
        #expect(has("/SMask", in: bytes) && has("/Interpolate false", in: bytes))
    }

    @Test func othersAreRectangles() throws {
        #expect(try !svg(drawing(translucent: false)).contains("<image"))
        #expect(try !has("/Image", in: pdf(drawing(translucent: false))))
    }

    @Test func aPageIsNoTransparencyGroup() throws {
        for translucent in [false, true] {
            let bytes = try pdf(drawing(translucent: translucent))
            #expect(!has("/Type /Group", in: bytes))
            // The places of the file's table still hold.
            let text = String(decoding: bytes, as: UTF8.self)
            let table = try #require(
                text.components(separatedBy: "startxref\n").last?.split(separator: "\n").first.flatMap { Int($0) })
            #expect(bytes[table...].starts(with: Array("xref".utf8)))
        }
    }

    @Test func clearCellsTakeTheColourOfANeighbour() {
        var mosaic = Mosaic(width: 3, height: 1)
        mosaic.pixels[0] = Color(hex: 0x00FF00).opacity(0.5).packed
        #expect(mosaic.colours.map(\.bits) == [0xFF00_FF00, 0xFF00_FF00, 0xFF00_FF00])
    }

    @Test func emojiOfALineAreImagesAndLettersStayText() throws {
        var drawing = Drawing(width: 300, height: 40, ground: .white)
        drawing.add(.text("a 🐢 <b>", at: Point(150, 30), align: .center, TextStyle(size: 20)))
        let page = try svg(drawing)
        #expect(page.contains("role=\"img\" aria-label=\"🐢\""))
        #expect(page.contains(">a </text>") && page.contains(">&lt;b&gt;</text>"))
        // Letters keep their places: the line is as long as with the emoji as text.
        let (pieces, width) = try TextStyle(size: 20).pieces(of: "a 🐢 <b>")
        #expect(try width == TextStyle(size: 20).measure("a 🐢 <b>").width)
        #expect(pieces.map(\.x) == pieces.map(\.x).sorted() && pieces.count == 3)
        #expect(has("/Image", in: try pdf(drawing)))
    }
}
