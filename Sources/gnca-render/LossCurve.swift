import Raster

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The loss over the iterations on a logarithmic scale, every point a mean of its neighbours.
struct LossCurve {
    let losses: [Float]
    private static let (width, height, left, top, right, bottom) = (960, 540, 96, 32, 32, 64)

    func frame() throws -> Frame {
        var frame = Frame(width: Self.width, height: Self.height)
        frame.fill(frame.bounds, with: PackedPixel(Pixel(red: 255, green: 255, blue: 255)))
        let means = means()
        let plotWidth = Double(Self.width - Self.left - Self.right)
        let plotHeight = Double(Self.height - Self.top - Self.bottom)
        let (low, high) = decades(means)
        func x(_ index: Int) -> Double {
            Double(Self.left) + plotWidth * Double(index) / Double(max(1, means.count - 1))
        }
        func y(_ exponent: Double) -> Double {
            Double(Self.top) + plotHeight * (Double(high) - exponent) / Double(high - low)
        }
        let style = TextStyle(size: 16, color: Color(red: 0.25, green: 0.25, blue: 0.25))
        try frame.withCanvas { canvas throws(RasterError) in
            for decade in low...high {
                canvas.line(
                    from: Point(Double(Self.left), y(Double(decade))),
                    to: Point(Double(Self.width - Self.right), y(Double(decade))), lineWidth: 1,
                    Color(red: 0.88, green: 0.88, blue: 0.88))
                try canvas.text(
                    Self.label(decade), x: 0, y: Int(y(Double(decade))) - 10, width: Self.left - 12, align: .right,
                    style)
            }
            for index in means.indices.dropFirst() {
                guard let from = means[index - 1], let to = means[index] else { continue }
                canvas.line(
                    from: Point(x(index - 1), y(from)), to: Point(x(index), y(to)), lineWidth: 2,
                    Color(red: 0.12, green: 0.38, blue: 0.75))
            }
            try canvas.text("1", x: Self.left - 20, y: Self.height - Self.bottom + 8, width: 40, align: .center, style)
            try canvas.text(
                "\(losses.count)", x: Self.width - Self.right - 100, y: Self.height - Self.bottom + 8, width: 100,
                align: .right, style)
            try canvas.text(
                "iteration", x: Self.left, y: Self.height - 32, width: Int(plotWidth), align: .center, style)
            try canvas.text("loss", x: Self.left, y: 6, style)
        }
        return frame
    }

    /// The decimal logarithm of the mean loss in each of at most 400 parts; nil where nothing was learnt.
    private func means() -> [Double?] {
        let parts = min(losses.count, 400)
        return (0..<parts).map { part in
            let range = (part * losses.count / parts)..<((part + 1) * losses.count / parts)
            let known = losses[range].filter { $0.isFinite && $0 > 0 }
            guard !known.isEmpty else { return nil }
            return log10(known.reduce(0.0) { $0 + Double($1) } / Double(known.count))
        }
    }

    private func decades(_ means: [Double?]) -> (Int, Int) {
        let known = means.compactMap { $0 }
        let low = Int((known.min() ?? -3).rounded(.down))
        return (low, max(low + 1, Int((known.max() ?? 0).rounded(.up))))
    }

    private static func label(_ decade: Int) -> String {
        decade >= 0
            ? "1" + String(repeating: "0", count: decade) : "0." + String(repeating: "0", count: -decade - 1) + "1"
    }
}
