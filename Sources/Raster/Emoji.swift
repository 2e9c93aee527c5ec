import CGNCAPangoCairo

/// Pictures of emoji, from the installed colour font.
public enum Emoji {
    /// Whether `text` could name an emoji rather than a file: no ASCII but for the digits and signs of key caps.
    public static func looksLike(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        // The block of pictographs as a whole, for new emoji are newer than Swift's tables.
        // Digits and signs become key caps by U+20E3.
        return scalars.contains {
            !$0.isASCII && ($0.properties.isEmoji || (0x1F000...0x1FAFF).contains($0.value) || $0.value == 0x20E3)
        }
            && scalars.allSatisfy { !$0.isASCII || "0123456789#*".unicodeScalars.contains($0) } && text.count <= 4
    }

    /// Whether a character of a text is drawn as a picture where a colour font has one.
    static func isPicture(_ character: Character) -> Bool {
        let scalars = character.unicodeScalars
        return scalars.contains { [0xFE0F, 0x20E3].contains($0.value) || $0.properties.isEmojiPresentation }
    }

    /// The emoji as Noto Color Emoji holds it: a bitmap of 136 x 128 pixels, of which the middle square is the picture
    /// that its makers publish. Throws `RasterError.undrawableText` where the font is missing or lacks the emoji.
    public static func picture(_ text: String) throws(RasterError) -> Frame { try glyph(text).frame.middleSquare }

    /// The same bitmap whole, and its place around the point of the baseline where the emoji begins, in em.
    static func glyph(
        _ text: String
    ) throws(RasterError) -> (frame: Frame, left: Double, top: Double, width: Double, height: Double) {
        let size = 109
        let layout = try TextLayout(text, TextStyle(size: size), family: "Noto Color Emoji")
        let ink = layout.inkExtent
        guard ink.width > 0, ink.height > 0, ink.width <= 2048, ink.height <= 2048, layout.lineCount == 1 else {
            throw .undrawableText("no installed colour font has a picture of \"\(text)\"")
        }
        var frame = Frame(width: ink.width, height: ink.height)
        try frame.withCanvas { canvas in canvas.show(layout, x: -Double(ink.x), y: -Double(ink.y)) }
        guard frame.hasColour else { throw .undrawableText("no installed colour font has a picture of \"\(text)\"") }
        let em = Double(size)
        return (
            frame, Double(ink.x) / em, (Double(ink.y) - layout.baseline) / em, Double(ink.width) / em,
            Double(ink.height) / em
        )
    }
}

extension Frame {
    /// Whether a pixel is neither transparent nor black: outline fonts draw emoji in black.
    fileprivate var hasColour: Bool {
        for start in stride(from: 0, to: bytes.count, by: 4) where bytes[start + 3] > 0 {
            let (blue, green, red) = (bytes[start], bytes[start + 1], bytes[start + 2])
            if blue != green || green != red || max(red, blue) > 16 { return true }
        }
        return false
    }

    /// A wide picture without its transparent sides, as far as they are equal and the picture stays no less wide than
    /// high.
    fileprivate var middleSquare: Frame {
        let cut = (width - height) / 2
        guard cut > 0 else { return self }
        let columns = Array(0..<cut) + Array((width - cut)..<width)
        guard columns.allSatisfy({ x in (0..<height).allSatisfy { y in self[x, y].alpha == 0 } }) else { return self }
        var square = Frame(width: width - 2 * cut, height: height)
        for y in 0..<height {
            for x in 0..<square.width { square[x, y] = self[x + cut, y] }
        }
        return square
    }
}
