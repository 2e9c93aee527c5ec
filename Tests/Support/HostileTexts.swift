/// Texts in which a special character hides behind its neighbours, to those who go by characters.
public enum HostileTexts {
    /// What joins with what stands before or behind it, and what readers take for the end of something.
    public static let neighbours = [
        "", "\u{301}", "\u{338}", "\u{600}", "\u{200D}", "\u{200C}", "\u{FE0F}", "\u{20E3}", "\u{1F1E6}", "\u{1100}",
        "\u{1161}", "\r", "\n", " ", "\"", "\\", "<", "\u{1F3FB}", "\u{202E}", "\u{1B}", "\u{85}",
    ]

    /// All of ASCII's signs, alone and as several languages join them.
    public static let specials: [String] = {
        let signs = (0x21..<0x7F).compactMap { Unicode.Scalar($0) }.filter { !$0.properties.isAlphabetic }
        return signs.map { String($0) } + [
            "--", "''", "``", "?`", "!`", ",,", "<<", "]]>", "$(", "](", "\t", "\u{3000}",
        ]
    }()

    /// Every special character with every neighbour before it, behind it and on both sides.
    public static let all: [String] = specials.flatMap { special in
        neighbours.flatMap { [$0 + special, special + $0, $0 + special + $0] }
    }
}
