import Foundation
import GNCATestSupport
import Testing

@testable import GNCARaster

@Suite struct ImageFileTests {
    private static let red = Pixel(red: 255, green: 0, blue: 0)
    private static let blue = Pixel(red: 0, green: 0, blue: 255)

    @Test(arguments: [
        ("webp", ImageFileFixtures.webp, 0), ("gif", ImageFileFixtures.gif, 0), ("bmp", ImageFileFixtures.bmp, 0),
        ("tiff", ImageFileFixtures.tiff, 0), ("jpeg", ImageFileFixtures.jpeg, 3),
        ("first frame of a gif", ImageFileFixtures.animatedGIF, 0),
    ])
    func stillsOfEveryKindAreRead(name: String, bytes: [UInt8], tolerance: Int) throws {
        let frame = try ImageFile.decode(bytes, file: name)
        #expect(frame.width == 16 && frame.height == 8)
        for (x, expected) in [(0, Self.red), (6, Self.red), (9, Self.blue), (15, Self.blue)] {
            #expect(Self.distance(frame[x, 4], expected) <= tolerance, "\(name) at \(x): \(frame[x, 4])")
        }
    }

    @Test func colourIsPremultipliedWhenRead() throws {
        let frame = try ImageFile.decode(ImageFileFixtures.translucentWebP, file: "a.webp")
        #expect(frame[0, 0] == Pixel(red: 128, green: 0, blue: 0, alpha: 128))
        #expect(frame[15, 7] == Pixel(red: 0, green: 0, blue: 128, alpha: 128))
    }

    @Test func palettePNGsKeepTheirTransparency() throws {
        let frame = try ImageFile.decode(ImageFileFixtures.palettePNG, file: "a.png")
        #expect(frame[0, 0] == Pixel(red: 0, green: 0, blue: 0, alpha: 0))
        #expect(frame[15, 0] == Self.blue)
    }

    @Test func sixteenBitPNGsAreRoundedToEightBits() throws {
        let frame = try ImageFile.decode(ImageFileFixtures.sixteenBitPNG, file: "a.png")
        let greys = (0..<16).map { frame[$0 % 8, $0 / 8].red }
        #expect(greys == (0..<16).map { UInt8($0 * 17) })
    }

    @Test(arguments: [
        (
            Array("hello".utf8),
            "x: not a picture of a known kind (expected PNG, JPEG, WebP, AVIF, GIF, BMP, TIFF or SVG)"
        ),
        (
            Array("#EXTM3U\nhttp://example.com/a.png".utf8),
            "x: not a picture of a known kind (expected PNG, JPEG, WebP, AVIF, GIF, BMP, TIFF or SVG)"
        ),
        (
            Array(ImageFileFixtures.palettePNG.prefix(20)),
            "x: the PNG file is cut off"
        ),
        (
            pngHeader(width: 8193, height: 1),
            "x: the picture is too large (got 8193x1 pixels, limit 8192 a side and 16000000 in all)"
        ),
        (
            pngHeader(width: 8000, height: 8000),
            "x: the picture is too large (got 8000x8000 pixels, limit 8192 a side and 16000000 in all)"
        ),
        (
            pngHeader(width: .max, height: .max),
            "x: the picture is too large (got 4294967295x4294967295 pixels, limit 8192 a side and 16000000 in all)"
        ),
        (pngHeader(width: 0, height: 1), "x: the picture is empty (got 0x1 pixels)"),
        (
            ImageFileFixtures.animatedWebP,
            "x: animated WebP is not read (save one of its pictures)"
        ),
    ])
    func whatIsNoPictureIsRefused(bytes: [UInt8], message: String) {
        #expect { try ImageFile.decode(bytes, file: "x") } throws: { "\($0)" == message }
    }

    /// A PNG whose header claims a size and that has no data.
    private static func pngHeader(width: UInt32, height: UInt32) -> [UInt8] {
        var bytes = Array(ImageFileFixtures.palettePNG.prefix(33))
        for place in 0..<4 {
            bytes[16 + place] = UInt8(truncatingIfNeeded: width >> UInt32(24 - 8 * place))
            bytes[20 + place] = UInt8(truncatingIfNeeded: height >> UInt32(24 - 8 * place))
        }
        return PNGSums.mended(bytes + [0, 0, 0, 0] + Array("IEND".utf8) + [0, 0, 0, 0])
    }

    @Test func aPNGCutOffAnywhereIsRefused() throws {
        let whole = try ImageFile.encodePNG(Self.gradient(alpha: true))
        for length in 0..<whole.count {
            #expect(throws: RasterError.self) { try ImageFile.decode(Array(whole.prefix(length)), file: "x") }
        }
    }

    @Test(arguments: [
        ImageFileFixtures.palettePNG, ImageFileFixtures.sixteenBitPNG, ImageFileFixtures.webp, ImageFileFixtures.gif,
        ImageFileFixtures.tiff,
    ])
    func flippedBytesNeverCrash(bytes: [UInt8]) {
        for index in bytes.indices {
            for mask: UInt8 in [0x01, 0x80, 0xFF] {
                var damaged = bytes
                damaged[index] ^= mask
                if let frame = try? ImageFile.decode(damaged, file: "x") {
                    #expect(frame.bytes.count == frame.width * frame.height * 4)
                }
            }
        }
    }

    /// Decoders take memory for longer rows than the picture has, and count those.
    @Test func aPictureOfAsManyPixelsAsMayBeIsRead() throws {
        let side = 4000
        var bytes: [UInt8] = Array("BM".utf8)
        func add(_ value: Int, _ length: Int) {
            for index in 0..<length { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
        }
        // One bit a pixel, two colours: a header of 14 bytes, one of 40, a palette of 8.
        add(62 + side * side / 8, 4)
        add(0, 4)
        add(62, 4)
        for (value, length) in [
            (40, 4), (side, 4), (side, 4), (1, 2), (1, 2), (0, 4), (0, 4), (0, 4), (0, 4), (2, 4), (0, 4),
        ] { add(value, length) }
        bytes += [0, 0, 255, 0, 255, 0, 0, 0]
        bytes += [UInt8](repeating: 0, count: side * side / 8)
        let frame = try ImageFile.decode(bytes, file: "x")
        #expect(frame.width == side && frame[side - 1, side - 1] == Self.red)
    }

    @Test func theFileIsNamedWhereItCannotBeRead() {
        #expect { try ImageFile.read("/nowhere/a.png") } throws: { "\($0)" == "/nowhere/a.png: there is no such file" }
    }

    private static func distance(_ a: Pixel, _ b: Pixel) -> Int {
        zip([a.red, a.green, a.blue, a.alpha], [b.red, b.green, b.blue, b.alpha])
            .map { abs(Int($0) - Int($1)) }.max()!
    }

    /// Every premultiplied pair of value and alpha: columns are alpha, rows are the value, never above alpha.
    static func gradient(alpha: Bool) -> Frame {
        var frame = Frame(width: 64, height: 64)
        for y in 0..<64 {
            for x in 0..<64 {
                let a = alpha ? UInt8(x * 4 + 3) : 255
                frame[x, y] = Pixel(
                    red: UInt8(Int(a) * y / 63), green: UInt8(Int(a) * x / 63), blue: min(a, UInt8(y)), alpha: a)
            }
        }
        return frame
    }
}
