import Testing

@testable import GNCAExport

@Suite struct PaletteTests {
    private func histogram(_ colours: [(UInt8, UInt8, UInt8)]) -> ColourHistogram {
        var histogram = ColourHistogram()
        for colour in colours { histogram.add(red: colour.0, green: colour.1, blue: colour.2, count: 64) }
        return histogram
    }

    @Test func fewColoursAreKeptExactly() {
        let colours: [(UInt8, UInt8, UInt8)] = (0..<200).map { (UInt8($0), UInt8(255 - $0), UInt8($0 / 2)) }
        let palette = Palette(histogram(colours), transparent: false)
        for colour in colours {
            let entry = palette.colours[Int(palette.index(red: colour.0, green: colour.1, blue: colour.2))]
            #expect(entry & 0xFFFFFF == UInt32(colour.0) << 16 | UInt32(colour.1) << 8 | UInt32(colour.2))
        }
    }

    @Test(arguments: [false, true])
    func manyColoursGetNearEntries(transparent: Bool) {
        var colours: [(UInt8, UInt8, UInt8)] = []
        for red in stride(from: 0, to: 256, by: 16) {
            for green in stride(from: 0, to: 256, by: 16) { colours.append((UInt8(red), UInt8(green), 100)) }
        }
        for blue in stride(from: 0, to: 256, by: 2) { colours.append((90, 90, UInt8(blue))) }
        let palette = Palette(histogram(colours), transparent: transparent)
        #expect(palette.colours.count <= 256)
        #expect((palette.transparentIndex != nil) == transparent)
        var worst = 0
        for colour in colours {
            let index = palette.index(red: colour.0, green: colour.1, blue: colour.2)
            #expect(index != palette.transparentIndex)
            let entry = palette.colours[Int(index)]
            let parts = [(entry >> 16 & 255, colour.0), (entry >> 8 & 255, colour.1), (entry & 255, colour.2)]
            worst = max(worst, parts.map { abs(Int($0) - Int($1)) }.max() ?? 0)
        }
        #expect(worst <= 24)
    }

    /// Against every entry in turn, at the centres of every 61st bin, with few colours and with many.
    @Test(arguments: [5, 300, 40_000])
    func aColourThatWasNeverSeenGetsTheNearestEntry(count: Int) {
        var colours: [(UInt8, UInt8, UInt8)] = []
        for number in 0..<count {
            let (red, green, blue) = (number * 7 & 255, number / 3 & 255, number / 97 & 255)
            colours.append((UInt8(red), UInt8(green), UInt8(blue)))
        }
        let palette = Palette(histogram(colours), transparent: false)
        let known = Set(colours.map { Palette.bin(red: $0.0, green: $0.1, blue: $0.2) })
        var wrong = 0
        for bin in stride(from: 0, to: 1 << 18, by: 61) where !known.contains(bin) {
            let centre: [Int] = [bin >> 12, bin >> 6 & 63, bin & 63].map { $0 * 4 + 2 }
            var (least, nearest) = (Int.max, 0)
            for (index, entry) in palette.colours.enumerated() {
                let distance =
                    Self.square(entry >> 16, centre[0]) + Self.square(entry >> 8, centre[1])
                    + Self.square(entry, centre[2])
                if distance < least { (least, nearest) = (distance, index) }
            }
            let index = palette.index(red: UInt8(centre[0]), green: UInt8(centre[1]), blue: UInt8(centre[2]))
            if nearest != Int(index) { wrong += 1 }
        }
        #expect(wrong == 0)
    }

    private static func square(_ part: UInt32, _ centre: Int) -> Int {
        let difference = Int(part & 255) - centre
        return difference * difference
    }
}
