import GNCARaster

/// Pictures of one size in rows and columns, with words around them and a legend below.
struct PanelGrid: Sendable {
    /// What one panel shows.
    enum Panel: Sendable {
        case cells(Mosaic)
        /// A 3x3 filter, row-major, in colours of -limit...limit.
        case filter([Float], limit: Float)
        case empty
    }

    /// What explains colours, below the panels.
    enum Key: Sendable {
        case none
        /// A bar from -limit to limit.
        case diverging(limit: String)
        case swatches([(color: Color, words: String)])
    }

    /// Cells of a panel.
    var width: Int
    var height: Int
    var columns: Int
    /// Row by row.
    var panels: [Panel]
    /// Above each panel; empty for none.
    var titles: [String] = []
    /// Above each column, and left of each row; empty for none.
    var columnTitles: [String] = []
    var rowTitles: [String] = []
    var key = Key.none
    /// Between panels, cells; nil: as the text's size has it.
    var gap: Int?
    /// Whether hairlines stand around the panels, and a margin around all.
    var isFramed = true
    let palette: ThemeColors
    /// Of the page.
    let ground: Color

    init(_ request: FigureRequest, width: Int, height: Int, columns: Int, panels: [Panel]) {
        self.width = width
        self.height = height
        self.columns = columns
        self.panels = panels
        gap = request.gap
        isFramed = request.showsCaptions
        palette = request.palette
        ground = request.ground.colours.even
    }

    private var rows: Int { (panels.count + columns - 1) / columns }

    func drawing(length: Int, fontSize: Int) throws(RasterError) -> Drawing {
        let places = try places(length: length, fontSize: fontSize)
        var drawing = Drawing(width: places.width, height: places.height, ground: ground)
        for index in panels.indices { draw(index, places, &drawing) }
        try drawKey(places, &drawing)
        return drawing
    }

    /// Where everything stands, in pixels.
    private struct Places {
        let scale: Int
        let text: TextStyle
        var width = 0
        var height = 0
        /// Of the first panel.
        var left = 0
        var top = 0
        /// From one panel to the next.
        var pitchX = 0
        var pitchY = 0
        var keyTop = 0
        /// Whether swatches stand below each other, for want of width.
        var keyStacks = false

        /// Between a text and what it names.
        var space: Int { max(2, text.size * 2 / 5) }
        var lineWidth: Double { max(1, (Double(text.size) / 16).rounded()) }

        func widest(_ words: [String]) throws(RasterError) -> Int {
            var widest = 0
            for word in words { widest = max(widest, try text.measure(word).width) }
            return widest
        }
    }

    private func places(length scale: Int, fontSize: Int) throws(RasterError) -> Places {
        var places = Places(scale: scale, text: TextStyle(size: fontSize, color: palette.ink))
        let (panelWidth, panelHeight) = (width * scale, height * scale)
        let gap = gap.map { $0 * scale } ?? (isFramed ? fontSize * 3 / 4 : scale)
        let margin = isFramed ? fontSize * 3 / 4 : 0
        let titleHeight = places.text.lineHeight + places.space
        let widest = try places.widest(titles + columnTitles)
        places.pitchX = max(panelWidth + gap, widest + fontSize * 3 / 4)
        places.pitchY = panelHeight + gap + (titles.isEmpty ? 0 : titleHeight)
        let overhang = max(0, widest - panelWidth) / 2
        places.left = margin + max(rowTitles.isEmpty ? 0 : try places.widest(rowTitles) + fontSize * 3 / 4, overhang)
        places.top = margin + (titles.isEmpty ? 0 : titleHeight) + (columnTitles.isEmpty ? 0 : titleHeight)
        places.width = places.left + (columns - 1) * places.pitchX + panelWidth + max(margin, overhang)
        places.height = places.top + (rows - 1) * places.pitchY + panelHeight
        var keyLines = 1
        if case .none = key {
        } else {
            places.keyTop = places.height + fontSize
            places.keyStacks = try keyWidth(places) > Double(places.width - 2 * margin)
            if case .swatches(let swatches) = key, places.keyStacks { keyLines = swatches.count }
            places.height += fontSize + keyLines * places.text.lineHeight
        }
        places.height += margin
        return places
    }

    private func draw(_ index: Int, _ places: Places, _ drawing: inout Drawing) {
        let (row, column) = (index / columns, index % columns)
        let (x, y) = (places.left + column * places.pitchX, places.top + row * places.pitchY)
        let (panelWidth, panelHeight) = (width * places.scale, height * places.scale)
        switch panels[index] {
        case .cells(let mosaic): drawing.add(.cells(mosaic, x: x, y: y, scale: places.scale))
        case .filter(let numbers, let limit): draw(numbers, limit, x: x, y: y, places, &drawing)
        case .empty: return
        }
        if isFramed {
            let half = places.lineWidth / 2
            drawing.add(
                .outline(
                    x: Double(x) - half, y: Double(y) - half, width: Double(panelWidth) + 2 * half,
                    height: Double(panelHeight) + 2 * half, lineWidth: places.lineWidth, palette.line))
        }
        let middle = Double(x) + Double(panelWidth) / 2
        let above = Double(y - places.space) - Double(places.text.size) / 4
        if !titles.isEmpty {
            drawing.add(.text(titles[index], at: Point(middle, above), align: .center, places.text))
        }
        if row == 0 && !columnTitles.isEmpty {
            let shift = titles.isEmpty ? 0 : places.text.lineHeight + places.space
            drawing.add(
                .text(columnTitles[column], at: Point(middle, above - Double(shift)), align: .center, places.text))
        }
        if column == 0 && !rowTitles.isEmpty {
            let baseline = Double(y) + Double(panelHeight) / 2 + Double(places.text.size) * 0.36
            let right = Double(x) - Double(places.text.size) * 0.75
            drawing.add(.text(rowTitles[row], at: Point(right, baseline), align: .right, places.text))
        }
    }

    /// Nine squares with their numbers.
    private func draw(
        _ numbers: [Float], _ limit: Float, x: Int, y: Int, _ places: Places, _ drawing: inout Drawing
    ) {
        let (side, tall) = (Double(width * places.scale) / 3, Double(height * places.scale) / 3)
        for (index, number) in numbers.enumerated() {
            let (left, top) = (Double(x) + Double(index % 3) * side, Double(y) + Double(index / 3) * tall)
            let color = Color(palette.diverging.pixel(for: number / limit))
            drawing.add(.rectangle(x: left, y: top, width: side, height: tall, color))
            drawing.add(
                .outline(x: left, y: top, width: side, height: tall, lineWidth: places.lineWidth, palette.line))
            var style = places.text
            style.color = color.luma > 0.5 ? Color(hex: 0x1A1D21) : .white
            let baseline = top + tall / 2 + Double(style.size) * 0.36
            drawing.add(.text(number.figureText, at: Point(left + side / 2, baseline), align: .center, style))
        }
    }

    private func drawKey(_ places: Places, _ drawing: inout Drawing) throws(RasterError) {
        let size = Double(places.text.size)
        let panelsWidth = Double((columns - 1) * places.pitchX + width * places.scale)
        let middle = Double(places.left) + panelsWidth / 2
        let (top, baseline) = (Double(places.keyTop), Double(places.keyTop) + size)
        switch key {
        case .none: break
        case .diverging(let limit):
            let (length, height) = (min(size * 12, panelsWidth / 2), size * 0.7)
            let left = middle - length / 2
            let bar = top + size * 0.3
            // Each lies over the rest of the one before it, so that no seam can show.
            let colours = palette.diverging.table[1...]
            for step in 0..<64 {
                let start = left + length * Double(step) / 64
                let colour = colours[1 + (step * 254 + 31) / 63]
                drawing.add(
                    .rectangle(x: start, y: bar, width: left + length - start, height: height, Color(colour)))
            }
            drawing.add(
                .outline(x: left, y: bar, width: length, height: height, lineWidth: places.lineWidth, palette.line))
            drawing.add(.text("−\(limit)", at: Point(left - size / 2, baseline), align: .right, places.text))
            drawing.add(.text(limit, at: Point(left + length + size / 2, baseline), places.text))
        case .swatches(let swatches):
            var x = places.keyStacks ? Double(places.left) : middle - (try keyWidth(places)) / 2
            var y = top
            for swatch in swatches {
                let (left, side) = (x, size * 0.9)
                drawing.add(.rectangle(x: left, y: y + size * 0.2, width: side, height: side, swatch.color))
                drawing.add(
                    .outline(
                        x: left, y: y + size * 0.2, width: side, height: side, lineWidth: places.lineWidth,
                        palette.line))
                drawing.add(.text(swatch.words, at: Point(left + size * 1.4, y + size), places.text))
                if places.keyStacks {
                    y += Double(places.text.lineHeight)
                } else {
                    x += Double(try places.text.measure(swatch.words).width) + 2.9 * size
                }
            }
        }
    }

    /// Of all swatches in a row.
    private func keyWidth(_ places: Places) throws(RasterError) -> Double {
        guard case .swatches(let swatches) = key else { return 0 }
        let size = Double(places.text.size)
        var width = -1.5 * size
        for swatch in swatches { width += Double(try places.text.measure(swatch.words).width) + 2.9 * size }
        return width
    }
}

extension Color {
    /// 0...1, Rec. 709 weights on the encoded values.
    fileprivate var luma: Float { 0.2126 * red + 0.7152 * green + 0.0722 * blue }
}

extension Float {
    /// At most two decimals, with a real minus: "−1", "0.71".
    var figureText: String {
        let hundredths = Int((self * 100).rounded())
        let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
        var text = "\(whole)"
        if rest > 0 { text += "." + (rest % 10 == 0 ? "\(rest / 10)" : String("\(100 + rest)".dropFirst())) }
        return hundredths < 0 ? "−" + text : text
    }
}
