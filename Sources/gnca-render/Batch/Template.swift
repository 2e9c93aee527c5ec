/// Texts with names in braces.
enum Template {
    /// `text` with every name between `opening` and `closing` replaced by what `value` says.
    static func replacing(
        _ text: String, from opening: String, to closing: String, _ value: (String) throws -> String,
        unclosed: () -> any Error
    ) throws -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstRange(of: opening) {
            result += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstRange(of: closing) else { throw unclosed() }
            result += try value(String(rest[start.upperBound..<end.lowerBound]))
            rest = rest[end.upperBound...]
        }
        return result + rest
    }
}
