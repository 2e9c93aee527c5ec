import ArgumentParser
import GNCABasics

struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gnca-render",
        abstract: "Turns Growing Neural Cellular Automata into films that can be published.",
        discussion: """
            A film is one command:  gnca-render turtle.ckpt --scenario regen -o out.mp4
            The output's extension picks the format: .mp4 .mov .mkv .webm .gif .apng .webp .avif .nut .y4m, a folder ending in / \
            or a name with %05d for numbered PNGs.
            """,
        version: programVersion,
        subcommands: [
            RenderCommand.self, TrainCommand.self, FigureCommand.self, BatchCommand.self, PageCommand.self,
            EmbedCommand.self, EvaluateCommand.self, InspectCommand.self, ConvertCommand.self, TargetCommand.self,
            ListCommand.self, VersionCommand.self,
        ],
        defaultSubcommand: RenderCommand.self)

    /// The command that words name whose first one is a subcommand. Its own parser reads them: that of the root would look
    /// through all other subcommands first.
    static func command(_ words: [String]) throws -> ParsableCommand {
        guard let type = configuration.subcommands.first(where: { $0._commandName == words.first }) else {
            return try parseAsRoot(words)
        }
        return try type.parseAsRoot(Array(words.dropFirst()))
    }
}

@main
enum Program {
    static func main() {
        Platform.fillStandardDescriptors()
        signal(SIGPIPE, SIG_IGN)  // a closed pipe is an error to report, not a reason to die half-way
        signal(SIGXFSZ, SIG_IGN)  // so is a file-size limit
        Cancellation.endWithBatch()
        do {
            do { try Walls.raiseAsTold() } catch {
                throw CommandError.usage("\(Walls.variable): \(error)")
            }
            let words = Platform.arguments[...]
            if let script = CompletionScript.requested(by: words) {
                emit(script)
            } else {
                try FirstWord.check(words)
                try RepeatedOption.check(words)
                var command = try RootCommand.parseAsRoot(Array(words))
                if let command = command as? any FileUser {
                    try Descriptors.check()
                    try command.prepareFiles()
                }
                try command.run()
            }
            try flushStandardOutput()
        } catch {
            ExitStatus.exit(for: error)
        }
    }

    /// `print` never reports a full disk; the final flush does.
    private static func flushStandardOutput() throws {
        guard fflush(nil) == 0 else { throw CommandError.standardOutput(code: errno) }
    }
}
