import ArgumentParser
import GNCACells
import GNCACheckpoints

/// How to read model files that do not tell it themselves. Every subcommand that reads models has these options, and what
/// is added here a batch knows, too.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Conventions of models that do not tell theirs: order=, scale=, negate=, exchange=, alpha=, life=, \
            threshold=, padding=, seed=, fire=, gain= (docs/checkpoints.md), or guess.
            """, valueName: "key=value,...|guess"),
        completion: OptionCompletion.dialect, transform: Self.dialect)
    var dialect = DialectChoice.family

    @Sendable private static func dialect(_ text: String) throws -> DialectChoice {
        do {
            return try DialectChoice(text)
        } catch ModelError.badDialect(let reason) {
            throw OptionFault(reason)
        }
    }

    /// The flags of this group that the user has given.
    var given: [String] { dialect == .family ? [] : ["--dialect"] }

    /// Throws `ModelError.badCheckpoint`.
    func read(_ path: String) throws(ModelError) -> CheckpointFile {
        try CheckpointFile(path: path, dialect: dialect)
    }

    func load(_ paths: [String]) throws(ModelError) -> [LoadedModel] {
        var models: [LoadedModel] = []
        for path in paths { models.append(try LoadedModel(read(path))) }
        return models
    }
}

/// One model file, read and checked.
struct LoadedModel {
    let path: String
    let checkpoint: Checkpoint
    /// What the user should know before trusting it, a sentence each.
    let notes: [String]
    /// SHA-256 of the file's bytes, hexadecimal.
    let hash: String

    init(_ file: CheckpointFile) throws(ModelError) {
        path = file.path
        checkpoint = file.checkpoint
        notes = file.reading.warnings.map { "\(file.path): \($0)" }
        hash = try file.sha256()
    }

    /// The file's name without folder and extension: the default caption.
    var caption: String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }
}

extension [LoadedModel] {
    /// The largest grid that one of them names, else 72 x 72.
    var grid: GridSize {
        let sizes = compactMap(\.checkpoint.gridSize)
        return GridSize(width: sizes.map(\.width).max() ?? 72, height: sizes.map(\.height).max() ?? 72)
    }
}
