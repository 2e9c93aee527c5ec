/// Writes JSON. The same text for the same values, always: the caller chooses the order.
public enum JSONText {
    /// `text` in quotes, ready to stand in JSON.
    public static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where isUnseen(scalar):
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// `text` in quotes as messages show what stands in a stranger's file: harmless to a terminal, and not endless.
    public static func shown(_ text: String) -> String {
        text.unicodeScalars.count <= 64
            ? quoted(text) : quoted(String(String.UnicodeScalarView(text.unicodeScalars.prefix(64)))) + "..."
    }

    /// Control characters, and those that turn the direction of what follows: a terminal would obey them.
    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// A list of values that are JSON already.
    public static func list(_ values: [String]) -> String {
        "[" + values.joined(separator: ",") + "]"
    }

    /// An object of values that are JSON already, in the order given.
    public static func object(_ members: KeyValuePairs<String, String>) -> String {
        object(members.map { ($0.key, $0.value) })
    }

    /// An object of values that are JSON already, in the order given.
    public static func object(_ members: [(name: String, value: String)]) -> String {
        "{" + members.map { quoted($0.name) + ":" + $0.value }.joined(separator: ",") + "}"
    }
}
