import GNCARaster

/// Pictures of one size in rows and columns, with words around them and a legend below: one panel as a figure's page.
public struct PanelGrid: Sendable {
    /// What one tile shows.
    public enum Panel: Sendable {
        /// A pixel a cell, or a whole number of pixels a side of a cell.
        case cells(Mosaic)
        /// A 3x3 filter, row-major, in colours of -limit...limit.
        case filter([Float], limit: Float)
    }

    /// Cells of a tile.
    private let width: Int
    private let height: Int
    private let columns: Int
    /// Row by row.
    private let panels: [Panel]
    /// Above each tile; empty for none.
    public var titles: [String] = []
    /// Below each tile; empty for none.
    public var notes: [String] = []
    /// Above each column; empty for none.
    public var columnTitles: [String] = []
    /// To the left of each row; empty for none.
    public var rowTitles: [String] = []
    /// Over each tile; empty for none.
    public var marks: [[PanelMark]] = []
    /// Below all tiles.
    public var key = Legend.none
    /// Between tiles, cells; nil: as the text's size has it.
    private let gap: Int?
    /// Whether hairlines stand around the tiles, and a margin around all.
    private let isFramed: Bool
    private let palette: ThemeColors
    /// Of the page.
    private let ground: Color

    /// `columns`: tiles a row; `panels`: row by row; `width`, `height`: cells of a tile, nil for the request's grid.
    public init(_ request: FigureRequest, width: Int? = nil, height: Int? = nil, columns: Int, panels: [Panel]) {
        self.width = width ?? request.grid.width
        self.height = height ?? request.grid.height
        self.columns = columns
        self.panels = panels
        gap = request.gap
        isFramed = request.showsCaptions
        palette = request.palette
        ground = request.ground.colours.even
    }

    /// The least number of pixels a cell in which every tile's pixels are whole ones.
    public var pixels: Int {
        let scales = panels.map { if case .cells(let mosaic) = $0 { max(1, mosaic.width / width) } else { 1 } }
        return scales.leastCommonMultiple
    }

    /// The page, with `length` pixels a cell and text of `fontSize` pixels. Throws where a character has no font.
    public func drawing(length: Int, fontSize: Int) throws(RasterError) -> Drawing {
        let gap = gap.map { $0 * length } ?? (isFramed ? nil : length)
        let style = PanelStyle(
            fontSize: fontSize, tileGap: gap, barLength: columns * width * length, palette)
        let panel = try PanelPlanner(columns: width, rows: height, style).place(content, scale: length)
        let margin = isFramed ? style.margin : 0
        var drawing = Drawing(
            width: panel.bounds.width + 2 * margin, height: panel.bounds.height + 2 * margin, ground: ground)
        let placed = panel.moved(x: margin, y: margin)
        for (panel, tile) in zip(panels, placed.tiles) {
            switch panel {
            case .cells(let mosaic):
                drawing.add(.cells(mosaic, x: tile.x, y: tile.y, scale: length * width / mosaic.width))
            case .filter(let numbers, let limit): draw(numbers, limit, in: tile, style, &drawing)
            }
        }
        for (marks, tile) in zip(marks, placed.tiles) {
            for mark in marks { draw(mark, in: tile, scale: length, style, &drawing) }
        }
        try drawing.add(placed, key, style, isFramed: isFramed)
        return drawing
    }

    private func draw(
        _ mark: PanelMark, in tile: PixelRect, scale: Int, _ style: PanelStyle, _ drawing: inout Drawing
    ) {
        let points = mark.points.map {
            Point(Double(tile.x) + $0.x * Double(scale), Double(tile.y) + $0.y * Double(scale))
        }
        drawing.add(.line(points, lineWidth: mark.weight * Double(style.lineWidth), mark.color))
    }

    private var content: PanelContent {
        var content = PanelContent(title: "", columns: columns, tileCount: panels.count)
        content.tileLabels = titles
        content.tileNotes = notes
        content.columnLabels = columnTitles
        content.rowLabels = rowTitles
        content.legend = key
        return content
    }

    /// Nine squares with their numbers.
    private func draw(
        _ numbers: [Float], _ limit: Float, in tile: PixelRect, _ style: PanelStyle, _ drawing: inout Drawing
    ) {
        let (side, tall) = (Double(tile.width) / 3, Double(tile.height) / 3)
        for (index, number) in numbers.enumerated() {
            let (left, top) = (Double(tile.x) + Double(index % 3) * side, Double(tile.y) + Double(index / 3) * tall)
            let color = Color(palette.diverging.pixel(for: number / limit))
            drawing.add(.rectangle(x: left, y: top, width: side, height: tall, color))
            drawing.add(
                .outline(
                    x: left, y: top, width: side, height: tall, lineWidth: Double(style.lineWidth), palette.line))
            var text = style.label
            text.color = color.luma > 0.5 ? Color(hex: 0x1A1D21) : .white
            let baseline = top + tall / 2 + Double(text.size) * 0.36
            drawing.add(.text(number.figureText, at: Point(left + side / 2, baseline), align: .center, text))
        }
    }
}

/// A figure that is one grid of panels.
public protocol PanelFigure: Figure {
    /// What it shows.
    var panels: PanelGrid { get }
}

extension PanelFigure {
    /// As its tiles have it.
    public var pixels: Int { panels.pixels }

    /// The page, with `length` pixels a cell and text of `fontSize` pixels.
    public func drawing(length: Int, fontSize: Int) throws -> Drawing {
        try panels.drawing(length: length, fontSize: fontSize)
    }
}

extension Color {
    /// 0...1, Rec. 709 weights on the encoded values.
    fileprivate var luma: Float { 0.2126 * red + 0.7152 * green + 0.0722 * blue }
}

extension Float {
    /// At most two decimals, with a real minus: "−1", "0.71"; of what is larger than anything that is drawn to scale, as many
    /// digits as it has: "1e+18".
    var figureText: String {
        guard magnitude < 1e9 else { return self < 0 ? "−\(magnitude)" : "\(magnitude)" }
        let hundredths = Int((self * 100).rounded())
        let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
        var text = "\(whole)"
        if rest > 0 { text += "." + (rest % 10 == 0 ? "\(rest / 10)" : String("\(100 + rest)".dropFirst())) }
        return hundredths < 0 ? "−" + text : text
    }
}
