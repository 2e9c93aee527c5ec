extension AtomicFile {
    /// Gives a file a second name, which it keeps when another one takes its place: then there is a whole file under
    /// `path` at every moment. A file of the second name is replaced where `overwrite` says so. Throws `WriteFault`.
    public static func keep(_ path: String, as second: String, overwrite: Bool) throws(WriteFault) {
        if overwrite { try? FileSystem.removeFile(second) }
        do throws(SystemFault) {
            let (folder, name) = try Folder.holding(path)
            let (otherFolder, otherName) = try Folder.holding(second)
            try otherFolder.addName(otherName, to: name, in: folder)
        } catch {
            switch error {
            case .failed(EEXIST): throw .existsAlready(file: second)
            case .failed(ENOENT): return
            default:
                // A file system without hard links: for a moment, only the second name stands.
                try check(second, overwrite: false)
                do { try FileSystem.move(path, to: second) } catch {
                    throw .writeFailed(file: second, reason: error.reason)
                }
            }
        }
    }
}
