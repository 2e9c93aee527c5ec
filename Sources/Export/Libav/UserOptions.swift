import GNCABasics

/// Which of an encoder's options users may set.
///
/// Encoders have options that name files: statistics, logs, dumps of pictures. They read and replace those without a word,
/// wherever they are. Options that name none are listed, and no other passes.
public struct UserOptions: Sendable {
    /// Options with a value of their own.
    public var plain: [String]
    /// Options whose value is a list of the library's own options, "key=value:key=value", and which of these pass.
    public var lists: [String: [String]]
    /// The words that an option knows, where its library would complain on standard error.
    public var words: [String: [String]]

    /// Numbers that an option takes, where its library would take the nearest of them in silence.
    public var ranges: [String: ClosedRange<Double>]

    /// What passes; by default nothing does.
    public init(
        plain: [String] = [], lists: [String: [String]] = [:], words: [String: [String]] = [:],
        ranges: [String: ClosedRange<Double>] = [:]
    ) {
        self.plain = plain
        self.lists = lists
        self.words = words
        self.ranges = ranges
    }

    /// Longer values are refused: libraries cut them off or take memory for them.
    private static let longestValue = 1024

    /// Whether an option of that name may be set.
    func knows(_ key: String) -> Bool {
        lists[key] != nil || plain.contains { $0.utf8.elementsEqual(key.utf8) }
    }

    /// Throws `ExportError.invalid` where the option does not pass. `codec`: as users name it.
    func check(_ option: KeyValue, codec: String) throws(ExportError) {
        if let keys = lists[option.key] {
            for part in option.value.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) {
                try check(String(Substring(part)), of: option.key, keys)
            }
        } else if plain.contains(where: { $0.utf8.elementsEqual(option.key.utf8) }) {
            try check(option.value, of: option.key)
            guard words[option.key]?.contains(option.value) ?? true else {
                let known = (words[option.key] ?? []).joined(separator: ", ")
                throw .invalid("\(codec) has no \(option.key) \"\(option.value)\" (there are: \(known))")
            }
        } else {
            throw .invalid("\(codec) \(Self.refusal(option.key, plain + lists.keys))")
        }
    }

    /// One part of a list.
    private func check(_ part: String, of list: String, _ keys: [String]) throws(ExportError) {
        let bytes = part.utf8
        let end = bytes.firstIndex(of: UInt8(ascii: "=")) ?? bytes.endIndex
        let key = String(Substring(bytes[..<end]))
        // Libraries read no-deblock=1 as deblock=0.
        let name = key.without(beginning: "no-") ?? key
        guard keys.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else {
            throw .invalid("\(list) \(Self.refusal(key, keys))")
        }
        // libav's parser and x264's part ways where a key has no value.
        guard end < bytes.endIndex else {
            throw .invalid("\(list) has no value for \(key) (expected KEY=VALUE:KEY=VALUE)")
        }
        try check(String(Substring(bytes[bytes.index(after: end)...])), of: key)
    }

    /// Letters, digits and few signs: no library takes these for more than they are. libav evaluates numbers as
    /// expressions, whose functions can run for ever.
    private func check(_ value: String, of key: String) throws(ExportError) {
        let bytes = value.utf8
        let isPlain = bytes.allSatisfy { byte in
            byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
                || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || ".,+-_:".utf8.contains(byte)
        }
        guard isPlain, !bytes.isEmpty, bytes.count <= Self.longestValue else {
            throw .invalid(
                "the encoder option \(key) has a wrong value (got \"\(value)\", expected letters, digits and .,+-_:)")
        }
        let words = value.lowercased().unicodeScalars.split { !("a"..."z" ~= $0) }.map { String($0) }
        guard !words.contains(where: { ["nan", "inf", "infinity"].contains($0) }) else {
            throw .invalid("the encoder option \(key) is no number (got \"\(value)\")")
        }
        if let range = ranges[key], let number = Double(value), !range.contains(number) {
            throw .invalid(
                "the encoder option \(key) is out of range (got \(value), "
                    + "expected \(Int(range.lowerBound))...\(Int(range.upperBound)))")
        }
    }

    private static func refusal(_ key: String, _ known: [String]) -> String {
        let names = known.sorted().joined(separator: ", ")
        return "takes no option \"\(key)\" here (\(names.isEmpty ? "it takes none" : "there are: \(names)"))"
    }
}
