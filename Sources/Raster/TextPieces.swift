import CGNCAPangoCairo

/// A part of a line of text: letters, or one emoji, which is a picture.
struct TextPiece {
    enum Content {
        case letters(String)
        /// The picture, and its place around the point of the baseline where the emoji begins, in pixels.
        case emoji(String, Frame, left: Double, top: Double, width: Double, height: Double)
    }

    var content: Content
    /// Pixels from the line's left end.
    var x: Double
}

extension TextStyle {
    /// What a line is made of where emoji cannot stay text: not every viewer has a colour font, nor draws one. `width`: of
    /// all, pixels. Throws `RasterError.undrawableText` where no installed font has a character.
    func pieces(of text: String) throws(RasterError) -> (pieces: [TextPiece], width: Int) {
        let layout = try TextLayout(text, self)
        var pieces: [TextPiece] = []
        var letters = ""
        var start = 0
        var place = 0
        func finish() {
            guard !letters.isEmpty else { return }
            pieces.append(TextPiece(content: .letters(letters), x: layout.x(ofByte: start)))
            letters = ""
        }
        for character in text {
            let glyph = Emoji.isPicture(character) ? try? Emoji.glyph(String(character)) : nil
            if let glyph {
                finish()
                let size = Double(size)
                pieces.append(
                    TextPiece(
                        content: .emoji(
                            String(character), glyph.frame, left: glyph.left * size, top: glyph.top * size,
                            width: glyph.width * size, height: glyph.height * size), x: layout.x(ofByte: place)))
            } else if !letters.isEmpty || character != " " {
                // Spaces at the beginning would be lost.
                if letters.isEmpty { start = place }
                letters.append(character)
            }
            place += character.utf8.count
        }
        finish()
        return (pieces, layout.width)
    }
}
