import GNCABasics
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
    var caption: String { Paths.stem(path) }

    static func load(_ paths: [String], dialect: DialectChoice = .family) throws -> [LoadedModel] {
        try paths.map { path in
            let file = try CheckpointFile(path: path, options: ReadingOptions(dialect: dialect))
            return LoadedModel(
                path: path, checkpoint: file.checkpoint, warnings: file.reading.warnings.map { Remedies.message($0) }, hash: try file.sha256())
        }
    }
}
