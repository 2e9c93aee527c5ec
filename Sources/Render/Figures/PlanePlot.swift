import GNCABasics
import GNCARaster

/// The ways of runs in the plane of the first two principal components: a colour for growth and for what follows each
/// event, a grey line where an event moves the state, a dot every so many steps of the first run, and words at some of them.
struct PlanePlot: Sendable {
    private let moments: [RunMoment]
    /// `[run][moment]`
    private let runs: [[Point]]
    /// Which of `names` a moment belongs to.
    private let phases: [Int]
    private let names: [String]
    /// Of variance, along x and y.
    private let shares: (x: String, y: String)
    /// Steps from dot to dot.
    private let stride: Int
    private let labelled: Set<Int>
    private let palette: ThemeColors
    private let ground: Color

    init(_ request: FigureRequest, _ states: PortraitStates, shown: [Int]) {
        moments = states.moments
        runs = states.places.map { $0.map { Point($0.first ?? 0, -($0.dropFirst().first ?? 0)) } }
        var (names, phases) = (["growth"], [Int]())
        for moment in moments {
            var phase = phases.last ?? 0
            if let event = moment.event, moment.step > 0 {
                phase = names.firstIndex(of: event) ?? names.count
                if phase == names.count { names.append(event) }
            }
            phases.append(phase)
        }
        (self.names, self.phases) = (names, phases)
        let variance = states.plane.analysis
        shares = (
            variance.components.isEmpty ? "0 %" : Self.percent(variance.share(0)),
            variance.components.count < 2 ? "0 %" : Self.percent(variance.share(1))
        )
        let steps = moments.last?.step ?? 1
        stride = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].first { steps / $0 <= 40 } ?? 10_000
        labelled = Set(shown + [0])
        palette = request.palette
        ground = request.ground.colours.even
    }

    /// "62 %"
    static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

    private func colour(_ phase: Int) -> Color { palette.series[phase % palette.series.count] }

    /// Ready to be drawn.
    struct Placed {
        fileprivate let plot: PlanePlot
        fileprivate let text: TextStyle
        fileprivate let key: PlotKey
        fileprivate let area: PlotArea
        /// Pixels of one unit, and the unit's place in the middle of the area.
        fileprivate let unit: Double
        fileprivate let middle: Point
        fileprivate var labels: [Label] = []
        let height: Int
        var ground: Color { plot.ground }
    }

    fileprivate struct Label {
        let word: String
        let at: Point
    }

    /// Throws where a page of `width` pixels has no room, or a character has no font.
    func placed(width: Int, fontSize: Int) throws -> Placed {
        let text = TextStyle(size: fontSize, color: palette.quietInk)
        let size = Double(fontSize)
        let note =
            (runs.count == 1 ? "one run" : "\(runs.count) runs")
            + "; a dot every \(stride == 1 ? "step" : "\(stride) steps")\(runs.count == 1 ? "" : " of the first")"
        let key = try PlotKey(
            names: names, note: note, text, left: size * 1.6, right: Double(width) - size * 1.6, band: nil)
        let all = runs.joined()
        let (xs, ys) = (all.map(\.x), all.map(\.y))
        let (low, high) = (Point(xs.min() ?? 0, ys.min() ?? 0), Point(xs.max() ?? 0, ys.max() ?? 0))
        let extent = Point(max(high.x - low.x, 1e-9), max(high.y - low.y, 1e-9))
        let (left, right) = (size * 1.6, Double(width) - size * 1.6)
        guard right - left >= 12 * size else {
            throw RenderError.invalid(
                "the plot has no room (got \(width) pixels for text of \(fontSize) pixels)", remedy: .moreRoom)
        }
        let tall = min(max((right - left) * extent.y / extent.x, (right - left) * 0.35), (right - left) * 0.62)
        let top = size * 1.2 + key.height + size * 2
        let area = PlotArea(left: left, top: top, right: right, bottom: (top + tall).rounded(), xs: 0...1)
        let unit = min((right - left - 3 * size) / extent.x, (area.bottom - area.top - 3 * size) / extent.y)
        let middle = Point((low.x + high.x) / 2, (low.y + high.y) / 2)
        var placed = Placed(
            plot: self, text: text, key: key, area: area, unit: unit, middle: middle,
            height: Int((area.bottom + size * 3.2).rounded(.up)))
        try placed.findLabels()
        return placed
    }
}

extension PlanePlot.Placed {
    /// Words beside the first run's states, each where it meets neither another word nor a labelled dot, and as little as
    /// can be of the lines; what finds no such place has none.
    fileprivate mutating func findLabels() throws(RasterError) {
        var dots: [Int: Point] = [:]
        for (moment, point) in zip(plot.moments, plot.runs[0]) where plot.labelled.contains(moment.step) {
            dots[moment.step] = place(point)
        }
        let (size, line) = (Double(text.size), dotted)
        var taken: [Box] = []
        for (step, dot) in dots.sorted(by: { $0.key < $1.key }) {
            let word = step.grouped
            let width = Double(try text.measure(word).width)
            let places = Self.sides.map { side in
                Box(
                    left: dot.x + side.x * size - width * (1 - side.share), width: width,
                    baseline: dot.y + side.y * size, size)
            }
            let free = places.filter { box in
                box.isInside(area) && !taken.contains(where: box.meets) && !dots.values.contains(where: box.holds)
            }
            // The first of those that are as good.
            let crossed = free.map { box in line.count(where: box.holds) }
            guard let best = zip(free, crossed).first(where: { $0.1 == crossed.min() })?.0 else { continue }
            taken.append(best)
            labels.append(PlanePlot.Label(word: word, at: Point(best.left, best.bottom - 0.1 * size)))
        }
    }

    /// Where a word may stand beside its dot, in sizes of the text; `share`: how much of it stands to the right.
    private static let sides: [(x: Double, y: Double, share: Double)] = [
        (0.6, 0.36, 1), (0.4, -0.5, 1), (0.4, 1.25, 1), (0, -0.7, 0.5), (0, 1.45, 0.5), (-0.4, -0.5, 0),
        (-0.4, 1.25, 0),
        (-0.6, 0.36, 0),
    ]

    /// Points along the ways of all runs, a few pixels apart.
    private var dotted: [Point] {
        plot.runs.flatMap { run in
            zip(run.map(place), run.dropFirst().map(place)).flatMap { from, to in
                let parts = max(1, Int(max(abs(to.x - from.x), abs(to.y - from.y)) / 3))
                return (0..<parts).map { part in
                    let share = Double(part) / Double(parts)
                    return Point(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share)
                }
            }
        }
    }

    /// Where a word stands, pixels.
    private struct Box {
        let left, right, top, bottom: Double

        init(left: Double, width: Double, baseline: Double, _ size: Double) {
            (self.left, right) = (left, left + width)
            (top, bottom) = (baseline - 0.8 * size, baseline + 0.1 * size)
        }

        func isInside(_ area: PlotArea) -> Bool {
            left >= area.left && right <= area.right && top >= area.top && bottom <= area.bottom
        }
        func meets(_ other: Box) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
        func holds(_ point: Point) -> Bool {
            left <= point.x && point.x <= right && top <= point.y && point.y <= bottom
        }
    }
}

extension PlanePlot.Placed {
    fileprivate func place(_ point: Point) -> Point {
        Point(
            (area.left + area.right) / 2 + (point.x - middle.x) * unit,
            (area.top + area.bottom) / 2 + (point.y - middle.y) * unit)
    }

    func draw(_ drawing: inout Drawing) {
        let size = Double(text.size)
        key.draw(plot.colour, top: size * 1.2, text, &drawing)
        drawing.add(
            .outline(
                x: area.left, y: area.top, width: area.right - area.left, height: area.bottom - area.top,
                lineWidth: PlotArea.hairline(text), plot.palette.line))
        for run in plot.runs.indices.reversed() { drawWay(of: run, &drawing) }
        drawDots(&drawing)
        for label in labels {
            drawing.add(.text(label.word, at: label.at, TextStyle(size: text.size, color: plot.palette.ink)))
        }
        let axis = "component 1, \(plot.shares.x) of the variance"
        drawing.add(
            .text(axis, at: Point((area.left + area.right) / 2, area.bottom + size * 1.5), align: .center, text))
        drawing.add(.text("component 2, \(plot.shares.y)", at: Point(area.left, area.top - size * 0.5), text))
    }

    /// A line for every phase, and a grey one for what an event does at once.
    private func drawWay(of run: Int, _ drawing: inout Drawing) {
        let size = Double(text.size)
        let opacity: Float = run == 0 ? 1 : 0.45
        let points = plot.runs[run].map(place)
        var line: [Point] = []
        func finish(_ phase: Int) {
            if line.count > 1 {
                drawing.add(.line(line, lineWidth: max(1, size / 9), plot.colour(phase).opacity(opacity)))
            }
            line = []
        }
        for (index, point) in points.enumerated() {
            if index > 0, plot.moments[index].step == plot.moments[index - 1].step {
                finish(plot.phases[index - 1])
                drawing.add(
                    .line(
                        [points[index - 1], point], lineWidth: PlotArea.hairline(text),
                        plot.palette.quietInk.opacity(0.6 * opacity)))
            }
            line.append(point)
        }
        finish(plot.phases[max(0, points.count - 1)])
    }

    private func drawDots(_ drawing: inout Drawing) {
        let size = Double(text.size)
        for (index, point) in plot.runs[0].enumerated() {
            let moment = plot.moments[index]
            // Of two at one step, what has just happened is shown.
            let isLast = index + 1 == plot.runs[0].count || plot.moments[index + 1].step != moment.step
            let isLabelled = isLast && plot.labelled.contains(moment.step)
            guard isLabelled || moment.step.isMultiple(of: plot.stride) else { continue }
            let radius = size * (isLabelled ? 0.3 : 0.17)
            let at = place(point)
            drawing.add(
                .rectangle(
                    x: at.x - radius, y: at.y - radius, width: 2 * radius, height: 2 * radius, radius: radius,
                    isLabelled ? plot.palette.ink : plot.colour(plot.phases[index])))
        }
    }
}
