import GNCABasics
import GNCARaster

/// A panel with its place: every rectangle in pixels of the page.
struct PlacedPanel: Sendable, Equatable {
    /// All that belongs to the panel, but for the hairlines outside of its tiles.
    var bounds: PixelRect
    /// Pixels a cell.
    var scale: Int
    var tiles: [PixelRect] = []
    var texts: [PlacedText] = []
    /// Where the number stands, flush right.
    var reading: PixelRect?
    /// Where the words below the tiles stand, which change.
    var foot: [PlacedText] = []
    /// Where the legend's bar stands, or each swatch.
    var legend: [PixelRect] = []

    func moved(x: Int, y: Int) -> PlacedPanel {
        var panel = self
        panel.bounds = bounds.moved(x: x, y: y)
        panel.tiles = tiles.map { $0.moved(x: x, y: y) }
        panel.texts = texts.map { $0.moved(x: x, y: y) }
        panel.foot = foot.map { $0.moved(x: x, y: y) }
        panel.reading = reading?.moved(x: x, y: y)
        panel.legend = legend.map { $0.moved(x: x, y: y) }
        return panel
    }
}

/// Words that never change, and where they stand.
struct PlacedText: Sendable, Equatable {
    enum Role: Sendable, Equatable {
        case title
        case label
        /// As a label, but broken where its place ends.
        case caption
    }

    var text: String
    var role: Role
    var area: PixelRect
    var align: TextAlignment

    init(_ text: String, _ role: Role, _ area: PixelRect, _ align: TextAlignment = .left) {
        self.text = text
        self.role = role
        self.area = area
        self.align = align
    }

    func moved(x: Int, y: Int) -> PlacedText { PlacedText(text, role, area.moved(x: x, y: y), align) }
}

extension Drawing {
    /// Adds all of a panel that stays the same whatever its tiles show: hairlines where it `isFramed`, the legend, words.
    mutating func add(
        _ panel: PlacedPanel, _ legend: Legend, _ style: PanelStyle, isFramed: Bool
    ) throws(RasterError) {
        if isFramed { for tile in panel.tiles { addHairline(around: tile, style) } }
        switch legend {
        case .none: break
        case .diverging: for bar in panel.legend { addBar(style.palette.diverging.table[1...], in: bar, style) }
        case .sequential: for bar in panel.legend { addBar(style.palette.sequential.table[...], in: bar, style) }
        case .swatches(let swatches):
            for (swatch, place) in zip(swatches, panel.legend) {
                add(.rectangle(place, swatch.color))
                // One in the page's colour would not be seen.
                if swatch.color == style.palette.page { addHairline(around: place.grown(by: -style.lineWidth), style) }
            }
        }
        for text in panel.texts { try add(text, text.role == .title ? style.title : style.label) }
    }

    /// Adds words, a line of text each.
    private mutating func add(_ text: PlacedText, _ style: TextStyle) throws(RasterError) {
        let lines = text.role == .label ? [text.text] : try style.lines(of: text.text, width: text.area.width)
        for (index, line) in lines.enumerated() {
            // The space at which a line breaks would push it off the middle.
            let line = lines.count > 1 ? line.without(ending: " ") ?? line : line
            let baseline = Double(text.area.y + index * style.lineHeight + style.ascent)
            let x =
                switch text.align {
                case .left: Double(text.area.x)
                case .right: Double(text.area.right)
                case .center: try middle(of: line, in: text.area, style)
                }
            add(.text(line, at: Point(x, baseline), align: text.align, style))
        }
    }

    /// Such that the words begin on a whole pixel.
    private func middle(of line: String, in area: PixelRect, _ style: TextStyle) throws(RasterError) -> Double {
        let width = try style.measure(line).width
        return Double(area.x + (area.width - width) / 2) + Double(width) / 2
    }

    private mutating func addHairline(around area: PixelRect, _ style: PanelStyle) {
        let half = Double(style.lineWidth) / 2
        add(
            .outline(
                x: Double(area.x) - half, y: Double(area.y) - half, width: Double(area.width) + 2 * half,
                height: Double(area.height) + 2 * half, lineWidth: 2 * half, style.palette.line))
    }

    /// A bar of all colours, one rectangle each: it lies over the rest of the one before it, so that no seam can show.
    private mutating func addBar(_ colours: ArraySlice<PackedPixel>, in bar: PixelRect, _ style: PanelStyle) {
        addHairline(around: bar, style)
        var last: PackedPixel?
        for x in 0..<bar.width {
            let colour = colours[colours.startIndex + (x * 2 + 1) * colours.count / (bar.width * 2)]
            // Translucent ones cannot lie over each other.
            let isOpaque = colour.pixel.alpha == 255
            guard colour != last || !isOpaque else { continue }
            last = colour
            add(
                .rectangle(
                    PixelRect(x: bar.x + x, y: bar.y, width: isOpaque ? bar.width - x : 1, height: bar.height),
                    Color(colour)))
        }
    }
}

extension Drawing.Shape {
    /// A filled rectangle of whole pixels.
    static func rectangle(_ area: PixelRect, _ color: Color) -> Drawing.Shape {
        .rectangle(
            x: Double(area.x), y: Double(area.y), width: Double(area.width), height: Double(area.height), color)
    }
}
