import GNCARaster

extension CompositionPlan {
    /// All of a film that stays the same from frame to frame: page, hairlines, titles, labels, legends. nil where the
    /// pictures leave no pixel of it to see.
    func backdrop(_ background: Background) throws(RasterError) -> Drawing? {
        let tiles = layout.blocks.flatMap { $0.flatMap(\.tiles) }
        let covered = tiles.reduce(0) { $0 + $1.width * $1.height }
        if layout.isTight && covered == layout.width * layout.height { return nil }
        var drawing = Drawing(width: layout.width, height: layout.height, ground: page(background))
        for (contents, places) in zip(contents, layout.blocks) {
            for (content, place) in zip(contents, places) {
                try drawing.add(place, content.legend, layout.style, isFramed: layout.isFramed)
            }
        }
        if let timeBar, let area = layout.timeBar {
            for shape in try timeBar.shapes(in: area, layout.style) { drawing.add(shape) }
        }
        return drawing
    }

    /// The margin around bare pictures continues their background; a page has the theme's colour.
    private func page(_ background: Background) -> Color {
        if background == .transparent { return .clear }
        return layout.isTight && layout.footer.isEmpty && layout.timeBar == nil ? background.colours.even : palette.page
    }
}
