import GNCARaster

/// A bar from a film's first step to its last with a marker at the present one. Where training is known, the bar has
/// three parts: steps that training ran through, those after which it applied the loss, and those it never saw.
/// Proportions are those of the "unstable" figure of the Distill article.
public struct TimeBar: Sendable, Equatable {
    /// Steps of the film.
    let steps: Int
    /// Steps after which training applied the loss, inside the film; nil = unknown.
    let trained: ClosedRange<Int>?

    init(steps: Int, trained: ClosedRange<Int>?) {
        self.steps = max(1, steps)
        self.trained = trained.flatMap { $0.lowerBound < steps ? $0.lowerBound...min($0.upperBound, steps) : nil }
    }

    /// Pixels of the strip: labels above and below the bar where there are parts to name, else one line below it.
    func height(_ style: PanelStyle) -> Int { trained == nil ? style.body * 4 : style.body * 41 / 4 }

    /// Pixels to the left and right of the bar.
    static func side(_ style: PanelStyle) -> Int { style.body * 5 / 4 }

    /// Where the bar itself stands within the strip.
    private func bar(in area: PixelRect, _ style: PanelStyle) -> (x: Double, y: Double, width: Double, height: Double) {
        let side = Double(TimeBar.side(style))
        let height = Double(style.body) * (trained == nil ? 1.25 : 1.875)
        let top = trained == nil ? 0.75 : 4.625
        return (
            Double(area.x) + side, Double(area.y) + Double(style.body) * top, Double(area.width) - 2 * side, height
        )
    }

    /// Bar and labels.
    func shapes(in area: PixelRect, _ style: PanelStyle) throws(RasterError) -> [Drawing.Shape] {
        let palette = style.palette
        guard let trained else {
            return part(0, steps, palette.resting, 0.5, in: area, style) + plainLabels(in: area, style)
        }
        var shapes = part(0, steps, palette.unseen, 0.3, in: area, style)
        shapes += part(0, trained.upperBound, palette.life, 0.25, in: area, style)
        shapes += part(trained.lowerBound, trained.upperBound, palette.lossApplied, 0.8, in: area, style)
        shapes += try label("loss applied", trained.lowerBound, trained.upperBound, above: true, in: area, style)
        shapes += try label("seen", 0, trained.upperBound, above: false, in: area, style)
        if trained.upperBound < steps {
            shapes += try label("unseen", trained.upperBound, steps, above: false, in: area, style)
        }
        return shapes
    }

    /// The marker at the present step.
    func marker(at step: Int, in area: PixelRect, _ style: PanelStyle) -> Drawing.Shape {
        let bar = bar(in: area, style)
        let width = Double(style.body) * 0.7
        let x = bar.x + (bar.width - width) * Double(min(step, steps)) / Double(steps)
        return .rectangle(
            x: x.rounded(), y: bar.y, width: width.rounded(), height: bar.height,
            style.palette.page.mixed(with: style.palette.ink, 0.8))
    }

    /// Where a step stands.
    private func x(_ step: Int, in area: PixelRect, _ style: PanelStyle) -> Double {
        let bar = bar(in: area, style)
        return bar.x + bar.width * Double(step) / Double(steps)
    }

    /// A part of the bar in `strength` (0...1) of a colour.
    private func part(
        _ from: Int, _ to: Int, _ tone: Color, _ strength: Float, in area: PixelRect, _ style: PanelStyle
    ) -> [Drawing.Shape] {
        let bar = bar(in: area, style)
        let (left, right) = (x(from, in: area, style), x(to, in: area, style))
        let radius = Double(style.body) * 0.3
        return [
            .rectangle(
                x: left, y: bar.y, width: right - left, height: bar.height, radius: radius,
                style.palette.page.mixed(with: tone, strength)),
            .outline(
                x: left + 0.5, y: bar.y + 0.5, width: right - left - 1, height: bar.height - 1, radius: radius - 0.5,
                lineWidth: 1, style.palette.ink.opacity(0.18)),
        ]
    }

    /// The first and the last step, below the bar.
    private func plainLabels(in area: PixelRect, _ style: PanelStyle) -> [Drawing.Shape] {
        let bar = bar(in: area, style)
        let left = Int(bar.x)
        let baseline = Double(Int(bar.y + bar.height + Double(style.body) * 0.4) + style.label.ascent)
        return [
            .text("0", at: Point(Double(left), baseline), style.label),
            .text("\(steps) steps", at: Point(Double(left + Int(bar.width)), baseline), align: .right, style.label),
        ]
    }

    /// A brace along some steps, its point towards the words in the middle.
    private func label(
        _ words: String, _ from: Int, _ to: Int, above: Bool, in area: PixelRect, _ style: PanelStyle
    ) throws(RasterError) -> [Drawing.Shape] {
        let unit = Double(style.body)
        let text = TextStyle(size: style.body, bold: true, color: style.palette.quietInk)
        let bar = bar(in: area, style)
        let y = above ? bar.y - unit * 0.6 : bar.y + bar.height + unit * 0.9
        let ends = (x(from, in: area, style), x(to, in: area, style))
        let inset = min(unit * 0.25, (ends.1 - ends.0) / 4)
        let (left, right) = (ends.0 + inset, ends.1 - inset)
        let middle = (left + right) / 2
        let hook = unit * 0.3 * (above ? 1 : -1)
        let line = max(1, unit * 0.08)
        let strokes = [
            [Point(left, y + hook), Point(left, y)], [Point(left - line / 2, y), Point(right + line / 2, y)],
            [Point(right, y), Point(right, y + hook)], [Point(middle, y), Point(middle, y - hook)],
        ]
        let width = Double(try text.measure(words).width)
        // Words of a narrow part near the edge still begin on the page.
        let start = max(Double(area.x) + unit / 2, min(middle - width / 2, Double(area.right) - unit / 2 - width))
        let top = above ? y - unit * 0.6 - Double(text.lineHeight) : y + unit * 0.6
        let baseline = top.rounded() + Double(text.ascent)
        return strokes.map { .line($0, lineWidth: line, text.color) }
            + [.text(words, at: Point(start.rounded(), baseline), text)]
    }
}
