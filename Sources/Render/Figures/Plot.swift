import GNCABasics
import GNCARaster

/// Curves of positive numbers on a logarithmic scale.
public struct Plot: Sendable {
    /// One curve.
    public struct Series: Sendable {
        /// As the legend has it.
        public var name: String
        /// In increasing x; nil interrupts the line.
        public var points: [(x: Double, y: Double?)]

        /// A curve through `points`.
        public init(name: String, points: [(x: Double, y: Double?)]) {
            self.name = name
            self.points = points
        }
    }

    private let series: [Series]
    /// What the axes count.
    private let xName: String
    private let yName: String
    private let palette: ThemeColors
    private let ground: Color

    /// The most curves: more than anybody tells apart.
    public static let mostCurves = 64

    /// Throws where `count` curves are too many. `what`: what each of them is drawn from.
    public static func check(curves count: Int, of what: String) throws(RenderError) {
        guard count <= mostCurves else {
            throw .invalid("too many \(what) for one plot (got \(count), limit \(mostCurves))")
        }
    }

    /// `xName`, `yName`: what the axes count.
    public init(_ request: FigureRequest, series: [Series], xName: String, yName: String) {
        self.series = series
        self.xName = xName
        self.yName = yName
        palette = request.palette
        ground = request.ground.colours.even
    }

    private func colour(_ index: Int) -> Color { palette.series[index % palette.series.count] }

    /// The page, 16:9, `width` pixels wide, with text of `fontSize` pixels. Throws `RenderError` where the text is too
    /// large for it, `RasterError` where a character has no font.
    public func drawing(width: Int, fontSize: Int) throws -> Drawing {
        let height = max(1, width * 9 / 16)
        let text = TextStyle(size: fontSize, color: palette.quietInk)
        let size = Double(fontSize)
        let scale = scale
        let labelWidth = try scale.labelWidth(text)
        var legendWidth = 0.0
        if series.count > 1 {
            for curve in series { legendWidth = max(legendWidth, Double(try text.measure(curve.name).width)) }
            // Longer names break.
            legendWidth = min(legendWidth, max(10 * size, Double(width) / 4)) + 3.5 * size
        }
        // The last number on the axis stands half beyond its end.
        let overhang = Double(try text.measure(Plot.ticks(xs).last.map(Plot.label) ?? "").width) / 2 + size * 0.75
        let area = PlotArea(
            left: labelWidth + size * 1.35, top: size * 2.5,
            right: Double(width) - max(legendWidth, overhang, size * 1.5), bottom: Double(height) - size * 4, xs: xs)
        guard area.right - area.left >= 5 * size, area.bottom - area.top >= 3 * size else {
            throw RenderError.invalid(
                "the plot has no room (got \(width) pixels for text of \(fontSize) pixels)", remedy: .moreRoom)
        }
        var drawing = Drawing(width: width, height: height, ground: ground)
        drawAxes(area, scale, text, &drawing)
        for (index, curve) in series.enumerated() {
            draw(curve, colour(index), area, scale, lineWidth: max(1, size / 8), &drawing)
        }
        if series.count > 1 { try drawLegend(area, text, Int(legendWidth - 3.5 * size), &drawing) }
        return drawing
    }

    private var xs: ClosedRange<Double> {
        let all = series.flatMap { $0.points.map(\.x) }.filter(\.isFinite)
        return (all.min() ?? 0)...(all.max() ?? 1)
    }

    private var scale: PlotScale { .logarithmic(series.flatMap { $0.points.compactMap(\.y) }) }

    private func drawAxes(_ area: PlotArea, _ scale: PlotScale, _ text: TextStyle, _ drawing: inout Drawing) {
        let size = Double(text.size)
        scale.draw(in: area, text, palette, &drawing)
        area.drawSteps(text, palette, &drawing)
        area.drawEdges(text, palette, &drawing)
        let middle = (area.left + area.right) / 2
        drawing.add(.text(xName, at: Point(middle, area.bottom + size * 3), align: .center, text))
        drawing.add(.text(yName, at: Point(area.left, area.top - size), text))
    }

    private func draw(
        _ curve: Series, _ colour: Color, _ area: PlotArea, _ scale: PlotScale, lineWidth: Double,
        _ drawing: inout Drawing
    ) {
        var line: [Point] = []
        func finish() {
            if line.count > 1 { drawing.add(.line(line, lineWidth: lineWidth, colour)) }
            line = []
        }
        for point in curve.points {
            guard let depth = point.y.flatMap(scale.depth), point.x.isFinite else {
                finish()
                continue
            }
            line.append(Point(area.x(point.x), area.y(depth)))
        }
        finish()
    }

    /// `width`: in which names break, pixels.
    private func drawLegend(
        _ area: PlotArea, _ text: TextStyle, _ width: Int, _ drawing: inout Drawing
    ) throws(RasterError) {
        let size = Double(text.size)
        let left = area.right + size
        var y = area.top + size * 0.5
        for (index, curve) in series.enumerated() {
            drawing.add(
                .line(
                    [Point(left, y), Point(left + size * 1.5, y)], lineWidth: max(2, size / 5), colour(index)))
            for line in try text.lines(of: curve.name, width: max(1, width)) {
                drawing.add(.text(line, at: Point(left + size * 2, y + size * 0.36), text))
                y += Double(text.lineHeight)
            }
            y += size * 0.35
        }
    }

    /// A whole number; what no longer counts one by one is spelled with an exponent.
    static func label(_ value: Double) -> String { Int(exactly: value).map(\.grouped) ?? "\(value)" }

    /// Whole numbers, 1, 2 or 5 times a power of ten apart, about five of them; the first is the range's own.
    static func ticks(_ range: ClosedRange<Double>) -> [Double] {
        let length = max(range.upperBound - range.lowerBound, 1)
        var apart = 1.0
        while length / apart > 6 {
            let first = apart / pow(10, log10(apart).rounded(.down))
            apart *= first < 1.5 ? 2 : first < 3 ? 2.5 : 2
        }
        var ticks = [range.lowerBound]
        var next = ((range.lowerBound / apart).rounded(.down) + 1) * apart
        // Numbers so large that they are further apart than this end the row.
        while next <= range.upperBound && next + apart > next {
            // None so near to the first that their words could touch.
            if next - range.lowerBound > apart / 2 { ticks.append(next) }
            next += apart
        }
        return ticks
    }
}
