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
    func height(_ type: TypeScale) -> Int { trained == nil ? type.body * 4 : type.body * 41 / 4 }

    /// Pixels to the left and right of the bar.
    static func side(_ type: TypeScale) -> Int { type.body * 5 / 4 }

    /// Where the bar itself stands within the strip.
    private func bar(in area: PixelRect, _ type: TypeScale) -> (x: Double, y: Double, width: Double, height: Double) {
        let side = Double(TimeBar.side(type))
        let height = Double(type.body) * (trained == nil ? 1.25 : 1.875)
        let top = trained == nil ? 0.75 : 4.625
        return (
            Double(area.x) + side, Double(area.y) + Double(type.body) * top, Double(area.width) - 2 * side, height
        )
    }

    /// Bar and labels.
    func draw(
        in area: PixelRect, type: TypeScale, _ palette: ThemeColors, on canvas: borrowing Canvas
    ) throws(RasterError) {
        let bar = bar(in: area, type)
        let unit = Double(type.body)
        let radius = unit * 0.3
        func x(_ step: Int) -> Double { bar.x + bar.width * Double(step) / Double(steps) }
        func part(_ from: Int, _ to: Int, _ tone: Color, _ strength: Float) {
            let color = palette.page.mixed(with: tone, strength)
            canvas.fillRounded(
                x: x(from), y: bar.y, width: x(to) - x(from), height: bar.height, radius: radius, color)
            canvas.strokeRounded(
                x: x(from) + 0.5, y: bar.y + 0.5, width: x(to) - x(from) - 1, height: bar.height - 1,
                radius: radius - 0.5, lineWidth: 1, palette.ink.opacity(0.18))
        }
        guard let trained else {
            part(0, steps, palette.resting, 0.5)
            let y = Int(bar.y + bar.height + unit * 0.4)
            let width = Int(bar.width)
            try canvas.text("0", x: Int(bar.x), y: y, width: width, type.label(palette))
            try canvas.text("\(steps) steps", x: Int(bar.x), y: y, width: width, align: .right, type.label(palette))
            return
        }
        part(0, steps, palette.unseen, 0.3)
        part(0, trained.upperBound, palette.life, 0.25)
        part(trained.lowerBound, trained.upperBound, palette.lossApplied, 0.8)
        let above = bar.y - unit * 0.6
        let below = bar.y + bar.height + unit * 0.9
        let style = TextStyle(size: type.body, bold: true, color: palette.quietInk)
        try label(
            "loss applied", over: x(trained.lowerBound)...x(trained.upperBound), y: above, rises: true, area, style,
            canvas)
        try label("seen", over: x(0)...x(trained.upperBound), y: below, rises: false, area, style, canvas)
        if trained.upperBound < steps {
            try label("unseen", over: x(trained.upperBound)...x(steps), y: below, rises: false, area, style, canvas)
        }
    }

    /// A brace along `range`, its point towards the words in the middle.
    private func label(
        _ words: String, over range: ClosedRange<Double>, y: Double, rises: Bool, _ area: PixelRect, _ style: TextStyle,
        _ canvas: borrowing Canvas
    ) throws(RasterError) {
        let unit = Double(style.size)
        let inset = min(unit * 0.25, (range.upperBound - range.lowerBound) / 4)
        let (left, right) = (range.lowerBound + inset, range.upperBound - inset)
        let middle = (left + right) / 2
        let hook = unit * 0.3 * (rises ? 1 : -1)
        let line = max(1, unit * 0.08)
        let color = style.color
        canvas.line(from: Point(left, y + hook), to: Point(left, y), lineWidth: line, color)
        canvas.line(from: Point(left - line / 2, y), to: Point(right + line / 2, y), lineWidth: line, color)
        canvas.line(from: Point(right, y), to: Point(right, y + hook), lineWidth: line, color)
        canvas.line(from: Point(middle, y), to: Point(middle, y - hook), lineWidth: line, color)
        let width = Double(try style.measure(words).width)
        // Words of a narrow part near the edge still begin on the page.
        let x = max(Double(area.x) + unit / 2, min(middle - width / 2, Double(area.right) - unit / 2 - width))
        let top = rises ? y - unit * 0.6 - Double(style.lineHeight) : y + unit * 0.6
        try canvas.text(words, x: Int(x.rounded()), y: Int(top.rounded()), style)
    }

    /// The marker at the present step.
    func drawMarker(
        at step: Int, in area: PixelRect, type: TypeScale, _ palette: ThemeColors, on canvas: borrowing Canvas
    ) {
        let bar = bar(in: area, type)
        let width = Double(type.body) * 0.7
        let x = bar.x + (bar.width - width) * Double(min(step, steps)) / Double(steps)
        canvas.fill(
            x: x.rounded(), y: bar.y, width: width.rounded(), height: bar.height,
            palette.page.mixed(with: palette.ink, 0.8))
    }
}
