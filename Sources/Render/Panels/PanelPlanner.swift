import GNCARaster

/// Places the parts of panels, for films and for figures: title and number above, tiles with their labels, the legend
/// below.
struct PanelPlanner {
    /// The cells of one tile, as a rectangle at the origin.
    let grid: PixelRect
    let style: PanelStyle

    /// `columns`, `rows`: cells of one tile.
    init(columns: Int, rows: Int, _ style: PanelStyle) {
        grid = PixelRect(x: 0, y: 0, width: columns, height: rows)
        self.style = style
    }

    /// The scale at which the panel's tiles fill a box about as large as the picture, and at least 32 pixels each.
    func scale(for content: PanelContent, box: (width: Int, height: Int)) -> Int {
        let gaps = (x: (content.columns - 1) * style.tileGap, y: (content.rows - 1) * style.tileGap)
        // A tenth more than the picture looks equal and often saves a whole step of scale.
        let across = (box.width * 11 / 10 - gaps.x) / (content.columns * grid.width)
        let down = (box.height * 11 / 10 - gaps.y) / (content.rows * grid.height)
        let least = (31 + min(grid.width, grid.height)) / min(grid.width, grid.height)
        let scale = max(least, min(across, down))
        guard style.even, scale > 1, scale % 2 == 1 else { return scale }
        return scale - 1 >= least ? scale - 1 : scale + 1
    }

    /// Height of the line of titles and numbers that `content` needs; 0 where it has neither.
    func headerHeight(of content: PanelContent, scale: Int) throws(RasterError) -> Int {
        if content.title.isEmpty && content.widestReading == nil { return 0 }
        let line = style.title.lineHeight
        guard content.wrapsTitle, !content.title.isEmpty else { return style.snap(line + style.textGap) }
        let width = try titleWidth(of: content, width: widths(of: content, scale: scale).panel)
        let lines = try style.title.measure(content.title, width: width)
        return style.snap(max(line, lines.height) + style.textGap)
    }

    /// Where everything stands with the panel's top left at the origin and `headerHeight` pixels for the header.
    func place(_ content: PanelContent, scale: Int, headerHeight: Int = 0) throws(RasterError) -> PlacedPanel {
        let widths = try widths(of: content, scale: scale)
        var panel = PlacedPanel(bounds: PixelRect(x: 0, y: 0, width: widths.panel, height: 0), scale: scale)
        try placeHeader(of: content, in: &panel, height: headerHeight)
        let bottom = try placeTiles(of: content, in: &panel, widths, top: headerHeight)
        panel.bounds.height = style.snap(try placeLegend(content.legend, in: &panel, widths, top: bottom))
        return panel
    }

    private func placeHeader(of content: PanelContent, in panel: inout PlacedPanel, height: Int) throws(RasterError) {
        let line = style.title.lineHeight
        let width = try titleWidth(of: content, width: panel.bounds.width)
        if !content.title.isEmpty {
            // Titles stand on what they name: short ones sink to the lowest line of the header.
            let extent = try style.title.measure(content.title, width: content.wrapsTitle ? width : nil)
            let top = height - style.textGap - extent.height
            panel.texts.append(
                PlacedText(content.title, .title, PixelRect(x: 0, y: top, width: width, height: extent.height)))
        }
        if content.widestReading != nil {
            let reading = try readingWidth(of: content)
            panel.reading = PixelRect(
                x: panel.bounds.width - reading, y: height - style.textGap - line, width: reading, height: line)
        }
    }

    /// Places tiles and labels, and returns where the last row ends.
    private func placeTiles(
        of content: PanelContent, in panel: inout PlacedPanel, _ widths: Widths, top: Int
    ) throws(RasterError) -> Int {
        let tile = (width: grid.width * panel.scale, height: grid.height * panel.scale)
        var y = try placeLabels(content.columnLabels[...], in: &panel, widths, top: top)
        for row in 0..<content.rows {
            if row > 0 { y += style.tileGap }
            let places = row * content.columns..<min((row + 1) * content.columns, content.tileCount)
            if !content.tileLabels.isEmpty {
                y = try placeLabels(content.tileLabels[places], in: &panel, widths, top: y)
            }
            var height = tile.height
            if !content.rowLabels.isEmpty {
                let width = widths.rowLabels - style.labelGap
                let words = try style.label.measure(content.rowLabels[row], width: width).height
                height = max(height, words)
                let area = PixelRect(x: 0, y: y + (height - words) / 2, width: width, height: words)
                panel.texts.append(PlacedText(content.rowLabels[row], .caption, area, .right))
            }
            for column in 0..<places.count {
                let x = widths.x(of: column) + style.share(of: widths.column - tile.width)
                panel.tiles.append(
                    PixelRect(x: x, y: y + (height - tile.height) / 2, width: tile.width, height: tile.height))
            }
            y += style.snap(height)
        }
        return y
    }

    /// Places a label above each column and returns where what they name begins. Short ones sink to the lowest line.
    private func placeLabels(
        _ labels: ArraySlice<String>, in panel: inout PlacedPanel, _ widths: Widths, top: Int
    ) throws(RasterError) -> Int {
        guard !labels.isEmpty else { return top }
        var heights: [Int] = []
        for label in labels { heights.append(try style.label.measure(label, width: widths.label).height) }
        let highest = heights.max() ?? 0
        for (column, label) in labels.enumerated() {
            let x = widths.x(of: column) + style.share(of: widths.column - widths.label)
            let area = PixelRect(
                x: x, y: top + highest - heights[column], width: widths.label, height: heights[column])
            panel.texts.append(PlacedText(label, .caption, area, style.align))
        }
        return top + style.snap(highest + style.textGap / 2)
    }

    /// Places the legend below `top`, and returns where it ends.
    private func placeLegend(
        _ legend: Legend, in panel: inout PlacedPanel, _ widths: Widths, top: Int
    ) throws(RasterError) -> Int {
        let y = top + style.labelGap
        let x = widths.rowLabels + style.share(of: widths.tiles - widths.legend)
        let bar = PixelRect(x: x, y: y, width: style.barLength, height: style.barHeight)
        switch legend {
        case .none: return top
        case .diverging(let limit): placeBar(bar, [("−" + limit, .left), ("0", .center), (limit, .right)], in: &panel)
        case .sequential(let limit): placeBar(bar, [("0", .left), (limit, .right)], in: &panel)
        case .swatches(let swatches):
            return try placeSwatches(swatches, in: &panel, x: x, y: y, stacked: widths.stacksSwatches)
        }
        return y + style.barHeight + style.textGap / 2 + style.label.lineHeight
    }

    private func placeBar(
        _ bar: PixelRect, _ ticks: [(text: String, align: TextAlignment)], in panel: inout PlacedPanel
    ) {
        panel.legend.append(bar)
        // Each tick has a third of the bar: they cannot meet.
        let third = bar.width / 3
        for tick in ticks {
            let x =
                switch tick.align {
                case .left: bar.x
                case .center: bar.x + (bar.width - third) / 2
                case .right: bar.right - third
                }
            let area = PixelRect(
                x: x, y: bar.bottom + style.textGap / 2, width: third, height: style.label.lineHeight)
            panel.texts.append(PlacedText(tick.text, .label, area, tick.align))
        }
    }

    /// Returns where they end.
    private func placeSwatches(
        _ swatches: [Legend.Swatch], in panel: inout PlacedPanel, x: Int, y: Int, stacked: Bool
    ) throws(RasterError) -> Int {
        let (side, line) = (style.small, style.label.lineHeight)
        var (left, top) = (x, y)
        for swatch in swatches {
            let width = try style.label.measure(swatch.name).width
            panel.legend.append(PixelRect(x: left, y: top + (line - side) / 2, width: side, height: side))
            let area = PixelRect(x: left + side + style.textGap, y: top, width: width, height: line)
            panel.texts.append(PlacedText(swatch.name, .label, area))
            if stacked { top += line } else { left = area.right + style.labelGap * 2 }
        }
        return stacked ? top : y + line
    }
}

// Widths
extension PanelPlanner {
    /// What a panel's width is made of.
    private struct Widths {
        /// Between columns.
        var gap = 0
        /// Of the row's labels, with their distance to the tiles; 0 where rows have none.
        var rowLabels = 0
        /// Of one column: its tiles, or a wider label.
        var column = 0
        /// In which a column's labels break.
        var label = 0
        /// Of all columns.
        var tiles = 0
        var legend = 0
        var stacksSwatches = false
        var panel = 0

        /// Where a column (index, 0...) begins.
        func x(of column: Int) -> Int { rowLabels + column * (self.column + gap) }
    }

    /// The panel is as wide as the widest of tiles, header and legend. Words may be as narrow as the tiles, but not below
    /// ten letters' room.
    private func widths(of content: PanelContent, scale: Int) throws(RasterError) -> Widths {
        var widths = Widths(gap: style.tileGap)
        let rows = min(try style.label.widest(of: content.rowLabels), max(grid.width * scale, style.small * 10))
        widths.rowLabels = rows == 0 ? 0 : style.snap(rows + style.labelGap)
        // Labels stand further apart than tiles may.
        let apart = max(0, style.labelGap - style.tileGap)
        let room = max(grid.width * scale - apart, style.small * 10)
        let label = min(try style.label.widest(of: content.tileLabels + content.columnLabels), room)
        widths.column = style.snap(max(grid.width * scale, label + apart))
        widths.label = max(widths.column - apart, label)
        widths.tiles = content.columns * (widths.column + style.tileGap) - style.tileGap
        widths.legend = try legendWidth(content.legend)
        if case .swatches(let swatches) = content.legend, style.stacksSwatches, widths.legend > widths.tiles {
            widths.stacksSwatches = true
            widths.legend = style.small + style.textGap + (try style.label.widest(of: swatches.map(\.name)))
        }
        var header = try readingWidth(of: content)
        if !content.title.isEmpty {
            let title = try style.title.measure(content.title).width
            header += content.wrapsTitle ? min(title, style.body * 10) : title
            if content.widestReading != nil { header += style.labelGap * 2 }
        }
        widths.panel = style.snap(
            max(widths.rowLabels + widths.tiles, header, widths.rowLabels + widths.legend))
        return widths
    }

    /// What the reading leaves of the panel's width.
    private func titleWidth(of content: PanelContent, width: Int) throws(RasterError) -> Int {
        guard content.widestReading != nil else { return width }
        return width - (try readingWidth(of: content)) - style.labelGap * 2
    }

    private func readingWidth(of content: PanelContent) throws(RasterError) -> Int {
        guard let widest = content.widestReading else { return 0 }
        return try style.number.measure(widest).width
    }

    /// Of the bar, or of all swatches in a row.
    private func legendWidth(_ legend: Legend) throws(RasterError) -> Int {
        switch legend {
        case .none: return 0
        case .diverging, .sequential: return style.barLength
        case .swatches(let swatches):
            var width = -style.labelGap * 2
            for swatch in swatches {
                let name = try style.label.measure(swatch.name).width
                width += style.small + style.textGap + name + style.labelGap * 2
            }
            return width
        }
    }
}

extension PanelStyle {
    /// What of `room` pixels to spare stands before what is placed.
    fileprivate func share(of room: Int) -> Int {
        switch align {
        case .left: 0
        case .center: max(0, room / 2)
        case .right: max(0, room)
        }
    }
}

extension TextStyle {
    /// Pixels that the widest of `texts` takes, each on one line; 0 for none.
    func widest(of texts: [String]) throws(RasterError) -> Int {
        var widest = 0
        for text in texts { widest = max(widest, try measure(text).width) }
        return widest
    }
}
