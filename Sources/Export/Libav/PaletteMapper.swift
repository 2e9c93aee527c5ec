import CGNCALibav
import GNCARaster

/// Replaces every pixel by its entry of one palette.
final class PaletteMapper: FrameConverter {
    private let palette: Palette

    init(_ palette: Palette) { self.palette = palette }

    func convert(_ frame: Frame, into target: UnsafeMutablePointer<AVFrame>, hasLast: Bool) throws(ExportError) {
        guard let indexes = target.pointee.data.0, let table = target.pointee.data.1 else { return }
        table.withMemoryRebound(to: UInt32.self, capacity: 256) { entries in
            for index in 0..<256 {
                // Entries past the last repeat it: an entry of zero would count as transparent.
                entries[index] = palette.colours[min(index, palette.colours.count - 1)]
            }
        }
        let stride = Int(target.pointee.linesize.0)
        frame.bytes.withUnsafeBytes { raw in
            let pixels = raw.bindMemory(to: UInt32.self)
            for y in 0..<frame.height {
                map(
                    UnsafeBufferPointer(rebasing: pixels[(y * frame.width)..<((y + 1) * frame.width)]),
                    indexes + y * stride)
            }
        }
    }

    /// One row. Neighbours are mostly of one cell: a pixel is looked up where it differs from the one before.
    private func map(_ row: UnsafeBufferPointer<UInt32>, _ indexes: UnsafeMutablePointer<UInt8>) {
        var last: UInt32?
        var entry: UInt8 = 0
        for (x, pixel) in row.enumerated() {
            if pixel != last {
                entry = index(of: pixel)
                last = pixel
            }
            indexes[x] = entry
        }
    }

    private func index(of stored: UInt32) -> UInt8 {
        let pixel = withUnsafeBytes(of: stored) { Pixel(red: $0[2], green: $0[1], blue: $0[0], alpha: $0[3]) }
        if let transparent = palette.transparentIndex, pixel.alpha < 128 { return transparent }
        let colour = pixel.straightened
        return palette.index(red: colour.red, green: colour.green, blue: colour.blue)
    }
}

extension Pixel {
    /// Straight colour; alpha as it was.
    var straightened: Pixel {
        guard alpha < 255 else { return self }
        return Pixel(
            red: AlphaConversion.straight(red, alpha: alpha), green: AlphaConversion.straight(green, alpha: alpha),
            blue: AlphaConversion.straight(blue, alpha: alpha), alpha: alpha)
    }
}
