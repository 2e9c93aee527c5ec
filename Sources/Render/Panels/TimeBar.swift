import GNCARaster

/// A bar from a film's first step to its last with a marker at the present one, numbers below, and, where training is known,
/// what training saw: steps that it ran through, steps after which it applied the loss, and steps that it never saw.
public struct TimeBar: Sendable, Equatable {
    /// Steps of the film.
    let steps: Int
    /// Steps after which training applied the loss, inside the film, in order and apart; empty = unknown.
    let lossApplied: [ClosedRange<Int>]
    /// The last step that training ran through; the film's last where it saw states of any age.
    let seen: Int
    /// Below the bar, by colour.
    let legend: [(part: Part, words: String)]

    /// What training did with some steps.
    enum Part: Sendable, Equatable {
        case seen, lossApplied, unseen
    }

    /// `trained`: steps after which training applied the loss; nil = unknown. `fromPool`: whether its runs went on from what
    /// earlier runs had left: the loss was then applied after twice, three times, ... as many steps, too.
    init(steps: Int, trained: ClosedRange<Int>?, fromPool: Bool = false) {
        self.steps = max(1, steps)
        let end = self.steps
        let (runs, goOn) = trained.map { TimeBar.runs($0, fromPool: fromPool, end: end) } ?? ([], false)
        lossApplied = runs.filter { $0.lowerBound < end }.map { $0.lowerBound...min($0.upperBound, end) }
        seen = fromPool ? end : min(end, trained?.upperBound ?? end)
        guard let trained, !lossApplied.isEmpty else {
            legend = []
            return
        }
        let ranges = runs.enumerated().map { index, run in
            goOn && index == runs.count - 1 ? "from \(run.lowerBound)" : TimeBar.spelled(run)
        }
        let loss = (.lossApplied, "loss applied: \(ranges.joined(separator: ", "))") as (Part, String)
        legend =
            fromPool
            ? [loss, (.seen, "seen at every age")]
            : [loss, (.seen, "seen to step \(trained.upperBound)")] + (seen < end ? [(.unseen, "never seen")] : [])
    }

    /// Whether both show the same.
    public static func == (one: TimeBar, other: TimeBar) -> Bool {
        one.steps == other.steps && one.lossApplied == other.lossApplied && one.seen == other.seen
    }

    /// Multiples of `trained` that begin before `end`, apart from each other; where they meet, the last goes on for ever.
    private static func runs(
        _ trained: ClosedRange<Int>, fromPool: Bool, end: Int
    ) -> (runs: [ClosedRange<Int>], goOn: Bool) {
        var runs = [trained]
        guard fromPool else { return (runs, false) }
        for turn in 2... {
            let last = runs[runs.count - 1]
            let begin = turn * trained.lowerBound
            // A single step between two would only be seen as a flaw of the bar.
            if begin <= last.upperBound + 2 {
                runs[runs.count - 1] = last.lowerBound...max(end, last.upperBound)
                return (runs, true)
            }
            if begin >= end { break }
            runs.append(begin...(turn * trained.upperBound))
        }
        return (runs, false)
    }

    private static func spelled(_ range: ClosedRange<Int>) -> String {
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
    }
}

// Places
extension TimeBar {
    /// How the strip is divided, pixels from its top.
    private struct Rows {
        let bar: (y: Int, height: Int)
        let numbers: Int
        let legend: Int

        init(_ style: PanelStyle) {
            bar = (style.textGap, max(6, style.body * 5 / 9))
            numbers = bar.y + bar.height + style.textGap / 2
            legend = numbers + style.label.lineHeight
        }
    }

    /// Pixels of a strip of that width.
    func height(width: Int, _ style: PanelStyle) throws(RasterError) -> Int {
        let lines = try legendPlaces(width: width, style).last.map { $0.line + 1 } ?? 0
        return Rows(style).legend + lines * style.label.lineHeight + style.textGap
    }

    /// Pixels that the legend takes on one line.
    func legendWidth(_ style: PanelStyle) throws(RasterError) -> Int {
        var width = 0
        for entry in legend {
            width += try style.label.measure(entry.words).width + style.small + style.textGap + style.labelGap * 2
        }
        return max(0, width - style.labelGap * 2)
    }

    /// Where each entry of the legend begins, line by line where one line is too short.
    private func legendPlaces(width: Int, _ style: PanelStyle) throws(RasterError) -> [(x: Int, line: Int)] {
        var places: [(x: Int, line: Int)] = []
        var (x, line) = (0, 0)
        for entry in legend {
            let needed = try style.label.measure(entry.words).width + style.small + style.textGap
            if x > 0 && x + needed > width { (x, line) = (0, line + 1) }
            places.append((x, line))
            x += needed + style.labelGap * 2
        }
        return places
    }

    private func bar(in area: PixelRect, _ style: PanelStyle) -> PixelRect {
        let rows = Rows(style)
        return PixelRect(x: area.x, y: area.y + rows.bar.y, width: area.width, height: rows.bar.height)
    }

    /// Where a step stands.
    private func x(_ step: Int, in area: PixelRect) -> Double {
        Double(area.x) + Double(area.width) * Double(min(step, steps)) / Double(steps)
    }
}

// Drawing
extension TimeBar {
    /// All that stays the same.
    func shapes(in area: PixelRect, _ style: PanelStyle) throws(RasterError) -> [Drawing.Shape] {
        var shapes = parts(in: area, style)
        shapes += try numbers(in: area, style)
        let rows = Rows(style)
        for (entry, place) in zip(legend, try legendPlaces(width: area.width, style)) {
            let top = area.y + rows.legend + place.line * style.label.lineHeight
            let x = area.x + place.x
            let side = style.small * 3 / 4
            let swatch = PixelRect(x: x, y: top + (style.label.lineHeight - side) / 2, width: side, height: side)
            shapes.append(.rectangle(swatch, color(of: entry.part, style)))
            shapes.append(
                .text(
                    entry.words, at: Point(Double(x + style.small + style.textGap), Double(top + style.label.ascent)),
                    style.label))
        }
        return shapes
    }

    private func color(of part: Part, _ style: PanelStyle) -> Color {
        let palette = style.palette
        return switch part {
        case .seen: palette.page.mixed(with: palette.life, 0.5)
        case .lossApplied: palette.page.mixed(with: palette.lossApplied, 0.85)
        case .unseen: palette.page.mixed(with: palette.unseen, 0.4)
        }
    }

    private func parts(in area: PixelRect, _ style: PanelStyle) -> [Drawing.Shape] {
        guard !legend.isEmpty else {
            return [part(0, steps, style.palette.page.mixed(with: style.palette.resting, 0.6), in: area, style)]
        }
        var shapes = [part(0, seen, color(of: .seen, style), in: area, style)]
        if seen < steps { shapes.append(part(seen, steps, color(of: .unseen, style), in: area, style)) }
        for run in lossApplied {
            shapes.append(part(run.lowerBound, run.upperBound, color(of: .lossApplied, style), in: area, style))
        }
        return shapes
    }

    private func part(_ from: Int, _ to: Int, _ tone: Color, in area: PixelRect, _ style: PanelStyle) -> Drawing.Shape {
        let bar = bar(in: area, style)
        let left = x(from, in: area).rounded()
        return .rectangle(
            x: left, y: Double(bar.y), width: max(1, x(to, in: area).rounded() - left), height: Double(bar.height), tone
        )
    }

    /// Round numbers along the bar, and the last step at its end.
    private func numbers(in area: PixelRect, _ style: PanelStyle) throws(RasterError) -> [Drawing.Shape] {
        let bar = bar(in: area, style)
        let baseline = Double(area.y + Rows(style).numbers + style.label.ascent)
        let last = "\(steps) steps"
        let right = Double(bar.right)
        let end = right - Double(try style.label.measure(last).width + style.labelGap)
        var shapes: [Drawing.Shape] = [.text(last, at: Point(right, baseline), align: .right, style.label)]
        let room = try style.label.measure("\(steps)").width + style.labelGap * 2
        let every = TimeBar.roundNumber(atLeast: Double(steps) * Double(room) / Double(max(1, bar.width)))
        for step in stride(from: 0, to: steps, by: every) {
            let half = Double(try style.label.measure("\(step)").width) / 2
            let middle = max(x(step, in: area), Double(bar.x) + half)
            guard middle + half <= end else { break }
            // Whole pixels: a number of odd width stands half a pixel to the left.
            shapes.append(.text("\(step)", at: Point((middle - half).rounded(), baseline), style.label))
            if step > 0 {
                let tick = Double(style.textGap / 2)
                shapes.append(
                    .rectangle(
                        x: x(step, in: area).rounded(), y: Double(bar.bottom), width: Double(style.lineWidth),
                        height: tick, style.palette.quietInk))
            }
        }
        return shapes
    }

    /// The least of 1, 2, 5, 10, 20, 50, ... that is not below `number`.
    private static func roundNumber(atLeast number: Double) -> Int {
        var unit = 1
        while true {
            for factor in [1, 2, 5] where Double(factor * unit) >= number { return factor * unit }
            unit *= 10
        }
    }

    /// The marker at the present step.
    func marker(at step: Int, in area: PixelRect, _ style: PanelStyle) -> Drawing.Shape {
        let bar = bar(in: area, style)
        let width = max(3, style.body / 4)
        let x = Double(bar.x) + Double(bar.width - width) * Double(min(step, steps)) / Double(steps)
        return .rectangle(
            x: x.rounded(), y: Double(bar.y - style.textGap / 2), width: Double(width),
            height: Double(bar.height + style.textGap / 2), style.palette.page.mixed(with: style.palette.ink, 0.85))
    }
}
