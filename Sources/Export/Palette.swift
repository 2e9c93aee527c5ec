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

    /// Red, green and blue, or a bin's place along each.
    private struct Triple {
        let red: Int
        let green: Int
        let blue: Int
    }

    /// Bins along a side of the table, of a block of it, and blocks along a side.
    private static let (binsASide, blockSide, blocksASide) = (64, 8, 8)

    /// A bin's centre along one axis.
    private static func centre(_ bin: Int) -> Int { bin << 2 | 2 }

    /// For every bin the nearest colour, of equal ones the first: bins that were never seen are mapped by their centre.
    private static func nearestTable(_ histogram: ColourHistogram, colours: [UInt32]) -> [UInt8] {
        var table = [UInt8](repeating: 0, count: histogram.bins.count)
        let parts = colours.map { Triple(red: Int($0 >> 16), green: Int($0 >> 8 & 255), blue: Int($0 & 255)) }
        for block in 0..<(blocksASide * blocksASide * blocksASide) {
            let (layer, column) = (block / blocksASide, block % blocksASide)
            let start = Triple(
                red: layer / blocksASide * blockSide, green: layer % blocksASide * blockSide, blue: column * blockSide)
            fill(&table, from: start, near(start, parts), parts)
        }
        return table
    }

    /// The colours that may be nearest to some bin of the block that begins at `start`, by index and in order: those whose least
    /// distance is not above the least of all greatest ones (as in Thomas G. Lane's jquant2 of libjpeg).
    private static func near(_ start: Triple, _ parts: [Triple]) -> [Int] {
        func bounds(_ part: Int, _ start: Int) -> (least: Int, most: Int) {
            let (below, above) = (centre(start) - part, part - centre(start + blockSide - 1))
            let (outside, farthest) = (max(0, below, above), max(abs(below), abs(above)))
            return (outside * outside, farthest * farthest)
        }
        let bounds = parts.map { part in
            let red = bounds(part.red, start.red)
            let green = bounds(part.green, start.green)
            let blue = bounds(part.blue, start.blue)
            return (least: red.least + green.least + blue.least, most: red.most + green.most + blue.most)
        }
        let limit = bounds.map(\.most).min() ?? 0
        return bounds.indices.filter { bounds[$0].least <= limit }
    }

    private static func fill(_ table: inout [UInt8], from start: Triple, _ near: [Int], _ parts: [Triple]) {
        for red in start.red..<(start.red + blockSide) {
            for green in start.green..<(start.green + blockSide) {
                for blue in start.blue..<(start.blue + blockSide) {
                    var (least, best) = (Int.max, 0)
                    for index in near {
                        let part = parts[index]
                        let (r, g, b) = (part.red - centre(red), part.green - centre(green), part.blue - centre(blue))
                        let distance = r * r + g * g + b * b
                        if distance < least { (least, best) = (distance, index) }
                    }
                    table[(red * binsASide + green) * binsASide + blue] = UInt8(best)
                }
            }
        }
    }
}
