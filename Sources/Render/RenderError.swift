/// What can go wrong before a film is drawn. Descriptions are sentences for users, without the program's name.
public enum RenderError: Error, Equatable, CustomStringConvertible {
    /// An option or a timeline entry that makes no sense; a sentence that names it.
    case invalid(String)
    /// A name that no registry knows: what was asked for, and what there is.
    case unknown(kind: String, name: String, known: [String])

    public var description: String {
        switch self {
        case .invalid(let sentence): sentence
        case .unknown(let kind, let name, let known):
            "there is no \(kind) \"\(name)\" (there are: \(known.joined(separator: ", ")))"
        }
    }
}
