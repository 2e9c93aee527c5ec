import ArgumentParser
import GNCABasics
import GNCACheckpoints
import GNCAExport

/// `convert`: any readable model into another format.
struct ConvertCommand: FileUser {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Write a model in another format and tell what that format does not keep.",
        discussion: """
            Examples:
              gnca-render convert lizard.json -o lizard.ckpt
            """)

    @Argument(help: "The model file to read; its format is told by its content.", completion: .file())
    var input: String

    @Option(
        name: .shortAndLong, help: "The file to write; its extension picks the format (\(Self.extensions)).",
        completion: .file())
    var output: String

    @Option(help: "The format to write; default what the extension of --output picks.")
    var format: Named<WrittenModelFormats>?

    @OptionGroup(title: "Models") var reading: ModelOptions
    @OptionGroup(title: "What the model tells of itself") var words: WordOptions

    @Flag(help: "Replace the output where it exists.")
    var overwrite = false

    @OptionGroup var quiet: QuietOption

    private static let extensions = WrittenModelFormats.all.compactMap { $0.writtenExtension }.map { "." + $0 }
        .joined(separator: ", ")

    func validate() throws { _ = try outputFormat() }

    func files() -> RunFiles {
        var files = RunFiles()
        files.read(model: input)
        files.write(output, as: "the converted model")
        return files
    }

    func run() throws {
        let format = try outputFormat()
        try AtomicFile.check(output, overwrite: overwrite)
        let source = try reading.read(input)
        var checkpoint = source.checkpoint
        if format != source.format {
            checkpoint.provenance["converted_from"] = "\(source.format.name), SHA-256 \(try source.sha256())"
        }
        words.apply(to: &checkpoint)
        let bytes = try format.write(checkpoint, file: output)
        try AtomicFile.write(bytes, to: output, overwrite: overwrite)
        if !quiet.isGiven {
            for warning in source.reading.warnings { note("\(input): \(Remedies.message(warning))") }
            for loss in format.losses(writing: checkpoint) { note("\(output): \(loss)") }
        }
        Written(files: [output], words: "\(format.name), \(bytes.count) bytes").announce(quiet: quiet.isGiven)
    }

    /// What `--format` or else the extension of the output asks for. Throws `ValidationError`.
    func outputFormat() throws -> any CheckpointFormat.Type {
        let suffix = Paths.ending(output)
        if let format {
            guard let other = CheckpointFormats.written(extension: suffix), format.entry.writtenExtension != suffix
            else {
                return format.entry
            }
            throw ValidationError(
                "\(output): the extension names \(other.name), and --format is \(format.entry.name) (leave --format out, "
                    + "or choose another name)")
        }
        guard let found = CheckpointFormats.written(extension: suffix) else {
            throw ValidationError(
                "\(output): the extension names no model format (got \"\(suffix)\", expected \(Self.extensions)); "
                    + "or say --format")
        }
        return found
    }
}
