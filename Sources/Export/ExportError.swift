import GNCABasics

/// What can go wrong with films that leave. Descriptions are sentences for users, without the program's name.
public enum ExportError: Error, Equatable, CustomStringConvertible {
    /// Something that the format cannot honour: a sentence that names it, and what helps, where something does. (usage)
    case invalid(String, Remedy? = nil)
    /// The encoder is not in this machine's libav: what was asked for, and what is there.
    case encoderMissing(name: String, available: [String])
    /// The muxer is not in this machine's libav.
    case muxerMissing(name: String)
    /// A file does not appear where it should.
    case file(WriteFault)
    /// The reader of standard output went away.
    case closedPipe
    /// libav refused something it should not have: what was tried, and what it said.
    case encoding(file: String, reason: String)

    /// A sentence.
    public var description: String {
        switch self {
        case .invalid(let sentence, _): sentence
        case .encoderMissing(let name, let available):
            "encoder \(name) is not available here (there are: \(available.joined(separator: ", ")))"
        case .muxerMissing(let name): "this machine's libav has no muxer \(name) (later versions have)"
        case .file(let fault): fault.description
        case .closedPipe: "the reader of standard output went away"
        case .encoding(let file, let reason): "\(file): encoding failed: \(reason)"
        }
    }
}

extension ExportError: Mendable {
    /// What the user may choose otherwise.
    public var remedy: Remedy? {
        switch self {
        case .invalid(_, let remedy): remedy
        case .file(let fault): fault.remedy
        default: nil
        }
    }
}
