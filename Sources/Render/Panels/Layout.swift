import GNCACells
import GNCARaster

/// All places of a film, resolved before its first frame: margins, panels, captions, footer. Nothing overlaps.
struct Layout: Sendable {
    private(set) var width: Int
    private(set) var height: Int
    /// For each model its picture, then its panels.
    private(set) var blocks: [[PlacedPanel]]
    /// Where the footer's words stand; the second is flush right, or on a line of its own.
    private(set) var footer: [PlacedText]
    /// Where the time bar stands, with its labels.
    private(set) var timeBar: PixelRect?
    /// Nothing but pictures side by side without margins, and perhaps a footer below.
    let isTight: Bool
    /// Whether pictures stand on a page and need hairlines to end.
    private(set) var isFramed: Bool
    let style: PanelStyle

    /// What is to be placed.
    struct Request {
        /// For each model the cells that its picture shows.
        var windows: [GridSize]
        /// Pixels a cell of the pictures; with a frame of a certain size whatever fits.
        var scale: Int
        var arrangement: PanelLayout
        /// How far a panel may reach beside or below its picture, in eighths of the picture's length.
        var panelEighths = 14
        /// Models a row; nil = as many as bring the page near the frame's aspect.
        var columns: Int?
        var frame: FrameShape?
        /// For each model its picture, then its panels.
        var contents: [[PanelContent]]
        /// The longest words that the footer may say; empty for no footer.
        var footer: [String]
        var timeBar: TimeBar?
        /// Rounds sizes and cells' coordinates to even numbers.
        var even: Bool
        var palette: ThemeColors
        /// Pixels a cell of the pictures are a multiple of this.
        var pixels = 1

        /// The fewest pixels a cell.
        var leastScale: Int { even && pixels > 1 && pixels % 2 == 1 ? 2 * pixels : pixels }

        /// The most pixels a cell that are no more than `scale`, but the fewest at least.
        func fitted(_ scale: Int) -> Int {
            let step = pixels > 1 ? leastScale : even && scale > 1 ? 2 : 1
            return max(leastScale, scale / step * step)
        }

        /// Cells that the widest and the highest picture show.
        var window: GridSize {
            GridSize(width: windows.map(\.width).max() ?? 1, height: windows.map(\.height).max() ?? 1)
        }

        var hasPanels: Bool { contents.contains { $0.count > 1 } }

        func columns(width: Int, height: Int) -> Int {
            columns
                ?? PanelLayout.columns(
                    for: contents.count, width: width, height: height, aspect: frame?.ratio ?? 16.0 / 9.0)
        }
    }

    /// Everything in its place; nil where the frame is too small, even with one pixel a cell.
    static func fitting(_ request: Request) throws(RasterError) -> Layout? {
        guard case .size(let width, let height)? = request.frame else {
            var layout = try readable(request)
            if case .aspect(let wide, let high)? = request.frame { layout.widen(toAspect: wide, high) }
            return layout
        }
        // Where much is to be shown in little room, text gives way first.
        let body = PanelStyle.body(side: min(width, height), pageWidth: width)
        var best: Layout?
        for share in [4, 3, 2, 1] {
            // Text of three quarters is still read with ease: it must give more than it takes. Smaller text is the last resort.
            if best != nil && share < 3 { break }
            guard let layout = try widest(request, width, height, body: max(13, body * share / 4)) else { continue }
            if let best, 2 * layout.blocks[0][0].scale < 3 * best.blocks[0][0].scale { continue }
            best = layout
        }
        return best
    }

    /// With as many models a row, and so much of the room for panels, as make the pictures' cells largest in a frame of
    /// `width` x `height` pixels, and then the tiles of the panels.
    private static func widest(
        _ request: Request, _ width: Int, _ height: Int, body: Int
    ) throws(RasterError) -> Layout? {
        let least = request.columns ?? 1
        var best: Layout?
        // Where several numbers do, full rows.
        for columns in least...(request.columns ?? max(1, request.contents.count)) {
            var request = request
            request.columns = columns
            let isFull = request.contents.count % columns == 0
            // From the largest panels to the smallest.
            for eighths in stride(from: 14, through: request.hasPanels ? 2 : 14, by: -1) {
                request.panelEighths = eighths
                guard let layout = try largest(request, width, height, body: body) else { continue }
                guard let old = best else {
                    best = layout
                    continue
                }
                let (scale, least) = (layout.blocks[0][0].scale, old.blocks[0][0].scale)
                let isAsGood = isFull && eighths == 14
                if scale > least || (scale == least && (layout.tileCells > old.tileCells || isAsGood)) { best = layout }
            }
        }
        return best
    }

    /// Whether labels have eight pixels to the em in a column of 700 pixels.
    private var isReadable: Bool { style.small * 700 >= 8 * width }

    /// Pixels a cell of all panels together.
    private var tileCells: Int { blocks.flatMap { $0.dropFirst() }.reduce(0) { $0 + $1.scale } }

    /// The largest cells in a frame of `width` x `height` pixels; nil where not even one pixel a cell fits.
    private static func largest(
        _ request: Request, _ width: Int, _ height: Int, body: Int
    ) throws(RasterError) -> Layout? {
        var request = request
        let window = request.window
        request.scale = request.fitted(min(width / window.width, height / window.height))
        while true {
            var layout = try Layout(request, body: body)
            if layout.width <= width && layout.height <= height {
                layout.widen(to: (width, height))
                return layout
            }
            guard request.scale > request.leastScale else { return nil }
            let share = min(Double(width) / Double(layout.width), Double(height) / Double(layout.height))
            request.scale = request.fitted(
                min(request.scale - 1, Int((Double(request.scale) * share).rounded(.up))))
        }
    }

    /// Text takes room, and a page with more room needs larger text: a few rounds settle both.
    private static func readable(_ request: Request) throws(RasterError) -> Layout {
        let (window, scale) = (request.window, request.scale)
        let columns = request.columns(width: window.width * scale, height: window.height * scale)
        let rows = (request.contents.count + columns - 1) / columns
        let side = min(columns * window.width * scale, rows * window.height * scale)
        var body = PanelStyle.body(side: side)
        var layout = try Layout(request, body: body)
        for _ in 0..<8 where !layout.isTight {
            // Where words alone make the page wide, larger ones are no help.
            let wanted = min(4 * PanelStyle.body(side: side), PanelStyle.body(side: side, pageWidth: layout.width))
            guard wanted > body else { break }
            let larger = try Layout(request, body: wanted)
            // Nor where they take the room of the tiles, once they can be read.
            if layout.isReadable && larger.tileCells < layout.tileCells { break }
            (body, layout) = (wanted, larger)
        }
        return layout
    }

    private init(_ request: Request, body: Int) throws(RasterError) {
        style = PanelStyle(body: body, even: request.even, request.palette)
        // In a frame that is filled up around a picture, words need a page with margins.
        let isBare = request.contents.allSatisfy { $0.count == 1 && $0[0].title.isEmpty && $0[0].widestReading == nil }
        isTight = isBare && (request.frame == nil || (request.footer.isEmpty && request.timeBar == nil))
        isFramed = !isTight
        footer = []
        blocks = []
        (width, height) = (0, 0)
        var request = request
        // The counter of a single model stands with its picture.
        let hasFoot = !isTight && request.contents.count == 1
        if hasFoot { request.contents[0][0].foot = request.footer }
        blocks = try Layout.place(request, style)
        arrangeModels(request)
        if hasFoot { footer = blocks[0][0].foot } else { try addFooter(request.footer) }
        try addTimeBar(request.timeBar)
        width = style.snap(width)
        height = style.snap(height)
    }

    /// Whether anything but cells changes from frame to frame.
    var hasWords: Bool { !footer.isEmpty || blocks.contains { $0.contains { $0.reading != nil } } }

    /// Every model's panels side by side, with the block's top left at the origin.
    private static func place(_ request: Request, _ style: PanelStyle) throws(RasterError) -> [[PlacedPanel]] {
        let window = request.window
        let box = (width: window.width * request.scale, height: window.height * request.scale)
        var drafts: [[Draft]] = []
        var header = PanelPlanner.Header()
        for (index, contents) in request.contents.enumerated() {
            let shown = request.windows[min(index, request.windows.count - 1)]
            let planner = PanelPlanner(columns: shown.width, rows: shown.height, style)
            var row: [Draft] = []
            for (place, content) in contents.enumerated() {
                let draft =
                    place == 0
                    ? Draft(
                        content: content, planner: planner, scale: request.scale,
                        spread: .centred(width: box.width, height: box.height))
                    : try Draft(content, planner, request, box: box)
                header = header.united(with: try draft.header())
                row.append(draft)
            }
            drafts.append(row)
        }
        var blocks: [[PlacedPanel]] = []
        for row in drafts {
            var panels: [PlacedPanel] = []
            for draft in row {
                // Panels below each other have no edge to share.
                panels.append(try draft.placed(request.arrangement == .below ? draft.header() : header))
            }
            blocks.append(arrange(panels, request, gap: style.margin))
        }
        return blocks
    }

    /// A panel whose tiles have their size, but no place.
    fileprivate struct Draft {
        var content: PanelContent
        var planner: PanelPlanner
        var scale: Int
        var spread = PanelPlanner.Spread.close
    }

    private static func arrange(_ panels: [PlacedPanel], _ request: Request, gap: Int) -> [PlacedPanel] {
        switch request.arrangement {
        case .over: panels
        case .side: flow(panels, columns: panels.count, gap: gap)
        case .below: flow(panels, columns: 1, gap: gap)
        case .grid:
            flow(
                panels,
                columns: PanelLayout.columns(
                    for: panels.count, width: panels.map(\.bounds.width).max() ?? 1,
                    height: panels.map(\.bounds.height).max() ?? 1, aspect: request.frame?.ratio ?? 16.0 / 9.0),
                gap: gap)
        }
    }

    /// Rows of panels; every column is as wide as its widest panel, every row as high as its highest.
    private static func flow(_ panels: [PlacedPanel], columns: Int, gap: Int) -> [PlacedPanel] {
        var widths = [Int](repeating: 0, count: columns)
        for (index, panel) in panels.enumerated() {
            widths[index % columns] = max(widths[index % columns], panel.bounds.width)
        }
        var placed: [PlacedPanel] = []
        var (x, y, rowHeight) = (0, 0, 0)
        for (index, panel) in panels.enumerated() {
            if index % columns == 0 && index > 0 {
                (x, y, rowHeight) = (0, y + rowHeight + gap, 0)
            }
            placed.append(panel.moved(x: x, y: y))
            x += widths[index % columns] + gap
            rowHeight = max(rowHeight, panel.bounds.height)
        }
        return placed
    }

    /// Moves every block to its place in the grid of models, and sets the page's size.
    private mutating func arrangeModels(_ request: Request) {
        let sizes = blocks.map { panels in
            (width: panels.map(\.bounds.right).max() ?? 0, height: panels.map(\.bounds.bottom).max() ?? 0)
        }
        let cell = (width: sizes.map(\.width).max() ?? 0, height: sizes.map(\.height).max() ?? 0)
        let columns = request.columns(width: cell.width, height: cell.height)
        let (gap, margin) = isTight ? (0, 0) : (style.margin, style.margin)
        for model in blocks.indices {
            let x = margin + model % columns * (cell.width + gap)
            let y = margin + model / columns * (cell.height + gap)
            blocks[model] = blocks[model].map { $0.moved(x: x, y: y) }
        }
        let rows = (blocks.count + columns - 1) / columns
        width = 2 * margin + columns * (cell.width + gap) - gap
        height = 2 * margin + rows * (cell.height + gap) - gap
    }

    /// Adds a strip below everything; a page too narrow for its words grows, with the pictures in the middle.
    private mutating func addFooter(_ words: [String]) throws(RasterError) {
        guard !words.isEmpty else { return }
        // Names may be of any length: beyond 24 letters' room they end in an ellipsis rather than stretch the page.
        let limit = max(style.body * 24, width - 2 * style.margin)
        var widths: [Int] = []
        for word in words { widths.append(min(limit, try style.number.measure(word).width)) }
        let side = isTight ? style.textGap * 2 : style.margin
        widen(to: (widths.max() ?? 0) + 2 * side, margin: side)

        if !isTight, let line = try lineUnderPictures(of: words) {
            footer = line
            height = max(height, line[0].area.bottom + style.margin)
            return
        }
        let gap = isTight ? style.textGap : 0
        footer = try style.line(
            of: words, in: PixelRect(x: side, y: height + gap, width: width - 2 * side, height: 0))
        height = (footer.last?.area.bottom ?? height) + (isTight ? gap : style.margin)
    }

    /// The footer's words in one line close under the lowest pictures, as far as nothing else hangs below these; nil where
    /// the line would be too short.
    private func lineUnderPictures(of words: [String]) throws(RasterError) -> [PlacedText]? {
        let pictures = blocks.flatMap { $0[0].tiles }
        let top = (pictures.map(\.bottom).max() ?? 0) + style.textGap
        let hanging = blocks.flatMap { $0 }.flatMap { $0.tiles + $0.texts.map(\.area) + $0.legend }
            .filter { $0.bottom > top }
        guard let left = pictures.map(\.x).min(), let first = hanging.map(\.x).min(), first > left else { return nil }
        let right = pictures.filter { $0.right < first }.map(\.right).max() ?? 0
        let widest = try style.number.widest(of: words)
        guard right - left >= words.count * widest + (words.count - 1) * style.margin else { return nil }
        return try style.line(of: words, in: PixelRect(x: left, y: top, width: right - left, height: 0))
    }

    /// Adds the time bar's strip below everything, as wide as the pictures whose time it is; where its words need more, as
    /// wide as the page.
    private mutating func addTimeBar(_ bar: TimeBar?) throws(RasterError) {
        guard let bar else { return }
        let pictures = blocks.flatMap { $0[0].tiles }
        // Even where pictures reach the page's edges the bar keeps the distance of the footer's words.
        let margin = isTight ? style.textGap * 2 : style.margin
        var left = max(margin, pictures.map(\.x).min() ?? 0)
        var right = min(width - margin, pictures.map(\.right).max() ?? width)
        if try bar.legendWidth(style) > right - left { (left, right) = (margin, width - margin) }
        let room = right - left
        let area = PixelRect(x: left, y: height, width: room, height: style.snap(try bar.height(width: room, style)))
        timeBar = area
        // The strip ends with some distance of its own.
        height = area.bottom + (isTight ? 0 : style.margin - style.textGap)
    }

    /// Makes the page at least `least` pixels wide. Bare pictures that no longer fill it get a margin above, too.
    private mutating func widen(to least: Int, margin: Int) {
        guard least > width else { return }
        // A sliver of page beside a picture would look like a mistake.
        let missing = max(style.snap(least) - width, isTight ? 2 * style.snap(margin) : 0)
        widen(to: (width + missing, height))
        guard isTight else { return }
        isFramed = true
        move(x: 0, y: style.snap(margin))
        height += style.snap(margin)
    }

    /// Makes the page higher or wider until it has an aspect, with everything in the middle.
    private mutating func widen(toAspect wide: Int, _ high: Int) {
        let wanted = (width: (height * wide + high - 1) / high, height: (width * high + wide - 1) / wide)
        widen(to: wanted.width > width ? (style.snap(wanted.width), height) : (width, style.snap(wanted.height)))
    }

    /// Makes the page larger, with everything in the middle.
    private mutating func widen(to size: (width: Int, height: Int)) {
        guard size.width > width || size.height > height else { return }
        move(x: style.snapDown((size.width - width) / 2), y: style.snapDown((size.height - height) / 2))
        (width, height) = size
    }

    private mutating func move(x: Int, y: Int) {
        blocks = blocks.map { $0.map { $0.moved(x: x, y: y) } }
        footer = footer.map { $0.moved(x: x, y: y) }
        timeBar = timeBar?.moved(x: x, y: y)
    }
}

extension Layout.Draft {
    /// A panel beside or below a picture of `box` pixels: as high as the picture beside it, as wide as the picture above.
    fileprivate init(
        _ content: PanelContent, _ planner: PanelPlanner, _ request: Layout.Request, box: (width: Int, height: Int)
    ) throws(RasterError) {
        let (arrangement, eighths) = (request.arrangement, request.panelEighths)
        // Twelve tiles beside a picture are four columns of three; a tenth more than the picture looks equal.
        let room =
            switch arrangement {
            case .side: (width: box.width * eighths / 8, height: box.height)
            case .grid, .over: (width: box.width * 11 / 10, height: box.height)
            case .below: (width: box.width, height: box.height * eighths / 8)
            }
        let fit = try planner.fit(
            content,
            PanelPlanner.Room(width: room.width, height: room.height, fillsWidth: arrangement == .below))
        var content = content
        content.columns = fit.columns
        self.init(content: content, planner: planner, scale: fit.scale, spread: fit.spread)
    }

    fileprivate func header() throws(RasterError) -> PanelPlanner.Header {
        try planner.header(of: content, scale: scale, spread: spread)
    }

    fileprivate func placed(_ header: PanelPlanner.Header) throws(RasterError) -> PlacedPanel {
        try planner.place(content, scale: scale, header: header, spread: spread)
    }
}
