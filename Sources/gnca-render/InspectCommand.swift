import ArgumentParser
import GNCACheckpoints

/// `inspect`: what a model file is.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Tell what a model file is: its format, tensors, family, dialect and rule, and where it comes from.",
        discussion: """
            Examples:
              gnca-render inspect turtle.ckpt
              gnca-render inspect model.pth --dialect guess  # of an unknown program
            """,
        aliases: ["info"])

    @Argument(help: "The model file.", completion: .file())
    var file: String

    @OptionGroup var dialect: DialectOption

    @Flag(help: "Print one JSON object instead of lines.")
    var json = false

    func run() throws {
        let report = try InspectReport(CheckpointFile(path: file, options: ReadingOptions(dialect: dialect.choice())))
        print(json ? report.json : report.text)
    }
}
