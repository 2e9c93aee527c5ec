import GNCABasics

/// A batch as somebody wrote it, its variables replaced; docs/batch.md lists the keys.
struct BatchFile {
    let models: [NamedModels]
    let jobs: [JobEntry]
    /// What is left for the texts of the jobs.
    let budget: TextBudget

    /// `name: files` of the section `models`.
    struct NamedModels {
        let name: String
        /// Paths, or patterns with * ? [ ].
        let files: [String]
        let source: YAMLValue
    }

    /// One entry of `jobs`: a job for every combination of its matrix.
    struct JobEntry {
        let subcommand: Subcommand
        let name: String
        fileprivate let own: [Option]
        /// Those of the section `defaults`, one array for all jobs of a kind.
        fileprivate let defaults: [Option]
        let matrix: [Axis]
        let source: YAMLValue

        /// Its own, and the defaults that neither it nor its matrix replaces.
        var options: [Option] {
            let axes = matrix.map { $0.key == "model" ? "models" : $0.key }
            return own
                + defaults.filter { option in !own.contains { $0.key == option.key } && !axes.contains(option.key) }
        }
    }

    struct Option {
        let key: String
        let setting: Setting
        let source: YAMLValue
    }

    struct Axis {
        let key: String
        let settings: [Setting]
        let source: YAMLValue
    }

    /// What stands behind a key: true or false, or words.
    enum Setting: Hashable {
        case flag(Bool)
        case words([String])
    }

    /// Reads `text`; messages name `file`. `values`: what the command line sets variables to.
    init(
        parsing text: String, file: String, values: [(name: String, value: String)] = [],
        budget: TextBudget = TextBudget()
    ) throws {
        let root = try YAMLValue.root(of: text, file: file)
        let batch = try root.mapping("a batch", keys: ["variables", "models", "defaults", "jobs"])
        self.budget = budget
        let reader = Reader(variables: try Self.variables(batch["variables"], values), budget: budget)
        var models: [NamedModels] = []
        for (name, value) in try batch["models"]?.mapping("models").values ?? [] {
            let files = try value.oneOrMore().map(reader.text)
            models.append(NamedModels(name: name, files: files, source: value))
        }
        self.models = models
        let names = Subcommand.all.map(\.name)
        var defaults: [String: [Option]] = [:]
        for (name, value) in try batch["defaults"]?.mapping("defaults", keys: names).values ?? [] {
            guard let subcommand = Subcommand.all.first(where: { $0.name == name }) else { continue }
            let keys = subcommand.keys
            let section = try value.mapping("the defaults of \(name)", keys: keys, advice: subcommand.advice)
            defaults[name] = try reader.options(section.values, of: subcommand)
        }
        var count = 0
        jobs = try batch.required("jobs").oneOrMore().map { value in
            let job = try reader.job(value, defaults: defaults)
            // A model may be a pattern; every other axis is as long as it looks.
            count += job.matrix.reduce(1) { product, axis in
                min(product * (axis.key == "model" ? 1 : axis.settings.count), BatchPlan.mostJobs + 1)
            }
            guard count <= BatchPlan.mostJobs else { throw value.error("more than \(BatchPlan.mostJobs) jobs") }
            return job
        }
        try refuseRepeatedNames()
    }

    /// Names and values, those of the command line instead of those of the file.
    private static func variables(
        _ section: YAMLValue?, _ values: [(name: String, value: String)]
    ) throws -> [String: String] {
        var variables: [String: String] = [:]
        for (name, value) in try section?.mapping("variables").values ?? [] { variables[name] = try value.text() }
        for (name, value) in values {
            guard variables.updateValue(value, forKey: name) != nil else {
                let known = variables.keys.filter { $0 != name }.sorted()
                let hint = known.isEmpty ? "the file has none" : Spelling.hint(name, known: known)
                throw CommandError.usage("--set \(name): there is no such variable (\(hint))")
            }
        }
        return variables
    }

    private func refuseRepeatedNames() throws {
        var lines: [String: Int?] = [:]
        for job in jobs {
            if let line = lines[job.name] {
                let place = line.map { " in line \($0)" } ?? ""
                throw job.source.error("the name \"\(job.name)\" stands twice (first\(place))")
            }
            lines[job.name] = job.source.line
        }
    }
}

extension Subcommand {
    /// What a job may say of its command.
    fileprivate var keys: [String] { arguments.map(\.key).filter { !Self.decidedByTheBatch.contains($0) } }

    fileprivate var advice: String { "gnca-render \(name) --help shows the options" }
}

/// Reads entries and replaces `${name}`.
private struct Reader {
    let variables: [String: String]
    let budget: TextBudget

    func text(_ value: YAMLValue) throws -> String {
        var counted = budget.text(at: value)
        return try Template.replacing(try value.text(), from: "${", to: "}") { name in
            if let value = variables[name] { return value }
            let known = variables.keys.sorted()
            let hint = known.isEmpty ? "the file has no variables" : Spelling.hint(name, known: known)
            throw value.error("there is no variable \"\(name.beginning())\" (\(hint))")
        } unclosed: {
            value.error("\(value.label): ${ has no }")
        } take: {
            try counted.take($0)
        }
    }

    func job(_ value: YAMLValue, defaults: [String: [BatchFile.Option]]) throws -> BatchFile.JobEntry {
        let words = try value.mapping("a job").values
        let names = Subcommand.all.map(\.name)
        // An option may be called as another subcommand is: `target` of `train`.
        let kinds = Subcommand.all.filter { kind in words.contains { $0.key == kind.name } }
        let found = words.filter { word in
            names.contains(word.key) && !kinds.contains { $0.name != word.key && $0.keys.contains(word.key) }
        }
        guard let first = found.first, let subcommand = Subcommand.all.first(where: { $0.name == first.key }) else {
            throw value.error("a job says what it is (expected one of the keys \(names.joined(separator: ", ")))")
        }
        guard found.count == 1 else {
            throw found[1].value.error("a job is one thing (got \(first.key) and \(found[1].key))")
        }
        let title = "a \(first.key) job"
        for (key, value) in words where Subcommand.decidedByTheBatch.contains(key) && subcommand[key] != nil {
            throw value.error("\(key) cannot stand in a job: the batch decides it for all of them")
        }
        let job = try value.mapping(
            title, keys: [first.key, "matrix"] + subcommand.keys, advice: subcommand.advice)
        let own = try options(job.values.filter { $0.key != first.key && $0.key != "matrix" }, of: subcommand)
        let matrix = try job["matrix"].map { try axes($0, of: subcommand, beside: own) } ?? []
        return BatchFile.JobEntry(
            subcommand: subcommand, name: try name(first.value), own: own, defaults: defaults[first.key] ?? [],
            matrix: matrix, source: value)
    }

    private func name(_ value: YAMLValue) throws -> String {
        let name = try text(value)
        guard name.unicodeScalars.allSatisfy(Self.mayStandInAName) else {
            throw value.error("a job's name has letters, digits and -_. (got \"\(name.beginning())\")")
        }
        return name
    }

    /// Letters, the marks on them, digits and -_. with the space: nothing that a terminal or a path would take for more.
    private static func mayStandInAName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
            true
        default: "-_. ".unicodeScalars.contains(scalar)
        }
    }

    func options(
        _ values: [(key: String, value: YAMLValue)], of subcommand: Subcommand
    ) throws -> [BatchFile.Option] {
        try values.compactMap { key, value in
            guard let argument = subcommand[key] else { return nil }
            return BatchFile.Option(key: key, setting: try setting(value, of: argument), source: value)
        }
    }

    private func setting(_ value: YAMLValue, of argument: Subcommand.Argument) throws -> BatchFile.Setting {
        if let truth = value.truth {
            guard argument.kind == .flag || !truth else { throw value.error("\(value.label) needs a value (got true)") }
            return .flag(truth)
        }
        guard argument.kind != .flag else {
            throw value.error("\(value.label) must be true or false (got \"\(try value.text().beginning())\")")
        }
        if argument.key == "for", value.isMapping { return .words(try outputSettings(value)) }
        let values = try value.oneOrMore()
        guard values.count <= TextBudget.mostValues else {
            throw value.error("\(value.label) has \(values.count) values (limit \(TextBudget.mostValues))")
        }
        let words = try values.map(text)
        if words.count > 1 && !argument.isRepeating { try refuseCommas(in: words, of: argument, value) }
        return .words(words)
    }

    /// `for: {film.mp4: {quality: 18}}` is `--for film.mp4:quality=18`.
    private func outputSettings(_ value: YAMLValue) throws -> [String] {
        try value.mapping(value.label).values.flatMap { output, settings in
            try settings.mapping(output, keys: OutputSetting.keys).values.flatMap { key, value in
                try value.oneOrMore().map { "\(output):\(key)=\(try text($0))" }
            }
        }
    }

    /// The values of a list become one word with commas between them, which the command splits again: a value with a comma
    /// of its own would be two.
    private func refuseCommas(in words: [String], of argument: Subcommand.Argument, _ value: YAMLValue) throws {
        guard !argument.namesFiles else { throw value.error("\(value.label) is one file (got \(words.count))") }
        if let word = words.first(where: { $0.utf8.contains(UInt8(ascii: ",")) }) {
            throw value.error(
                "\(value.label): a value in a list has no comma (got \"\(word.beginning())\")")
        }
    }

    /// The matrix: for every key a list of values, one of which each job has. `own`: keys that the job has itself.
    private func axes(
        _ value: YAMLValue, of subcommand: Subcommand, beside own: [BatchFile.Option]
    ) throws -> [BatchFile.Axis] {
        let model = subcommand["models"] == nil ? [] : ["model"]
        let keys = model + subcommand.keys.filter { $0 != "output" && $0 != "models" }
        let matrix = try value.mapping("a matrix of a \(subcommand.name) job", keys: keys, advice: subcommand.advice)
        return try matrix.values.map { key, list in
            let key = key == "model" ? "models" : key
            guard let argument = subcommand[key] else { throw list.error("unknown key \"\(key)\"") }
            if own.contains(where: { $0.key == key }) {
                throw list.error("\(list.label) stands in the matrix and in the job itself")
            }
            let settings = try list.oneOrMore().flatMap { try range($0) ?? [setting($0, of: argument)] }
            guard Set(settings).count == settings.count else {
                throw list.error("\(list.label) has the same value twice")
            }
            return BatchFile.Axis(key: list.label, settings: settings, source: list)
        }
    }

    /// `0...9` counts.
    private func range(_ value: YAMLValue) throws -> [BatchFile.Setting]? {
        guard value.truth == nil, let match = try? value.text().wholeMatch(of: #/([0-9]{1,9})\.\.\.([0-9]{1,9})/#),
            let first = Int(match.output.1), let last = Int(match.output.2)
        else { return nil }
        guard first <= last, last - first < BatchPlan.mostJobs else {
            throw value.error(
                "\(value.label): \(first)...\(last) is no range (expected FIRST...LAST, at most \(BatchPlan.mostJobs) numbers)"
            )
        }
        return (first...last).map { .words(["\($0)"]) }
    }
}
