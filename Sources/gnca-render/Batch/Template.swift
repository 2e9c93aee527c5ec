/// Texts with names in braces. Goes by bytes: a combining mark behind a brace does not hide it.
enum Template {
    /// `text` with every name between `opening` and `closing` replaced by what `value` says. Throws `unclosed` where
    /// `closing` is missing, and what `take` throws, which hears of every piece before it is copied.
    static func replacing(
        _ text: String, from opening: String, to closing: String, _ value: (String) throws -> String,
        unclosed: () -> any Error, take: (_ byteCount: Int) throws -> Void
    ) throws -> String {
        guard let first = opening.utf8.first, text.utf8.contains(first) else {
            try take(text.utf8.count)
            return text
        }
        let (bytes, opening, closing) = (Array(text.utf8), Array(opening.utf8), Array(closing.utf8))
        var result: [UInt8] = []
        func add(_ piece: some Collection<UInt8>) throws {
            try take(piece.count)
            result += piece
        }
        var rest = bytes[...]
        while let start = rest.firstRange(of: opening) {
            try add(rest[..<start.lowerBound])
            guard let end = rest[start.upperBound...].firstRange(of: closing) else { throw unclosed() }
            try add(value(String(decoding: rest[start.upperBound..<end.lowerBound], as: UTF8.self)).utf8)
            rest = rest[end.upperBound...]
        }
        try add(rest)
        return String(decoding: result, as: UTF8.self)
    }
}
