/// Texts as other languages take them.
///
/// All of it goes by Unicode's scalars, as those who read the texts do: Swift's characters take a `<` and the combining
/// mark behind it for one, and no `<`.
public enum Escaping {
    /// Text of HTML, between tags or in double quotes.
    public static func html(_ text: String) -> String {
        replacing(text) { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            default: nil
            }
        }
    }

    /// Text of XML between tags. What XML cannot say in any way (control characters) is left out.
    public static func xml(_ text: String) -> String {
        replacing(text) { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\t", "\n": nil
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: ""
            default: nil
            }
        }
    }

    /// Text of LaTeX, on one line.
    public static func latex(_ text: String) -> String {
        replacing(oneLine(text)) { scalar in
            switch scalar {
            case "\\": "\\textbackslash{}"
            case "~": "\\textasciitilde{}"
            case "^": "\\textasciicircum{}"
            case "&", "%", "$", "#", "_", "{", "}": "\\\(scalar)"
            default: nil
            }
        }
    }

    /// An address in LaTeX's `\href`.
    public static func latexAddress(_ address: String) -> String {
        replacing(address) { $0 == "%" || $0 == "#" ? "\\\($0)" : nil }
    }

    /// Text of Markdown, on one line.
    public static func markdown(_ text: String) -> String {
        behindBackslashes("\\`*_[]<>#|~$&", in: oneLine(text))
    }

    /// A pattern of the shell's (`*`, `?`, `[a-z]`) that matches `text` only.
    public static func shellPattern(_ text: String) -> String { behindBackslashes("*?[]\\", in: text) }

    /// A word in single quotes where a shell would otherwise change it.
    public static func shellWord(_ word: String) -> String {
        let plain = word.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_./:,@%+=#".unicodeScalars.contains($0))
        }
        if plain && !word.isEmpty && !word.hasPrefix("#") { return word }
        let inside = replacing(word) { scalar in
            // Bytes that are no text are spelled by a shell's own means.
            let byte = SystemText.byte(scalar).map { "'\"$(printf '\\\(String($0, radix: 8))')\"'" }
            return scalar == "'" ? "'\\''" : byte
        }
        return "'\(inside)'"
    }

    /// A path with everything percent-encoded that means something else in a URL (RFC 3986).
    public static func urlPath(_ path: String) -> String {
        SystemText.bytes(path).reduce(into: "") { text, byte in
            let scalar = Unicode.Scalar(byte)
            if scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789-._~/".unicodeScalars.contains(scalar)) {
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

    /// Without line breaks: each, or several in a row, becomes a space.
    public static func oneLine(_ text: String) -> String {
        text.unicodeScalars.split { Character($0).isNewline }.map(String.init).joined(separator: " ")
    }

    /// "\u001b"
    static func code(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    /// Control characters, and those that turn the direction of what follows: a terminal would obey them.
    static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
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
