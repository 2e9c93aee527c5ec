/// A folder that appears under its name with all its files, or not at all.
///
/// Files go to `.NAME.gnca-PID-NUMBER/` beside it; `commit` renames that folder. Used by one thread at a time.
public final class StagingFolder {
    private let path: String
    private let folder: Folder
    private let name: String
    private let temporary: String
    /// The temporary folder.
    private let staged: Folder
    private var names: [String] = []
    private var isPending = true

    /// Makes the temporary folder; `path` must not exist. Throws `WriteFault.cannotCreate`.
    public init(path: String) throws(WriteFault) {
        self.path = path
        do {
            (folder, name) = try Folder.holding(path)
            TemporaryName.removeStale(of: name, in: folder)
            temporary = TemporaryName.next(of: name)
            try folder.makeFolder(temporary)
            staged = try Folder(temporary, in: folder)
        } catch {
            throw .cannotCreate(file: path + "/", reason: error.reason)
        }
    }

    deinit { cancel() }

    /// Writes one file and flushes it to the disk. Throws `WriteFault.writeFailed` in the name it will have.
    public func write(_ bytes: [UInt8], name: String) throws(WriteFault) {
        let descriptor: Int32
        do {
            descriptor = try staged.open(name, O_WRONLY | O_CREAT | O_EXCL)
        } catch {
            throw .writeFailed(file: "\(path)/\(name)", reason: error.reason)
        }
        names.append(name)
        var failure = bytes.withUnsafeBytes { Platform.writeAll(descriptor, $0) }
        if failure == 0 && fsync(descriptor) != 0 { failure = errno }
        if close(descriptor) != 0 && failure == 0 { failure = errno }
        guard failure == 0 else { throw .writeFailed(file: "\(path)/\(name)", reason: Platform.reason(failure)) }
    }

    /// Puts the folder in its place. Throws `WriteFault.existsAlready` where somebody else was faster, `.writeFailed`.
    public func commit() throws(WriteFault) {
        guard isPending else { return }
        do {
            try staged.flush()
            try folder.move(temporary, to: name, in: folder)
        } catch {
            cancel()
            switch error {
            case .failed(EEXIST), .failed(ENOTEMPTY), .failed(ENOTDIR): throw .existsAlready(file: path + "/")
            default: throw .writeFailed(file: path + "/", reason: error.reason)
            }
        }
        isPending = false
        try AtomicFile.flushFolder(of: path)
    }

    /// Removes the temporary folder. Harmless after `commit`.
    public func cancel() {
        guard isPending else { return }
        isPending = false
        for name in names { try? staged.removeFile(name) }
        try? folder.removeFolder(temporary)
    }
}
