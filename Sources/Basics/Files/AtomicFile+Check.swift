/// What can be told before work starts.
extension AtomicFile {
    /// Whether a file could be put at `path`. Throws `WriteFault.existsAlready` or `.cannotCreate`.
    public static func check(_ path: String, overwrite: Bool) throws(WriteFault) {
        let (folder, name) = Paths.split(path)
        guard !name.isEmpty else { throw .cannotCreate(file: path, reason: "it names a folder") }
        try checkFolder(folder, for: path)
        let old: stat
        do { old = try FileSystem.status(path, followsLink: false) } catch .failed(ENOENT) { return } catch {
            throw .cannotCreate(file: path, reason: error.reason)
        }
        // A link is replaced, but not one to the terminal, as /dev/stdout is.
        let target = FileKind(old) == .link ? (try? FileSystem.status(path)).map(FileKind.init) : nil
        for kind in [FileKind(old), target] {
            switch kind {
            case .pipe, .socket, .device, .unknown:
                let reason = "it is \(kind?.rawValue ?? ""), no file (a film is led there by -o - and the shell)"
                throw .cannotCreate(file: path, reason: reason)
            case .folder where target == nil: throw .cannotCreate(file: path, reason: "it is a folder")
            default: break
            }
        }
        guard overwrite else { throw .existsAlready(file: path) }
        if let reason = hindrance(to: old, path) { throw .cannotCreate(file: path, reason: reason) }
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
        if (try? Folder(folder))?.isFixed(".") == true {
            throw .cannotCreate(file: path, reason: "folder \(folder) is marked as not to be changed (chattr +i or +a)")
        }
    }

    /// Why the file that stands at `path` cannot give its name to another one; nil where it can.
    private static func hindrance(to old: stat, _ path: String) -> String? {
        guard let (folder, name) = try? Folder.holding(path), let parent = try? folder.status(".") else { return nil }
        if folder.isFixed(name) { return "it is marked as not to be changed (chattr +i or +a)" }
        let isOurs = [0, old.st_uid, parent.st_uid].contains(geteuid())
        return parent.st_mode & S_ISVTX == 0 || isOurs
            ? nil : "it belongs to somebody else, in a folder where everybody replaces their own files only"
    }
}
