import CGNCAPangoCairo
import GNCABasics

extension Drawing {
    /// The page as PDF, `width` points wide: cells are rectangles, text is text in embedded fonts.
    ///
    /// The same drawing gives the same bytes: the file holds no date. Throws `RasterError.drawing`.
    public func pdf(width pageWidth: Double, metadata: DrawingMetadata) throws(RasterError) -> [UInt8] {
        let points = pageWidth / Double(width)
        let output = PDFBytes()
        let surface = try PDFSurface(output, width: pageWidth, height: Double(height) * points)
        surface.set(CAIRO_PDF_METADATA_TITLE, metadata.title)
        surface.set(CAIRO_PDF_METADATA_CREATOR, metadata.value("Software") ?? "")
        surface.set(CAIRO_PDF_METADATA_SUBJECT, metadata.value("Command") ?? "")
        surface.set(CAIRO_PDF_METADATA_AUTHOR, metadata.value("Author") ?? "")
        let others = metadata.entries.filter { !["Software", "Command", "Author"].contains($0.key) }
        surface.set(CAIRO_PDF_METADATA_KEYWORDS, others.map { "\($0.key): \($0.value)" }.joined(separator: "; "))
        surface.set(CAIRO_PDF_METADATA_CREATE_DATE, "")
        do {
            let canvas = try Canvas(surface: surface, isVector: true)
            canvas.scale(points)
            if ground.alpha > 0 {
                canvas.fill(x: 0, y: 0, width: Double(width), height: Double(height), ground)
            }
            for shape in shapes { try canvas.draw(shape, x: origin.x, y: origin.y) }
            try canvas.check()
        }
        try surface.finish()
        return Self.withoutPageGroup(output.bytes)
    }
}

extension Drawing {
    /// cairo makes a transparency group of every page, and pdfTeX warns where two such stand on one page of a paper. What is
    /// laid on paper needs none. Spaces take its place, so that the file's table of places stays right.
    private static func withoutPageGroup(_ bytes: [UInt8]) -> [UInt8] {
        let text = bytes[...]
        guard let page = text.firstRange(of: Array("/Type /Page ".utf8)),
            let end = text[page.upperBound...].firstRange(of: Array("endobj".utf8)),
            let group = text[page.upperBound..<end.lowerBound].firstRange(of: Array("/Group <<".utf8)),
            let close = text[group.upperBound..<end.lowerBound].firstRange(of: Array(">>".utf8))
        else { return bytes }
        var bytes = bytes
        for place in group.lowerBound..<close.upperBound { bytes[place] = UInt8(ascii: " ") }
        return bytes
    }
}

/// What cairo has written so far.
private final class PDFBytes {
    var bytes: [UInt8] = []
}

/// A cairo surface whose file goes into memory.
private struct PDFSurface: CairoSurface, ~Copyable {
    let pointer: OpaquePointer
    /// cairo keeps a pointer to it until the surface is finished.
    private let output: PDFBytes

    /// `width` and `height` in points.
    init(_ output: PDFBytes, width: Double, height: Double) throws(RasterError) {
        let write: cairo_write_func_t = { closure, bytes, count in
            guard let closure, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
            let output = Unmanaged<PDFBytes>.fromOpaque(closure).takeUnretainedValue()
            output.bytes.append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
            return CAIRO_STATUS_SUCCESS
        }
        let closure = Unmanaged.passUnretained(output).toOpaque()
        guard let surface = cairo_pdf_surface_create_for_stream(write, closure, width, height) else {
            throw .drawing(reason: "cairo has no memory")
        }
        // Later versions bring nothing that a figure needs, and pdfTeX warns of 1.7, cairo 1.18's own.
        cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4)
        pointer = surface
        self.output = output
    }

    deinit { cairo_surface_destroy(pointer) }

    func set(_ key: cairo_pdf_metadata_t, _ value: String) {
        cairo_pdf_surface_set_metadata(pointer, key, Escaping.printable(value))
    }

    /// Writes the rest of the file.
    func finish() throws(RasterError) {
        cairo_surface_finish(pointer)
        let status = cairo_surface_status(pointer)
        guard status == CAIRO_STATUS_SUCCESS else {
            throw .drawing(reason: String(cString: cairo_status_to_string(status)))
        }
    }
}
