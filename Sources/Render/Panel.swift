import GNCARaster

/// What one picture with its words consists of, before anybody knows where it stands.
public struct PanelContent: Sendable, Equatable {
    /// Above the tiles, flush left; empty for none.
    public var title: String
    /// Titles that users wrote may need several lines.
    public var wrapsTitle = false
    /// The widest number that may stand above the tiles, flush right; nil for none.
    public var widestReading: String?
    /// Tiles a row.
    public var columns: Int
    /// Tiles in all, each a picture of the grid, row by row.
    public var tileCount: Int
    /// Above every tile; empty for none, else `tileCount` of them.
    public var tileLabels: [String] = []
    /// Above the first row; empty for none, else `columns` of them.
    public var columnLabels: [String] = []
    /// To the left of every row; empty for none.
    public var rowLabels: [String] = []
    /// Below the tiles.
    public var legend: Legend = .none

    public init(title: String, columns: Int = 1, tileCount: Int = 1) {
        self.title = title
        self.columns = columns
        self.tileCount = tileCount
    }

    var rows: Int { (tileCount + columns - 1) / columns }
}

/// What colours mean.
public enum Legend: Sendable, Equatable {
    case none
    /// Blue to red, from -limit to limit.
    case diverging(limit: String)
    /// From 0 to limit.
    case sequential(limit: String)
    /// Squares of one colour each and their names.
    case swatches([Swatch])

    /// One colour and what it means.
    public struct Swatch: Sendable, Equatable {
        public var color: Color
        public var name: String

        public init(color: Color, name: String) {
            self.color = color
            self.name = name
        }
    }
}

/// A panel with its place: every rectangle in pixels of the page.
struct PlacedPanel: Sendable, Equatable {
    /// All that belongs to the panel, but for the hairlines one pixel outside of its tiles.
    var bounds: PixelRect
    /// Pixels a cell.
    var scale: Int
    var tiles: [PixelRect]
    var texts: [PlacedText]
    /// Where the number stands, flush right.
    var reading: PixelRect?
    /// Where the legend's bar stands, or each swatch.
    var legend: [PixelRect]

    mutating func move(x: Int, y: Int) {
        bounds = bounds.moved(x: x, y: y)
        tiles = tiles.map { $0.moved(x: x, y: y) }
        texts = texts.map { PlacedText($0.text, $0.role, $0.area.moved(x: x, y: y), $0.align) }
        reading = reading?.moved(x: x, y: y)
        legend = legend.map { $0.moved(x: x, y: y) }
    }
}

/// Words that never change, and where they stand.
struct PlacedText: Sendable, Equatable {
    enum Role: Sendable, Equatable {
        case title
        case label
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
}

/// Places the parts of panels: title and number above, tiles with their labels, the legend below.
struct PanelPlanner {
    let grid: PixelRect
    let type: TypeScale
    let palette: ThemeColors

    /// `grid`: cells, as a rectangle at the origin.
    init(columns: Int, rows: Int, type: TypeScale, palette: ThemeColors) {
        grid = PixelRect(x: 0, y: 0, width: columns, height: rows)
        self.type = type
        self.palette = palette
    }

    /// The scale at which the panel's tiles fill a box about as large as the picture, and at least 32 pixels each.
    func scale(for content: PanelContent, box: (width: Int, height: Int)) -> Int {
        let gaps = (x: (content.columns - 1) * type.tileGap, y: (content.rows - 1) * type.tileGap)
        // A tenth more than the picture looks equal and often saves a whole step of scale.
        let across = (box.width * 11 / 10 - gaps.x) / (content.columns * grid.width)
        let down = (box.height * 11 / 10 - gaps.y) / (content.rows * grid.height)
        let least = (31 + min(grid.width, grid.height)) / min(grid.width, grid.height)
        let scale = max(least, min(across, down))
        guard type.even, scale > 1, scale % 2 == 1 else { return scale }
        return scale - 1 >= least ? scale - 1 : scale + 1
    }

    private var labelHeight: Int { type.snap(type.label(palette).lineHeight + type.textGap / 2) }

    /// Height of the line of titles and numbers that `content` needs; 0 where it has neither.
    func headerHeight(of content: PanelContent, scale: Int) throws(RasterError) -> Int {
        if content.title.isEmpty && content.widestReading == nil { return 0 }
        let line = type.title(palette).lineHeight
        guard content.wrapsTitle, !content.title.isEmpty else { return type.snap(line + type.textGap) }
        let width = try titleWidth(of: content, width: panelWidth(of: content, scale: scale))
        let lines = try type.title(palette).measure(content.title, width: width)
        return type.snap(max(line, lines.height) + type.textGap)
    }

    /// Where everything stands with the panel's top left at the origin and `headerHeight` pixels for the header.
    func place(_ content: PanelContent, scale: Int, headerHeight: Int) throws(RasterError) -> PlacedPanel {
        let width = try panelWidth(of: content, scale: scale)
        var panel = PlacedPanel(
            bounds: PixelRect(x: 0, y: 0, width: width, height: 0), scale: scale, tiles: [], texts: [], legend: [])
        try placeHeader(of: content, in: &panel, height: headerHeight)
        let bottom = try placeTiles(of: content, in: &panel, top: headerHeight)
        panel.bounds.height = type.snap(try placeLegend(content.legend, in: &panel, top: bottom))
        return panel
    }

    private func placeHeader(of content: PanelContent, in panel: inout PlacedPanel, height: Int) throws(RasterError) {
        let line = type.title(palette).lineHeight
        let width = try titleWidth(of: content, width: panel.bounds.width)
        if !content.title.isEmpty {
            // Titles stand on what they name: short ones sink to the lowest line of the header.
            let extent = try type.title(palette).measure(content.title, width: content.wrapsTitle ? width : nil)
            let top = height - type.textGap - extent.height
            panel.texts.append(
                PlacedText(
                    content.title, .title, PixelRect(x: 0, y: top, width: width, height: extent.height)))
        }
        if content.widestReading != nil {
            let reading = try readingWidth(of: content)
            panel.reading = PixelRect(
                x: panel.bounds.width - reading, y: height - type.textGap - line, width: reading, height: line)
        }
    }

    /// Places tiles and labels, and returns where the last row ends.
    private func placeTiles(of content: PanelContent, in panel: inout PlacedPanel, top: Int) throws(RasterError) -> Int
    {
        let tile = (width: grid.width * panel.scale, height: grid.height * panel.scale)
        let line = type.label(palette).lineHeight
        let columnWidth = try columnWidth(of: content, scale: panel.scale)
        let rowLabelWidth = try rowLabelWidth(of: content)
        var y = top
        if !content.columnLabels.isEmpty {
            for (column, text) in content.columnLabels.enumerated() {
                let x = rowLabelWidth + column * (columnWidth + type.tileGap)
                panel.texts.append(
                    PlacedText(text, .label, PixelRect(x: x, y: y, width: columnWidth, height: line)))
            }
            y += labelHeight
        }
        for index in 0..<content.tileCount {
            let (row, column) = (index / content.columns, index % content.columns)
            if column == 0 && row > 0 { y += type.snap(tile.height) + type.tileGap }
            let x = rowLabelWidth + column * (columnWidth + type.tileGap)
            if !content.tileLabels.isEmpty {
                if column == 0 { y += labelHeight }
                panel.texts.append(
                    PlacedText(
                        content.tileLabels[index], .label,
                        PixelRect(x: x, y: y - labelHeight, width: columnWidth, height: line)))
            }
            if column == 0 && !content.rowLabels.isEmpty {
                let area = PixelRect(
                    x: 0, y: y + (tile.height - line) / 2, width: rowLabelWidth - type.tileGap, height: line)
                panel.texts.append(PlacedText(content.rowLabels[row], .label, area, .right))
            }
            panel.tiles.append(PixelRect(x: x, y: y, width: tile.width, height: tile.height))
        }
        return y + type.snap(tile.height)
    }

    /// Places the legend below `top`, and returns where it ends.
    private func placeLegend(_ legend: Legend, in panel: inout PlacedPanel, top: Int) throws(RasterError) -> Int {
        let label = type.label(palette)
        let y = top + type.tileGap
        let x = panel.tiles.first?.x ?? 0
        switch legend {
        case .none: return top
        case .diverging(let limit):
            let bar = PixelRect(x: x, y: y, width: type.barLength, height: type.barHeight)
            placeScale(bar, [("−" + limit, .left), ("0", .center), (limit, .right)], in: &panel)
        case .sequential(let limit):
            let bar = PixelRect(x: x, y: y, width: type.barLength, height: type.barHeight)
            placeScale(bar, [("0", .left), (limit, .right)], in: &panel)
        case .swatches(let swatches):
            let side = type.small
            var left = x
            for swatch in swatches {
                let width = try label.measure(swatch.name).width
                panel.legend.append(
                    PixelRect(x: left, y: y + (label.lineHeight - side) / 2, width: side, height: side))
                left += side + type.textGap
                panel.texts.append(
                    PlacedText(swatch.name, .label, PixelRect(x: left, y: y, width: width, height: label.lineHeight)))
                left += width + type.tileGap * 2
            }
            return y + label.lineHeight
        }
        return y + type.barHeight + type.textGap / 2 + label.lineHeight
    }

    private func placeScale(
        _ bar: PixelRect, _ ticks: [(text: String, align: TextAlignment)], in panel: inout PlacedPanel
    ) {
        panel.legend.append(bar)
        let line = type.label(palette).lineHeight
        // Each tick has a third of the bar: they cannot meet.
        let third = bar.width / 3
        for tick in ticks {
            let x =
                switch tick.align {
                case .left: bar.x
                case .center: bar.x + (bar.width - third) / 2
                case .right: bar.right - third
                }
            let area = PixelRect(x: x, y: bar.bottom + type.textGap / 2, width: third, height: line)
            panel.texts.append(PlacedText(tick.text, .label, area, tick.align))
        }
    }

    /// The widest of tiles, header and legend. Captions may be as narrow as the tiles, but not below ten letters' room.
    private func panelWidth(of content: PanelContent, scale: Int) throws(RasterError) -> Int {
        let column = try columnWidth(of: content, scale: scale)
        let labels = try rowLabelWidth(of: content)
        let tiles = labels + content.columns * (column + type.tileGap) - type.tileGap
        var header = try readingWidth(of: content)
        if !content.title.isEmpty {
            let title = try type.title(palette).measure(content.title).width
            header += content.wrapsTitle ? min(title, type.body * 10) : title
            if content.widestReading != nil { header += type.tileGap * 2 }
        }
        return type.snap(max(tiles, header, labels + (try legendWidth(content.legend))))
    }

    /// What the reading leaves of the panel's width.
    private func titleWidth(of content: PanelContent, width: Int) throws(RasterError) -> Int {
        guard content.widestReading != nil else { return width }
        return width - (try readingWidth(of: content)) - type.tileGap * 2
    }

    private func readingWidth(of content: PanelContent) throws(RasterError) -> Int {
        guard let widest = content.widestReading else { return 0 }
        return try type.number(palette).measure(widest).width
    }

    private func columnWidth(of content: PanelContent, scale: Int) throws(RasterError) -> Int {
        var width = grid.width * scale
        for text in content.tileLabels + content.columnLabels {
            width = max(width, try type.label(palette).measure(text).width)
        }
        return type.snap(width)
    }

    /// Including the gap to the tiles; 0 where rows have no labels.
    private func rowLabelWidth(of content: PanelContent) throws(RasterError) -> Int {
        var width = 0
        for text in content.rowLabels { width = max(width, try type.label(palette).measure(text).width) }
        return width == 0 ? 0 : type.snap(width + type.tileGap)
    }

    private func legendWidth(_ legend: Legend) throws(RasterError) -> Int {
        switch legend {
        case .none: return 0
        case .diverging, .sequential: return type.barLength
        case .swatches(let swatches):
            var width = -type.tileGap * 2
            for swatch in swatches {
                let name = try type.label(palette).measure(swatch.name).width
                width += type.small + type.textGap + name + type.tileGap * 2
            }
            return width
        }
    }
}
