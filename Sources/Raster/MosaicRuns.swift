/// Cells of one colour side by side, as one rectangle. Lengths are cells.
struct MosaicRun: Equatable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double
    var pixel: PackedPixel
}

extension Mosaic {
    /// Rectangles that, painted in this order, give the mosaic: what vector files draw.
    ///
    /// An opaque mosaic begins with one rectangle of its most frequent colour, and cells of that colour are not drawn
    /// again. Viewers smooth the edges of every rectangle for itself, so that two that touch would let the ground shine
    /// through as a hairline: each reaches half a cell under those right of it and below it, which are painted later.
    var runs: [MosaicRun] {
        let ground = groundPixel
        var runs: [MosaicRun] = []
        if let ground {
            runs.append(MosaicRun(x: 0, y: 0, width: Double(width), height: Double(height), pixel: ground))
        }
        /// Whether the cell is painted later than its neighbours to the left and above, and covers what is there.
        func covers(_ x: Int, _ y: Int) -> Bool {
            guard x < width, y < height else { return false }
            let pixel = pixels[y * width + x]
            return pixel != ground && pixel.bits >> 24 == 255
        }
        for y in 0..<height {
            var x = 0
            while x < width {
                let (start, pixel) = (x, pixels[y * width + x])
                let reachesDown = covers(x, y + 1)
                repeat { x += 1 } while x < width && pixels[y * width + x] == pixel && covers(x, y + 1) == reachesDown
                guard pixel != ground, pixel.bits >> 24 != 0 else { continue }
                var run = MosaicRun(x: Double(start), y: Double(y), width: Double(x - start), height: 1, pixel: pixel)
                // Half-transparent cells must not overlap anything: whoever may draw an image draws one.
                let isOpaque = pixel.bits >> 24 == 255
                let (reachesRight, below) = (isOpaque && covers(x, y), isOpaque && reachesDown)
                if reachesRight && below && !covers(x, y + 1) {
                    // The corner belongs to nobody who comes later.
                    run.height = 1.5
                    runs.append(run)
                    run.height = 1
                } else if below {
                    run.height = 1.5
                }
                if reachesRight { run.width += 0.5 }
                runs.append(run)
            }
        }
        return runs
    }

    /// The most frequent colour (of several, the one with the lowest bits); nil where a cell is not opaque.
    private var groundPixel: PackedPixel? {
        var best: (pixel: PackedPixel, count: Int)?
        let sorted = pixels.map(\.bits).sorted()
        guard sorted.allSatisfy({ $0 >> 24 == 255 }) else { return nil }
        var start = 0
        for index in sorted.indices where index + 1 == sorted.count || sorted[index + 1] != sorted[index] {
            let count = index + 1 - start
            if count > best?.count ?? 0 { best = (PackedPixel(bits: sorted[index]), count) }
            start = index + 1
        }
        return best?.pixel
    }
}

extension Color {
    /// The colour of a stored pixel, alpha straight.
    public init(_ pixel: PackedPixel) {
        let stored = pixel.pixel
        self.init(
            red: Float(AlphaConversion.straight(stored.red, alpha: stored.alpha)) / 255,
            green: Float(AlphaConversion.straight(stored.green, alpha: stored.alpha)) / 255,
            blue: Float(AlphaConversion.straight(stored.blue, alpha: stored.alpha)) / 255,
            alpha: Float(stored.alpha) / 255)
    }
}
