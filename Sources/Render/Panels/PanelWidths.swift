import GNCARaster

// How wide panels are, and what stands in them.
extension PanelPlanner {
    /// What a panel's width is made of.
    struct Widths {
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
    func widths(of content: PanelContent, scale: Int, _ spread: Spread) throws(RasterError) -> Widths {
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
    func rowLabelsWidth(of content: PanelContent, scale: Int) throws(RasterError) -> Int {
        let words = min(try style.label.widest(of: content.rowLabels), max(grid.width * scale, style.small * 10))
        return words == 0 ? 0 : style.snap(words + style.labelGap)
    }

    /// What the reading leaves of the panel's width.
    func titleWidth(of content: PanelContent, width: Int) throws(RasterError) -> Int {
        guard content.widestReading != nil else { return width }
        return width - (try readingWidth(of: content)) - style.labelGap * 2
    }

    func readingWidth(of content: PanelContent) throws(RasterError) -> Int {
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

extension TextStyle {
    /// Pixels that the widest of `texts` takes, each on one line; 0 for none.
    func widest(of texts: [String]) throws(RasterError) -> Int {
        var widest = 0
        for text in texts { widest = max(widest, try measure(text).width) }
        return widest
    }
}
