import GNCABasics

/// Patterns with * ? [ ], as a shell has them.
enum FileSearch {
    /// Whether a word is a pattern rather than a path.
    static func isPattern(_ word: String) -> Bool { word.utf8.contains { "*?[".utf8.contains($0) } }

    /// Files whose path matches, in the order of their names' bytes; links that lead outside of the walls, too, for whoever
    /// names those is told of it.
    static func files(matching pattern: String) -> [String] {
        FileSystem.paths(matching: pattern).filter { FileSystem.isFile($0) || BatchRoots.isOutside($0) }.sorted {
            SystemText.bytes($0).lexicographicallyPrecedes(SystemText.bytes($1))
        }
    }

    /// Whether `text` as a whole matches; * matches / too.
    static func matches(_ text: String, _ pattern: String) -> Bool { FileSystem.matches(text, pattern) }

    /// Makes a folder and those above it. Throws `WriteFault.cannotCreate`.
    static func makeFolder(_ path: String) throws(WriteFault) {
        if path.isEmpty || FileSystem.exists(path) { return }
        let parent = Paths.split(path).folder
        if parent != "." { try makeFolder(parent) }
        do { try FileSystem.makeFolder(path) } catch {
            if error != .failed(EEXIST) { throw .cannotCreate(file: path, reason: error.reason) }
        }
    }
}
