import GNCABasics

extension Drawing {
    /// The page as SVG, `width` (a length as SVG has it: "900" or "8.5cm") wide: cells are rectangles, text is text.
    ///
    /// cairo's own SVG holds glyphs as outlines, so this is written here. Text is set in Noto Sans where the viewer has
    /// it, and stands where it was measured; emoji are images, for not every viewer draws colour fonts. So are mosaics
    /// with half-transparent cells. The same drawing gives the same bytes. Throws `RasterError`.
    public func svg(
        width pageWidth: String, height pageHeight: String, metadata: DrawingMetadata
    ) throws(RasterError) -> [UInt8] {
        var writer = SVGWriter()
        writer.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
        writer.line(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(pageWidth)\" height=\"\(pageHeight)\" "
                + "viewBox=\"0 0 \(width) \(height)\" font-family=\"'Noto Sans', sans-serif\" "
                + "style=\"font-variant-numeric: tabular-nums lining-nums\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">"
        )
        writer.line("<title>\(Escaping.xml(metadata.title))</title>")
        if let command = metadata.value("Command") { writer.line("<desc>\(Escaping.xml(command))</desc>") }
        writer.line("<metadata>")
        for (key, value) in metadata.entries { writer.line(Escaping.xml("\(key): \(value)")) }
        writer.line("</metadata>")
        if ground.alpha > 0 {
            writer.line("<rect width=\"\(width)\" height=\"\(height)\"\(SVGWriter.fill(ground))/>")
        }
        let isMoved = origin != (0, 0)
        if isMoved { writer.line("<g transform=\"translate(\(origin.x) \(origin.y))\">") }
        for shape in shapes { try writer.write(shape) }
        if isMoved { writer.line("</g>") }
        writer.line("</svg>")
        return Array(writer.text.utf8)
    }
}

/// Spells shapes.
private struct SVGWriter {
    private(set) var text = ""

    mutating func line(_ line: String) {
        text += line
        text += "\n"
    }

    mutating func write(_ shape: Drawing.Shape) throws(RasterError) {
        switch shape {
        case .cells(let mosaic, let x, let y, let scale): try write(mosaic, x: x, y: y, scale: scale)
        case .rectangle(let x, let y, let width, let height, let radius, let color):
            line("<rect\(Self.box(x, y, width, height, radius))\(Self.fill(color))/>")
        case .outline(let x, let y, let width, let height, let radius, let lineWidth, let color):
            line("<rect\(Self.box(x, y, width, height, radius)) fill=\"none\"\(Self.stroke(color, lineWidth))/>")
        case .polygon(let points, let color): line("<polygon\(Self.points(points))\(Self.fill(color))/>")
        case .line(let points, let lineWidth, let color):
            line(
                "<polyline\(Self.points(points)) fill=\"none\"\(Self.stroke(color, lineWidth)) "
                    + "stroke-linejoin=\"round\"/>")
        case .text(let words, let at, let align, let style):
            if words.contains(where: Emoji.isPicture) {
                try writePieces(of: words, at: at, align: align, style)
            } else {
                write(words, at: at, align: align, style)
            }
        }
    }

    private mutating func write(_ words: String, at: Point, align: TextAlignment, _ style: TextStyle) {
        let anchor =
            switch align {
            case .left: ""
            case .center: " text-anchor=\"middle\""
            case .right: " text-anchor=\"end\""
            }
        line(
            "<text x=\"\(Self.number(at.x))\" y=\"\(Self.number(at.y))\" font-size=\"\(style.size)\""
                + (style.bold ? " font-weight=\"600\"" : "") + anchor
                + "\(Self.fill(style.color))>\(Escaping.xml(words))</text>")
    }

    /// Letters and emoji, each at its own place.
    private mutating func writePieces(
        of words: String, at: Point, align: TextAlignment, _ style: TextStyle
    ) throws(RasterError) {
        let (pieces, width) = try style.pieces(of: words)
        let share =
            switch align {
            case .left: 0.0
            case .center: 0.5
            case .right: 1.0
            }
        let left = at.x - share * Double(width)
        for piece in pieces {
            switch piece.content {
            case .letters(let letters): write(letters, at: Point(left + piece.x, at.y), align: .left, style)
            case .emoji(let name, let picture, let x, let y, let width, let height):
                try write(
                    picture,
                    Self.box(left + piece.x + x, at.y + y, width, height, 0)
                        + " role=\"img\" aria-label=\"\(Escaping.xml(name))\"")
            }
        }
    }

    private mutating func write(_ picture: Frame, _ attributes: String) throws(RasterError) {
        let png = try ImageFile.encodePNG(picture, compression: 9)
        line(
            "<image\(attributes) preserveAspectRatio=\"none\" "
                + "xlink:href=\"\(Base64.address(png, type: "image/png"))\"/>")
    }

    private mutating func write(_ mosaic: Mosaic, x: Int, y: Int, scale: Int) throws(RasterError) {
        if mosaic.isTranslucent {
            let box = Self.box(
                Double(x), Double(y), Double(mosaic.width * scale), Double(mosaic.height * scale), 0)
            return try write(
                mosaic.image, box + " image-rendering=\"optimizeSpeed\" style=\"image-rendering:pixelated\"")
        }
        line("<g transform=\"translate(\(x) \(y)) scale(\(scale))\" shape-rendering=\"crispEdges\">")
        for run in mosaic.runs {
            line("<rect\(Self.box(run.x, run.y, run.width, run.height, 0))\(Self.fill(Color(run.pixel)))/>")
        }
        line("</g>")
    }

    private static func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ radius: Double) -> String {
        let held = min(radius, width / 2, height / 2)
        return " x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" height=\"\(number(height))\""
            + (held > 0 ? " rx=\"\(number(held))\"" : "")
    }

    private static func points(_ points: [Point]) -> String {
        " points=\"\(points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " "))\""
    }

    static func fill(_ color: Color) -> String { paint("fill", color) }

    private static func stroke(_ color: Color, _ lineWidth: Double) -> String {
        paint("stroke", color) + " stroke-width=\"\(number(lineWidth))\""
    }

    private static func paint(_ attribute: String, _ color: Color) -> String {
        let opacity = color.alpha < 1 ? " \(attribute)-opacity=\"\(number(Double(color.alpha)))\"" : ""
        return " \(attribute)=\"\(color.hex)\"\(opacity)"
    }

    /// At most three decimals.
    private static func number(_ value: Double) -> String {
        let thousandths = Int((value * 1000).rounded())
        let (whole, rest) = (abs(thousandths) / 1000, abs(thousandths) % 1000)
        var text = (thousandths < 0 ? "-" : "") + "\(whole)"
        guard rest > 0 else { return text }
        text += "." + String("\(1000 + rest)".dropFirst())
        while text.ends(with: "0") { text.removeLast() }
        return text
    }
}

extension Color {
    /// "#rrggbb", without alpha.
    public var hex: String {
        func digits(_ value: Float) -> String {
            String(String(256 + Int(value.unit * 255 + 0.5), radix: 16).dropFirst())
        }
        return "#" + digits(red) + digits(green) + digits(blue)
    }
}
