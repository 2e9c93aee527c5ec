/// A file of lines that only grows: each line is on the disk when `append` returns, and a crash can tear the last one only.
public final class AppendedFile {
    private let path: String
    private let descriptor: Int32

    /// Opens the file, or makes it; a line that a crash tore is ended first. Throws `WriteFault.cannotCreate`.
    public init(path: String) throws(WriteFault) {
        self.path = path
        let folder: Folder
        do {
            let name: String
            (folder, name) = try Folder.holding(path)
            descriptor = try folder.open(name, O_RDWR | O_APPEND | O_CREAT)
        } catch {
            throw .cannotCreate(file: path, reason: error.reason)
        }
        let end = lseek(descriptor, 0, SEEK_END)
        var last: UInt8 = 0
        if end > 0, pread(descriptor, &last, 1, end - 1) == 1, last != UInt8(ascii: "\n") { try append("") }
        if end == 0 {
            do { try folder.flush() } catch { throw .writeFailed(file: path, reason: error.reason) }
        }
    }

    deinit { close(descriptor) }

    /// Adds a line, in one piece. Throws `WriteFault.writeFailed`.
    public func append(_ line: String) throws(WriteFault) {
        var code = Array((line + "\n").utf8).withUnsafeBytes { Platform.writeAll(descriptor, $0) }
        if code == 0 && fsync(descriptor) != 0 { code = errno }
        guard code == 0 else { throw .writeFailed(file: path, reason: Platform.reason(code)) }
    }
}
