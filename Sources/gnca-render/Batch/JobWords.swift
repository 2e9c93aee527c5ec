import ArgumentParser
import GNCABasics
import GNCARaster
import GNCARender

/// The words of one job's command line, and which of them name files.
struct JobWords {
    private(set) var arguments: [String]
    private let entry: BatchFile.JobEntry
    /// Every file that the command line names, with what stands behind it.
    private var files: [NamedFile] = []
    private let roots: BatchRoots
    /// What `{name}` stands for.
    private var labels: [(name: String, text: String)]
    /// Each option with its value, as the argument parser judges them: one by one. Of a file, the ending suffices.
    private var pieces: [[String]] = []
    /// How many models the job has where `{model}` stands for none.
    private var modelCount = 0

    /// The longest path, bytes: as Linux has it.
    private static let longestPath = 4096

    private struct NamedFile {
        let path: String
        let argument: Subcommand.Argument
        let source: YAMLValue
    }

    /// Throws in the line of what is wrong: a text with unknown names, a file outside of `roots`.
    init(_ entry: BatchFile.JobEntry, chosen: [MatrixChoice], models: BatchModels, roots: BatchRoots) throws {
        self.entry = entry
        self.roots = roots
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
                pieces.append([argument.key])
            case .words(let words):
                // Paths of models are no text with names in braces.
                let words = argument.key == "models" ? words : try words.map { try fill($0, option.source) }
                add(words, argument)
                pieces.append([argument.key] + words.map { argument.isFile($0) ? Self.ending($0) : $0 })
                for word in words where argument.isFile(word) && !Emoji.looksLike(word) {
                    try add(file: word, argument, option.source)
                }
                try findMasks(words, argument, option.source)
            }
        }
        // A batch's threads are its jobs: what a job makes then depends neither on the machine nor on --jobs.
        let saysThreads = options.contains { $0.key == "threads" && $0.setting != .flag(false) }
        if entry.subcommand["threads"] != nil && !saysThreads { arguments += ["--threads", "1"] }
        // The batch itself has looked whether an existing file is its own.
        if entry.subcommand["overwrite"] != nil { arguments.append("--overwrite") }
    }

    private mutating func add(_ words: [String], _ argument: Subcommand.Argument) {
        if argument.kind == .positional {
            arguments += words.map { $0.hasPrefix("-") ? "./" + $0 : $0 }
            return
        }
        for word in argument.isRepeating ? words : [words.joined(separator: ",")] {
            arguments += word.hasPrefix("-") ? ["--\(argument.key)=\(word)"] : ["--" + argument.key, word]
        }
    }

    private mutating func add(file path: String, _ argument: Subcommand.Argument, _ source: YAMLValue) throws {
        guard path != "-" else { throw source.error("a job's \(argument.key) is a file (got -)") }
        guard path.utf8.count <= Self.longestPath else {
            throw source.error("\(argument.key) is too long (limit \(Self.longestPath) bytes)")
        }
        guard roots.contain(BatchRoots.place(of: path)) else {
            throw source.error(
                "\(source.label): \(path) is outside of \(roots.description) (--root names other folders)")
        }
        files.append(NamedFile(path: path, argument: argument, source: source))
    }

    /// Replaces names in braces.
    private func fill(_ text: String, _ source: YAMLValue) throws -> String {
        try Template.replacing(text, from: "{", to: "}") { name in
            if let label = labels.first(where: { $0.name == name }) { return label.text }
            if name == "model", modelCount > 1 {
                throw source.error(
                    "{model} is one model, and the job has \(modelCount) (matrix: {model: ...} makes a job of each)")
            }
            let hint = Spelling.hint(name, known: labels.map(\.name))
            throw source.error("there is nothing called {\(name.prefix(40))} in the job (\(hint))")
        } unclosed: {
            source.error("\(source.label): { has no }")
        }
    }

    /// Pictures that the damage of a command line, or a scenario file, erases by.
    private mutating func findMasks(_ words: [String], _ argument: Subcommand.Argument, _ source: YAMLValue) throws {
        for word in words {
            if argument.key == "damage", let damage = try? DamageRequest(parsing: word),
                case .image(let picture) = damage.shape
            {
                try add(file: picture, argument, source)
            }
            guard argument.key == "scenario", argument.isFile(word), FileSystem.isFile(word) else { continue }
            for event in try ScenarioFile.read(word).entries {
                if case .erase(.image(let picture)) = event.action { try add(file: picture, argument, source) }
            }
        }
    }

    func inputs() -> [BatchJob.Input] {
        files.filter { !$0.argument.isWritten }.map {
            BatchJob.Input(path: $0.path, place: BatchRoots.place(of: $0.path), source: $0.source)
        }
    }

    func outputs() throws -> [BatchJob.Output] {
        let outputs = files.filter(\.argument.isWritten).map { file in
            let isFolder = file.path.hasSuffix("/") || file.argument.namesFolder
            return BatchJob.Output(path: file.path, isFolder: isFolder, source: file.source)
        }
        guard files.contains(where: { $0.argument.key == "output" }) else {
            throw entry.source.error("the \(entry.subcommand.name) job \"\(entry.name)\" has no output")
        }
        return outputs
    }

    private static func ending(_ path: String) -> String {
        path.lastIndex(of: ".").map { String(path[$0...]) } ?? ""
    }

    /// Whether the argument parser takes the words, told in the line of the option it refuses. It takes a millisecond:
    /// jobs that have nothing but what it has `accepted` before do without.
    func check(_ accepted: inout Set<[String]>) throws {
        let named: [[String]] = pieces + [pieces.map { $0[0] }]
        let own: [[String]] = named.map { [entry.subcommand.name] + $0 }
        if accepted.isSuperset(of: own) { return }
        do {
            _ = try RootCommand.parseAsRoot(arguments)
        } catch {
            let fault = ParserFault(error, words: arguments)
            let option = entry.options.first { $0.key == fault.key }
            let axis = entry.matrix.first { $0.key == fault.key }
            throw (option?.source ?? axis?.source ?? entry.source).error(fault.sentence)
        }
        accepted.formUnion(own)
    }
}
