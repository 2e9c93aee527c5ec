import ArgumentParser
import GNCABasics
import GNCAExport
import GNCARaster

/// The words of one job's command line, and the lines of the file they come from.
struct JobWords {
    private(set) var arguments: [String]
    private let entry: BatchFile.JobEntry
    private let roots: BatchRoots
    private let budget: TextBudget
    /// What `{name}` stands for.
    private var labels: [(name: String, text: String)]
    /// Every option that is given, as the command line has it.
    private var spelled: [Spelled] = []
    /// How many models the job has where `{model}` stands for none.
    private var modelCount = 0

    /// The longest path, bytes: as Linux has it.
    private static let longestPath = 4096

    private struct Spelled {
        let argument: Subcommand.Argument
        let words: [String]
        let source: YAMLValue
    }

    /// Throws in the line of what is wrong: a text with unknown names, a file outside of `roots`.
    init(
        _ entry: BatchFile.JobEntry, chosen: [MatrixChoice], models: BatchModels, roots: BatchRoots, budget: TextBudget
    ) throws {
        self.entry = entry
        self.roots = roots
        self.budget = budget
        arguments = [entry.subcommand.name]
        labels = chosen.map { ($0.key, $0.label) } + [("job", entry.name)]
        var options = entry.options
        for choice in chosen {
            let key = choice.key == "model" ? "models" : choice.key
            options.append(BatchFile.Option(key: key, setting: choice.setting, source: choice.source))
        }
        if let index = options.firstIndex(where: { $0.key == "models" }),
            !chosen.contains(where: { $0.key == "model" }),
            case .words(let names) = options[index].setting
        {
            let found = try models.files(named: names, source: options[index].source)
            let paths = BatchFile.Setting.words(found.map(\.path))
            options[index] = BatchFile.Option(key: "models", setting: paths, source: options[index].source)
            modelCount = found.count
            if found.count == 1 { labels.append(("model", found[0].name)) }
        }
        try spell(options)
    }

    private mutating func spell(_ options: [BatchFile.Option]) throws {
        for argument in entry.subcommand.arguments {
            guard let option = options.first(where: { $0.key == argument.key }) else { continue }
            switch option.setting {
            case .flag(false): continue
            case .flag(true):
                arguments.append("--" + argument.key)
                spelled.append(Spelled(argument: argument, words: [], source: option.source))
            case .words(let words):
                // Paths of models are no text with names in braces.
                let isText = argument.key != "models"
                var words = try words.map { isText ? try fill($0, option.source) : try taken($0, option.source) }
                if !argument.isRepeating && argument.kind == .option { words = [words.joined(separator: ",")] }
                guard words.count <= TextBudget.mostValues else {
                    throw option.source.error(
                        "\(option.source.label) names \(words.count) files (limit \(TextBudget.mostValues))")
                }
                for word in words { try check(word, argument, option.source) }
                add(words, argument)
                spelled.append(Spelled(argument: argument, words: words, source: option.source))
            }
        }
        // A batch's threads are its jobs: what a job makes then depends neither on the machine nor on --jobs.
        let saysThreads = spelled.contains { $0.argument.key == "threads" }
        if entry.subcommand["threads"] != nil && !saysThreads { arguments += ["--threads", "1"] }
        // The batch itself has looked whether an existing file is its own.
        if entry.subcommand["overwrite"] != nil { arguments.append("--overwrite") }
    }

    private mutating func add(_ words: [String], _ argument: Subcommand.Argument) {
        for word in words {
            let isOption = word.utf8.first == UInt8(ascii: "-")
            if argument.kind == .positional {
                arguments.append(isOption ? "./" + word : word)
            } else {
                arguments += isOption ? ["--\(argument.key)=\(word)"] : ["--" + argument.key, word]
            }
        }
    }

    // MARK: - Texts

    /// Replaces names in braces.
    private func fill(_ text: String, _ source: YAMLValue) throws -> String {
        var counted = budget.text(at: source)
        return try Template.replacing(text, from: "{", to: "}") { name in
            if let label = labels.first(where: { $0.name == name }) { return label.text }
            if name == "model", modelCount > 1 {
                throw source.error(
                    "{model} is one model, and the job has \(modelCount) (matrix: {model: ...} makes a job of each)")
            }
            let hint = Spelling.hint(name, known: labels.map(\.name))
            throw source.error("there is nothing called {\(name.beginning())} in the job (\(hint))")
        } unclosed: {
            source.error("\(source.label): { has no }")
        } take: {
            try counted.take($0)
        }
    }

    private func taken(_ text: String, _ source: YAMLValue) throws -> String {
        try budget.take(text, at: source)
        return text
    }

    // MARK: - Files

    /// Throws where a word names a file that the job must not have: told before the command is asked, which reads scenarios.
    private func check(_ word: String, _ argument: Subcommand.Argument, _ source: YAMLValue) throws {
        guard argument.isFile(word), !Emoji.looksLike(word) else { return }
        guard word != "-" else { throw source.error("a job's \(argument.key) is a file (got -)") }
        try check(path: word, source)
    }

    private func check(path: String, _ source: YAMLValue) throws {
        guard path.utf8.count <= Self.longestPath else {
            throw source.error("\(source.label) is too long (limit \(Self.longestPath) bytes)")
        }
        do { try roots.check(path) } catch { throw source.error("\(source.label): \(error)") }
    }

    /// What the command itself says of its files. Throws in the line of a file that the job must not have, or that it would
    /// read and write.
    func files(of command: any FileUser) throws -> (inputs: [BatchJob.Input], outputs: [BatchJob.Output]) {
        let files: RunFiles
        do { files = try command.files() } catch { throw located(error) }
        if let conflict = files.conflict { throw located(CommandError.usage(conflict)) }
        var (inputs, outputs): ([BatchJob.Input], [BatchJob.Output]) = ([], [])
        for use in files.uses where use.kind != .folder {
            let source = source(of: use.path)
            try check(path: use.path, source)
            if use.isWritten {
                outputs.append(
                    BatchJob.Output(path: use.path, kind: use.kind, isOptional: !isNamed(use.path), source: source))
            } else {
                inputs.append(BatchJob.Input(path: use.path, kind: use.kind, access: use.access, source: source))
            }
        }
        guard spelled.contains(where: { $0.argument.key == "output" }) else {
            throw entry.source.error("the \(entry.subcommand.name) job \"\(entry.name)\" has no output")
        }
        return (inputs, outputs)
    }

    private func isNamed(_ path: String) -> Bool {
        let bytes = SystemText.bytes(path)
        return spelled.contains { $0.words.contains { SystemText.bytes($0) == bytes } }
    }

    /// The option that a file follows from: one that names it, has it in its text, or else has most of its path.
    private func source(of path: String) -> YAMLValue {
        let bytes = SystemText.bytes(path)
        var best: (shared: Int, source: YAMLValue) = (0, entry.source)
        for option in spelled {
            for word in option.words.map(SystemText.bytes) {
                if word == bytes { return option.source }
                let shared = zip(word, bytes).prefix { $0 == $1 }.count
                if shared > best.shared { best = (shared, option.source) }
            }
        }
        let holder = spelled.first { $0.words.contains { SystemText.bytes($0).firstRange(of: bytes) != nil } }
        return holder?.source ?? best.source
    }

    // MARK: - What is wrong

    /// The command that the argument parser reads. Throws in the line of the option that it refuses.
    func command() throws -> any JobCommand {
        do {
            guard let command = try RootCommand.command(arguments) as? any JobCommand else {
                throw CommandError.usage("\(entry.subcommand.name) cannot be a job")
            }
            return command
        } catch let error as CommandError {
            throw located(error)
        } catch {
            let fault = ParserFault(error, words: arguments)
            let option = spelled.first { $0.argument.key == fault.key }
            throw (option?.source ?? entry.source).error(fault.sentence)
        }
    }

    /// The command of this job, made from that of a job with the same signature.
    func command(like other: any JobCommand) -> any JobCommand {
        var command = other
        for option in spelled where option.argument.isWritten { command.write(option.argument.key, option.words) }
        return command
    }

    /// An error of the command, in the line of the option that it is about; what is wrong inside of another file, in that
    /// file's line.
    func located(_ error: any Error) -> YAMLFileError {
        if let error = error as? YAMLFileError, error.line != nil { return error }
        let sentence = ExitStatus.sentence(of: error)
        let ways: [(Spelled) -> Bool] = [
            { Self.holds(sentence, "--" + $0.argument.key) },
            { $0.words.contains { sentence.utf8.starts(with: ($0 + ":").utf8) } },
            {
                Self.holds(sentence, $0.argument.key) || Self.holds(sentence, $0.argument.key.replacing("-", with: " "))
            },
            { $0.words.contains { Self.holds(sentence, $0) } },
        ]
        let option = ways.lazy.compactMap { spelled.first(where: $0) }.first
        return (option?.source ?? entry.source).error(sentence)
    }

    /// Whether a sentence has a word, rather than a part of a longer one.
    private static func holds(_ sentence: String, _ word: String) -> Bool {
        func isPart(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "-") || Unicode.Scalar(byte).properties.isAlphabetic
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        let text = Array(sentence.utf8)
        guard !word.isEmpty, let place = text.firstRange(of: Array(word.utf8)) else { return false }
        return !text[..<place.lowerBound].suffix(1).contains(where: isPart)
            && !text[place.upperBound...].prefix(1).contains(where: isPart)
    }

    /// What decides whether the command is right: all of its words but those that are right in themselves and change nothing
    /// about others. Jobs that are alike in it are read and checked once.
    var signature: [UInt8] {
        let words = spelled.flatMap { option -> [String] in
            let key = option.argument.key
            switch key {
            case "label", "alt", "url": return [key]
            case "random-seed": return [key] + option.words.filter { UInt32($0) == nil }
            // A caption that counts is as right with one number as with another.
            case "caption": return [key] + option.words.map { $0.replacing(#/[0-9]+/#, with: "0") }
            case _ where option.argument.isWritten: return [key] + option.words.map(Self.form)
            default: return [key] + option.words
            }
        }
        // No text of a batch holds a zero.
        return ([entry.subcommand.name] + words).flatMap { SystemText.bytes($0) + [0] }
    }

    /// What picks an output's format: of its name, the ending.
    private static func form(_ path: String) -> String {
        Paths.isFolder(path) ? "/" : (OutputFiles(path).isNumbered ? "%d." : ".") + Paths.ending(path)
    }
}
