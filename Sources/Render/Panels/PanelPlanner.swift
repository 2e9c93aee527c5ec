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

    /// Tiles a row and pixels a cell such that the tiles are as large as a room allows.
    struct Fit {
        var columns: Int
        var scale: Int
        /// How the tiles stand; close where there is no room for them.
        var spread = Spread.close

        /// Whether everything lies within the room.
        var isInside: Bool { if case .filling = spread { true } else { false } }
    }

    /// Pixels for tiles, and which of its two lengths they fill from end to end.
    struct Room {
        var width: Int
        var height: Int
        var fillsWidth: Bool
    }

    /// The largest tiles of `content`, 32 pixels a side at least, in a room. Larger tiles stand closer, down to a hairline's
    /// distance. Where several numbers of columns give the same scale, full rows and then tiles close to each other are
    /// preferred.
    func fit(_ content: PanelContent, _ room: Room) throws(RasterError) -> Fit {
        let least = (31 + min(grid.width, grid.height)) / min(grid.width, grid.height)
        let beside = room.fillsWidth ? try rowLabelsWidth(of: content, scale: least) : 0
        let choices = content.columnsAreFree ? Array(1...content.tileCount) : [content.columns]
        var best: (fit: Fit, empty: Int, spare: Int)?
        for columns in choices {
            let rows = (content.tileCount + columns - 1) / columns
            let gap = leastGap(of: content)
            // Rows of tiles that fill a width to the pixel may reach over it by their hairlines.
            let width = room.width - beside + (room.fillsWidth ? room.width / 50 : 0)
            let across = (width - (columns - 1) * gap.x) / (columns * grid.width)
            let down = (room.height - (rows - 1) * gap.y) / (rows * grid.height)
            var scale = min(across, down)
            if style.even && scale > 1 { scale -= scale % 2 }
            guard scale >= least else { continue }
            let (spread, spare) = try spread(of: content, columns: columns, scale: scale, room)
            let empty = columns * rows - content.tileCount
            if let old = best {
                let isBetter =
                    scale != old.fit.scale
                    ? scale > old.fit.scale : empty != old.empty ? empty < old.empty : spare < old.spare
                guard isBetter else { continue }
            }
            best = (Fit(columns: columns, scale: scale, spread: spread), empty, spare)
        }
        return best?.fit ?? Fit(columns: content.columns, scale: style.evenScale(least))
    }

    /// From a tile to the next one to its right, and to the one below with the label between.
    private func leastGap(of content: PanelContent) -> (x: Int, y: Int) {
        (closest, style.textGap + linesOfWords(in: content) * style.labelHeight)
    }

    /// Lines between two rows of tiles.
    private func linesOfWords(in content: PanelContent) -> Int {
        [content.tileLabels, content.tileNotes].count { !$0.isEmpty }
    }

    /// Two hairlines.
    private var closest: Int { style.snap(2 * style.lineWidth) }

    /// The area of tiles that fill one length of a room, and stand as far apart the other way as far as there is room; and
    /// the pixels of the room's length that more than the usual gaps take.
    private func spread(
        of content: PanelContent, columns: Int, scale: Int, _ room: Room
    ) throws(RasterError) -> (spread: Spread, spare: Int) {
        var room = room
        if room.fillsWidth { room.width -= try rowLabelsWidth(of: content, scale: scale) }
        let rows = (content.tileCount + columns - 1) / columns
        let tiles = (width: columns * grid.width * scale, height: rows * grid.height * scale)
        let least = leastGap(of: content)
        let label = least.y - style.textGap
        func gap(_ room: Int, _ count: Int) -> Int { count > 1 ? max(0, room) / (count - 1) : style.tileGap }
        let most = (x: gap(room.width - tiles.width, columns), y: gap(room.height - tiles.height, rows) - label)
        let gaps =
            room.fillsWidth
            ? (x: most.x, y: min(most.x, most.y, style.tileGap))
            : (x: min(most.x, rows > 1 ? most.y : style.tileGap), y: most.y)
        let (x, y) = (style.snapDown(max(closest, gaps.x)), style.snapDown(max(style.textGap, gaps.y)) + label)
        var area = (width: tiles.width + (columns - 1) * x, height: tiles.height + (rows - 1) * y)
        if room.fillsWidth {
            if columns > 1 { area.width = max(area.width, room.width) }
        } else {
            area.height = max(area.height, room.height)
        }
        let spare =
            room.fillsWidth
            ? room.width - tiles.width - (columns - 1) * style.tileGap
            : room.height - tiles.height - (rows - 1) * (style.tileGap + label)
        return (.filling(width: area.width, height: area.height), max(0, spare))
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
        let heights = try labelHeights(of: content, widths)
        return heights.columns + (heights.rows.first ?? 0)
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
        let labels = try labelHeights(of: content, widths)
        let rows = try rowHeights(of: content, tileHeight: tile.height, widths)
        let notes = try noteHeights(of: content, widths)
        let gap = if case .filling = spread { 0 } else { style.tileGap }
        let natural =
            zip(rows, labels.rows).reduce(-labels.rows[0] - gap) { $0 + $1.0 + $1.1 + gap } + notes.reduce(0, +)
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
        try placeLabels(content.columnLabels[...], in: &panel, widths, bottom: start - labels.rows[0])
        var y = start
        for row in 0..<content.rows {
            if row > 0 { y += rows[row - 1] + notes[row - 1] + gap + labels.rows[row] }
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

    /// What labels take above the columns, and above the tiles of each row.
    private func labelHeights(
        of content: PanelContent, _ widths: Widths
    ) throws(RasterError) -> (columns: Int, rows: [Int]) {
        var rows: [Int] = []
        for row in 0..<content.rows {
            let places = row * content.columns..<min((row + 1) * content.columns, content.tileCount)
            rows.append(content.tileLabels.isEmpty ? 0 : try labelHeight(content.tileLabels[places], widths))
        }
        return (try labelHeight(content.columnLabels[...], widths), rows)
    }

    /// What notes take below the tiles of each row.
    private func noteHeights(of content: PanelContent, _ widths: Widths) throws(RasterError) -> [Int] {
        var heights: [Int] = []
        for row in 0..<content.rows {
            let places = row * content.columns..<min((row + 1) * content.columns, content.tileCount)
            heights.append(content.tileNotes.isEmpty ? 0 : try labelHeight(content.tileNotes[places], widths))
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

        /// Number of columns.
        var count = 1

        /// Where a column (index, 0...) begins.
        func x(of index: Int, _ style: PanelStyle) -> Int {
            rowLabels + style.position(of: index, of: count, size: column, in: tiles)
        }
    }

    /// The panel is as wide as the widest of tiles, header and legend. Words may be as narrow as the tiles, but not below
    /// ten letters' room.
    private func widths(of content: PanelContent, scale: Int, _ spread: Spread) throws(RasterError) -> Widths {
        var widths = Widths(count: content.columns)
        widths.rowLabels = try rowLabelsWidth(of: content, scale: scale)
        // Labels stand further apart than tiles may.
        let gap = if case .filling = spread { 0 } else { style.tileGap }
        let apart = max(0, style.labelGap - gap)
        let room = max(grid.width * scale - apart, style.small * 10)
        let label = min(try style.label.widest(of: content.tileLabels + content.columnLabels + content.tileNotes), room)
        widths.column = style.snap(max(grid.width * scale, label + apart))
        widths.label = max(widths.column - apart, label)
        widths.tiles = content.columns * (widths.column + gap) - gap
        switch spread {
        case .filling(let width, _) where content.columns > 1: widths.tiles = max(widths.tiles, width)
        case .centred(let width, _): widths.tiles = max(widths.tiles, width)
        default: break
        }
        widths.legend = try legendWidth(content.legend)
        switch content.legend {
        // As long as the panel is wide where that leaves room for the numbers.
        case .diverging, .sequential: widths.legend = min(widths.legend, max(widths.tiles, style.small * 6))
        default: break
        }
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
        // Names may be of any length: beyond 24 letters' room they end in an ellipsis rather than stretch the page.
        let foot = min(style.body * 24, try style.number.widest(of: content.foot))
        widths.panel = style.snap(
            max(widths.rowLabels + widths.tiles, header, foot, widths.rowLabels + widths.legend))
        return widths
    }

    /// Of the rows' labels, with their distance to the tiles; 0 where rows have none.
    private func rowLabelsWidth(of content: PanelContent, scale: Int) throws(RasterError) -> Int {
        let words = min(try style.label.widest(of: content.rowLabels), max(grid.width * scale, style.small * 10))
        return words == 0 ? 0 : style.snap(words + style.labelGap)
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
