import GNCARaster

/// All that stays the same from frame to frame: page, hairlines, titles, labels, legends.
struct Backdrop {
    private let layout: Layout
    private let contents: [[PanelContent]]
    private let palette: ThemeColors
    private let background: Background
    private let timeBar: TimeBar?

    init(_ plan: CompositionPlan, _ background: Background) {
        layout = plan.layout
        contents = plan.contents
        palette = plan.palette
        timeBar = plan.timeBar
        self.background = background
    }

    /// Whether the pictures leave no pixel of it to see.
    var isCovered: Bool {
        let tiles = layout.blocks.flatMap { $0.flatMap(\.tiles) }
        return layout.isTight && tiles.reduce(0) { $0 + $1.width * $1.height } == layout.width * layout.height
    }

    func draw() throws(RasterError) -> Frame {
        var frame = Frame(width: layout.width, height: layout.height)
        frame.fill(frame.bounds, with: page.packed)
        if layout.isFramed {
            for tile in layout.blocks.flatMap({ $0.flatMap(\.tiles) }) { drawHairline(around: tile, on: &frame) }
        }
        for (contents, places) in zip(contents, layout.blocks) {
            for (content, place) in zip(contents, places) { drawLegend(content.legend, place.legend, on: &frame) }
        }
        let texts = layout.blocks.flatMap { $0.flatMap(\.texts) }
        guard !texts.isEmpty || layout.timeBar != nil else { return frame }
        try frame.withCanvas { canvas throws(RasterError) in
            for text in texts {
                let style = text.role == .title ? layout.type.title(palette) : layout.type.label(palette)
                try canvas.text(
                    text.text, x: text.area.x, y: text.area.y, width: text.area.width, wraps: text.role == .title,
                    align: text.align, style)
            }
            if let timeBar, let area = layout.timeBar {
                try timeBar.draw(in: area, type: layout.type, palette, on: canvas)
            }
        }
        return frame
    }

    /// The margin around bare pictures continues their background; a page has the theme's colour.
    private var page: Color {
        if background == .transparent { return .clear }
        return layout.isTight && layout.footer.isEmpty && layout.timeBar == nil ? background.colours.even : palette.page
    }

    private func drawHairline(around tile: PixelRect, on frame: inout Frame) {
        let (frameArea, line) = (tile.grown(by: 1), palette.line.packed)
        frame.fill(PixelRect(x: frameArea.x, y: frameArea.y, width: frameArea.width, height: 1), with: line)
        frame.fill(PixelRect(x: frameArea.x, y: tile.bottom, width: frameArea.width, height: 1), with: line)
        frame.fill(PixelRect(x: frameArea.x, y: tile.y, width: 1, height: tile.height), with: line)
        frame.fill(PixelRect(x: tile.right, y: tile.y, width: 1, height: tile.height), with: line)
    }

    private func drawLegend(_ legend: Legend, _ places: [PixelRect], on frame: inout Frame) {
        switch legend {
        case .none: break
        case .diverging: drawBar(palette.diverging.table[1...], places, on: &frame)
        case .sequential: drawBar(palette.sequential.table[...], places, on: &frame)
        case .swatches(let swatches):
            for (swatch, place) in zip(swatches, places) { frame.fill(place, with: swatch.color.packed) }
        }
    }

    private func drawBar(_ colours: ArraySlice<PackedPixel>, _ places: [PixelRect], on frame: inout Frame) {
        for bar in places {
            drawHairline(around: bar, on: &frame)
            for x in 0..<bar.width {
                let index = colours.startIndex + (x * 2 + 1) * colours.count / (bar.width * 2)
                frame.fill(PixelRect(x: bar.x + x, y: bar.y, width: 1, height: bar.height), with: colours[index])
            }
        }
    }
}
