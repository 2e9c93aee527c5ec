import ArgumentParser
import GNCABasics
import GNCACells
import GNCACheckpoints
import GNCARaster

/// How to read model files that do not tell it themselves. Every subcommand that reads models has these options, and what
/// is added here a batch knows, too.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Conventions of models that do not tell theirs: order=, scale=, negate=, exchange=, alpha=, life=, \
            threshold=, padding=, seed=, fire=, gain=, filters=, activation=, ... (docs/checkpoints.md), or guess.
            """, valueName: "key=value,...|guess"),
        completion: OptionCompletion.dialect, transform: Self.dialect)
    var dialect = DialectChoice.family

    @Option(
        help: ArgumentHelp(
            "Beginning of the tensors' names that counts, where a file holds several copies of a model.",
            valueName: "prefix"))
    var tensors: String?

    @Option(
        help: ArgumentHelp("Which model of a collection to take; FILE#NAME does the same.", valueName: "name"))
    var entry: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Goal of a goal-guided model: its number, from 0 on, or the numbers of its control vector.",
            valueName: "k|n,n,..."),
        transform: OptionText.value("the number of a goal, as 3, or a control vector, as 0.5,-1,0") {
            ControlChoice($0)
        })
    var control: ControlChoice?

    @Sendable private static func dialect(_ text: String) throws -> DialectChoice {
        do {
            return try DialectChoice(text)
        } catch {
            guard case .badDialect(let reason) = error else { throw error }
            throw OptionFault(reason)
        }
    }

    /// The flags of this group that the user has given.
    var given: [String] {
        let flags = [
            ("--dialect", dialect != .family), ("--tensors", tensors != nil), ("--entry", entry != nil),
            ("--control", control != nil),
        ]
        return flags.filter(\.1).map(\.0)
    }

    /// `grid`: cells of the film or figure, where the user names them, for dialects that are guessed.
    func options(grid: GridSize? = nil) -> ReadingOptions {
        ReadingOptions(dialect: dialect, tensors: tensors, entry: entry, control: control, grid: grid)
    }

    /// Throws `ModelError`.
    func read(_ path: String, grid: GridSize? = nil) throws(ModelError) -> CheckpointFile {
        if Emoji.looksLike(path), !FileSystem.exists(path) {
            throw .badCheckpoint(file: path, reason: "an emoji is a picture, no model (\(Self.training(path)))")
        }
        return try CheckpointFile(path: path, options: options(grid: grid))
    }

    /// How a model of an emoji comes about.
    static func training(_ emoji: String) -> String { "gnca-render train \(emoji) -o MODEL.ckpt makes a model of it" }

    /// As `read`, several.
    func load(_ paths: [String], grid: GridSize? = nil) throws(ModelError) -> [LoadedModel] {
        var models: [LoadedModel] = []
        for path in paths { models.append(try LoadedModel(read(path, grid: grid))) }
        return models
    }
}

/// One model file, read and checked.
struct LoadedModel {
    let path: String
    let checkpoint: Checkpoint
    /// What the user should know before trusting it, a sentence each.
    let notes: [String]
    /// Whether the dialect is only assumed.
    let isAssumed: Bool
    /// SHA-256 of the file's bytes, hexadecimal.
    let hash: String

    init(_ file: CheckpointFile) throws(ModelError) {
        path = file.path
        checkpoint = file.checkpoint
        notes = file.reading.warnings.map { "\(file.path): \(Remedies.message($0))" }
        isAssumed = file.reading.isAssumed
        hash = try file.sha256()
    }

    /// The file's name without folder and extension: the default caption.
    var caption: String { SystemText.spelled(Paths.stem(path)) }

    /// An error of this model's run: a state that blows up may be that of a model that was taken for another.
    func explained(_ error: ModelError) -> any Error {
        guard isAssumed, case .blowUp = error else { return error }
        let assumption = Notice("the dialect of \(path) is only assumed", remedy: .dialect)
        return CommandError.badData("\(Remedies.message(error)); \(Remedies.message(assumption))")
    }
}

extension LoadedModel {
    /// Its own grid, else 72 x 72.
    var grid: GridSize { checkpoint.gridSize ?? GridSize(width: 72, height: 72) }
}

extension [LoadedModel] {
    /// The largest grid that one of them names, else 72 x 72.
    var grid: GridSize {
        let sizes = compactMap(\.checkpoint.gridSize)
        return GridSize(width: sizes.map(\.width).max() ?? 72, height: sizes.map(\.height).max() ?? 72)
    }
}
