/// Writes JSON. The same text for the same values, always: the caller chooses the order.
public enum JSONText {
    /// `text` in quotes, ready to stand in JSON.
    public static func quoted(_ text: String) -> String {
        let inside = Escaping.replacing(text) { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            case _ where Escaping.isUnseen(scalar): Escaping.code(scalar)
            // A byte of a path that is no text: whoever reads this gets the same text, and a terminal an escape.
            case _ where SystemText.byte(scalar) != nil:
                UTF16.encode(scalar)?.map { "\\u" + String($0, radix: 16) }.joined()
            default: nil
            }
        }
        return "\"\(inside)\""
    }

    /// `text` in quotes as messages show what stands in a stranger's file: harmless to a terminal, and not endless.
    public static func shown(_ text: String) -> String {
        text.unicodeScalars.count <= 64
            ? quoted(text) : quoted(String(String.UnicodeScalarView(text.unicodeScalars.prefix(64)))) + "..."
    }

    /// A number; null where it is infinite or none, which JSON cannot say.
    public static func number(_ number: some BinaryFloatingPoint) -> String { number.isFinite ? "\(number)" : "null" }

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

    /// A value as people read it: what fits into a line of `width` stands in one, everything else is indented by two spaces.
    public static func indented(_ value: JSONValue, width: Int = 120) -> String {
        indented(value, label: "", indent: "", width: width)
    }

    private static func indented(_ value: JSONValue, label: String, indent: String, width: Int) -> String {
        let line = label + oneLine(value)
        if indent.count + line.count < width { return indent + line }
        let opening: String
        let parts: [String]
        switch value {
        case .object(let members):
            opening = "{"
            parts = members.map {
                indented($0.value, label: quoted($0.name) + ": ", indent: indent + "  ", width: width)
            }
        case .array(let values):
            opening = "["
            parts = values.map { indented($0, label: "", indent: indent + "  ", width: width) }
        default: return indent + line
        }
        let closing = opening == "{" ? "}" : "]"
        return "\(indent)\(label)\(opening)\n\(parts.joined(separator: ",\n"))\n\(indent)\(closing)"
    }

    private static func oneLine(_ value: JSONValue) -> String {
        switch value {
        case .object(let members):
            "{" + members.map { "\(quoted($0.name)): \(oneLine($0.value))" }.joined(separator: ", ") + "}"
        case .array(let values): "[" + values.map(oneLine).joined(separator: ", ") + "]"
        case .string(let text): quoted(text)
        case .number(let text): text
        case .bool(let flag): "\(flag)"
        case .null: "null"
        }
    }
}
