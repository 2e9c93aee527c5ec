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

    /// What stands above the tiles, in pixels: the same for all panels of a film, so that their tiles share a top edge.
    struct Header {
        /// Titles and numbers.
        var words = 0
        /// Labels of the first row, and of the columns.
        var labels = 0

        var height: Int { words + labels }

        func united(with other: Header) -> Header {
            Header(words: max(words, other.words), labels: max(labels, other.labels))
        }
    }

    /// How tiles stand in the room that they have.
    enum Spread {
        /// The style's gaps apart.
        case close
        /// As far apart as makes them fill an area to the last pixel.
        case filling(width: Int, height: Int)
        /// In the middle of a box.
        case centred(width: Int, height: Int)
    }

    /// What `content` needs above its tiles.
    func header(of content: PanelContent, scale: Int, spread: Spread) throws(RasterError) -> Header {
        let widths = try widths(of: content, scale: scale, spread)
        var header = Header(labels: try labelsHeight(of: content, widths))
        if content.title.isEmpty && content.widestReading == nil { return header }
        let line = style.title.lineHeight
        header.words = style.snap(line + style.textGap)
        guard content.wrapsTitle, !content.title.isEmpty else { return header }
        let width = try titleWidth(of: content, width: widths.panel)
        let lines = try style.title.measure(content.title, width: width)
        header.words = style.snap(max(line, lines.height) + style.textGap)
        return header
    }

    /// Of the columns' labels, and of those of the first row.
    private func labelsHeight(of content: PanelContent, _ widths: Widths) throws(RasterError) -> Int {
        let rows = try heights(of: content.tileLabels, in: content, widths)
        return try labelHeight(content.columnLabels[...], widths) + (rows.first ?? 0)
    }

    /// Where everything stands with the panel's top left at the origin. `header`: nil for what the panel itself needs.
    func place(
        _ content: PanelContent, scale: Int, header: Header? = nil, spread: Spread = .close
    ) throws(RasterError) -> PlacedPanel {
        let widths = try widths(of: content, scale: scale, spread)
        let own = Header(labels: try labelsHeight(of: content, widths))
        let header = header ?? own
        var panel = PlacedPanel(bounds: PixelRect(x: 0, y: 0, width: widths.panel, height: 0), scale: scale)
        // Titles stand on what they name, whatever labels other panels have.
        try placeHeader(of: content, in: &panel, height: header.height - own.labels)
        let bottom = try placeTiles(of: content, in: &panel, widths, top: header.height, spread)
        let end = max(
            try placeLegend(content.legend, in: &panel, widths, top: bottom),
            try placeFoot(of: content, in: &panel, bottom))
        panel.bounds.height = style.snap(end)
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
        of content: PanelContent, in panel: inout PlacedPanel, _ widths: Widths, top: Int, _ spread: Spread
    ) throws(RasterError) -> Int {
        let tile = (width: grid.width * panel.scale, height: grid.height * panel.scale)
        let labels = try heights(of: content.tileLabels, in: content, widths)
        let rows = try rowHeights(of: content, tileHeight: tile.height, widths)
        let notes = try heights(of: content.tileNotes, in: content, widths)
        let gap = if case .filling = spread { 0 } else { style.tileGap }
        let natural =
            zip(rows, labels).reduce(-labels[0] - gap) { $0 + $1.0 + $1.1 + gap } + notes.reduce(0, +)
        var (start, spare, end) = (top, 0, top + natural)
        switch spread {
        case .close: break
        case .filling(_, let height):
            spare = content.rows > 1 ? max(0, height - natural) : 0
            end = top + max(natural, height)
        case .centred(_, let height):
            start += style.snapDown(max(0, height - natural) / 2)
            end = top + max(natural, height)
        }
        try placeLabels(content.columnLabels[...], in: &panel, widths, bottom: start - labels[0])
        var y = start
        for row in 0..<content.rows {
            if row > 0 { y += rows[row - 1] + notes[row - 1] + gap + labels[row] }
            let top = y + style.position(of: row, of: content.rows, size: 0, in: spare)
            let places = row * content.columns..<min((row + 1) * content.columns, content.tileCount)
            if !content.tileLabels.isEmpty {
                try placeLabels(content.tileLabels[places], in: &panel, widths, bottom: top)
            }
            if !content.tileNotes.isEmpty {
                try placeNotes(content.tileNotes[places], in: &panel, widths, top: top + rows[row])
            }
            if !content.rowLabels.isEmpty {
                let width = widths.rowLabels - style.labelGap
                let words = try style.label.measure(content.rowLabels[row], width: width).height
                let area = PixelRect(x: 0, y: top + (rows[row] - words) / 2, width: width, height: words)
                panel.texts.append(PlacedText(content.rowLabels[row], .caption, area, .right))
            }
            for column in 0..<places.count {
                let inset =
                    if case .centred = spread {
                        style.snapDown(max(0, widths.tiles - tile.width) / 2)
                    } else {
                        style.share(of: widths.column - tile.width)
                    }
                panel.tiles.append(
                    PixelRect(
                        x: widths.x(of: column, style) + inset, y: top + style.snapDown((rows[row] - tile.height) / 2),
                        width: tile.width, height: tile.height))
            }
        }
        return end
    }

    /// Height of every row: its tiles, or the words beside them where these are higher.
    private func rowHeights(
        of content: PanelContent, tileHeight: Int, _ widths: Widths
    ) throws(RasterError) -> [Int] {
        var heights: [Int] = []
        for row in 0..<content.rows {
            let words =
                content.rowLabels.isEmpty
                ? 0
                : try style.label.measure(content.rowLabels[row], width: widths.rowLabels - style.labelGap).height
            heights.append(style.snap(max(tileHeight, words)))
        }
        return heights
    }

    /// What words take that stand above or below the tiles of each row: `words` has one a tile, or none.
    private func heights(of words: [String], in content: PanelContent, _ widths: Widths) throws(RasterError) -> [Int] {
        var heights: [Int] = []
        for row in 0..<content.rows {
            let places = row * content.columns..<min((row + 1) * content.columns, content.tileCount)
            heights.append(words.isEmpty ? 0 : try labelHeight(words[places], widths))
        }
        return heights
    }

    private func labelHeight(_ labels: ArraySlice<String>, _ widths: Widths) throws(RasterError) -> Int {
        var highest = 0
        for label in labels { highest = max(highest, try style.label.measure(label, width: widths.label).height) }
        return labels.isEmpty ? 0 : style.snap(highest + style.textGap / 2)
    }

    /// Places a label above each column, such that they end at `bottom` with their distance to what they name.
    private func placeLabels(
        _ labels: ArraySlice<String>, in panel: inout PlacedPanel, _ widths: Widths, bottom: Int
    ) throws(RasterError) {
        for (column, label) in labels.enumerated() {
            let height = try style.label.measure(label, width: widths.label).height
            place(label, of: column, in: &panel, widths, y: bottom - style.textGap / 2 - height, height: height)
        }
    }

    /// Places a note below each tile of a row that ends at `top`.
    private func placeNotes(
        _ notes: ArraySlice<String>, in panel: inout PlacedPanel, _ widths: Widths, top: Int
    ) throws(RasterError) {
        for (column, note) in notes.enumerated() where !note.isEmpty {
            let height = try style.label.measure(note, width: widths.label).height
            place(note, of: column, in: &panel, widths, y: top + style.textGap / 2, height: height)
        }
    }

    private func place(
        _ words: String, of column: Int, in panel: inout PlacedPanel, _ widths: Widths, y: Int, height: Int
    ) {
        let x = widths.x(of: column, style) + style.share(of: widths.column - widths.label)
        let area = PixelRect(x: x, y: y, width: widths.label, height: height)
        panel.texts.append(PlacedText(words, .caption, area, style.align))
    }

    /// Places the words below the tiles, and returns where they end: two side by side, or each in a line of its own.
    private func placeFoot(of content: PanelContent, in panel: inout PlacedPanel, _ top: Int) throws(RasterError) -> Int
    {
        guard !content.foot.isEmpty else { return top }
        panel.foot = try style.line(
            of: content.foot, in: PixelRect(x: 0, y: top + style.textGap, width: panel.bounds.width, height: 0))
        return panel.foot.last?.area.bottom ?? top
    }

    /// Places the legend below `top`, and returns where it ends.
    private func placeLegend(
        _ legend: Legend, in panel: inout PlacedPanel, _ widths: Widths, top: Int
    ) throws(RasterError) -> Int {
        let y = top + style.labelGap
        let x = widths.rowLabels + style.share(of: widths.tiles - widths.legend)
        let bar = PixelRect(x: x, y: y, width: widths.legend, height: style.barHeight)
        switch legend {
        case .none: return top
        case .diverging(let limit): placeBar(bar, [("−" + limit, .left), ("0", .center), (limit, .right)], in: &panel)
        case .sequential(let from, let limit): placeBar(bar, [(from, .left), (limit, .right)], in: &panel)
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
