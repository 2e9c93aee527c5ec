import GNCABasics

/// Patterns with * ? [ ], as a shell has them.
enum FileSearch {
    /// Files whose path matches, in the order of their names' bytes.
    static func files(matching pattern: String) -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(pattern, GLOB_NOSORT, nil, &found) == 0 else { return [] }
        return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
            .filter(isFile).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Whether `text` as a whole matches; * matches / too.
    static func matches(_ text: String, _ pattern: String) -> Bool { fnmatch(pattern, text, 0) == 0 }

    /// Makes a folder and those above it. Throws `WriteFault.cannotCreate`.
    static func makeFolder(_ path: String) throws(WriteFault) {
        var status = stat()
        if stat(path, &status) == 0 || path.isEmpty { return }
        if let slash = path.lastIndex(of: "/") { try makeFolder(String(path[..<slash])) }
        if mkdir(path, 0o777) != 0 && errno != EEXIST {
            throw .cannotCreate(file: path, reason: Platform.reason(errno))
        }
    }

    static func isEmpty(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_size == 0
    }

    static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}
