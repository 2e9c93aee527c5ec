import Testing

@testable import GNCARaster

struct FrameDrawingTests {
    @Test(arguments: 1...16)
    func everyPixelOfAMosaicBecomesOneSquareAndNothingBesideItChanges(scale: Int) {
        var mosaic = Mosaic(width: 3, height: 2)
        for index in 0..<6 { mosaic.pixels[index] = PackedPixel(bits: 0xFF00_0001 &* UInt32(index + 1)) }
        var frame = Frame(width: 3 * scale + 5, height: 2 * scale + 4)
        frame.draw(mosaic, scale: scale, x: 2, y: 1)
        for y in 0..<frame.height {
            for x in 0..<frame.width {
                let inside = (2..<(2 + 3 * scale)).contains(x) && (1..<(1 + 2 * scale)).contains(y)
                let expected = inside ? mosaic.pixels[(y - 1) / scale * 3 + (x - 2) / scale] : PackedPixel(bits: 0)
                #expect(PackedPixel(frame[x, y]) == expected)
            }
        }
    }

    @Test
    func rectanglesAreCutAtTheFramesEdges() {
        var frame = Frame(width: 4, height: 4)
        frame.fill(PixelRect(x: -2, y: 3, width: 4, height: 9), with: Color.white.packed)
        let white = (0..<16).filter { frame[$0 % 4, $0 / 4].alpha == 255 }
        #expect(white == [12, 13])
        frame.blend(Color.black.packed, over: PixelRect(x: 9, y: 9, width: 3, height: 3))
        #expect(frame[0, 3] == Pixel(red: 255, green: 255, blue: 255))
    }

    @Test
    func copyingTakesOverEveryPixel() {
        var (source, target) = (Frame(width: 3, height: 2), Frame(width: 3, height: 2))
        source.fill(source.bounds, with: Color(hex: 0x123456).packed)
        target.copyPixels(of: source)
        #expect(target == source)
    }
}
