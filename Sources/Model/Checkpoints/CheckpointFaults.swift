import GNCABasics
import GNCACells

extension ModelError: Mendable {
    /// What the user may choose otherwise.
    public var remedy: Remedy? {
        if case .unknownDialect = self { .dialect } else { nil }
    }
}

extension FormatFault {
    package init(_ error: ModelError) { self.init(reason: error.description) }

    package static let damaged = FormatFault(reason: "the file is damaged: its content does not match its SHA-256")

    /// The user names a dialect for a file that cannot have another one than its own.
    package static let holdsSettings = FormatFault(
        reason: "this file holds all settings itself (a dialect is for files of other programs)")
}
