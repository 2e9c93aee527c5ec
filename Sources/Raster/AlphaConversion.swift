/// Between straight alpha, as files hold it, and premultiplied alpha, as `Frame` does. Rounded to nearest; going from
/// premultiplied to straight and back returns the same bytes.
public enum AlphaConversion {
    /// Multiplies the colour of 4-byte pixels (alpha last) by their alpha, in place.
    public static func premultiply(_ pixels: inout [UInt8]) {
        pixels.withUnsafeMutableBufferPointer { pixels in
            for start in stride(from: 0, to: pixels.count - 3, by: 4) {
                let alpha = UInt32(pixels[start + 3])
                guard alpha < 255 else { continue }
                for channel in start..<(start + 3) {
                    pixels[channel] = UInt8(truncatingIfNeeded: (UInt32(pixels[channel]) * alpha + 127) / 255)
                }
            }
        }
    }

    /// One premultiplied value as straight colour; values above alpha, which no valid pixel has, give 255.
    @inlinable
    public static func straight(_ value: UInt8, alpha: UInt8) -> UInt8 {
        guard alpha > 0 else { return 0 }
        let alpha = UInt32(alpha)
        return UInt8(truncatingIfNeeded: min((UInt32(value) * 255 + alpha / 2) / alpha, 255))
    }
}
