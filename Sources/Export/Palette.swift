/// At most 256 colours for a whole film, so that still parts do not flicker.
struct Palette: Equatable {
    static let size = 256

    /// 0xAARRGGBB, alpha 0 or 255. At most 256.
    let colours: [UInt32]
    /// Index of the transparent entry; nil where the film is opaque.
    let transparentIndex: UInt8?
    /// Index of the nearest colour for every bin of six bits a channel.
    private let nearest: [UInt8]
    /// Exact colours, sorted, where they all fit: 0xRRGGBB.
    private let exact: [UInt32]

    /// Every colour where they fit, else median cut. `transparent` keeps one entry for transparent pixels; `size`: entries at
    /// most.
    init(_ histogram: ColourHistogram, transparent: Bool, size: Int = Palette.size) {
        let room = max(2, min(size, Palette.size)) - (transparent ? 1 : 0)
        if let few = histogram.exact, few.count <= room {
            exact = few.sorted()
        } else {
            exact = []
        }
        var opaque = exact.isEmpty ? Palette.medianCut(histogram, colours: room) : exact
        if opaque.isEmpty { opaque = [0] }
        nearest = Palette.nearestTable(histogram, colours: opaque)
        transparentIndex = transparent ? UInt8(opaque.count) : nil
        colours = opaque.map { $0 | 0xFF00_0000 } + (transparent ? [0] : [])
    }

    /// The entry for an opaque colour.
    func index(red: UInt8, green: UInt8, blue: UInt8) -> UInt8 {
        guard !exact.isEmpty else { return nearest[Palette.bin(red: red, green: green, blue: blue)] }
        let colour = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
        var low = 0
        var high = exact.count
        while low < high {
            let middle = (low + high) / 2
            if exact[middle] < colour { low = middle + 1 } else { high = middle }
        }
        guard low < exact.count, exact[low] == colour else {
            return nearest[Palette.bin(red: red, green: green, blue: blue)]
        }
        return UInt8(low)
    }

    static func bin(red: UInt8, green: UInt8, blue: UInt8) -> Int {
        Int(red >> 2) << 12 | Int(green >> 2) << 6 | Int(blue >> 2)
    }
}

// MARK: - Median cut

extension Palette {
    /// Heckbert 1982: the box with the largest spread, weighted by the root of its pixels so that rare colours keep
    /// an entry, is cut at its median until there are enough boxes; each becomes its mean.
    private static func medianCut(_ histogram: ColourHistogram, colours: Int) -> [UInt32] {
        let used = histogram.bins.indices.filter { histogram.bins[$0].count > 0 }
        guard !used.isEmpty else { return [] }
        var boxes = [Box(used, histogram)]
        while boxes.count < colours {
            guard
                let widest = boxes.indices.max(by: { boxes[$0].weight < boxes[$1].weight }), boxes[widest].weight > 0
            else { break }
            let (low, high) = boxes[widest].halves(histogram)
            boxes[widest] = low
            boxes.append(high)
        }
        return boxes.map { $0.mean(histogram) }
    }

    private struct Box {
        let bins: [Int]
        /// Spread along the widest channel times the root of the pixels; 0 = cannot be cut.
        let weight: Double
        /// Bits to shift a bin's index by to get the widest channel.
        private let shift: Int

        init(_ bins: [Int], _ histogram: ColourHistogram) {
            self.bins = bins
            var widest = (spread: 0, shift: 0)
            for shift in [12, 6, 0] {
                var low = 63
                var high = 0
                for bin in bins {
                    low = min(low, bin >> shift & 63)
                    high = max(high, bin >> shift & 63)
                }
                if high - low > widest.spread { widest = (high - low, shift) }
            }
            shift = widest.shift
            let pixels = bins.reduce(0) { $0 + Double(histogram.bins[$1].count) }
            weight = Double(widest.spread) * pixels.squareRoot()
        }

        func halves(_ histogram: ColourHistogram) -> (Box, Box) {
            let sorted = bins.sorted { ($0 >> shift & 63, $0) < ($1 >> shift & 63, $1) }
            let weights = sorted.map { Double(histogram.bins[$0].count).squareRoot() }
            let half = weights.reduce(0, +) / 2
            var sum = 0.0
            var cut = 0
            while cut < sorted.count - 1 && (cut == 0 || sum + weights[cut] <= half) {
                sum += weights[cut]
                cut += 1
            }
            return (Box(Array(sorted[..<cut]), histogram), Box(Array(sorted[cut...]), histogram))
        }

        func mean(_ histogram: ColourHistogram) -> UInt32 {
            var sum = ColourHistogram.Bin()
            for bin in bins {
                sum.count += histogram.bins[bin].count
                sum.red += histogram.bins[bin].red
                sum.green += histogram.bins[bin].green
                sum.blue += histogram.bins[bin].blue
            }
            let half = sum.count / 2
            let red = (sum.red + half) / sum.count
            let green = (sum.green + half) / sum.count
            let blue = (sum.blue + half) / sum.count
            return UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
        }
    }

    /// For every bin the nearest colour: bins that were never seen are mapped by their centre.
    private static func nearestTable(_ histogram: ColourHistogram, colours: [UInt32]) -> [UInt8] {
        let parts = colours.map { (red: Int($0 >> 16), green: Int($0 >> 8 & 255), blue: Int($0 & 255)) }
        return histogram.bins.indices.map { bin in
            let red = (bin >> 12) << 2 | 2
            let green = (bin >> 6 & 63) << 2 | 2
            let blue = (bin & 63) << 2 | 2
            var best = (distance: Int.max, index: 0)
            for (index, part) in parts.enumerated() {
                let distance =
                    (part.red - red) * (part.red - red) + (part.green - green) * (part.green - green)
                    + (part.blue - blue) * (part.blue - blue)
                if distance < best.distance { best = (distance, index) }
            }
            return UInt8(best.index)
        }
    }
}
