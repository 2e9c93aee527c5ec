import CGNCALibav
import GNCABasics

/// Turns libav's return codes into errors in the name of one output.
struct LibavCheck {
    /// As messages name the output.
    let file: String

    /// What the system says where a disk or a process' files are at their end, rather than libav's own errors.
    private static let systemFaults = [EIO, ENOSPC, EDQUOT, EFBIG, EMFILE, ENFILE]

    /// Returns `code` where it is no error. Throws `ExportError.encoding`, or `.file` where the system is to blame:
    /// muxers that go over a file again open, read and close it themselves.
    @discardableResult
    func callAsFunction(_ code: Int32, _ doing: String) throws(ExportError) -> Int32 {
        guard code < 0 else { return code }
        if let fault = Self.systemFaults.first(where: { clibav_error($0) == code }) {
            throw .file(.writeFailed(file: file, reason: Platform.reason(fault)))
        }
        throw .encoding(file: file, reason: "\(doing): \(LibavCheck.sentence(code))")
    }

    /// Unwraps what libav allocated.
    func allocated<T>(_ pointer: T?) throws(ExportError) -> T {
        guard let pointer else { throw .encoding(file: file, reason: "out of memory") }
        return pointer
    }

    static func sentence(_ code: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { text in
            guard let start = text.baseAddress else { return "error \(code)" }
            av_strerror(code, start, text.count)
            return String(cString: start)
        }
    }
}
