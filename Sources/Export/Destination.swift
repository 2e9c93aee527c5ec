/// Where an output goes.
public enum Destination: Sendable, Equatable {
    /// A file, a folder (ends in "/") or a name with %d for numbered stills; an existing one is replaced only on request.
    case path(String, overwrite: Bool)
    /// The program's own output, a pipe or a file of the shell's.
    case standardOutput

    /// As messages name it.
    public var name: String {
        switch self {
        case .path(let path, _): path
        case .standardOutput: "standard output"
        }
    }
}
