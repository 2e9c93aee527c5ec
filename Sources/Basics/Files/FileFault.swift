/// Why a file cannot be read: a sentence without the file's name.
public struct FileFault: Error, Equatable, CustomStringConvertible {
    /// The sentence.
    public let reason: String

    /// `reason`: a sentence without the file's name.
    public init(_ reason: String) { self.reason = reason }

    init(opening fault: SystemFault) {
        switch fault {
        case .failed(ENOENT): self.init("there is no such file")
        case .failed(ENOTDIR): self.init("there is no such file (a part of its path is not a folder)")
        case .failed(EACCES), .failed(EPERM): self.init("not permitted to read the file")
        case .failed(let code): self.init("the file cannot be opened: \(Platform.reason(code))")
        case .outside, .holdsNUL: self.init(fault.reason)
        }
    }

    init(reading code: Int32) {
        self.init("reading the file failed: \(Platform.reason(code))")
    }

    /// The sentence.
    public var description: String { reason }
}
