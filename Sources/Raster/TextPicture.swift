import CGNCAPangoCairo
import GNCABasics

/// Letters as pictures.
public enum TextPicture {
    /// Of the picture's longest side, pixels.
    static let longestSide = 1024
    /// What letters are set in where nobody names a font: heavy enough to be seen in a few cells.
    public static let usualFont = "Noto Sans Bold"

    /// A line of text in black on nothing, cut where its ink ends. `font`: a family and what of it, as "Noto Serif Bold".
    /// Throws `RasterError.undrawableText` where the font is not installed or lacks a letter.
    public static func picture(of text: String, font: String = usualFont) throws(RasterError) -> Frame {
        try check(font)
        let first = try TextLayout(text, TextStyle(size: 100), font: font).inkExtent
        let longest = max(first.width, first.height)
        guard longest > 0, !text.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" }) else {
            throw .undrawableText("nothing is seen of the text \"\(text)\"")
        }
        let layout = try TextLayout(text, TextStyle(size: max(1, 100 * longestSide / longest)), font: font)
        let ink = layout.inkExtent
        var frame = Frame(width: max(1, ink.width), height: max(1, ink.height))
        try frame.withCanvas { canvas in
            canvas.setBlack()
            canvas.show(layout, x: -Double(ink.x), y: -Double(ink.y))
        }
        return frame
    }

    /// pango takes another family in silence.
    private static func check(_ font: String) throws(RasterError) {
        let wanted = pango_font_description_from_string(font)
        defer { pango_font_description_free(wanted) }
        let family = pango_font_description_get_family(wanted).map { String(cString: $0) } ?? ""
        let known = families
        guard !known.contains(where: { $0.lowercased() == family.lowercased() }) else { return }
        throw .undrawableText(
            "there is no font \"\(family)\" (\(Spelling.hint(family, known: known, advice: "fc-list : family shows those that are installed")))"
        )
    }

    /// Of the fonts that are installed.
    private static var families: [String] {
        guard let names = cpango_families() else { return [] }
        defer { g_strfreev(names) }
        var families: [String] = []
        while let name = names[families.count] { families.append(String(cString: name)) }
        return families
    }
}
