import ArgumentParser
import GNCABasics

/// What the argument parser knows of one subcommand. A batch asks here which keys a job may have, so that a new option or
/// subcommand needs no word in the batch's own code.
struct Subcommand {
    let name: String
    let summary: String
    /// In the order of a command line: what has no dashes first.
    let arguments: [Argument]

    struct Argument {
        enum Kind { case positional, option, flag }

        /// As a job names it: the long option without its dashes, or what the usage line calls the argument.
        let key: String
        let kind: Kind
        let isRepeating: Bool
        /// The words it takes where those are all; else empty.
        let choices: [String]
        let summary: String
        /// Whether values name files, of any name or with one of `extensions` only.
        let namesFiles: Bool
        let extensions: [String]
        let namesFolder: Bool

        /// Whether `word`, as a value, is the name of a file that is read or written.
        func isFile(_ word: String) -> Bool {
            namesFiles && (extensions.isEmpty || extensions.contains { word.lowercased().ends(with: "." + $0) })
        }

        /// Whether its files are written. Every other file is read.
        let isWritten: Bool
    }

    subscript(key: String) -> Argument? { arguments.first { $0.key == key } }

    /// All of them.
    static let described: [Subcommand] = {
        // The parser's description of itself, as --experimental-dump-help prints it.
        guard let tool = try? StrictJSON.parse(RootCommand._dumpHelp().utf8) else { return [] }
        return (tool["command"]?["subcommands"]?.elements ?? []).compactMap(Subcommand.init)
    }()

    /// Those that a job can be: they write an output.
    static let all = described.filter { $0["output"] != nil && $0[$0.name] == nil }

    /// Options by which a user talks to one command; a batch decides them for all of its jobs.
    static let decidedByTheBatch = [
        "overwrite", "resume", "progress", "quiet", "verbose", "dry-run", "help", "version",
    ]

    private init?(_ command: JSONValue) {
        guard let name = command["commandName"]?.text else { return nil }
        self.name = name
        summary = command["abstract"]?.text ?? ""
        let described = (command["arguments"]?.elements ?? []).compactMap { Argument($0, of: name) }
        arguments = described.filter { $0.kind == .positional } + described.filter { $0.kind != .positional }
    }
}

extension Subcommand.Argument {
    fileprivate init?(_ argument: JSONValue, of subcommand: String) {
        switch argument["kind"]?.text {
        case "positional": kind = .positional
        case "flag": kind = .flag
        default: kind = .option
        }
        let name = kind == .positional ? argument["valueName"] : argument["preferredName"]?["name"]
        guard let name = name?.text else { return nil }
        key = name
        // The poster of a page is there already.
        isWritten =
            ["output", "captions", "log", "loss-curve", "film", "data"].contains(name)
            || name == "poster" && subcommand != "embed"
        isRepeating = argument["isRepeating"] == .bool(true)
        summary = argument["abstract"]?.text ?? ""
        choices = (argument["allValues"]?.elements ?? []).compactMap(\.text)
        let completion = argument["completionKind"]
        extensions = (completion?["file"]?["extensions"]?.elements ?? []).compactMap(\.text)
        namesFolder = completion?["directory"] != nil
        namesFiles = completion?["file"] != nil || namesFolder
    }
}
