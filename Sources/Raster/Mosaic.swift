/// One premultiplied pixel in the 32 bits that a `Frame` stores: B, G, R, A from the lowest byte up.
public struct PackedPixel: Sendable, Hashable {
    /// Blue in the lowest byte, then green, red and alpha.
    public var bits: UInt32

    /// From the 32 bits that a `Frame` stores.
    @inlinable
    public init(bits: UInt32) { self.bits = bits }

    /// From premultiplied channels in 0...1 (the caller keeps colour <= alpha); halves are rounded up.
    @inlinable
    public init(red: Float, green: Float, blue: Float, alpha: Float) {
        bits =
            UInt32(blue * 255 + 0.5) | UInt32(green * 255 + 0.5) << 8 | UInt32(red * 255 + 0.5) << 16
            | UInt32(alpha * 255 + 0.5) << 24
    }

    /// From the four channels of a pixel.
    @inlinable
    public init(_ pixel: Pixel) {
        bits = UInt32(pixel.blue) | UInt32(pixel.green) << 8 | UInt32(pixel.red) << 16 | UInt32(pixel.alpha) << 24
    }

    /// The four channels.
    public var pixel: Pixel {
        Pixel(
            red: UInt8(truncatingIfNeeded: bits >> 16), green: UInt8(truncatingIfNeeded: bits >> 8),
            blue: UInt8(truncatingIfNeeded: bits), alpha: UInt8(truncatingIfNeeded: bits >> 24))
    }

    /// This pixel with `top` laid over it (both premultiplied), rounded to the nearest.
    @inlinable
    public func under(_ top: PackedPixel) -> PackedPixel {
        let keep = 255 - top.bits >> 24
        var result: UInt32 = 0
        for shift in stride(from: UInt32(0), through: 24, by: 8) {
            let below = (bits >> shift & 0xFF) * keep
            result |= min(255, (top.bits >> shift & 0xFF) + (below + 127) / 255) << shift
        }
        return PackedPixel(bits: result)
    }
}

/// A small picture whose every pixel becomes a square of a `Frame`: cells before they are enlarged.
public struct Mosaic: Sendable, Equatable {
    /// Pixels a row.
    public let width: Int
    /// Rows.
    public let height: Int
    /// `[height * width]`, row-major from the top left.
    public var pixels: [PackedPixel]

    /// A clear mosaic of `width` x `height` pixels, at least one.
    public init(width: Int, height: Int) {
        precondition(width > 0 && height > 0, "a mosaic has at least one pixel (got \(width)x\(height))")
        self.width = width
        self.height = height
        pixels = [PackedPixel](repeating: PackedPixel(bits: 0), count: width * height)
    }

    /// The part of it that lies in `window`, which must lie inside of it and have a pixel at least.
    public func part(_ window: PixelRect) -> Mosaic {
        var part = Mosaic(width: window.width, height: window.height)
        for y in 0..<window.height {
            let start = (window.y + y) * width + window.x
            part.pixels.replaceSubrange(
                (y * window.width)..<((y + 1) * window.width), with: pixels[start..<(start + window.width)])
        }
        return part
    }

    /// Lays `colour` over the pixel at `index`.
    public mutating func blend(_ colour: Color, at index: Int) {
        pixels[index] = pixels[index].under(colour.packed)
    }
}

extension PackedPixel {
    /// The premultiplied pixel `amount` (0...1) of the way to `other`, rounded to the nearest.
    public func mixed(with other: PackedPixel, _ amount: Float) -> PackedPixel {
        let part = UInt32(amount.unit * 256 + 0.5)
        var result: UInt32 = 0
        for shift in stride(from: UInt32(0), through: 24, by: 8) {
            let sum = (bits >> shift & 0xFF) * (256 - part) + (other.bits >> shift & 0xFF) * part
            result |= ((sum + 128) >> 8) << shift
        }
        return PackedPixel(bits: result)
    }
}
