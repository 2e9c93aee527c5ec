import GNCABasics

/// Sources as a page carries them: without comments that have lines of their own, indentation, and spaces beside signs.
enum LeanText {
    private static let signs = "{}()[]=<>,;:?!&|*/%+-"

    /// JavaScript, in which no loop has an empty body.
    static func script(_ source: [UInt8]) -> String {
        squeezed(source, after: signs, before: signs, dropsLastSemicolon: true)
    }

    /// GLSL, where every statement ends in a semicolon.
    static func shader(_ source: [UInt8]) -> String {
        squeezed(source, after: signs, before: signs, dropsLastSemicolon: false)
    }

    /// A style sheet, where a space before a sign may mean something.
    static func css(_ source: [UInt8]) -> String {
        squeezed(source, after: "{,;:", before: "{", dropsLastSemicolon: true)
    }

    /// HTML, whose spaces between elements are one.
    static func html(_ source: [UInt8]) -> String {
        lines(String(decoding: source, as: UTF8.self)).joined(separator: "\n")
    }

    /// Texts, templates and the preprocessor's lines stay as they are.
    private static func squeezed(
        _ source: [UInt8], after: String, before: String, dropsLastSemicolon: Bool
    ) -> String {
        let (after, before) = (Set(after.utf8), Set(before.utf8))
        // Behind the first and before the second a line goes on.
        let (openings, closings) = (Set("{([,;=&|?:".utf8), Set("})]".utf8))
        let bytes = Array(lines(String(decoding: source, as: UTF8.self)).joined(separator: "\n").utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var scanner = CodeScanner()
        for (index, byte) in bytes.enumerated() {
            let last = result.last ?? UInt8(ascii: "\n")
            let next = index + 1 < bytes.count ? bytes[index + 1] : UInt8(ascii: "\n")
            if scanner.isCode {
                let wouldJoin = last == next && (last == UInt8(ascii: "+") || last == UInt8(ascii: "-"))
                if byte == UInt8(ascii: " "), after.contains(last) || before.contains(next), !wouldJoin { continue }
                if byte == UInt8(ascii: "}"), last == UInt8(ascii: ";"), dropsLastSemicolon { result.removeLast() }
                let joins = openings.contains(last) && next != UInt8(ascii: "#") || closings.contains(next)
                if byte == UInt8(ascii: "\n"), joins { continue }
            }
            result.append(byte)
            scanner.read(byte, behind: last)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Without indentation, and without those that are empty or comments.
    private static func lines(_ source: String) -> [String] {
        var isComment = false
        var lines: [String] = []
        for part in source.parts(at: "\n") {
            let line = String(part.unicodeScalars.drop { $0 == " " })
            if line.begins(with: "/*") { isComment = true }
            if !isComment && !line.isEmpty && !line.begins(with: "// ") { lines.append(line) }
            if isComment && line.ends(with: "*/") { isComment = false }
        }
        return lines
    }
}

/// Where in a source a byte stands: in code, in a text, in a template, on a line of the preprocessor.
private struct CodeScanner {
    /// Open braces of the code, and of that in each template around it.
    private var depths = [0]
    private var quote: UInt8?
    private var isDirective = false
    private var isEscaped = false

    var isCode: Bool { quote == nil && !isDirective }

    /// `last`: what stands before it.
    mutating func read(_ byte: UInt8, behind last: UInt8) {
        if last == UInt8(ascii: "\n") { isDirective = byte == UInt8(ascii: "#") && quote == nil }
        if byte == UInt8(ascii: "\n") { isDirective = false }
        defer { isEscaped = byte == UInt8(ascii: "\\") && !isEscaped }
        switch (quote, byte) {
        case (nil, UInt8(ascii: "\"")), (nil, UInt8(ascii: "`")): quote = byte
        case (nil, UInt8(ascii: "{")): depths[depths.count - 1] += 1
        case (nil, UInt8(ascii: "}")):
            depths[depths.count - 1] -= 1
            // The end of what a template holds.
            if depths[depths.count - 1] < 0 {
                depths.removeLast()
                quote = UInt8(ascii: "`")
            }
        case (UInt8(ascii: "`"), UInt8(ascii: "{")) where last == UInt8(ascii: "$") && !isEscaped:
            depths.append(0)
            quote = nil
        case (let open?, let close) where open == close && !isEscaped: quote = nil
        default: break
        }
    }
}
