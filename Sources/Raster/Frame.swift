/// One picture: 8 bits a channel, row-major from the top left, rows packed without padding.
///
/// Bytes stand in the order B, G, R, A with colour premultiplied by alpha, sRGB-encoded. That is cairo's ARGB32 on
/// little-endian machines and libav's BGRA, so drawing and (for opaque pictures) encoding need no copy.
public struct Frame: Sendable, Equatable {
    /// Pixels a row.
    public let width: Int
    /// Rows.
    public let height: Int
    /// `height * width * 4` bytes, B G R A premultiplied.
    public var bytes: [UInt8]

    /// A fully transparent picture of `width` x `height` pixels.
    public init(width: Int, height: Int) {
        precondition(width > 0 && height > 0, "a frame has at least one pixel (got \(width)x\(height))")
        self.width = width
        self.height = height
        bytes = [UInt8](repeating: 0, count: width * height * 4)
    }

    /// The pixel at column `x`, row `y`, as it is stored (premultiplied).
    public subscript(x: Int, y: Int) -> Pixel {
        get {
            let offset = (y * width + x) * 4
            return Pixel(
                red: bytes[offset + 2], green: bytes[offset + 1], blue: bytes[offset], alpha: bytes[offset + 3])
        }
        set {
            let offset = (y * width + x) * 4
            bytes[offset] = newValue.blue
            bytes[offset + 1] = newValue.green
            bytes[offset + 2] = newValue.red
            bytes[offset + 3] = newValue.alpha
        }
    }
}

/// One premultiplied pixel, 0...255 a channel.
public struct Pixel: Sendable, Hashable {
    /// Red times alpha, 0...255.
    public var red: UInt8
    /// Green times alpha, 0...255.
    public var green: UInt8
    /// Blue times alpha, 0...255.
    public var blue: UInt8
    /// 0 = clear, 255 = opaque.
    public var alpha: UInt8

    /// The pixel of these channels; the caller keeps colour at most alpha.
    public init(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8 = 255) {
        self.red = red
        self.green = green
        self.blue = blue
        self.alpha = alpha
    }
}
