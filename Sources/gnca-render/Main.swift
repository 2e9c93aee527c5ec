import ArgumentParser

@main
struct Command: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gnca-render",
        subcommands: [
            InspectCommand.self,
            ConvertCommand.self,
        ])
}
