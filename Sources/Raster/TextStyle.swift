import CGNCAPangoCairo
import GNCABasics

/// How text looks. The family is Noto Sans where it is installed, else the system's sans serif.
public struct TextStyle: Sendable, Hashable {
    /// Pixels to the em.
    public var size: Int
    /// Semibold rather than regular.
    public var bold: Bool
    /// Of the letters; emoji keep their own.
    public var color: Color
    /// Around the letters, so that they can be read on anything; nil for none. Pictures only.
    public var halo: Color?

    /// `size`: pixels to the em.
    public init(size: Int, bold: Bool = false, color: Color = .black, halo: Color? = nil) {
        self.size = size
        self.bold = bold
        self.color = color
        self.halo = halo
    }

    /// Pixels from one line to the next. Fixed by the size alone, so that layouts do not depend on the font found.
    public var lineHeight: Int { (size * 5 + 3) / 4 }
    /// Pixels from the top of a line to its baseline: capitals stand in the middle of the line.
    public var ascent: Int { size }

    /// Characters of one text. Shaping and breaking lines take time that grows faster than the text does.
    public static let longestText = 1000

    /// Throws `RasterError.undrawableText` where the text is too long, or an installed font is missing.
    public static func check(_ text: String) throws(RasterError) { _ = try TextStyle(size: 12).measure(text) }

    /// The space that `text` takes: its widest line, and as many line heights as lines. Lines are broken to fit
    /// `width` pixels where one is given. Throws `RasterError.undrawableText` where no installed font has a character.
    public func measure(_ text: String, width: Int? = nil) throws(RasterError) -> TextExtent {
        let layout = try TextLayout(text, self, width: width)
        return TextExtent(width: layout.width, height: layout.lineCount * lineHeight)
    }

    /// The lines into which `text` is broken to fit `width` pixels. Throws as `measure`.
    public func lines(of text: String, width: Int) throws(RasterError) -> [String] {
        try TextLayout(text, self, width: width).lines(of: text)
    }
}

/// Pixels that a piece of text takes.
public struct TextExtent: Sendable, Hashable {
    /// Of the widest line, pixels.
    public var width: Int
    /// Of all lines, pixels.
    public var height: Int
}

/// Text shaped by pango, ready to be drawn line by line.
struct TextLayout: ~Copyable {
    private let layout: OpaquePointer
    private let context: OpaquePointer
    /// Emoji are pictures without outlines.
    private let hasEmoji: Bool
    /// pango looks for fonts on two threads, and ends the program where it gets none.
    private static let hasThreads = WorkThread.available(2) == 2

    /// `width` breaks lines (between words, else anywhere); `ellipsis` cuts a single line short; `font` names another, as
    /// "Noto Serif Bold".
    init(
        _ text: String, _ style: TextStyle, width: Int? = nil, ellipsis: Bool = false,
        family: String = "Noto Sans, sans-serif", font: String? = nil
    ) throws(RasterError) {
        guard text.unicodeScalars.count <= TextStyle.longestText else {
            throw .undrawableText(
                "the text \"\(String(text.unicodeScalars.prefix(20)))...\" is too long (got \(text.unicodeScalars.count) "
                    + "characters, limit \(TextStyle.longestText))")
        }
        guard Self.hasThreads else { throw .drawing(reason: "the system has no threads left, and pango needs some") }
        guard let map = pango_cairo_font_map_get_default(), let context = pango_font_map_create_context(map),
            let layout = pango_layout_new(context)
        else { throw .drawing(reason: "pango has no fonts") }
        TextLayout.setFont(of: layout, context, style, family: family, font: font)
        pango_layout_set_text(layout, text, Int32(text.utf8.count))
        if let width {
            pango_layout_set_width(layout, cpango_units(Double(max(1, width))))
            if ellipsis {
                pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
            } else {
                pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
            }
        }
        guard pango_layout_get_unknown_glyphs_count(layout) == 0 else {
            let missing = text.first { character in
                pango_layout_set_text(layout, String(character), Int32(character.utf8.count))
                return pango_layout_get_unknown_glyphs_count(layout) > 0
            }
            g_object_unref(UnsafeMutableRawPointer(layout))
            g_object_unref(UnsafeMutableRawPointer(context))
            throw .undrawableText(FontPackages.refusal(of: text, missing: missing))
        }
        guard cpango_fonts_are_open(layout) != 0 else {
            g_object_unref(UnsafeMutableRawPointer(layout))
            g_object_unref(UnsafeMutableRawPointer(context))
            throw .unopenedFont("the file of a font cannot be opened")
        }
        self.context = context
        self.layout = layout
        hasEmoji = text.unicodeScalars.contains { !$0.isASCII && $0.properties.isEmoji }
    }

    deinit {
        g_object_unref(UnsafeMutableRawPointer(layout))
        g_object_unref(UnsafeMutableRawPointer(context))
    }

    /// Grey antialiasing and unhinted outlines: the same shapes on every screen, and none of LCD's colour fringes.
    private static func setFont(
        of layout: OpaquePointer, _ context: OpaquePointer, _ style: TextStyle, family: String, font name: String?
    ) {
        let options = cairo_font_options_create()
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
        pango_context_set_round_glyph_positions(context, 0)

        let font = name.map { pango_font_description_from_string($0) } ?? pango_font_description_new()
        if name == nil {
            pango_font_description_set_family(font, family)
            pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL)
        }
        pango_font_description_set_absolute_size(font, Double(cpango_units(Double(style.size))))
        pango_layout_set_font_description(layout, font)
        pango_font_description_free(font)

        // Figures of one width and height: a running counter must not jitter.
        let attributes = pango_attr_list_new()
        pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum=1, lnum=1"))
        pango_layout_set_attributes(layout, attributes)
        pango_attr_list_unref(attributes)
    }

    /// The text of every line, where `text` is what the layout was made of.
    func lines(of text: String) -> [String] {
        let bytes = Array(text.utf8)
        return (0..<lineCount).compactMap { index in
            guard let line = pango_layout_get_line_readonly(layout, Int32(index)) else { return nil }
            let start = Int(line.pointee.start_index)
            let end = start + Int(line.pointee.length)
            return String(decoding: bytes[start..<end], as: UTF8.self)
        }
    }

    var lineCount: Int { Int(pango_layout_get_line_count(layout)) }

    /// Pixels, rounded up, that the widest line takes.
    var width: Int {
        var extent = PangoRectangle()
        pango_layout_get_extents(layout, nil, &extent)
        return Int((Double(extent.width) / Double(cpango_units(1))).rounded(.up))
    }

    /// Pixels from the left end to where the character that begins with a byte of the text stands.
    func x(ofByte index: Int) -> Double {
        var place = PangoRectangle()
        pango_layout_index_to_pos(layout, Int32(index), &place)
        // Where letters run from right to left, the width is negative.
        return Double(place.x + min(0, place.width)) / Double(cpango_units(1))
    }

    /// Pixels from the top to the first baseline.
    var baseline: Double { Double(pango_layout_get_baseline(layout)) / Double(cpango_units(1)) }

    /// Whole pixels that the ink covers, from the layout's top left.
    var inkExtent: PixelRect {
        var ink = PangoRectangle()
        pango_layout_get_pixel_extents(layout, &ink, nil)
        return PixelRect(x: Int(ink.x), y: Int(ink.y), width: Int(ink.width), height: Int(ink.height))
    }

    /// Draws the layout as it is, its top left at (x, y): for colour fonts.
    func show(on cairo: OpaquePointer, x: Double, y: Double) {
        cairo_move_to(cairo, x, y)
        pango_cairo_show_layout(cairo, layout)
    }

    /// Draws every line with its baseline `lineHeight` below the one before, in the current source colour.
    ///
    /// Outlines are filled as shapes, but where text must stay text: cairo sets glyphs on whole pixels, which spaces
    /// small letters unevenly.
    func draw(
        on cairo: OpaquePointer, x: Double, baseline: Double, _ style: TextStyle, asOutlines: Bool = true
    ) {
        let lineHeight = Double(style.lineHeight)
        if let halo = style.halo, asOutlines, !hasEmoji {
            for index in 0..<lineCount {
                guard let line = pango_layout_get_line_readonly(layout, Int32(index)) else { continue }
                cairo_move_to(cairo, x, baseline + Double(index) * lineHeight)
                pango_cairo_layout_line_path(cairo, line)
            }
            Canvas.set(halo, on: cairo)
            cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND)
            cairo_set_line_width(cairo, Double(max(3, style.size / 5)))
            cairo_stroke(cairo)
        }
        Canvas.set(style.color, on: cairo)
        for index in 0..<lineCount {
            guard let line = pango_layout_get_line_readonly(layout, Int32(index)) else { continue }
            cairo_move_to(cairo, x, baseline + Double(index) * lineHeight)
            if hasEmoji || !asOutlines {
                pango_cairo_show_layout_line(cairo, line)
            } else {
                pango_cairo_layout_line_path(cairo, line)
                cairo_fill(cairo)
            }
        }
    }
}
