import Testing

@testable import GNCARaster

struct ColormapTests {
    static let diverging: [Colormap] = [.divergingLight, .divergingDark]
    static let sequential: [Colormap] = [.sequentialLight, .sequentialDark]

    @Test(
        "zero is the page's colour",
        arguments: [
            (Colormap.divergingLight, UInt32(0xFFFF_FFFF)), (.sequentialLight, 0xFFFF_FFFF),
            (.divergingDark, 0xFF16_1616), (.sequentialDark, 0xFF16_1616),
        ])
    func zero(map: Colormap, bits: UInt32) {
        #expect(map.pixel(for: 0).bits == bits)
        #expect(map.pixel(for: -0.0).bits == bits)
    }

    @Test(arguments: diverging)
    func negativeIsBluePositiveIsRed(map: Colormap) {
        for value in [Float(0.25), 0.5, 0.75, 1] {
            let (positive, negative) = (map.pixel(for: value).pixel, map.pixel(for: -value).pixel)
            #expect(positive.red > positive.blue)
            #expect(negative.blue > negative.red)
        }
    }

    @Test(arguments: diverging + sequential)
    func numbersThatAreNoColoursAreHeldToTheEndsOrDrawnAsMissing(map: Colormap) {
        #expect(map.pixel(for: .infinity) == map.pixel(for: 1))
        #expect(map.pixel(for: 1e30) == map.pixel(for: 1))
        #expect(map.pixel(for: -.infinity) == map.pixel(for: -1))
        #expect(map.pixel(for: .nan) == map.missing)
        #expect(!map.table.contains(map.missing))
    }

    @Test(
        "lightness changes in one direction along each arm",
        arguments: [
            (Colormap.divergingLight, 128, 255), (.divergingLight, 128, 1), (.divergingDark, 128, 255),
            (.divergingDark, 128, 1), (.sequentialLight, 0, 255), (.sequentialDark, 0, 255),
        ])
    func monotonic(map: Colormap, from: Int, to: Int) {
        let lightness = stride(from: from, through: to, by: from < to ? 1 : -1).map { index in
            let pixel = map.table[index].pixel
            return 299 * Int(pixel.red) + 587 * Int(pixel.green) + 114 * Int(pixel.blue)
        }
        let falls = map.table[from].pixel.red > 128
        for (one, next) in zip(lightness, lightness.dropFirst()) {
            // A thousandth of grey for rounding.
            #expect(falls ? next <= one + 1_000 : next >= one - 1_000)
        }
        #expect(abs((lightness.last ?? 0) - lightness[0]) > 120_000)
    }

    @Test(arguments: diverging + sequential)
    func everyEntryIsOpaqueAndThereAre256(map: Colormap) {
        #expect(map.table.count == 256)
        #expect(map.table.allSatisfy { $0.pixel.alpha == 255 })
    }
}
