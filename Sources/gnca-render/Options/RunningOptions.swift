import ArgumentParser
import GNCABasics

/// How a film is made.
struct RunningOptions: ParsableArguments {
    @OptionGroup var threads: ThreadOption
    @OptionGroup var progress: ProgressOption

    @Flag(help: "No progress, no notes and no word of what was written; errors only.")
    var quiet = false

    @Flag(help: "Say what is done, and what libav says.")
    var verbose = false

    @Flag(help: "Print the resolved timeline, size, frames, duration and memory, and write nothing.")
    var dryRun = false
}

/// `--threads`, of every subcommand that computes.
struct ThreadOption: ParsableArguments {
    @Option(name: .customLong("threads"), in: 1...256, help: "Threads that work; default one a core.")
    var given: Int?

    /// The user's number, else as many as there are cores; fewer where the system has fewer threads left.
    var count: Int { 1 + WorkThread.available((given ?? Self.cores) - 1) }

    static let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}

/// `--quiet`, of every subcommand that says more than it was asked.
struct QuietOption: ParsableArguments {
    @Flag(name: .customLong("quiet"), help: "No progress, no notes and no word of what was written; errors only.")
    var isGiven = false
}

/// `--progress`, of every subcommand that takes a while.
struct ProgressOption: ParsableArguments {
    @Option(name: .customLong("progress"), help: "Progress on standard error; auto shows it on a terminal only.")
    var style = ProgressStyle.auto
}

/// How `--progress` reports.
enum ProgressStyle: String, ExpressibleByArgument, CaseIterable {
    case auto, plain, json, none
}
