import Model

/// One model file, read and checked.
struct LoadedModel {
    let path: String
    let checkpoint: Checkpoint
    /// SHA-256 of the file's bytes, hexadecimal.
    let hash: String

    /// The file's name without folder and extension: the default caption.
    var caption: String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }

    static func load(_ paths: [String]) throws -> [LoadedModel] {
        try paths.map { path in
            let file = try CheckpointFile(path: path)
            return LoadedModel(path: path, checkpoint: file.checkpoint, hash: try file.sha256())
        }
    }
}
