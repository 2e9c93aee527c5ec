/// Why a file cannot be read: a sentence without the file's name.
public struct FileFault: Error, Equatable, CustomStringConvertible {
    /// The sentence.
    public let reason: String

    /// `reason`: a sentence without the file's name.
    public init(_ reason: String) { self.reason = reason }

    init(opening code: Int32) {
        switch code {
        case ENOENT: self.init("there is no such file")
        case ENOTDIR: self.init("there is no such file (a part of its path is not a folder)")
        case EACCES, EPERM: self.init("not permitted to read the file")
        default: self.init("the file cannot be opened: \(Platform.reason(code))")
        }
    }

    init(reading code: Int32) {
        self.init("reading the file failed: \(Platform.reason(code))")
    }

    /// The sentence.
    public var description: String { reason }
}
