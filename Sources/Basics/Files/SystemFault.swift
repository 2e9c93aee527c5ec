/// Why something was not done that the system was asked for.
public enum SystemFault: Error, Equatable {
    /// What the system said: errno.
    case failed(Int32)
    /// It lies outside of the walls (`Walls`).
    case outside
    /// A text holds a NUL character, where the system takes it for the end.
    case holdsNUL

    /// A part of a sentence, without the file's name.
    public var reason: String {
        switch self {
        case .failed(let code): Platform.reason(code)
        case .outside: "it is outside of \(Walls.description)"
        case .holdsNUL: "the name contains a NUL character"
        }
    }
}
