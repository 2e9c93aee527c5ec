import GNCARaster

/// Which opaque colours a film has, a bit each.
struct ColourSet {
    private var bits = [UInt64](repeating: 0, count: 1 << 18)
    private var last: Pixel?

    mutating func insert(_ pixel: Pixel) {
        guard pixel != last else { return }
        last = pixel
        let colour = Int(pixel.red) << 16 | Int(pixel.green) << 8 | Int(pixel.blue)
        bits[colour >> 6] |= 1 << UInt64(colour & 63)
    }

    /// All colours, 0xRRGGBB, where there are at most `most`.
    func few(_ most: Int) -> [UInt32]? {
        var colours: [UInt32] = []
        for (index, word) in bits.enumerated() where word != 0 {
            for bit in 0..<64 where word >> UInt64(bit) & 1 != 0 { colours.append(UInt32(index << 6 | bit)) }
            if colours.count > most { return nil }
        }
        return colours
    }

    /// A colour that the film does not have.
    var unused: UInt32? {
        guard let index = bits.firstIndex(where: { $0 != .max }) else { return nil }
        return UInt32(index << 6 | (~bits[index]).trailingZeroBitCount)
    }
}
