import GNCARaster

/// Panels below one another along one axis of steps: a line and a band a model in each, and rules where something happens.
struct BandPlot: Sendable {
    struct Panel {
        /// What its numbers are.
        let title: String
        let scale: PlotScale
        /// `[model][moment]`
        let bands: [[CurveRuns.Band]]
    }

    private let panels: [Panel]
    /// One a model.
    private let names: [String]
    private let steps: [Double]
    private let events: EventRules
    /// What lines and bands are.
    private let note: String
    private let palette: ThemeColors
    private let ground: Color

    init(
        _ request: FigureRequest, panels: [Panel], names: [String], moments: [RunMoment],
        events: [RunMoment], note: String
    ) {
        self.panels = panels
        self.names = names
        self.note = note
        steps = moments.map { Double($0.step) }
        self.events = EventRules(events)
        palette = request.palette
        ground = request.ground.colours.even
    }

    private func colour(_ index: Int) -> Color { palette.series[index % palette.series.count] }

    /// The page, `width` pixels wide, with text of `fontSize` pixels. Throws `RenderError` where the text is too large for
    /// it, `RasterError` where a character has no font.
    func drawing(width: Int, fontSize: Int) throws -> Drawing {
        let text = TextStyle(size: fontSize, color: palette.quietInk)
        let size = Double(fontSize)
        var labelWidth = 0.0
        for panel in panels { labelWidth = max(labelWidth, try panel.scale.labelWidth(text)) }
        let last = steps.last ?? 1
        let overhang = Double(try text.measure(Plot.label(last)).width) / 2 + size * 0.75
        var area = PlotArea(
            left: labelWidth + size * 2.2, top: 0, right: Double(width) - max(overhang, size * 1.6), bottom: 0,
            xs: 0...max(last, 1))
        guard area.right - area.left >= 10 * size else {
            throw RenderError.invalid(
                "the plot has no room (got \(width) pixels for text of \(fontSize) pixels)", remedy: .moreRoom)
        }
        let key = try PlotKey(
            names: names, note: note, text, left: size * 1.6, right: Double(width) - size * 1.6, band: 0.25)
        let marks = try events.placed(area, left: size * 1.6, text)
        let height = max(6 * size, (Double(width) * 0.155).rounded())
        let first = size * 2 + key.height + marks.height + size * 1.2
        let apart = height + size * 2.6
        let areas = panels.indices.map { index in
            var place = area
            place.top = first + apart * Double(index)
            place.bottom = place.top + height
            return place
        }
        area = areas[areas.count - 1]
        var drawing = Drawing(width: width, height: Int((area.bottom + size * 4).rounded(.up)), ground: ground)
        key.draw(colour, top: size * 1.2, text, &drawing)
        marks.draw(in: areas, text, palette, &drawing)
        for (panel, place) in zip(panels, areas) { draw(panel, place, text, &drawing) }
        area.drawSteps(text, palette, &drawing)
        let middle = (area.left + area.right) / 2
        drawing.add(.text("step", at: Point(middle, area.bottom + size * 3), align: .center, text))
        return drawing
    }

    private func draw(_ panel: Panel, _ area: PlotArea, _ text: TextStyle, _ drawing: inout Drawing) {
        let size = Double(text.size)
        panel.scale.draw(in: area, text, palette, &drawing)
        for (model, bands) in panel.bands.enumerated() {
            for part in Self.parts(bands, { !$0.low.isNaN && !$0.high.isNaN }) {
                let upper = part.map { point($0, bands[$0].high, panel.scale, area) }
                let lower = part.reversed().map { point($0, bands[$0].low, panel.scale, area) }
                drawing.add(.polygon(upper + lower, colour(model).opacity(0.25)))
            }
        }
        for (model, bands) in panel.bands.enumerated() {
            for part in Self.parts(bands, { panel.scale.depth($0.median) != nil }) {
                let line = part.map { point($0, bands[$0].median, panel.scale, area) }
                drawing.add(.line(line, lineWidth: max(1, size / 8), colour(model)))
            }
        }
        area.drawEdges(text, palette, &drawing)
        drawing.add(
            .text(
                panel.title, at: Point(area.left, area.top - size * 0.7), TextStyle(size: text.size, color: palette.ink)
            ))
    }

    private func point(_ moment: Int, _ value: Double, _ scale: PlotScale, _ area: PlotArea) -> Point {
        Point(area.x(steps[moment]), area.y(scale.heldDepth(value) ?? 1))
    }

    /// Moments that follow one another and of which `holds` is true, two at least.
    private static func parts(_ bands: [CurveRuns.Band], _ holds: (CurveRuns.Band) -> Bool) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = 0
        for index in 0...bands.count where index == bands.count || !holds(bands[index]) {
            if index - start > 1 { parts.append(start..<index) }
            start = index + 1
        }
        return parts
    }
}
