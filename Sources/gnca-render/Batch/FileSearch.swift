import GNCABasics

/// Patterns with * ? [ ], as a shell has them.
enum FileSearch {
    /// Files whose path matches, in the order of their names' bytes.
    static func files(matching pattern: String) -> [String] {
        FileSystem.paths(matching: pattern).filter(FileSystem.isFile).sorted {
            SystemText.bytes($0).lexicographicallyPrecedes(SystemText.bytes($1))
        }
    }

    /// Whether `text` as a whole matches; * matches / too.
    static func matches(_ text: String, _ pattern: String) -> Bool { FileSystem.matches(text, pattern) }

    /// Makes a folder and those above it. Throws `WriteFault.cannotCreate`.
    static func makeFolder(_ path: String) throws(WriteFault) {
        if path.isEmpty || FileSystem.exists(path) { return }
        if let slash = path.lastIndex(of: "/") { try makeFolder(String(path[..<slash])) }
        do { try FileSystem.makeFolder(path) } catch {
            if error != .failed(EEXIST) { throw .cannotCreate(file: path, reason: error.reason) }
        }
    }

    static func isEmpty(_ path: String) -> Bool {
        (try? FileSystem.status(path)).map { $0.st_size == 0 } ?? false
    }
}
