import GNCACells

/// One part of a dialect as `--dialect` spells it.
struct DialectKey: Sendable {
    let name: String
    /// The values it takes where those are words; empty where it takes numbers.
    let words: [String]
    /// What values it takes, for messages.
    let expected: String
    /// Changes the dialect; false where the value is not understood.
    let set: @Sendable (String, inout Dialect) -> Bool
    /// The value that `set` takes.
    let spell: @Sendable (Dialect) -> String

    /// In the order in which dialects are spelled.
    static let all: [DialectKey] = [
        DialectKey("order", \.order),
        DialectKey(
            name: "scale", expected: "a number, as 1/8 or 1",
            set: { text, dialect in number(text, into: &dialect.scale) },
            spell: { $0.scale == 0.125 ? "1/8" : "\($0.scale)" }),
        DialectKey("negate", \.negate),
        DialectKey(
            name: "exchange", words: ["yes", "no"], expected: "yes or no",
            set: { text, dialect in
                dialect.exchange = text == "yes"
                return text == "yes" || text == "no"
            }, spell: { $0.exchange ? "yes" : "no" }),
        DialectKey("alpha", \.alpha),
        DialectKey(
            name: "life", words: LifeMask.allMoments, expected: LifeMask.allMoments.joined(separator: ", "),
            set: { text, dialect in
                guard let mask = LifeMask(moments: text) else { return false }
                (dialect.lifeMask.before, dialect.lifeMask.after) = (mask.before, mask.after)
                return true
            }, spell: { $0.lifeMask.moments }),
        DialectKey(
            name: "threshold", expected: "a number, as 0.1",
            set: { text, dialect in number(text, into: &dialect.lifeMask.threshold) },
            spell: { "\($0.lifeMask.threshold)" }),
        DialectKey("padding", \.padding),
        DialectKey("seed", \.seed),
        DialectKey(
            name: "fire", expected: "a number from 0 to 1",
            set: { text, dialect in number(text, into: &dialect.fireRate) && (0...1).contains(dialect.fireRate) },
            spell: { "\($0.fireRate)" }),
        DialectKey(
            name: "gain", expected: "a number, as 2", set: { text, dialect in number(text, into: &dialect.gain) },
            spell: { "\($0.gain)" }),
    ]

    private init(
        name: String, words: [String] = [], expected: String,
        set: @escaping @Sendable (String, inout Dialect) -> Bool, spell: @escaping @Sendable (Dialect) -> String
    ) {
        (self.name, self.words, self.expected, self.set, self.spell) = (name, words, expected, set, spell)
    }

    /// A part that is one of several words.
    private init<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
        _ name: String, _ part: WritableKeyPath<Dialect, Choice> & Sendable
    ) {
        let words = Choice.allCases.map(\.rawValue)
        self.init(
            name: name, words: words, expected: words.joined(separator: ", "),
            set: { text, dialect in
                guard let choice = Choice(rawValue: text) else { return false }
                dialect[keyPath: part] = choice
                return true
            }, spell: { $0[keyPath: part].rawValue })
    }

    /// A finite number, or a fraction of two.
    private static func number(_ text: String, into value: inout Float) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Float($0) }
        guard parts.count <= 2, let first = parts.first ?? nil, let divisor = parts.count == 2 ? parts[1] : 1 else {
            return false
        }
        value = first / divisor
        return value.isFinite
    }
}

extension Dialect {
    /// As `--dialect` takes it: "order=filter,scale=1/8,...".
    public var spelled: String {
        DialectKey.all.map { "\($0.name)=\($0.spell(self))" }.joined(separator: ",")
    }
}
