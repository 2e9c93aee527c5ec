/// One setting of a rule: how it is called, printed, read and stored. `RuleSettings.all` is the one table that the native
/// format, plain tensors, `--dialect`, `inspect`, training and the architecture figure read.
public struct RuleSetting: Sendable {
    /// "life", "fire", ...
    public let name: String
    /// One line for help: "What lies outside the grid".
    public let summary: String
    /// The values it takes where those are words; empty where it takes other texts.
    public let words: [String]
    /// What values it takes, for messages.
    public let expected: String
    /// The value as text: numbers with as many digits as bring back the same bits.
    public let text: @Sendable (Rule) -> String
    /// Changes the rule; false where the text is no such value.
    public let set: @Sendable (String, inout Rule) -> Bool
    /// The value as numbers for programs that read no text: a word's place among `words`, a number itself.
    public let numbers: @Sendable (Rule) -> [Float]
    /// Reads `numbers`.
    public let setNumbers: @Sendable ([Float], inout Rule) -> Bool

    /// A setting that is one of several words.
    init<Value: RawRepresentable<String> & CaseIterable & Sendable>(
        _ name: String, _ summary: String, _ get: @escaping @Sendable (Rule) -> Value,
        _ put: @escaping @Sendable (Value, inout Rule) -> Void
    ) {
        self.init(
            name, summary, words: Value.allCases.map(\.rawValue), { get($0).rawValue },
            { text, rule in
                guard let value = Value(rawValue: text) else { return false }
                put(value, &rule)
                return true
            })
    }

    /// A setting that is one of `words`.
    init(
        _ name: String, _ summary: String, words: [String], _ get: @escaping @Sendable (Rule) -> String,
        _ put: @escaping @Sendable (String, inout Rule) -> Bool
    ) {
        self.init(
            name: name, summary: summary, words: words, expected: words.joined(separator: ", "), text: get,
            set: { text, rule in words.contains(text) && put(text, &rule) },
            numbers: { rule in [Float(words.firstIndex(of: get(rule)) ?? 0)] },
            setNumbers: { numbers, rule in
                guard numbers.count == 1, let index = Int(exactly: numbers[0]), words.indices.contains(index) else {
                    return false
                }
                return put(words[index], &rule)
            })
    }

    /// A setting that is a finite number, or a fraction of two.
    init(
        _ name: String, _ summary: String, _ expected: String,
        within range: ClosedRange<Float> = -.greatestFiniteMagnitude ... .greatestFiniteMagnitude,
        _ path: WritableKeyPath<Rule, Float> & Sendable
    ) {
        let put: @Sendable ([Float], inout Rule) -> Bool = { numbers, rule in
            guard numbers.count == 1, range.contains(numbers[0]) else { return false }
            rule[keyPath: path] = numbers[0]
            return true
        }
        self.init(
            name: name, summary: summary, words: [], expected: expected, text: { "\($0[keyPath: path])" },
            set: { text, rule in RuleSetting.number(text).map { put([$0], &rule) } ?? false },
            numbers: { [$0[keyPath: path]] }, setNumbers: put)
    }

    /// A setting that is a channel (index, 0...).
    init(channel name: String, _ summary: String, _ path: WritableKeyPath<Rule, Int> & Sendable) {
        let put: @Sendable (Int?, inout Rule) -> Bool = { channel, rule in
            guard let channel, (0..<Rule.channelLimit).contains(channel) else { return false }
            rule[keyPath: path] = channel
            return true
        }
        self.init(
            name: name, summary: summary, words: [], expected: "a channel, 0 or more",
            text: { "\($0[keyPath: path])" }, set: { put(Int($0), &$1) }, numbers: { [Float($0[keyPath: path])] },
            setNumbers: { numbers, rule in numbers.count == 1 && put(Int(exactly: numbers[0]), &rule) })
    }

    /// A setting that has a spelling of its own; as numbers, its text's UTF-8.
    init(
        _ name: String, _ summary: String, _ expected: String, _ get: @escaping @Sendable (Rule) -> String,
        _ put: @escaping @Sendable (String, inout Rule) -> Bool
    ) {
        self.init(
            name: name, summary: summary, words: [], expected: expected, text: get, set: put,
            numbers: { get($0).utf8.map { Float($0) } },
            setNumbers: { numbers, rule in
                let bytes = numbers.compactMap { UInt8(exactly: $0) }
                guard bytes.count == numbers.count, let text = String(validating: bytes, as: UTF8.self) else {
                    return false
                }
                return put(text, &rule)
            })
    }

    private init(
        name: String, summary: String, words: [String], expected: String,
        text: @escaping @Sendable (Rule) -> String, set: @escaping @Sendable (String, inout Rule) -> Bool,
        numbers: @escaping @Sendable (Rule) -> [Float],
        setNumbers: @escaping @Sendable ([Float], inout Rule) -> Bool
    ) {
        (self.name, self.summary, self.words, self.expected) = (name, summary, words, expected)
        (self.text, self.set, self.numbers, self.setNumbers) = (text, set, numbers, setNumbers)
    }

    /// "0.1", "1/8"; nil where it is no finite number.
    public static func number(_ text: String) -> Float? {
        let parts = text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map {
            Float(String($0))
        }
        guard parts.count <= 2, let first = parts.first ?? nil, let divisor = parts.count == 2 ? parts[1] : 1 else {
            return nil
        }
        let value = first / divisor
        return value.isFinite ? value : nil
    }
}
