import GNCARaster

/// How large a figure is asked to be.
public enum FigureSize: Sendable, Equatable {
    /// As the kind has it.
    case natural
    /// Pixels a cell.
    case scale(Int)
    /// Width of the page; cells take whole pixels, what is left stands on both sides.
    case pixels(Int)
    /// Width on paper. Cells take whole pixels in the PNG, which has at least `dotsPerInch`.
    case centimetres(Double, dotsPerInch: Double)
}

/// A figure that has its size: a page that can be written.
public struct FigureSheet: Sendable {
    /// The page.
    public let drawing: Drawing
    /// Width on paper; nil where the user thinks in pixels, which are 1/96 inch then, as on a web page.
    public let centimetres: Double?
    /// Pixels an inch of the PNG; nil where it has no size on paper.
    public var pixelsPerInch: Double? { centimetres.map { Double(drawing.width) * 2.54 / $0 } }

    /// Pages wider or higher than this are not drawn.
    public static let longestSide = 16_384
    /// Points of text on paper where the user names none.
    public static let paperFontSize = 8.0

    /// `fontSize`: points where the size is in centimetres, else pixels; nil for one that suits the size.
    /// Throws `RenderError`, `RasterError`.
    public init(_ figure: any Figure, size: FigureSize, fontSize: Double? = nil) throws {
        switch (size, type(of: figure).extent) {
        case (.natural, .cells(let usual)), (.scale(let usual), .cells):
            centimetres = nil
            let scale = size == .natural ? (usual + figure.pixels - 1) / figure.pixels * figure.pixels : usual
            guard scale % figure.pixels == 0 else { throw RenderError.noRoom(forPixels: figure.pixels, scale: scale) }
            drawing = try Self.page(figure, length: scale, fontSize ?? Self.fontSize(scale: scale))
        case (.natural, .page(let width)), (.pixels(let width), .page):
            centimetres = nil
            drawing = try Self.page(figure, length: width, fontSize ?? Self.fontSize(pageWidth: width))
        case (.scale, .page):
            throw RenderError.invalid("figure \(type(of: figure).name) has no cells (its size is the page's width)")
        case (.pixels(let width), .cells):
            centimetres = nil
            drawing = try Self.largest(figure, within: width, fontSize).widened(to: width)
        case (.centimetres(let width, let dotsPerInch), let extent):
            centimetres = width
            drawing = try Self.onPaper(
                figure, extent, centimetres: width, dotsPerInch: dotsPerInch, points: fontSize ?? Self.paperFontSize)
        }
    }

    /// Pixels to the em that suit cells of `scale` pixels.
    private static func fontSize(scale: Int) -> Double { Double(min(40, max(12, 4 * scale + 2))) }
    private static func fontSize(pageWidth: Int) -> Double { Double(min(40, max(11, pageWidth / 60))) }

    private static func page(_ figure: any Figure, length: Int, _ fontSize: Double) throws -> Drawing {
        guard (1...longestSide).contains(length) else {
            throw RenderError.invalid(
                "the figure's size is out of range (got \(length), expected 1...\(longestSide) pixels)")
        }
        let size = Int(fontSize.rounded())
        guard (1...1000).contains(size) else {
            throw RenderError.invalid("the text's size is out of range (got \(size) pixels, expected 1...1000)")
        }
        let page = try figure.drawing(length: length, fontSize: size)
        guard max(page.width, page.height) <= longestSide else {
            throw RenderError.invalid(
                "the figure is too large (got \(page.width)x\(page.height) pixels, limit \(longestSide))")
        }
        return page
    }

    /// The figure with the largest cells that fit `width` pixels.
    private static func largest(_ figure: any Figure, within width: Int, _ fontSize: Double?) throws -> Drawing {
        func page(_ scale: Int) throws -> Drawing {
            try Self.page(figure, length: scale, fontSize ?? Self.fontSize(scale: scale))
        }
        let step = figure.pixels
        var best = try page(step)
        guard best.width <= width else {
            throw RenderError.invalid(
                "the figure does not fit \(width) pixels (with \(step) pixel\(step == 1 ? "" : "s") a cell it is "
                    + "\(best.width) pixels wide)")
        }
        var scale = 2 * step
        while scale <= width, let larger = try? page(scale), larger.width <= width {
            best = larger
            scale += step
        }
        return best
    }

    /// The page in at least `dotsPerInch`, its width as near to whole cells as can be: the PNG's own resolution makes
    /// the width exact.
    private static func onPaper(
        _ figure: any Figure, _ extent: FigureExtent, centimetres: Double, dotsPerInch: Double, points: Double
    ) throws -> Drawing {
        let inches = centimetres / 2.54
        let wanted = inches * dotsPerInch
        guard wanted >= 1, wanted <= Double(longestSide) else {
            throw RenderError.invalid(
                "the figure is too large (got \(Int(min(max(wanted, 0), 1e9))) pixels wide, limit \(longestSide))")
        }
        if case .page = extent {
            return try page(figure, length: Int(wanted.rounded()), points * dotsPerInch / 72)
        }
        var scale = figure.pixels
        var best = try page(figure, length: scale, points * dotsPerInch / 72)
        guard Double(best.width) <= wanted else {
            throw RenderError.invalid(
                "the figure does not fit \(centimetres) cm with text of \(points) points", remedy: .moreRoomOnPaper)
        }
        while Double(best.width) < wanted {
            scale += figure.pixels
            best = try page(figure, length: scale, points * dotsPerInch / 72)
        }
        // Larger cells are more dots an inch, and so is the text: a few rounds settle both.
        for _ in 0..<4 {
            best = try page(figure, length: scale, points * Double(best.width) / inches / 72)
        }
        return best
    }
}

// What leaves.
extension FigureSheet {
    /// The page as PNG. `file`: as errors name it. Throws `RasterError`.
    public func png(_ metadata: DrawingMetadata, file: String) throws(RasterError) -> [UInt8] {
        try ImageFile.encodePNG(
            drawing.frame(), metadata: [("Title", metadata.title)] + metadata.entries, pixelsPerInch: pixelsPerInch,
            file: file)
    }

    /// The page as SVG. Throws `RasterError`.
    public func svg(_ metadata: DrawingMetadata) throws(RasterError) -> [UInt8] {
        guard let centimetres else {
            return try drawing.svg(width: "\(drawing.width)", height: "\(drawing.height)", metadata: metadata)
        }
        let height = centimetres * Double(drawing.height) / Double(drawing.width)
        return try drawing.svg(
            width: "\(centimetres)cm", height: "\((height * 1000).rounded() / 1000)cm", metadata: metadata)
    }

    /// The page as PDF. Throws `RasterError.drawing`.
    public func pdf(_ metadata: DrawingMetadata) throws(RasterError) -> [UInt8] {
        let points = centimetres.map { $0 / 2.54 * 72 } ?? Double(drawing.width) * 0.75
        return try drawing.pdf(width: points, metadata: metadata)
    }
}
