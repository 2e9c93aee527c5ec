import GNCABasics

/// How much text a batch may become when its variables and its matrices are spelled out. A file of a megabyte could
/// otherwise say terabytes.
final class TextBudget {
    /// The longest text, bytes.
    static let longestText = 1 << 16
    /// The most values of one option: a parser of arguments takes time that grows with their square.
    static let mostValues = 1000
    /// All texts of all jobs together, bytes.
    static let total = 1 << 25

    private let longest: Int
    private var left: Int

    /// Limits in bytes of one text and of all together: those of every batch, where nobody tries smaller ones.
    init(longest: Int = TextBudget.longestText, total: Int = TextBudget.total) {
        (self.longest, left) = (longest, total)
    }

    /// A text that grows piece by piece.
    struct Text {
        private var length = 0
        private let budget: TextBudget
        private let source: YAMLValue

        fileprivate init(_ budget: TextBudget, _ source: YAMLValue) { (self.budget, self.source) = (budget, source) }

        /// Throws in the line of the text where it becomes too long, or all of them together.
        mutating func take(_ byteCount: Int) throws {
            length += byteCount
            guard length <= budget.longest else {
                throw source.error("\(source.label) is too long (limit \(budget.longest) bytes)")
            }
            budget.left -= byteCount
            guard budget.left >= 0 else {
                throw source.error(
                    "the batch becomes too long when its variables and matrices are spelled out (limit "
                        + "\(TextBudget.total >> 20) MiB)")
            }
        }
    }

    /// A new text that stands at `source`.
    func text(at source: YAMLValue) -> Text { Text(self, source) }

    /// Takes a whole text at once.
    func take(_ text: String, at source: YAMLValue) throws {
        var counted = self.text(at: source)
        try counted.take(text.utf8.count)
    }
}
