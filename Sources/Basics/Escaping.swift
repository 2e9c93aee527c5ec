/// Texts as other languages take them.
///
/// All of it goes by Unicode's scalars, as those who read the texts do: Swift's characters take a `<` and the combining
/// mark behind it for one, and no `<`. `Tests/Readers` shows every function's text to those who read it.
public enum Escaping {
    /// Text of HTML, between tags or in quotes of either kind. Characters that no page may hold are spelled out.
    public static func html(_ text: String) -> String {
        replacing(text) { scalar in
            switch scalar {
            case "\"": "&quot;"
            case "'": "&#39;"
            default: markup(scalar)
            }
        }
    }

    /// The text that `html` made this of.
    public static func fromHTML(_ text: String) -> String {
        let names = [("quot;", "\""), ("#39;", "'"), ("lt;", "<"), ("gt;", ">"), ("#13;", "\r"), ("amp;", "&")]
        let pieces = text.parts(at: "&")
        return pieces[0]
            + pieces.dropFirst().map { piece in
                for (name, mark) in names {
                    if let rest = piece.without(beginning: name) { return mark + rest }
                }
                return "&" + piece
            }.joined()
    }

    /// Text of XML between tags. Characters that XML cannot say in any way are spelled out.
    public static func xml(_ text: String) -> String { replacing(text, markup) }

    /// What HTML and XML have in common. A carriage return as it is would be read as the end of a line.
    private static func markup(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\r": "&#13;"
        default: spelled(scalar)
        }
    }

    /// What no text may hold, as "\u001b", or "\xff" where it is a byte that is no text; nil where it may.
    private static func spelled(_ scalar: Unicode.Scalar) -> String? {
        isUnprintable(scalar) ? code(scalar) : SystemText.byte(scalar).map { SystemText.spelled($0) }
    }

    /// Text of LaTeX, on one line: every character as it is written, so that neither `--` becomes a dash nor `"` a
    /// shorthand of a language, and the old text fonts, which lack `<`, `>` and `|`, have them.
    public static func latex(_ text: String) -> String {
        var last: Unicode.Scalar?
        return replacing(oneLine(printable(text))) { scalar in
            defer { last = scalar }
            // Between two that fonts would join, an italic correction, which is nothing in upright fonts.
            let isJoined =
                last == scalar && "-',<>`".unicodeScalars.contains(scalar)
                || scalar == "`" && (last == "?" || last == "!")
            let spelled: String? =
                switch scalar {
                case "\\": "\\textbackslash{}"
                case "~": "\\textasciitilde{}"
                case "^": "\\textasciicircum{}"
                case "<": "\\textless{}"
                case ">": "\\textgreater{}"
                case "|": "\\textbar{}"
                case "\"": "\\char34{}"
                case "&", "%", "$", "#", "_", "{", "}": "\\\(scalar)"
                default: nil
                }
            return isJoined ? "\\/" + (spelled ?? "\(scalar)") : spelled
        }
    }

    /// An address, as `url` and `urlPath` make them, in LaTeX's `\href`.
    public static func latexAddress(_ address: String) -> String {
        replacing(address) { $0 == "%" || $0 == "#" ? "\\\($0)" : nil }
    }

    /// The name of a file in LaTeX, as `\includegraphics` and `\animategraphics` take it: what TeX would act on is made
    /// when it expands the name. nil where LaTeX cannot name the file.
    public static func latexPath(_ path: String) -> String? {
        let isNameable = path.unicodeScalars.allSatisfy { $0 != "\"" && !isUnseen($0) && SystemText.byte($0) == nil }
        guard isNameable, !path.holds("  "), !path.ends(with: " "), !path.begins(with: " ") else { return nil }
        // At the beginning, a tilde is somebody's home.
        return (path.begins(with: "~") ? "./" : "")
            + replacing(path) { scalar in
                switch scalar {
                case "%": "\\csname @percentchar\\endcsname "
                case "\\": "\\csname @backslashchar\\endcsname "
                case "{": "\\csname @charlb\\endcsname "
                case "}": "\\csname @charrb\\endcsname "
                case "#": "\\csname c_hash_str\\endcsname "
                case "~", "$", "&", "_", "^": "\\string\(scalar)"
                default: nil
                }
            }
    }

    /// Text of Markdown, on one line, without space at its ends: emphasis takes none there. Braces are those of templates
    /// that run before Markdown does.
    public static func markdown(_ text: String) -> String {
        let words = oneLine(printable(text)).unicodeScalars
        let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace || scalar == "\u{FEFF}" }
        let first = words.firstIndex { !isSpace($0) } ?? words.endIndex
        let last = words.lastIndex { !isSpace($0) } ?? words.startIndex
        return first <= last && first != words.endIndex
            ? behindBackslashes("\\`*_[]<>#|~$&{}", in: String(words[first...last])) : ""
    }

    /// An address, as `url` and `urlPath` make them, in the round brackets of Markdown's links.
    public static func markdownAddress(_ address: String) -> String {
        replacing(address) { $0 == "&" ? "&amp;" : nil }
    }

    /// A pattern of the shell's (`*`, `?`, `[a-z]`) that matches `text` only.
    public static func shellPattern(_ text: String) -> String { behindBackslashes("*?[]\\", in: text) }

    /// A word as every shell reads it, fish among them: in single quotes where they would otherwise change it. What a
    /// terminal would obey is spelled as `printf` reads it, so that commands can be shown.
    public static func shellWord(_ word: String) -> String {
        if isPlain(word) { return word }
        var result = ""
        var quoted = String.UnicodeScalarView()
        var unseen = ""
        let hasUnseen = word.unicodeScalars.contains { isSubstituted($0) }
        func finish() {
            if !quoted.isEmpty { result += "'\(String(quoted))'" }
            if !unseen.isEmpty { result += "\"$(printf '\(unseen)')\"" }
            (quoted, unseen) = (String.UnicodeScalarView(), "")
        }
        for scalar in word.unicodeScalars {
            if isSubstituted(scalar) {
                if unseen.isEmpty { finish() }
                unseen += octal(SystemText.bytes(String(scalar)))
            } else if scalar == "'" || scalar == "\\" || scalar == "$" && hasUnseen {
                // Within single quotes, fish takes a backslash for more than itself, and behind a substitution a dollar.
                finish()
                result += "\\\(scalar)"
            } else {
                if !unseen.isEmpty { finish() }
                quoted.append(scalar)
            }
        }
        finish()
        return result.isEmpty ? "''" : result
    }

    /// Whether a shell has to make the scalar: a terminal would obey it, or it is a byte that is no text.
    private static func isSubstituted(_ scalar: Unicode.Scalar) -> Bool {
        isUnseen(scalar) && scalar != "\n" || SystemText.byte(scalar) != nil
    }

    /// Whether no shell changes the word where it stands: `=ls` is a path to zsh, `%self` a number to fish.
    private static func isPlain(_ word: String) -> Bool {
        guard let first = word.unicodeScalars.first, first != "=", first != "%" else { return false }
        return word.unicodeScalars.allSatisfy { isLetterOrDigit($0) || "-_./:,@%+=".unicodeScalars.contains($0) }
    }

    /// Bytes as "\342\200\256".
    private static func octal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 8)
            return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }.joined()
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }

    /// A path with everything percent-encoded that means something else in a URL (RFC 3986).
    public static func urlPath(_ path: String) -> String {
        percentEncoded(SystemText.bytes(path), besides: "-._~/")
    }

    /// An address that somebody wrote, with everything percent-encoded that no URL holds (RFC 3986), and what could end
    /// it where it will stand: quotes and round brackets.
    public static func url(_ address: String) -> String {
        let bytes = SystemText.bytes(address)
        var result = ""
        for (index, byte) in bytes.enumerated() {
            let isEscape =
                byte == UInt8(ascii: "%") && index + 2 < bytes.count && isHexDigit(bytes[index + 1])
                && isHexDigit(bytes[index + 2])
            result += isEscape ? "%" : percentEncoded(CollectionOfOne(byte), besides: "-._~:/?#[]@!$&*+,;=")
        }
        return result
    }

    /// The scheme of an address as browsers read it, in lower case; nil where it has none.
    public static func scheme(_ address: String) -> String? {
        guard let (scheme, _) = address.cut(at: ":"), let first = scheme.unicodeScalars.first,
            isLetterOrDigit(first), !scheme.unicodeScalars.prefix(1).allSatisfy({ "0"..."9" ~= $0 }),
            scheme.unicodeScalars.allSatisfy({ isLetterOrDigit($0) || "+-.".unicodeScalars.contains($0) })
        else { return nil }
        return scheme.lowercased()
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool { Unicode.Scalar(byte).properties.isASCIIHexDigit }

    private static func percentEncoded(_ bytes: some Sequence<UInt8>, besides plain: String) -> String {
        bytes.reduce(into: "") { text, byte in
            let scalar = Unicode.Scalar(byte)
            if isLetterOrDigit(scalar) || plain.unicodeScalars.contains(scalar) {
                text.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
    }

    /// A text out of a stranger's file as a terminal may show it: control characters, and those that turn the direction of
    /// what follows, are spelled out. `keepsLines`: newlines stay.
    public static func visible(_ text: String, keepsLines: Bool = false) -> String {
        replacing(text) { scalar in
            switch scalar {
            case "\n": keepsLines ? nil : "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            case _ where isUnseen(scalar): code(scalar)
            default: SystemText.byte(scalar).map { SystemText.spelled($0) }
            }
        }
    }

    /// A text as pages and pictures may hold it: control characters but those of space are spelled out, and the two
    /// scalars that no text has.
    public static func printable(_ text: String) -> String {
        replacing(text, spelled)
    }

    /// Without line breaks: each, or several in a row, becomes a space.
    public static func oneLine(_ text: String) -> String {
        text.unicodeScalars.split(whereSeparator: isNewline).map { String($0) }.joined(separator: " ")
    }

    /// What Unicode says ends a line.
    private static func isNewline(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    /// "\u001b"
    static func code(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Control characters, and those that turn the direction of what follows: a terminal would obey them.
    static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x206F, 0xFFF9...0xFFFB: true
        default: false
        }
    }

    private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: false
        case 0..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    /// `text` with some of its scalars replaced; nil leaves one as it is.
    static func replacing(_ text: String, _ replacement: (Unicode.Scalar) -> String?) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let other = replacement(scalar) {
                result.append(contentsOf: other.unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    private static func behindBackslashes(_ special: String, in text: String) -> String {
        replacing(text) { special.unicodeScalars.contains($0) ? "\\\($0)" : nil }
    }
}
