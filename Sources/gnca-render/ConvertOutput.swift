import Export

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Puts bytes in a file, whole or not at all. To be replaced by Export's AtomicFile once that is there.
enum ConvertOutput {
    /// Refuses an output that exists, before any work. Throws `ExportError.cannotCreate`.
    static func check(_ path: String, overwrite: Bool) throws(ExportError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw .cannotCreate(file: path, reason: "it is a folder") }
        guard overwrite else {
            throw .cannotCreate(file: path, reason: "it exists already (replace it with --overwrite)")
        }
    }

    /// Writes a temporary file in the same folder, then gives it its name. Throws `ExportError`.
    static func write(_ bytes: [UInt8], to path: String, overwrite: Bool) throws(ExportError) {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[...$0]) } ?? "./"
        let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
        let temporary = "\(folder).\(name).gnca-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .cannotCreate(file: path, reason: sentence(errno)) }
        defer { unlink(temporary) }
        let failure = fill(descriptor, bytes)
        guard close(descriptor) == 0 || failure != 0 else { throw .writeFailed(file: path, reason: sentence(errno)) }
        guard failure == 0 else { throw .writeFailed(file: path, reason: sentence(failure)) }
        // link refuses a name that is taken, rename does not.
        guard (overwrite ? rename(temporary, path) : link(temporary, path)) == 0 else {
            throw .cannotCreate(file: path, reason: sentence(errno))
        }
        let parent = open(folder, O_RDONLY | O_CLOEXEC)
        guard parent >= 0 else { return }
        defer { close(parent) }
        guard fsync(parent) == 0 else { throw .writeFailed(file: path, reason: sentence(errno)) }
    }

    /// Writes all of `bytes` and waits for the disk. Returns 0 or what the system said.
    private static func fill(_ descriptor: Int32, _ bytes: [UInt8]) -> Int32 {
        var done = 0
        while done < bytes.count {
            let written = bytes[done...].withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress, $0.count, off_t(done))
            }
            if written < 0 {
                if errno == EINTR { continue }
                return errno
            }
            done += written
        }
        return fsync(descriptor) == 0 ? 0 : errno
    }

    private static func sentence(_ code: Int32) -> String { String(cString: strerror(code)) }
}
