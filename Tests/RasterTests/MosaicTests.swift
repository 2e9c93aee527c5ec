import Testing

@testable import GNCARaster

struct MosaicTests {
    @Test
    func packedPixelsKeepTheFramesByteOrder() {
        let pixel = Pixel(red: 1, green: 2, blue: 3, alpha: 4)
        #expect(PackedPixel(pixel).pixel == pixel)
        var frame = Frame(width: 2, height: 1)
        frame.fill(PixelRect(x: 1, y: 0, width: 1, height: 1), with: PackedPixel(pixel))
        #expect(frame.bytes == [0, 0, 0, 0, 3, 2, 1, 4])
    }

    @Test(
        "halves are rounded up, NaN and what lies outside of 0...1 is held",
        arguments: [
            (0.5, 128), (0.1, 26), (1.9, 255), (-3, 0), (.nan, 0), (.infinity, 255), (0.5 / 255, 1),
        ] as [(Float, UInt8)])
    func rounding(value: Float, expected: UInt8) {
        #expect(Color(red: value, green: 0, blue: 0).packed.pixel.red == expected)
    }

    @Test
    func layingOverOpaqueReplacesClearChangesNothingHalfIsTheMean() {
        let blue = Color(hex: 0x0000FF).packed
        #expect(blue.under(Color.white.packed) == Color.white.packed)
        #expect(blue.under(Color.clear.packed) == blue)
        let half = blue.under(Color.white.opacity(0.5).packed).pixel
        #expect(half == Pixel(red: 128, green: 128, blue: 255))
    }

    @Test
    func mixingGoesFromOneEndToTheOther() {
        let (black, white) = (Color.black.packed, Color.white.packed)
        #expect(black.mixed(with: white, 0) == black)
        #expect(black.mixed(with: white, 1) == white)
        #expect(black.mixed(with: white, 0.5).pixel.red == 128)
        #expect(black.mixed(with: white, .nan) == black)
    }

    @Test
    func aPartHasThePixelsOfItsWindow() {
        var mosaic = Mosaic(width: 5, height: 4)
        for place in mosaic.pixels.indices { mosaic.pixels[place] = PackedPixel(bits: UInt32(place)) }
        let part = mosaic.part(PixelRect(x: 2, y: 1, width: 2, height: 3))
        #expect(part.width == 2 && part.height == 3)
        #expect(part.pixels.map(\.bits) == [7, 8, 12, 13, 17, 18])
        #expect(mosaic.part(PixelRect(x: 0, y: 0, width: 5, height: 4)) == mosaic)
    }

    @Test
    func whatTwoRectanglesHaveInCommonLiesInBoth() {
        let one = PixelRect(x: 1, y: 2, width: 6, height: 3)
        #expect(
            one.common(with: PixelRect(x: 4, y: 0, width: 9, height: 4)) == PixelRect(x: 4, y: 2, width: 3, height: 2))
        #expect(one.common(with: one.grown(by: 2)) == one)
        let none = one.common(with: PixelRect(x: 7, y: 2, width: 2, height: 2))
        #expect(none.width == 0)
    }
}
