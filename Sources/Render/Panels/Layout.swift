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
        var grid: GridSize
        /// Pixels a cell of the pictures.
        var scale: Int
        var arrangement: PanelLayout
        /// Models a row; nil = as many as bring the page near 16:9.
        var columns: Int?
        /// For each model its picture, then its panels.
        var contents: [[PanelContent]]
        /// The longest words that the footer may say; empty for no footer.
        var footer: [String]
        var timeBar: TimeBar?
        /// Rounds sizes and cells' coordinates to even numbers.
        var even: Bool
        var palette: ThemeColors
    }

    init(_ request: Request) throws(RasterError) {
        let (grid, scale) = (request.grid, request.scale)
        let picture = (width: grid.width * scale, height: grid.height * scale)
        let count = request.contents.count
        let columns = request.columns ?? PanelLayout.columns(for: count, width: picture.width, height: picture.height)
        let rows = (count + columns - 1) / columns
        style = PanelStyle(
            side: min(columns * picture.width, rows * picture.height), even: request.even, request.palette)
        isTight = request.contents.allSatisfy { $0.count == 1 && $0[0].title.isEmpty && $0[0].widestReading == nil }
        isFramed = !isTight
        let planner = PanelPlanner(columns: grid.width, rows: grid.height, style)
        blocks = try Layout.place(request, planner)
        footer = []
        (width, height) = (0, 0)
        arrangeModels(columns: request.columns)
        try addFooter(request.footer)
        try addTimeBar(request.timeBar)
        width = style.snap(width)
        height = style.snap(height)
    }

    /// Whether anything but cells changes from frame to frame.
    var hasWords: Bool { !footer.isEmpty || blocks.contains { $0.contains { $0.reading != nil } } }

    /// Every model's panels side by side, with the block's top left at the origin.
    private static func place(_ request: Request, _ planner: PanelPlanner) throws(RasterError) -> [[PlacedPanel]] {
        let box = (width: request.grid.width * request.scale, height: request.grid.height * request.scale)
        var scales: [[Int]] = []
        var header = 0
        for contents in request.contents {
            var row: [Int] = []
            for (index, content) in contents.enumerated() {
                let scale = index == 0 ? request.scale : planner.scale(for: content, box: box)
                header = max(header, try planner.headerHeight(of: content, scale: scale))
                row.append(scale)
            }
            scales.append(row)
        }
        var blocks: [[PlacedPanel]] = []
        for (contents, scales) in zip(request.contents, scales) {
            var panels: [PlacedPanel] = []
            for (content, scale) in zip(contents, scales) {
                panels.append(try planner.place(content, scale: scale, headerHeight: header))
            }
            blocks.append(arrange(panels, request.arrangement, gap: planner.style.margin))
        }
        return blocks
    }

    private static func arrange(_ panels: [PlacedPanel], _ arrangement: PanelLayout, gap: Int) -> [PlacedPanel] {
        switch arrangement {
        case .over: panels
        case .side: flow(panels, columns: panels.count, gap: gap)
        case .below: flow(panels, columns: 1, gap: gap)
        case .grid:
            flow(
                panels,
                columns: PanelLayout.columns(
                    for: panels.count, width: panels.map(\.bounds.width).max() ?? 1,
                    height: panels.map(\.bounds.height).max() ?? 1),
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
    private mutating func arrangeModels(columns wanted: Int?) {
        let sizes = blocks.map { panels in
            (width: panels.map(\.bounds.right).max() ?? 0, height: panels.map(\.bounds.bottom).max() ?? 0)
        }
        let cell = (width: sizes.map(\.width).max() ?? 0, height: sizes.map(\.height).max() ?? 0)
        let columns = wanted ?? PanelLayout.columns(for: blocks.count, width: cell.width, height: cell.height)
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

        let room = width - 2 * side
        let gap = isTight ? style.textGap : 0
        var line = PixelRect(x: side, y: height + gap, width: room, height: style.number.lineHeight)
        if words.count == 2 && widths[0] + style.margin + widths[1] <= room {
            let second = PixelRect(
                x: side + widths[0] + style.margin, y: line.y, width: room - widths[0] - style.margin,
                height: line.height
            )
            line.width = widths[0]
            footer = [PlacedText(words[0], .title, line), PlacedText(words[1], .title, second, .right)]
        } else {
            for word in words {
                footer.append(PlacedText(word, .title, line))
                line.y += line.height
            }
        }
        height = (footer.last?.area.bottom ?? height) + (isTight ? gap : style.margin)
    }

    /// Adds the time bar's strip below everything, as wide as the pictures whose time it is; where its words need more, as
    /// wide as the page.
    private mutating func addTimeBar(_ bar: TimeBar?) throws(RasterError) {
        guard let bar else { return }
        let pictures = blocks.flatMap { $0[0].tiles }
        var left = pictures.map(\.x).min() ?? 0
        var right = pictures.map(\.right).max() ?? width
        if try bar.legendWidth(style) > right - left - 2 * timeBarInset {
            let margin = isTight ? 0 : style.margin
            (left, right) = (min(left, margin), max(right, width - margin))
        }
        let room = right - left
        let area = PixelRect(
            x: left, y: height, width: room,
            height: style.snap(try bar.height(width: room - 2 * timeBarInset, style)))
        timeBar = area
        height = area.bottom
    }

    /// How far the bar's words keep from its ends, where these are the page's.
    var timeBarInset: Int { isTight ? style.textGap : 0 }

    /// Makes the page at least `least` pixels wide. Bare pictures that no longer fill it get a margin above, too.
    private mutating func widen(to least: Int, margin: Int) {
        guard least > width else { return }
        // A sliver of page beside a picture would look like a mistake.
        let missing = max(style.snap(least) - width, isTight ? 2 * style.snap(margin) : 0)
        let shift = (x: missing / 2 - (style.even ? missing / 2 % 2 : 0), y: isTight ? style.snap(margin) : 0)
        for model in blocks.indices {
            blocks[model] = blocks[model].map { $0.moved(x: shift.x, y: shift.y) }
        }
        width += missing
        height += shift.y
        isFramed = true
    }
}
