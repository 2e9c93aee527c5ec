/// Counts the colours of a film, six bits a channel: cells differ by less than anybody sees within one such bin.
struct ColourHistogram {
    /// Sums of one bin: pixels, and their red, green and blue.
    struct Bin {
        var count: UInt64 = 0
        var red: UInt64 = 0
        var green: UInt64 = 0
        var blue: UInt64 = 0
    }

    var bins = [Bin](repeating: Bin(), count: 1 << 18)
    /// Exact colours while there are few, 0xRRGGBB; nil once there are more than a palette holds.
    var exact: Set<UInt32>? = []

    /// Counts `count` pixels of one colour, straight.
    mutating func add(red: UInt8, green: UInt8, blue: UInt8, count: Int) {
        let index = Palette.bin(red: red, green: green, blue: blue)
        bins[index].count += UInt64(count)
        bins[index].red += UInt64(red) * UInt64(count)
        bins[index].green += UInt64(green) * UInt64(count)
        bins[index].blue += UInt64(blue) * UInt64(count)
        guard exact != nil else { return }
        exact?.insert(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue))
        if (exact?.count ?? 0) > Palette.size { exact = nil }
    }
}
