import GNCACheckpoints

/// One model file, read and checked.
struct LoadedModel {
    let path: String
    let checkpoint: Checkpoint
    /// What the user should know before trusting it, a sentence each.
    let warnings: [String]
    /// SHA-256 of the file's bytes, hexadecimal.
    let hash: String

    /// The file's name without folder and extension: the default caption.
    var caption: String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }

    static func load(_ paths: [String], dialect: DialectChoice = .family) throws -> [LoadedModel] {
        try paths.map { path in
            let file = try CheckpointFile(path: path, options: ReadingOptions(dialect: dialect))
            return LoadedModel(
                path: path, checkpoint: file.checkpoint, warnings: file.reading.warnings, hash: try file.sha256())
        }
    }
}
