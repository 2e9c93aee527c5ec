import GNCACells

/// One part of a dialect as `--dialect` spells it: how the file is laid out, or a setting of its rule.
struct DialectKey: Sendable {
    let name: String
    /// The values it takes where those are words; empty where it takes others.
    let words: [String]
    /// What values it takes, for messages.
    let expected: String
    /// Changes the dialect; false where the value is not understood.
    let set: @Sendable (String, inout Dialect) -> Bool
    /// The value that `set` takes.
    let spell: @Sendable (Dialect) -> String

    /// In the order in which dialects are spelled.
    static let all: [DialectKey] =
        layout + RuleSettings.all.filter { !["alpha", "decoder", "control"].contains($0.name) }.map { DialectKey($0) }

    private static let layout = [
        DialectKey("order", \.order),
        DialectKey(
            name: "scale", expected: "a number, as 1/8 or 1",
            set: { text, dialect in
                guard let scale = RuleSetting.number(text) else { return false }
                dialect.scale = scale
                return true
            },
            spell: { $0.scale == 0.125 ? "1/8" : "\($0.scale)" }),
        DialectKey("negate", \.negate),
        DialectKey(
            name: "exchange", words: ["yes", "no"], expected: "yes or no",
            set: { text, dialect in
                dialect.exchange = text == "yes"
                return text == "yes" || text == "no"
            }, spell: { $0.exchange ? "yes" : "no" }),
        DialectKey(
            name: "alpha", words: Dialect.AlphaPlace.allCases.map(\.rawValue),
            expected: "last, or a channel as 3",
            set: { text, dialect in
                if let place = Dialect.AlphaPlace(rawValue: text) {
                    dialect.alpha = place
                    dialect.rule.appearance.alpha = 3
                    return true
                }
                dialect.alpha = .third
                return RuleSettings.named("alpha")?.set(text, &dialect.rule) ?? false
            },
            spell: { $0.alpha == .last ? "last" : "\($0.rule.appearance.alpha)" }),
    ]

    /// Those that are always spelled; the others only where they are not Distill's.
    private static let common = [
        "order", "scale", "negate", "exchange", "alpha", "life", "threshold", "padding", "seed", "fire", "gain",
    ]

    /// The keys that spell a dialect fully.
    static func needed(for dialect: Dialect) -> [DialectKey] {
        let ordered = common.compactMap { name in all.first { $0.name == name } }
        return (ordered + all.filter { !common.contains($0.name) }).filter { key in
            switch key.name {
            case "scale", "negate", "exchange": dialect.hasGradients
            case "filters": !dialect.hasGradients || dialect.rule.perception.filters[0] != .named(.identity, 1)
            default: common.contains(key.name) || key.spell(dialect) != key.spell(Dialect())
            }
        }
    }

    private init(
        name: String, words: [String] = [], expected: String,
        set: @escaping @Sendable (String, inout Dialect) -> Bool, spell: @escaping @Sendable (Dialect) -> String
    ) {
        (self.name, self.words, self.expected, self.set, self.spell) = (name, words, expected, set, spell)
    }

    /// A setting of the rule.
    private init(_ setting: RuleSetting) {
        self.init(
            name: setting.name, words: setting.words, expected: setting.expected,
            set: { text, dialect in setting.set(text, &dialect.rule) }, spell: { setting.text($0.rule) })
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
}

extension Dialect {
    /// As `--dialect` takes it: "order=filter,scale=1/8,...".
    public var spelled: String {
        DialectKey.needed(for: self).map { "\($0.name)=\($0.spell(self))" }.joined(separator: ",")
    }
}
