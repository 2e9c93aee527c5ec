/// Writes comma-separated values (RFC 4180).
public enum CSVText {
    /// A text as one field: in quotes where a comma, a quote or a line break would end it or change it.
    public static func field(_ text: String) -> String {
        let text = SystemText.spelled(text)
        guard text.utf8.contains(where: { [0x0A, 0x0D, 0x22, 0x2C].contains($0) }) else { return text }
        return "\"" + Escaping.replacing(text) { $0 == "\"" ? "\"\"" : nil } + "\""
    }
}
