import CGNCAPangoCairo

/// Mosaics with half-transparent cells leave as one image: rectangles that must not overlap would let the page shine
/// through between them.
extension Mosaic {
    /// Whether a cell is neither clear nor opaque.
    var isTranslucent: Bool { pixels.contains { (1...254).contains($0.bits >> 24) } }

    /// Pixels of the image a cell. Some viewers smooth images whatever a file asks for: an eighth of a cell is not seen.
    var imageScale: Int { max(1, min(8, 8192 / max(width, height))) }

    /// Enlarged by `imageScale`.
    var image: Frame {
        var frame = Frame(width: width * imageScale, height: height * imageScale)
        frame.draw(self, scale: imageScale, x: 0, y: 0)
        return frame
    }

    /// Every cell in its straight colour, opaque. Clear cells take that of a neighbour, or of its neighbour: viewers that
    /// smooth an image without its mask mix no black into its edge.
    var colours: [PackedPixel] {
        var colours = pixels.map { $0.bits >> 24 == 0 ? nil : Color($0).opaque.packed }
        for _ in 0..<2 {
            let known = colours
            for place in known.indices where known[place] == nil {
                let (x, y) = (place % width, place / width)
                let around = [
                    x > 0 ? known[place - 1] : nil, x + 1 < width ? known[place + 1] : nil,
                    y > 0 ? known[place - width] : nil, y + 1 < height ? known[place + width] : nil,
                ]
                colours[place] = around.lazy.compactMap { $0 }.first
            }
        }
        return colours.map { $0 ?? Color.white.packed }
    }
}

extension Color {
    fileprivate var opaque: Color { Color(red: red, green: green, blue: blue) }
}

extension Canvas {
    /// Cells as one image under a soft mask, which viewers are asked not to smooth.
    func drawImage(of mosaic: Mosaic, x: Double, y: Double, scale: Double) throws(RasterError) {
        let (part, row) = (mosaic.imageScale, mosaic.width)
        let (width, height) = (mosaic.width * part, mosaic.height * part)
        let cells = mosaic.colours
        let colours = try OwnImage(CAIRO_FORMAT_RGB24, width: width, height: height) { line, y in
            let pixels = line.assumingMemoryBound(to: UInt32.self)
            for x in 0..<width { pixels[x] = cells[y / part * row + x / part].bits }
        }
        let alpha = try OwnImage(CAIRO_FORMAT_A8, width: width, height: height) { line, y in
            let pixels = line.assumingMemoryBound(to: UInt8.self)
            for x in 0..<width { pixels[x] = UInt8(mosaic.pixels[y / part * row + x / part].bits >> 24) }
        }
        cairo_save(cairo)
        cairo_translate(cairo, x, y)
        cairo_scale(cairo, scale / Double(part), scale / Double(part))
        cairo_set_source_surface(cairo, colours.pointer, 0, 0)
        cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_NEAREST)
        if let mask = cairo_pattern_create_for_surface(alpha.pointer) {
            cairo_pattern_set_filter(mask, CAIRO_FILTER_NEAREST)
            cairo_mask(cairo, mask)
            cairo_pattern_destroy(mask)
        }
        cairo_restore(cairo)
        try check()
    }
}

/// A cairo image that holds its own pixels.
private struct OwnImage: CairoSurface, ~Copyable {
    let pointer: OpaquePointer

    /// `write`: is called with the memory of every row and its number.
    init(
        _ format: cairo_format_t, width: Int, height: Int, _ write: (UnsafeMutableRawPointer, Int) -> Void
    ) throws(RasterError) {
        guard let surface = cairo_image_surface_create(format, Int32(clamping: width), Int32(clamping: height)),
            let data = cairo_image_surface_get_data(surface)
        else { throw .drawing(reason: "cairo has no memory") }
        let stride = Int(cairo_image_surface_get_stride(surface))
        for y in 0..<height { write(UnsafeMutableRawPointer(data) + y * stride, y) }
        cairo_surface_mark_dirty(surface)
        pointer = surface
    }

    deinit { cairo_surface_destroy(pointer) }
}
