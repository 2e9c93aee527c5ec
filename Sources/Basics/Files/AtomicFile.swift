/// A file that appears under its name whole, or not at all.
///
/// Bytes go to `.NAME.gnca-PID-NUMBER` in the same folder; `seal` flushes them to the disk, `commit` renames the file and
/// flushes the folder. Where the name is a symbolic link, the link itself is replaced. Used by one thread at a time.
public final class AtomicFile {
    private let path: String
    /// Where the bytes are until `commit`.
    public let temporary: String
    private let overwrite: Bool
    private var descriptor: Int32
    /// Whether the temporary file is still there.
    private var isPending = true
    /// Whether there was a file of the name when this one took its place.
    private var replacedAnother = false
    /// errno of the first write or seek that failed; 0 = none.
    public private(set) var failure: Int32 = 0

    /// Opens the temporary file. Throws `WriteFault`.
    public init(path: String, overwrite: Bool) throws(WriteFault) {
        try AtomicFile.check(path, overwrite: overwrite)
        let (folder, name) = Paths.split(path)
        TemporaryName.removeStale(folder: folder, name: name)
        self.path = path
        self.overwrite = overwrite
        (descriptor, temporary) = AtomicFile.openTemporary(folder: folder, name: name)
        guard descriptor >= 0 else { throw .cannotCreate(file: path, reason: Platform.reason(errno)) }
    }

    deinit { cancel() }

    private static func openTemporary(folder: String, name: String) -> (Int32, String) {
        while true {
            let candidate = TemporaryName.next(folder: folder, name: name)
            let descriptor = open(candidate, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 || errno != EEXIST { return (descriptor, candidate) }
        }
    }

    /// Writes all bytes at the current position. Throws `WriteFault.writeFailed`.
    public func write(_ bytes: [UInt8]) throws(WriteFault) {
        let code = bytes.withUnsafeBytes { write($0) }
        guard code == 0 else { throw .writeFailed(file: path, reason: Platform.reason(code)) }
    }

    /// Writes all bytes at the current position. Returns 0, or errno.
    public func write(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        if failure == 0 { failure = Platform.writeAll(descriptor, bytes) }
        return failure
    }

    /// Moves the position; `whence` as for lseek. Returns the new position, or -1.
    public func seek(to offset: Int, whence: Int32) -> Int {
        let position = lseek(descriptor, off_t(offset), whence)
        if position < 0 && failure == 0 { failure = errno }
        return Int(position)
    }

    /// The byte at `offset`, or nil.
    public func byte(at offset: Int) -> UInt8? {
        var byte: UInt8 = 0
        return pread(descriptor, &byte, 1, off_t(offset)) == 1 ? byte : nil
    }

    /// Flushes the bytes to the disk and closes the file, which then waits for `commit`. Throws `WriteFault.writeFailed`.
    public func seal() throws(WriteFault) {
        guard descriptor >= 0 else { return }
        if failure == 0 && fsync(descriptor) != 0 { failure = errno }
        if close(descriptor) != 0 && failure == 0 { failure = errno }
        descriptor = -1
        guard failure == 0 else { throw .writeFailed(file: path, reason: Platform.reason(failure)) }
    }

    /// Puts the file in its place. Throws `WriteFault.writeFailed`, or `.existsAlready` where somebody else was faster.
    /// Whoever puts many files into one folder flushes that once, at the end.
    public func commit(flushesFolder: Bool = true) throws(WriteFault) {
        guard isPending else { return }
        do {
            try seal()
            try publish()
        } catch {
            cancel()
            throw error
        }
        isPending = false
        if flushesFolder { try AtomicFile.flushFolder(of: path) }
    }

    /// Removes the temporary file. Harmless after `commit`.
    public func cancel() {
        guard isPending else { return }
        isPending = false
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        unlink(temporary)
    }

    /// Takes a committed file away again, unless it replaced another one.
    public func withdraw() {
        guard !isPending, !replacedAnother else { return }
        unlink(path)
    }

    /// Gives the file its name, without ever replacing what must not be replaced: of two writers, one wins.
    private func publish() throws(WriteFault) {
        var replaces = overwrite
        if !replaces {
            if link(temporary, path) == 0 {
                unlink(temporary)
                return
            }
            if errno == EEXIST { throw .existsAlready(file: path) }
            // A file system without hard links: look first, then rename.
            try AtomicFile.check(path, overwrite: false)
            replaces = true
        }
        replacedAnother = access(path, F_OK) == 0
        guard rename(temporary, path) == 0 else { throw .writeFailed(file: path, reason: Platform.reason(errno)) }
    }

    /// Flushes the folder in which `path` stands to the disk. Throws `WriteFault.writeFailed` in the name of `path`.
    public static func flushFolder(of path: String) throws(WriteFault) {
        let folder = open(Paths.split(path).folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        defer { close(folder) }
        // Some file systems cannot flush a folder (EINVAL); there is nothing to do about it.
        if fsync(folder) != 0 && errno != EINVAL { throw .writeFailed(file: path, reason: Platform.reason(errno)) }
    }
}

// MARK: - Before work starts

extension AtomicFile {
    /// Whether a file could be put at `path`. Throws `WriteFault.existsAlready` or `.cannotCreate`.
    public static func check(_ path: String, overwrite: Bool) throws(WriteFault) {
        let (folder, name) = Paths.split(path)
        guard !name.isEmpty else { throw .cannotCreate(file: path, reason: "it names a folder") }
        try checkFolder(folder, for: path)
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw .cannotCreate(file: path, reason: "it is a folder") }
        guard overwrite else { throw .existsAlready(file: path) }
    }

    /// Whether files could be put into `folder`. Throws `WriteFault.cannotCreate` in the name of `path`.
    public static func checkFolder(_ folder: String, for path: String) throws(WriteFault) {
        var status = stat()
        guard stat(folder, &status) == 0 else {
            throw .cannotCreate(file: path, reason: "folder \(folder): \(Platform.reason(errno))")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw .cannotCreate(file: path, reason: "\(folder) is not a folder")
        }
        guard access(folder, W_OK | X_OK) == 0 else {
            throw .cannotCreate(file: path, reason: "folder \(folder): \(Platform.reason(errno))")
        }
    }

    /// Writes a whole file. Throws `WriteFault`.
    public static func write(_ bytes: [UInt8], to path: String, overwrite: Bool) throws(WriteFault) {
        let file = try AtomicFile(path: path, overwrite: overwrite)
        try file.write(bytes)
        try file.commit()
    }
}
