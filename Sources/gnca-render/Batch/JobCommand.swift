import GNCABasics
import GNCAExport
import GNCARaster

/// A subcommand that can be a job of a batch: what it can tell to be wrong before it works, it tells before the first job
/// starts.
protocol JobCommand: FileUser {
    /// Throws what the command would say before it begins, but for what stands in the place of its outputs. `isMade`:
    /// whether another job makes a file, which is then not looked at.
    func checkBeforeWork(isMade: (String) -> Bool) throws
    /// Takes other words for an option that names what is written, as the argument parser would. Reading a command line takes
    /// a millisecond, and many jobs differ in nothing else.
    mutating func write(_ option: String, _ words: [String])
}

/// How many numbered stills a job makes.
enum StillCount {
    /// nil where none of its outputs is numbered, or where its command would be refused.
    static func of(_ job: BatchJob) -> Int? {
        guard job.outputs.contains(where: { $0.kind != .file }) else { return nil }
        let command = try? RootCommand.command(job.arguments) as? RenderCommand
        return command.flatMap { try? Film($0, looksAtOutputs: false).description.frameCount }
    }
}
