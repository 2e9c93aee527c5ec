import GNCABasics
import GNCACells

extension ModelError: Mendable {
    /// What the user may choose otherwise.
    public var remedy: Remedy? {
        switch self {
        case .unsettled(_, _, let missing): missing.remedy
        case .blowUp: .blowUp
        default: nil
        }
    }
}

extension ModelError.Missing {
    private static let remedies: [(missing: ModelError.Missing, remedy: Remedy)] = [
        (.dialect, .dialect), (.namedDialect, .namedDialect), (.filters, .filters), (.control, .control),
        (.goal, .goal), (.noControl, .noControl),
        (.tensors, .tensors), (.entry, .entry),
    ]

    /// nil for a remedy that is no word on a file.
    init?(_ remedy: Remedy?) {
        guard let pair = Self.remedies.first(where: { $0.remedy == remedy }) else { return nil }
        self = pair.missing
    }

    var remedy: Remedy? { Self.remedies.first { $0.missing == self }?.remedy }
}

extension FormatFault {
    package init(_ error: ModelError) { self.init(reason: error.description) }

    package static let damaged = FormatFault(reason: "the file is damaged: its content does not match its SHA-256")

    /// The user names a dialect for a file that cannot have another one than its own.
    package static let holdsSettings = FormatFault(
        reason: "this file holds all settings itself (options of reading are for files of other programs)")

    /// A version of a format that is not read; nil is none at all. Both texts are as the file writes them.
    static func version(_ number: Int?, shown: String, expected: String) -> FormatFault {
        (number ?? 0) > 2
            ? FormatFault(
                reason: "a later version of this format (got \(shown), expected \(expected)): read it with a later "
                    + "version of gnca-render")
            : FormatFault(reason: "no version of this format (got \(shown), expected \(expected))")
    }
}
