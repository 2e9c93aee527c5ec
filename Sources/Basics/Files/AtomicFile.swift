/// A file that appears under its name whole, or not at all.
///
/// Bytes go to `.NAME.gnca-PID-NUMBER` in the same folder; `seal` flushes them to the disk, `commit` renames the file and
/// flushes the folder. Where the name is a symbolic link, the link itself is replaced. Used by one thread at a time.
public final class AtomicFile {
    private let path: String
    private let folder: Folder
    private let name: String
    /// What the file is called until `commit`.
    private let temporary: String
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
        self.path = path
        self.overwrite = overwrite
        do {
            (folder, name) = try Folder.holding(path)
            TemporaryName.removeStale(of: name, in: folder)
            (descriptor, temporary) = try AtomicFile.openTemporary(folder: folder, name: name)
        } catch {
            throw .cannotCreate(file: path, reason: error.reason)
        }
    }

    deinit { cancel() }

    private static func openTemporary(folder: Folder, name: String) throws(SystemFault) -> (Int32, String) {
        while true {
            let candidate = TemporaryName.next(of: name)
            do {
                return (try folder.open(candidate, O_RDWR | O_CREAT | O_EXCL), candidate)
            } catch {
                if error != .failed(EEXIST) { throw error }
            }
        }
    }

    /// A path by which a library can open the unfinished file a second time.
    public var secondPath: String { FileSystem.path(of: descriptor) }

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
        try? folder.removeFile(temporary)
    }

    /// Takes a committed file away again, unless it replaced another one.
    public func withdraw() {
        guard !isPending, !replacedAnother else { return }
        try? folder.removeFile(name)
    }

    /// Gives the file its name, without ever replacing what must not be replaced: of two writers, one wins.
    private func publish() throws(WriteFault) {
        var replaces = overwrite
        if !replaces {
            do {
                try folder.addName(name, in: folder, to: temporary)
                try? folder.removeFile(temporary)
                return
            } catch {
                if error == .failed(EEXIST) { throw .existsAlready(file: path) }
            }
            // A file system without hard links: look first, then rename.
            try AtomicFile.check(path, overwrite: false)
            replaces = true
        }
        replacedAnother = (try? folder.status(name)) != nil
        do {
            try folder.move(temporary, to: name, in: folder)
        } catch {
            throw .writeFailed(file: path, reason: error.reason)
        }
    }

    /// Flushes the folder in which `path` stands to the disk. Throws `WriteFault.writeFailed` in the name of `path`.
    public static func flushFolder(of path: String) throws(WriteFault) {
        do {
            try Folder.holding(path).folder.flush()
        } catch {
            throw .writeFailed(file: path, reason: error.reason)
        }
    }
}

// MARK: - Before work starts

extension AtomicFile {
    /// Whether a file could be put at `path`. Throws `WriteFault.existsAlready` or `.cannotCreate`.
    public static func check(_ path: String, overwrite: Bool) throws(WriteFault) {
        let (folder, name) = Paths.split(path)
        guard !name.isEmpty else { throw .cannotCreate(file: path, reason: "it names a folder") }
        try checkFolder(folder, for: path)
        guard let status = try? FileSystem.status(path, followsLink: false) else { return }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw .cannotCreate(file: path, reason: "it is a folder") }
        guard overwrite else { throw .existsAlready(file: path) }
    }

    /// Whether files could be put into `folder`. Throws `WriteFault.cannotCreate` in the name of `path`.
    public static func checkFolder(_ folder: String, for path: String) throws(WriteFault) {
        let isFolder: Bool
        do {
            isFolder = try FileSystem.status(folder).st_mode & S_IFMT == S_IFDIR
            if isFolder { try FileSystem.checkAccess(folder, W_OK | X_OK) }
        } catch .outside {
            throw .cannotCreate(file: path, reason: SystemFault.outside.reason)
        } catch {
            throw .cannotCreate(file: path, reason: "folder \(folder): \(error.reason)")
        }
        guard isFolder else { throw .cannotCreate(file: path, reason: "\(folder) is not a folder") }
    }

    /// Writes a whole file. Throws `WriteFault`.
    public static func write(_ bytes: [UInt8], to path: String, overwrite: Bool) throws(WriteFault) {
        let file = try AtomicFile(path: path, overwrite: overwrite)
        try file.write(bytes)
        try file.commit()
    }
}
