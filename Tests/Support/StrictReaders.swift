/// Readers of the languages that the program writes text into, each no more than its grammar: what they give back is what
/// was meant, and nil says that something special stood where it means something. The fuzzer has them, too.
public enum StrictReaders {
    /// Text of HTML or XML. `quotes`: whether quotes of both kinds may stand in it as they are.
    public static func markup(_ text: String, quotes: Bool) -> String? {
        let references: [String: Unicode.Scalar] = [
            "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'", "#13": "\r",
        ]
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "<", ">", "\r": return nil
            case "\"", "'":
                guard quotes else { return nil }
                result.append(scalar)
            case "&":
                guard let end = rest.firstIndex(of: ";"), let meant = references[String(rest[..<end])] else {
                    return nil
                }
                result.append(meant)
                rest = rest[rest.index(after: end)...]
            default:
                guard scalar == "\t" || scalar == "\n" || !isControl(scalar) else { return nil }
                guard scalar.value != 0xFFFE, scalar.value != 0xFFFF else { return nil }
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// One line of LaTeX: letters, and commands that stand for one. What fonts join must be kept apart.
    public static func latex(_ text: String) -> String? {
        let commands: [String: Unicode.Scalar] = [
            "textbackslash{}": "\\", "textasciitilde{}": "~", "textasciicircum{}": "^", "textless{}": "<",
            "textgreater{}": ">", "textbar{}": "|", "char34{}": "\"",
        ]
        var result = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            var meant = scalar
            switch scalar {
            case "&", "%", "$", "#", "_", "{", "}", "~", "^", "<", ">", "|", "\"", "\n", "\r": return nil
            case "\\":
                guard let next = rest.first else { return nil }
                if next == "/" {
                    rest.removeFirst()
                    last = nil
                    continue
                } else if "&%$#_{}".unicodeScalars.contains(next) {
                    rest.removeFirst()
                    meant = next
                } else {
                    guard let end = rest.firstIndex(of: "}"), let letter = commands[String(rest[...end])] else {
                        return nil
                    }
                    meant = letter
                    rest = rest[rest.index(after: end)...]
                }
            default: guard !isControl(scalar) || scalar == "\t" else { return nil }
            }
            if last == meant && "-',`<>".unicodeScalars.contains(meant) { return nil }
            if meant == "`" && (last == "?" || last == "!") { return nil }
            last = meant
            result.append(meant)
        }
        return String(result)
    }

    /// Words within emphasis, or an alternative text, of CommonMark with the marks of its relatives.
    public static func markdown(_ text: String) -> String? {
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        if rest.first?.properties.isWhitespace == true || rest.last?.properties.isWhitespace == true { return nil }
        while let scalar = rest.popFirst() {
            switch scalar {
            case "`", "*", "_", "[", "]", "<", ">", "#", "|", "~", "$", "&", "{", "}", "\n", "\r": return nil
            case "\\":
                guard let next = rest.popFirst(), next.isASCII, !next.properties.isAlphabetic, next != " " else {
                    return nil
                }
                result.append(next)
            default:
                guard !isControl(scalar) || scalar == "\t" else { return nil }
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Words of a command line as every shell takes them: quotes hold everything but backslashes, and what is substituted
    /// is `printf` of octal numbers. Words without quotes hold nothing that any shell changes.
    public static func shell(_ line: String) -> [String]? {
        var words: [String] = []
        var word: [UInt8]?
        var rest = Array(line.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: " "):
                if let word { words.append(String(decoding: word, as: UTF8.self)) }
                word = nil
            case UInt8(ascii: "'"):
                guard let end = rest.firstIndex(of: byte), !rest[..<end].contains(UInt8(ascii: "\\")) else {
                    return nil
                }
                word = (word ?? []) + rest[..<end]
                rest = rest[(end + 1)...]
            case UInt8(ascii: "\\"):
                guard let next = rest.popFirst(), next == byte || next == UInt8(ascii: "'") || next == UInt8(ascii: "$")
                else { return nil }
                word = (word ?? []) + [next]
            case UInt8(ascii: "\""):
                let (opening, closing) = (Array("$(printf '".utf8), Array("')\"".utf8))
                guard rest.starts(with: opening) else { return nil }
                rest = rest.dropFirst(opening.count)
                word = word ?? []
                while rest.first == UInt8(ascii: "\\") {
                    guard let number = UInt8(String(decoding: rest.dropFirst().prefix(3), as: UTF8.self), radix: 8),
                        number != 0, number != 10
                    else { return nil }
                    word?.append(number)
                    rest = rest.dropFirst(4)
                }
                guard rest.starts(with: closing) else { return nil }
                rest = rest.dropFirst(closing.count)
            default:
                let scalar = Unicode.Scalar(byte)
                let isLetter = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                guard isLetter || "-_./:,@+=%".unicodeScalars.contains(scalar) else { return nil }
                if word == nil && (scalar == "=" || scalar == "%") { return nil }
                word = (word ?? []) + [byte]
            }
        }
        if let word { words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }

    /// A URL's bytes; nil where a character stands in it that RFC 3986 has not, or a quote or round bracket.
    public static func url(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.count >= 2, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
                else {
                    return nil
                }
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                let scalar = Unicode.Scalar(byte)
                let isLetter = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                guard isLetter || "-._~:/?#[]@!$&*+,;=".unicodeScalars.contains(scalar) else { return nil }
                bytes.append(byte)
            }
        }
        return bytes
    }

    /// Whether a terminal shows the text and obeys nothing in it. `lines`: whether it may have several.
    public static func isShown(_ text: String, lines: Bool = false) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            if scalar == "\n" { return lines }
            if isControl(scalar) { return false }
            switch scalar.value {
            case 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: return false
            default: return true
            }
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .control }
}
