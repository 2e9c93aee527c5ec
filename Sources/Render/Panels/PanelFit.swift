import GNCARaster

// How large tiles can be, and how they stand then.
extension PanelPlanner {
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
}
