extension AtomicFile {
    /// Gives a file a second name, which it keeps when another one takes its place: then there is a whole file under
    /// `path` at every moment. A file of the second name is replaced where `overwrite` says so. Throws `WriteFault`.
    public static func keep(_ path: String, as second: String, overwrite: Bool) throws(WriteFault) {
        if overwrite { unlink(second) }
        if link(path, second) == 0 { return }
        switch errno {
        case EEXIST: throw .existsAlready(file: second)
        case ENOENT: return
        default:
            // A file system without hard links: for a moment, only the second name stands.
            try check(second, overwrite: false)
            guard rename(path, second) == 0 else { throw .writeFailed(file: second, reason: Platform.reason(errno)) }
        }
    }
}
