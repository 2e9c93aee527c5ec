import Foundation
import GNCATestSupport
import Testing

/// A picture's file of Tests/RasterTests/Fixtures, as Pillow 12 wrote it: 24x16 pixels, a gradient under a chequer.
struct StillFixture: Sendable, CustomTestStringConvertible {
    let name: String

    var bytes: [UInt8] {
        get throws { Array(try Data(contentsOf: Repository.root.appendingPathComponent("\(Self.folder)/\(name)"))) }
    }

    var testDescription: String { name }

    /// Whether every byte that a picture is made of stands under a sum.
    var hasSums: Bool { name.hasSuffix(".png") }

    static let folder = "Tests/RasterTests/Fixtures"

    /// All that can be read.
    static let all = [
        "rgb.png", "palette.png", "grey.png", "alpha.png", "transparent.png", "grey16.png", "baseline.jpg",
        "progressive.jpg", "444.jpg", "grey.jpg", "cmyk.jpg", "restarts.jpg", "plain.gif", "interlaced.gif",
        "animated.gif", "lossy.webp", "lossless.webp", "alpha.webp", "alpha-lossless.webp", "rgb.bmp", "palette.bmp",
        "one-bit.bmp", "plain.tiff", "lzw.tiff", "deflate.tiff", "packbits.tiff", "group4.tiff", "palette.tiff",
        "grey16.tiff",
    ].map(StillFixture.init)

    /// Whose picture has corners of four colours and is marked as turned.
    static let turned = ["turned.jpg", "turned.png", "turned.webp", "turned.tiff"].map(StillFixture.init)
}
