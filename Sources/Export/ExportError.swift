/// What can go wrong with files that leave. Descriptions are sentences for users, without the program's name.
public enum ExportError: Error, Equatable, CustomStringConvertible {
    /// An option that the format cannot honour; a sentence that names it. (usage)
    case invalid(String)
    /// The encoder is not in this machine's libav: what was asked for, and what is there.
    case encoderMissing(name: String, available: [String])
    /// The output exists, its folder is missing or not writable: file and reason. Found before work starts.
    case cannotCreate(file: String, reason: String)
    /// A write failed: file and what the system said.
    case writeFailed(file: String, reason: String)
    /// The reader of standard output went away.
    case closedPipe
    /// libav refused something it should not have: what was tried, and what it said.
    case encoding(file: String, reason: String)

    public var description: String {
        switch self {
        case .invalid(let sentence): sentence
        case .encoderMissing(let name, let available):
            "encoder \(name) is not available here (there are: \(available.joined(separator: ", ")))"
        case .cannotCreate(let file, let reason): "\(file): cannot be created: \(reason)"
        case .writeFailed(let file, let reason): "\(file): writing failed: \(reason)"
        case .closedPipe: "the reader of standard output went away"
        case .encoding(let file, let reason): "\(file): encoding failed: \(reason)"
        }
    }
}
