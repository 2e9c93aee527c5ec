import GNCACells

/// What the user says of the dialect of a file that does not say it itself.
public enum DialectChoice: Sendable, Equatable {
    /// Nothing: the file's family tells.
    case family
    /// These parts; the others are the family's, or Distill's where the family is not known.
    case parts([Part])
    /// Try the plausible ones.
    case guess

    /// One `KEY=VALUE` that has been checked.
    public struct Part: Sendable, Equatable {
        let key: String
        let value: String
    }

    /// Reads `KEY=VALUE,...` or `guess`. Throws `ModelError.badDialect`.
    public init(_ text: String) throws(ModelError) {
        if text == "guess" {
            self = .guess
            return
        }
        var parts: [Part] = []
        var tried = Dialect()
        for word in text.parts(at: ",") {
            let sides = word.parts(at: "=", most: 2)
            guard sides.count == 2, let key = DialectKey.all.first(where: { $0.name == sides[0] }) else {
                throw .badDialect(
                    "there is no part \"\(word)\" of a dialect (expected guess, or KEY=VALUE,... with the keys "
                        + "\(DialectKey.all.map(\.name).joined(separator: ", ")))")
            }
            guard !parts.contains(where: { $0.key == key.name }) else {
                throw .badDialect("the dialect names \(key.name) twice")
            }
            guard key.set(sides[1], &tried) else {
                throw .badDialect("the dialect has a wrong \(key.name) (got \"\(sides[1])\", expected \(key.expected))")
            }
            parts.append(Part(key: key.name, value: sides[1]))
        }
        self = .parts(parts)
    }

    /// The keys that parts may have, with the words that may stand behind them; none where a number stands there.
    public static var keys: [(name: String, words: [String])] { DialectKey.all.map { ($0.name, $0.words) } }

    /// Whether the user names this part.
    func names(_ key: String) -> Bool {
        if case .parts(let parts) = self { parts.contains { $0.key == key } } else { false }
    }

    /// `dialect` with the user's parts.
    func applied(to dialect: Dialect) -> Dialect {
        guard case .parts(let parts) = self else { return dialect }
        var dialect = dialect
        for part in parts {
            // Checked when it was read.
            _ = DialectKey.all.first { $0.name == part.key }?.set(part.value, &dialect)
        }
        return dialect
    }
}
