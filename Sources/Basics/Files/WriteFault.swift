/// Why a file does not appear where it should. Descriptions are sentences for users.
public enum WriteFault: Error, Equatable, CustomStringConvertible {
    /// Something stands there already, and may not be replaced. Told before work starts where it can be.
    case existsAlready(file: String)
    /// Its folder is missing or not writable, or it is a folder itself: file and reason.
    case cannotCreate(file: String, reason: String)
    /// A write failed: file and what the system said.
    case writeFailed(file: String, reason: String)

    /// A sentence with the file's name.
    public var description: String {
        switch self {
        case .existsAlready(let file): "\(file): cannot be created: it exists already"
        case .cannotCreate(let file, let reason): "\(file): cannot be created: \(reason)"
        case .writeFailed(let file, let reason): "\(file): writing failed: \(reason)"
        }
    }
}

extension WriteFault: Mendable {
    /// A file that is in the way may be replaced.
    public var remedy: Remedy? {
        if case .existsAlready = self { .overwrite } else { nil }
    }
}
