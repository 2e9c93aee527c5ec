import Foundation
import GNCATestSupport
import Testing

@testable import GNCARaster

@Suite struct SVGPictureTests {
    private func picture(_ inside: String, _ attributes: String = "viewBox=\"0 0 4 2\"") throws -> Frame {
        let xmlns = "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""
        return try ImageFile.decode(Array("<svg \(xmlns) \(attributes)>\(inside)</svg>".utf8), file: "a.svg")
    }

    @Test func aDrawingFillsThePictureInItsOwnShape() throws {
        let drawn = try picture("<rect width=\"2\" height=\"2\" fill=\"#f00\"/>")
        #expect(drawn.width == 1024 && drawn.height == 512)
        #expect(drawn[10, 10] == Pixel(red: 255, green: 0, blue: 0, alpha: 255) && drawn[1000, 10].alpha == 0)
        let high = try picture("", "width=\"10mm\" height=\"40mm\"")
        #expect(high.width == 256 && high.height == 1024)
    }

    /// Addresses, files beside it, style sheets, entities: none is opened.
    @Test func nothingOutsideOfADrawingIsRead() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        var red = Frame(width: 8, height: 8)
        red.fill(red.bounds, with: Color(hex: 0xFF0000).packed)
        let path = try folder.write(ImageFile.encodePNG(red), "red.png")
        let inside = ImageFile.self
        for address in [path, "file://\(path)", "red.png"] {
            let drawn = try picture("<image width=\"4\" height=\"2\" xlink:href=\"\(address)\"/>")
            #expect(drawn.bytes.allSatisfy { $0 == 0 }, "\(address)")
        }
        // The same picture inside of the drawing is seen.
        let data = Data(try inside.encodePNG(red)).base64EncodedString()
        let drawn = try picture("<image width=\"4\" height=\"2\" xlink:href=\"data:image/png;base64,\(data)\"/>")
        #expect(drawn[512, 256].red == 255)
    }

    @Test(arguments: ["<svg", "<svg viewBox='0 0 1 1'></svg><x>", "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>"])
    func aDamagedDrawingIsRefused(text: String) {
        let fault = Result { try ImageFile.decode(Array(text.utf8), file: "a.svg") }.failure as? RasterError
        guard case .unreadableImage("a.svg", let reason) = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
        #expect(reason.hasPrefix("the drawing is damaged or not supported ("))
    }

    @Test func aDrawingWithoutASizeIsRefused() {
        let fault = Result { try picture("<rect width=\"1\" height=\"1\"/>", "") }.failure as? RasterError
        #expect(
            fault
                == .unreadableImage(
                    file: "a.svg", reason: "the drawing tells neither its width and height nor a viewBox"))
    }
}

@Suite struct TextPictureTests {
    @Test func aTextIsBlackInkToItsEdges() throws {
        let picture = try TextPicture.picture(of: "HI")
        #expect(max(picture.width, picture.height) > 900 && picture.width > picture.height)
        for x in [0, picture.width - 1] {
            #expect((0..<picture.height).contains { picture[x, $0].alpha > 0 })
        }
        #expect((0..<picture.width).allSatisfy { picture[$0, picture.height / 3].red == 0 })
        #expect(try TextPicture.picture(of: "HI", font: "Noto Sans") != picture)
    }

    @Test func aFontThatIsNotInstalledIsRefused() {
        let fault = Result { try TextPicture.picture(of: "A", font: "Nonesuch Bold") }.failure as? RasterError
        guard case .undrawableText(let sentence)? = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
        #expect(sentence.hasPrefix("there is no font \"Nonesuch\" ("))
    }

    @Test(arguments: ["1️⃣", "#️⃣", "*⃣"])
    func aKeyCapIsAnEmoji(text: String) throws {
        #expect(Emoji.looksLike(text))
        #expect(try Emoji.picture(text).width > 100)
    }
}

@Suite struct ColourKeyTests {
    /// A red disc, its edge smooth, on white.
    private var logo: Frame {
        get throws {
            var frame = Frame(width: 64, height: 64)
            frame.fill(frame.bounds, with: Color.white.packed)
            try frame.withCanvas { canvas throws(RasterError) in
                try canvas.draw(.rectangle(x: 12.5, y: 12.5, width: 39, height: 39, radius: 19.5, Color(hex: 0xFF0000)))
            }
            return frame
        }
    }

    @Test func theGroundIsKnownByTheEdge() throws {
        #expect(try logo.uniformGround == Pixel(red: 255, green: 255, blue: 255, alpha: 255))
        #expect(Frame(width: 4, height: 4).uniformGround == nil)
        var mixed = try logo
        mixed[63, 20] = Pixel(red: 0, green: 0, blue: 0, alpha: 255)
        #expect(mixed.uniformGround == nil)
    }

    @Test func aKeyMakesItsColourTransparentAndLeavesNoFringe() throws {
        let cut = try logo.without(.white)
        #expect(cut[0, 0].alpha == 0 && cut[32, 32] == Pixel(red: 255, green: 0, blue: 0, alpha: 255))
        let edge = (0..<64).map { cut[$0, 32] }.filter { (1...254).contains($0.alpha) }
        #expect(!edge.isEmpty)
        // Premultiplied red: no white in it.
        #expect(edge.allSatisfy { $0.green <= 1 && $0.blue <= 1 && abs(Int($0.red) - Int($0.alpha)) <= 1 })
        // On white it looks as before.
        for y in 0..<64 {
            for x in 0..<64 {
                let over = Color.white.packed.under(PackedPixel(cut[x, y])).pixel
                let before = try logo[x, y]
                #expect(abs(Int(over.green) - Int(before.green)) <= 24)
            }
        }
    }
}

extension Result {
    fileprivate var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
