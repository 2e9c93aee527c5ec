import Foundation
import GNCATestSupport
import Testing

@testable import GNCARaster

@Suite struct ImageFilePNGWriterTests {
    @Test(arguments: [true, false], [1, 6, 9])
    func whatWasWrittenIsReadAgain(alpha: Bool, compression: Int) throws {
        let frame = ImageFileTests.gradient(alpha: alpha)
        let bytes = try ImageFile.encodePNG(frame, compression: compression)
        #expect(try ImageFile.decode(bytes, file: "x") == frame)
        // Colour type of the header: 2 is RGB, 6 is RGBA.
        #expect(bytes[25] == (alpha ? 6 : 2))
    }

    @Test func everyPremultipliedPixelSurvivesStraightAlpha() throws {
        var frame = Frame(width: 256, height: 256)
        for alpha in 0..<256 {
            for value in 0...alpha {
                frame[alpha, value] = Pixel(
                    red: UInt8(value), green: 0, blue: UInt8(alpha - value), alpha: UInt8(alpha))
            }
        }
        #expect(try ImageFile.decode(try ImageFile.encodePNG(frame), file: "x") == frame)
    }

    @Test func theSamePictureGivesTheSameBytes() throws {
        let frame = ImageFileTests.gradient(alpha: true)
        #expect(try ImageFile.encodePNG(frame) == (try ImageFile.encodePNG(frame)))
    }

    @Test func latinTextBecomesTextChunksAndOtherTextInternationalOnes() throws {
        let bytes = try ImageFile.encodePNG(
            Frame(width: 1, height: 1),
            metadata: [("Software", "gnca-render 1"), ("Title", "Grün"), ("Comment", "🦎 grows"), ("Empty", "")])
        let chunks = PNGChunk.all(bytes)
        #expect(chunks.map(\.name) == ["IHDR", "sRGB", "tEXt", "tEXt", "iTXt", "tEXt", "IDAT", "IEND"])
        #expect(chunks[2].data == Array("Software\0gnca-render 1".utf8))
        #expect(chunks[3].data == Array("Title\0Gr".utf8) + [0xFC] + Array("n".utf8))
        // Key, then no compression, no language, no translated key.
        #expect(chunks[4].data == Array("Comment\0\0\0\0\0🦎 grows".utf8))
        #expect(chunks[5].data == Array("Empty\0".utf8))
    }

    @Test(arguments: ["", "Grün", " padded", "two  spaces", String(repeating: "k", count: 80)])
    func keysThatPNGCannotHoldAreRefused(key: String) {
        #expect { try ImageFile.encodePNG(Frame(width: 1, height: 1), metadata: [(key, "v")], file: "a.png") } throws: {
            "\($0)" == "a.png: a PNG cannot hold this metadata (got key \"\(key)\", value \"v\")"
        }
    }

    @Test func libpngsRefusalBecomesAnError() {
        #expect { try ImageFile.encodePNG(Frame(width: 1_000_001, height: 1), file: "a.png") } throws: {
            "\($0)" == "a.png: libpng: Invalid IHDR data"
        }
    }
}
