/// A folder that appears under its name with all its files, or not at all.
///
/// Files go to `.NAME.gnca-PID-NUMBER/` beside it; `commit` renames that folder. Used by one thread at a time.
public final class StagingFolder {
    private let path: String
    private let temporary: String
    private var names: [String] = []
    private var isPending = true

    /// Makes the temporary folder; `path` must not exist. Throws `WriteFault.cannotCreate`.
    public init(path: String) throws(WriteFault) {
        let (folder, name) = Paths.split(path)
        TemporaryName.removeStale(folder: folder, name: name)
        self.path = path
        temporary = TemporaryName.next(folder: folder, name: name)
        guard mkdir(temporary, 0o777) == 0 else {
            throw .cannotCreate(file: path + "/", reason: Platform.reason(errno))
        }
    }

    deinit { cancel() }

    /// Writes one file and flushes it to the disk. Throws `WriteFault.writeFailed` in the name it will have.
    public func write(_ bytes: [UInt8], name: String) throws(WriteFault) {
        let descriptor = open("\(temporary)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .writeFailed(file: "\(path)/\(name)", reason: Platform.reason(errno)) }
        names.append(name)
        var failure = bytes.withUnsafeBytes { Platform.writeAll(descriptor, $0) }
        if failure == 0 && fsync(descriptor) != 0 { failure = errno }
        if close(descriptor) != 0 && failure == 0 { failure = errno }
        guard failure == 0 else { throw .writeFailed(file: "\(path)/\(name)", reason: Platform.reason(failure)) }
    }

    /// Puts the folder in its place. Throws `WriteFault.existsAlready` where somebody else was faster, `.writeFailed`.
    public func commit() throws(WriteFault) {
        guard isPending else { return }
        try AtomicFile.flushFolder(of: temporary + "/")
        guard rename(temporary, path) == 0 else {
            let code = errno
            cancel()
            if code == EEXIST || code == ENOTEMPTY || code == ENOTDIR {
                throw .existsAlready(file: path + "/")
            }
            throw .writeFailed(file: path + "/", reason: Platform.reason(code))
        }
        isPending = false
        try AtomicFile.flushFolder(of: path)
    }

    /// Removes the temporary folder. Harmless after `commit`.
    public func cancel() {
        guard isPending else { return }
        isPending = false
        for name in names { unlink("\(temporary)/\(name)") }
        rmdir(temporary)
    }
}
