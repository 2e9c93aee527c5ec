import CGNCAPangoCairo

/// Antialiased drawing and text on a picture, by cairo and pango.
///
/// Coordinates are pixels from the top left and may be fractional; whole numbers lie on edges between pixels. What is
/// drawn knows nothing of the surface below, so that other surfaces than a `Frame` can stand behind a canvas.
public struct Canvas: ~Copyable {
    let cairo: OpaquePointer
    /// Whether the surface keeps shapes and text as they are, in place of pixels.
    let isVector: Bool

    /// Holds the cairo surface until the canvas goes.
    init(surface: borrowing some CairoSurface & ~Copyable, isVector: Bool) throws(RasterError) {
        guard let cairo = cairo_create(surface.pointer) else { throw .drawing(reason: "cairo has no memory") }
        self.cairo = cairo
        self.isVector = isVector
    }

    deinit { cairo_destroy(cairo) }

    /// Throws `RasterError.drawing` with cairo's own words once anything has gone wrong.
    public func check() throws(RasterError) {
        let status = cairo_status(cairo)
        guard status == CAIRO_STATUS_SUCCESS else {
            throw .drawing(reason: String(cString: cairo_status_to_string(status)))
        }
    }

    /// Fills a rectangle.
    func fill(x: Double, y: Double, width: Double, height: Double, _ color: Color) {
        cairo_rectangle(cairo, x, y, width, height)
        paint(color)
    }

    /// Fills a rectangle whose corners are quarter circles of `radius` (held to half the shorter side).
    func fillRounded(x: Double, y: Double, width: Double, height: Double, radius: Double, _ color: Color) {
        roundedPath(x, y, width, height, radius)
        paint(color)
    }

    /// Strokes a rectangle whose corners are quarter circles; the line is centred on the edge.
    func strokeRounded(
        x: Double, y: Double, width: Double, height: Double, radius: Double, lineWidth: Double, _ color: Color
    ) {
        roundedPath(x, y, width, height, radius)
        stroke(lineWidth, color)
    }

    /// A line through `points` with flat ends and round corners.
    func line(_ points: [Point], lineWidth: Double, _ color: Color) {
        path(points)
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND)
        stroke(lineWidth, color)
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_MITER)
    }

    /// Fills the closed shape through `points`.
    func fillPolygon(_ points: [Point], _ color: Color) {
        path(points)
        cairo_close_path(cairo)
        paint(color)
    }

    /// Lays a frame over what is there, enlarged without smoothing unless it `isSmooth`.
    func draw(
        _ frame: Frame, x: Double, y: Double, scale: Double = 1, isSmooth: Bool = false
    ) throws(RasterError) {
        let outcome = frame.bytes.withUnsafeBufferPointer { pixels -> Result<Void, RasterError> in
            do throws(RasterError) {
                // cairo only reads from a surface that is a source.
                let start = UnsafeMutablePointer(mutating: pixels.baseAddress)
                let image = try ImageSurface(start, width: frame.width, height: frame.height)
                cairo_save(cairo)
                cairo_translate(cairo, x, y)
                cairo_scale(cairo, scale, scale)
                cairo_set_source_surface(cairo, image.pointer, 0, 0)
                cairo_pattern_set_filter(
                    cairo_get_source(cairo), isSmooth ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST)
                cairo_rectangle(cairo, 0, 0, Double(frame.width), Double(frame.height))
                cairo_fill(cairo)
                cairo_restore(cairo)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try outcome.get()
        try check()
    }

    /// Sets text with the top of its first line at `y`, aligned within `width` pixels from `x`.
    ///
    /// A line too long for `width` is cut with an ellipsis; without a width it is as long as it is. Throws `RasterError.undrawableText` where no installed font has a character.
    public func text(
        _ text: String, x: Int, y: Int, width: Int? = nil, align: TextAlignment = .left, _ style: TextStyle
    ) throws(RasterError) {
        let layout = try TextLayout(text, style, width: width, ellipsis: true)
        let room = Double((width ?? layout.width) - layout.width)
        let shift =
            switch align {
            case .left: 0.0
            case .center: (room / 2).rounded(.down)
            case .right: room
            }
        layout.draw(on: cairo, x: Double(x) + shift, baseline: Double(y + style.ascent), style)
        try check()
    }

    /// One line of text whose left end, middle or right end stands at `baseline`.
    /// Throws `RasterError.undrawableText` where no installed font has a character.
    func text(_ text: String, baseline: Point, align: TextAlignment, _ style: TextStyle) throws(RasterError) {
        let layout = try TextLayout(text, style)
        let share =
            switch align {
            case .left: 0.0
            case .center: 0.5
            case .right: 1.0
            }
        let left = baseline.x - share * Double(layout.width)
        if isVector, text.contains(where: Emoji.isPicture) {
            return try draw(style.pieces(of: text).pieces, x: left, y: baseline.y, style)
        }
        layout.draw(on: cairo, x: left, baseline: baseline.y, style, asOutlines: !isVector)
        try check()
    }

    /// Letters as text, emoji as their whole bitmaps: cairo would reduce them to the page's pixels.
    private func draw(_ pieces: [TextPiece], x: Double, y: Double, _ style: TextStyle) throws(RasterError) {
        for piece in pieces {
            switch piece.content {
            case .letters(let letters):
                let layout = try TextLayout(letters, style)
                layout.draw(on: cairo, x: x + piece.x, baseline: y, style, asOutlines: false)
            case .emoji(_, let picture, let left, let top, let width, _):
                try draw(
                    picture, x: x + piece.x + left, y: y + top, scale: width / Double(picture.width), isSmooth: true)
            }
        }
        try check()
    }

    /// Enlarges everything that is drawn from here on.
    func scale(_ factor: Double) { cairo_scale(cairo, factor, factor) }

    /// Black letters from here on.
    func setBlack() { set(.black) }

    /// A text layout as it is, its top left at (x, y).
    func show(_ layout: borrowing TextLayout, x: Double, y: Double) { layout.show(on: cairo, x: x, y: y) }

    static func set(_ color: Color, on cairo: OpaquePointer) {
        cairo_set_source_rgba(cairo, Double(color.red), Double(color.green), Double(color.blue), Double(color.alpha))
    }

    private func set(_ color: Color) { Self.set(color, on: cairo) }

    private func paint(_ color: Color) {
        set(color)
        cairo_fill(cairo)
    }

    private func stroke(_ lineWidth: Double, _ color: Color) {
        set(color)
        cairo_set_line_width(cairo, lineWidth)
        cairo_stroke(cairo)
    }

    private func path(_ points: [Point]) {
        cairo_new_path(cairo)
        for point in points { cairo_line_to(cairo, point.x, point.y) }
    }

    private func roundedPath(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ radius: Double) {
        let r = max(0, min(radius, width / 2, height / 2))
        cairo_new_sub_path(cairo)
        cairo_arc(cairo, x + width - r, y + r, r, -.pi / 2, 0)
        cairo_arc(cairo, x + width - r, y + height - r, r, 0, .pi / 2)
        cairo_arc(cairo, x + r, y + height - r, r, .pi / 2, .pi)
        cairo_arc(cairo, x + r, y + r, r, .pi, .pi * 3 / 2)
        cairo_close_path(cairo)
    }
}

/// A place on a canvas, in pixels.
public struct Point: Sendable, Hashable {
    /// To the right of the left edge.
    public var x: Double
    /// Below the top edge.
    public var y: Double

    /// The place at (x, y).
    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}

/// Where a line of text stands within its room.
public enum TextAlignment: Sendable {
    /// At the left end.
    case left
    /// In the middle.
    case center
    /// At the right end.
    case right
}

extension Frame {
    /// Draws on the frame's own bytes. Throws what `body` throws, or `RasterError.drawing` where cairo failed.
    public mutating func withCanvas(
        _ body: (borrowing Canvas) throws(RasterError) -> Void
    ) throws(RasterError) {
        let (width, height) = (width, height)
        let outcome = bytes.withUnsafeMutableBufferPointer { pixels -> Result<Void, RasterError> in
            do throws(RasterError) {
                let canvas = try Canvas(
                    surface: ImageSurface(pixels.baseAddress, width: width, height: height), isVector: false)
                try body(canvas)
                try canvas.check()
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try outcome.get()
    }
}

/// One reference to something that cairo draws on.
protocol CairoSurface: ~Copyable {
    var pointer: OpaquePointer { get }
}

/// A cairo surface on memory that outlives it.
private struct ImageSurface: CairoSurface, ~Copyable {
    let pointer: OpaquePointer

    init(_ pixels: UnsafeMutablePointer<UInt8>?, width: Int, height: Int) throws(RasterError) {
        guard
            let surface = cairo_image_surface_create_for_data(
                pixels, CAIRO_FORMAT_ARGB32, Int32(clamping: width), Int32(clamping: height), Int32(clamping: width * 4)
            )
        else { throw .drawing(reason: "cairo has no memory") }
        let status = cairo_surface_status(surface)
        guard status == CAIRO_STATUS_SUCCESS else {
            cairo_surface_destroy(surface)
            throw .drawing(reason: String(cString: cairo_status_to_string(status)))
        }
        pointer = surface
    }

    deinit { cairo_surface_destroy(pointer) }
}
