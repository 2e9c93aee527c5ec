import GNCABasics

/// Drawing that needs no antialiasing: whole pixels, straight into the bytes.
extension Frame {
    /// The whole frame.
    public var bounds: PixelRect { PixelRect(x: 0, y: 0, width: width, height: height) }

    /// Takes over the pixels of `other`, which has the same size, without allocating.
    public mutating func copyPixels(of other: Frame) { copyPixels(of: other, in: bounds) }

    /// Takes over the pixels of `other`, which has the same size, in `area`, which lies inside of both.
    public mutating func copyPixels(of other: Frame, in area: PixelRect) {
        precondition(
            width == other.width && height == other.height,
            "frames of one size (got \(other.width)x\(other.height), expected \(width)x\(height))")
        precondition(bounds.contains(area), "an area inside the frame (got \(area) in \(bounds))")
        let isWide = area.width == width
        let rowLength = width * 4
        let length = isWide ? area.height * rowLength : area.width * 4
        bytes.withUnsafeMutableBytes { target in
            other.bytes.withUnsafeBytes { source in
                for row in 0..<(isWide ? 1 : area.height) {
                    let start = (area.y + row) * rowLength + area.x * 4
                    UnsafeMutableRawBufferPointer(rebasing: target[start..<(start + length)])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[start..<(start + length)]))
                }
            }
        }
    }

    /// Enlarges `mosaic`, or a `window` of it, to squares of `scale` pixels, its top left at (x, y), and replaces what is
    /// there.
    public mutating func draw(_ mosaic: Mosaic, _ window: PixelRect? = nil, scale: Int, x: Int, y: Int) {
        let whole = PixelRect(x: 0, y: 0, width: mosaic.width, height: mosaic.height)
        let window = window ?? whole
        let area = PixelRect(x: x, y: y, width: window.width * scale, height: window.height * scale)
        precondition(scale > 0 && bounds.contains(area), "a mosaic inside the frame (got \(area) in \(bounds))")
        precondition(whole.contains(window), "a window inside the mosaic (got \(window) in \(whole))")
        let rowLength = width
        bytes.withUnsafeMutableBytes { raw in
            mosaic.pixels.withUnsafeBufferPointer { cells in
                guard let base = raw.baseAddress, let first = cells.baseAddress else { return }
                var row = base + (y * rowLength + x) * 4
                for line in window.y..<window.bottom {
                    var cell = first + (line * mosaic.width + window.x)
                    var pixel = row.assumingMemoryBound(to: UInt32.self)
                    for _ in 0..<window.width {
                        let bits = cell.pointee.bits.littleEndian
                        for offset in 0..<scale { pixel[offset] = bits }
                        pixel += scale
                        cell += 1
                    }
                    let first = row
                    row += rowLength * 4
                    for _ in 1..<scale {
                        memcpy(row, first, area.width * 4)
                        row += rowLength * 4
                    }
                }
            }
        }
    }

    /// Replaces the part of `rect` that lies inside the frame.
    public mutating func fill(_ rect: PixelRect, with pixel: PackedPixel) {
        change(rect) { _ in pixel }
    }

    /// Lays `pixel` over the part of `rect` that lies inside the frame.
    public mutating func blend(_ pixel: PackedPixel, over rect: PixelRect) {
        change(rect) { $0.under(pixel) }
    }

    @inline(__always)
    private mutating func change(_ rect: PixelRect, _ make: (PackedPixel) -> PackedPixel) {
        let columns = max(0, rect.x)..<max(0, rect.x, min(width, rect.right))
        let rows = max(0, rect.y)..<max(0, rect.y, min(height, rect.bottom))
        let rowLength = width
        bytes.withUnsafeMutableBytes { raw in
            for row in rows {
                for column in columns {
                    let offset = (row * rowLength + column) * 4
                    let old = PackedPixel(bits: UInt32(littleEndian: raw.load(fromByteOffset: offset, as: UInt32.self)))
                    raw.storeBytes(of: make(old).bits.littleEndian, toByteOffset: offset, as: UInt32.self)
                }
            }
        }
    }
}
