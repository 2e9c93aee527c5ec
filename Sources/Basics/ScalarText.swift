/// Texts as files, systems and other languages take them: by their bytes and Unicode's scalars.
///
/// Swift's own functions go by characters: to them a comma with a combining mark behind it is no comma, a line that ends
/// in CR and LF has no LF, and two names of files that look alike are one. What users, files and paths say is looked at
/// with these only; a test keeps Swift's own out of the sources.
extension StringProtocol {
    /// Whether these bytes stand at the beginning.
    public func begins(with beginning: some StringProtocol) -> Bool { utf8.starts(with: beginning.utf8) }

    /// Whether these bytes stand at the end.
    public func ends(with ending: some StringProtocol) -> Bool {
        utf8.suffix(ending.utf8.count).elementsEqual(ending.utf8)
    }

    /// What stands behind `beginning`; nil where the text does not begin with it.
    public func without(beginning: some StringProtocol) -> String? {
        begins(with: beginning) ? String(decoding: utf8.dropFirst(beginning.utf8.count), as: UTF8.self) : nil
    }

    /// What stands before `ending`; nil where the text does not end with it.
    public func without(ending: some StringProtocol) -> String? {
        ends(with: ending) ? String(decoding: utf8.dropLast(ending.utf8.count), as: UTF8.self) : nil
    }

    /// Whether these bytes stand anywhere.
    public func holds(_ part: some StringProtocol) -> Bool {
        guard let first = part.utf8.first else { return true }
        return utf8.indices.contains { utf8[$0] == first && utf8[$0...].starts(with: part.utf8) }
    }

    /// Whether both texts are the same bytes.
    public func isExactly(_ other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }

    /// What stands between separators (ASCII), nothing left out; the last of `most` parts holds the rest.
    public func parts(at separator: Unicode.Scalar, most: Int = .max) -> [String] {
        utf8.split(separator: UInt8(ascii: separator), maxSplits: most - 1, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// What stands before and behind the last `mark` (ASCII); nil where there is none.
    public func cut(atLast mark: Unicode.Scalar) -> (before: String, behind: String)? {
        guard let place = unicodeScalars.lastIndex(of: mark) else { return nil }
        return (String(self[..<place]), String(self[unicodeScalars.index(after: place)...]))
    }

    /// What stands before and behind the first `mark` (ASCII); nil where there is none.
    public func cut(at mark: Unicode.Scalar) -> (before: String, behind: String)? {
        let sides = parts(at: mark, most: 2)
        return sides.count == 2 ? (sides[0], sides[1]) : nil
    }

    /// The lines, without what ends them: LF, CR, or both.
    public var scalarLines: [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in unicodeScalars {
            if scalar == "\r" || scalar == "\n" && last != "\r" {
                lines.append(String(line))
                line = String.UnicodeScalarView()
            } else if scalar != "\n" {
                line.append(scalar)
            }
            last = scalar
        }
        return lines + [String(line)]
    }

    /// At most the first `count` scalars, as messages quote what may be endless.
    public func beginning(_ count: Int = 40) -> String {
        String(String.UnicodeScalarView(unicodeScalars.prefix(count)))
    }

    /// Whether there is nothing but digits of ASCII.
    public var isDigits: Bool { utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }

    /// The number, where it is written with digits, signs and a point alone: Double reads words and hexadecimal, too.
    public var plainNumber: Double? {
        unicodeScalars.allSatisfy { "0123456789+-.".unicodeScalars.contains($0) } ? Double(self) : nil
    }
}

/// A text that equals another exactly where both are the same bytes: as a key, and in sets.
public struct ExactText: Hashable, Sendable {
    /// The text.
    public let text: String

    /// A text as a key.
    public init(_ text: String) { self.text = text }

    /// Byte by byte.
    public static func == (one: ExactText, other: ExactText) -> Bool { one.text.isExactly(other.text) }

    /// Of the bytes.
    public func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}
