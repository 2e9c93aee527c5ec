/// A page as a list of cells, shapes and text, which can leave as pixels, as SVG or as PDF.
///
/// Lengths are pixels of the page as a PNG, from the top left. Whoever makes one measures text with `TextStyle.measure`.
public struct Drawing: Sendable {
    /// One thing on the page. Later shapes lie over earlier ones.
    public enum Shape: Sendable {
        /// A mosaic, `scale` pixels a cell.
        case cells(Mosaic, x: Int, y: Int, scale: Int)
        /// A filled rectangle; corners are quarter circles of `radius`.
        case rectangle(x: Double, y: Double, width: Double, height: Double, radius: Double = 0, Color)
        /// The edge of such a rectangle; the line is centred on it.
        case outline(
            x: Double, y: Double, width: Double, height: Double, radius: Double = 0, lineWidth: Double, Color)
        /// The closed shape through the points, filled.
        case polygon([Point], Color)
        /// A line through the points.
        case line([Point], lineWidth: Double, Color)
        /// One line of text; `at` stands on its baseline, at its left end, middle or right end.
        case text(String, at: Point, align: TextAlignment = .left, TextStyle)
    }

    /// Of the page, pixels.
    public private(set) var width: Int
    /// Of the page, pixels.
    public private(set) var height: Int
    /// What is behind everything; may be clear.
    public let ground: Color
    /// What is on the page, the lowest first.
    public private(set) var shapes: [Shape] = []
    /// Where the shapes' origin stands on the page.
    private(set) var origin = (x: 0, y: 0)

    /// An empty page of `width` x `height` pixels.
    public init(width: Int, height: Int, ground: Color) {
        self.width = width
        self.height = height
        self.ground = ground
    }

    /// Lays a shape over all that is there.
    public mutating func add(_ shape: Shape) { shapes.append(shape) }

    /// The page widened to `width`, with everything on it in the middle.
    public func widened(to width: Int) -> Drawing {
        guard width > self.width else { return self }
        var page = self
        page.origin.x += (width - self.width) / 2
        page.width = width
        return page
    }
}

/// What a drawn file tells of itself.
public struct DrawingMetadata: Sendable {
    /// What the file shows, in a line.
    public var title: String
    /// "Software", "Command" and whatever else there is, in the order in which they are written.
    public var entries: [(key: String, value: String)]

    /// A title, and entries in the order in which they are written.
    public init(title: String, entries: [(key: String, value: String)] = []) {
        self.title = title
        self.entries = entries
    }

    func value(_ key: String) -> String? { entries.first { $0.key == key }?.value }
}

extension Drawing {
    /// The page as pixels.
    public func frame() throws(RasterError) -> Frame {
        var frame = Frame(width: width, height: height)
        frame.fill(frame.bounds, with: ground.packed)
        try frame.withCanvas { canvas throws(RasterError) in
            for shape in shapes { try canvas.draw(shape, x: origin.x, y: origin.y) }
        }
        return frame
    }
}

extension Canvas {
    /// Draws the shape, moved by (x, y) pixels. Throws `RasterError.drawing` where text has no font.
    public func draw(_ shape: Drawing.Shape, x: Int = 0, y: Int = 0) throws(RasterError) {
        let (dx, dy) = (Double(x), Double(y))
        func moved(_ points: [Point]) -> [Point] { points.map { Point($0.x + dx, $0.y + dy) } }
        switch shape {
        case .cells(let mosaic, let left, let top, let scale):
            try draw(mosaic, x: x + left, y: y + top, scale: scale)
        case .rectangle(let left, let top, let width, let height, let radius, let color):
            if radius > 0 {
                fillRounded(x: dx + left, y: dy + top, width: width, height: height, radius: radius, color)
            } else {
                fill(x: dx + left, y: dy + top, width: width, height: height, color)
            }
        case .outline(let left, let top, let width, let height, let radius, let lineWidth, let color):
            strokeRounded(
                x: dx + left, y: dy + top, width: width, height: height, radius: radius, lineWidth: lineWidth, color)
        case .polygon(let points, let color): fillPolygon(moved(points), color)
        case .line(let points, let lineWidth, let color): line(moved(points), lineWidth: lineWidth, color)
        case .text(let text, let at, let align, let style):
            try self.text(text, baseline: Point(at.x + dx, at.y + dy), align: align, style)
        }
    }

    /// Cells as pixels on pixels; on paper as rectangles, or as an image where some are half-transparent.
    private func draw(_ mosaic: Mosaic, x: Int, y: Int, scale: Int) throws(RasterError) {
        guard isVector else {
            var cells = Frame(width: mosaic.width, height: mosaic.height)
            cells.draw(mosaic, scale: 1, x: 0, y: 0)
            return try draw(cells, x: Double(x), y: Double(y), scale: Double(scale))
        }
        if mosaic.isTranslucent {
            return try drawImage(of: mosaic, x: Double(x), y: Double(y), scale: Double(scale))
        }
        for run in mosaic.runs {
            fill(
                x: Double(x) + run.x * Double(scale), y: Double(y) + run.y * Double(scale),
                width: run.width * Double(scale), height: run.height * Double(scale), Color(run.pixel))
        }
    }
}
