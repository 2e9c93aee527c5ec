import GNCABasics

/// Every job of a batch, resolved and checked before the first one runs.
///
/// Paths are those of the file, so the working folder has to be the file's.
struct BatchPlan {
    static let mostJobs = 10_000

    /// In the order of the file, and of the matrix: its last key changes fastest.
    private(set) var jobs: [BatchJob] = []
    private let file: BatchFile
    private let models: BatchModels
    private let roots: BatchRoots

    /// `ownFile`: the file of the batch, which no job may replace. `records`: what batches have made.
    init(_ file: BatchFile, roots: BatchRoots, ownFile: FileIdentity? = nil, records: BatchManifests) throws {
        self.file = file
        self.roots = roots
        models = BatchModels(file.models)
        var checks = JobChecks()
        for entry in file.jobs {
            let axes = try entry.matrix.map { try choices(of: $0) }
            var count = 1
            for axis in axes {
                let (product, overflow) = count.multipliedReportingOverflow(by: axis.count)
                count = overflow ? Int.max : product
            }
            guard count <= Self.mostJobs - jobs.count else {
                throw entry.source.error("more than \(Self.mostJobs) jobs")
            }
            for index in 0..<count { jobs.append(try job(entry, axes, index, &checks)) }
        }
        try refuseOwnFile(ownFile)
        try JobGraph.join(&jobs, records: records)
        try checks.run(jobs)
        try JobKeys.add(to: &jobs)
    }

    private func refuseOwnFile(_ ownFile: FileIdentity?) throws {
        guard let ownFile else { return }
        for output in jobs.flatMap(\.outputs) where FileIdentity(output.path) == ownFile {
            throw output.source.error("\(output.source.label): \(output.path) is the file of the batch itself")
        }
    }

    private func choices(of axis: BatchFile.Axis) throws -> [MatrixChoice] {
        guard axis.key == "model" else {
            return axis.settings.map {
                MatrixChoice(key: axis.key, setting: $0, label: label($0, axis.key), source: axis.source)
            }
        }
        let words = axis.settings.flatMap { setting -> [String] in
            if case .words(let words) = setting { words } else { [] }
        }
        let found = try models.files(named: words, source: axis.source)
        var names: Set<[UInt8]> = []
        for model in found where !names.insert(SystemText.bytes(model.name)).inserted {
            throw axis.source.error("two models are called \(model.name)")
        }
        return found.map {
            MatrixChoice(key: "model", setting: .words([$0.path]), label: $0.name, source: axis.source)
        }
    }

    /// As names show a value: a file without folder and extension.
    private func label(_ setting: BatchFile.Setting, _ key: String) -> String {
        switch setting {
        case .flag(let flag): return flag ? key : "no-" + key
        case .words(let words):
            let names = words.map { ["yaml", "yml"].contains(Paths.ending($0)) ? Paths.stem($0) : $0 }
            let label = names.joined(separator: "-").utf8.map { "/ ".utf8.contains($0) ? UInt8(ascii: "-") : $0 }
            return String(decoding: label, as: UTF8.self)
        }
    }

    private func job(
        _ entry: BatchFile.JobEntry, _ axes: [[MatrixChoice]], _ index: Int, _ checks: inout JobChecks
    ) throws -> BatchJob {
        var chosen: [MatrixChoice] = []
        var rest = index
        for axis in axes.reversed() {
            chosen.insert(axis[rest % axis.count], at: 0)
            rest /= axis.count
        }
        let words = try JobWords(entry, chosen: chosen, models: models, roots: roots, budget: file.budget)
        let name = ([entry.name] + chosen.map(\.label)).joined(separator: "/")
        try file.budget.take(name, at: entry.source)
        let (inputs, outputs) = try words.files(of: checks.command(of: words, job: jobs.count))
        return BatchJob(
            name: name, arguments: words.arguments, outputs: outputs, inputs: inputs, source: entry.source,
            matrixKeys: axes.compactMap(\.first?.key))
    }
}

/// Reads the commands of jobs and asks them what is wrong with them: of those that are alike, one.
private struct JobChecks {
    private var known: [[UInt8]: Int] = [:]
    private var checks: [(words: JobWords, command: any JobCommand, job: Int)] = []

    /// `job`: its index.
    mutating func command(of words: JobWords, job: Int) throws -> any JobCommand {
        let signature = words.signature
        if let index = known[signature] { return words.command(like: checks[index].command) }
        let command = try words.command()
        known[signature] = checks.count
        checks.append((words, command, job))
        return command
    }

    /// Throws in the line of the first thing that is wrong.
    func run(_ jobs: [BatchJob]) throws {
        for check in checks {
            let made = Set(jobs[check.job].inputs.filter(\.isMade).map { SystemText.bytes($0.path) })
            do {
                try check.command.checkBeforeWork { made.contains(SystemText.bytes($0)) }
            } catch {
                throw check.words.located(error)
            }
        }
    }
}

/// One value of a key of the matrix.
struct MatrixChoice {
    let key: String
    let setting: BatchFile.Setting
    /// What it adds to names.
    let label: String
    let source: YAMLValue
}

/// The models that a batch can name.
final class BatchModels {
    private let entries: [String: BatchFile.NamedModels]
    private let names: [String]
    /// What has been looked for: jobs name the same models.
    private var found: [String: [(name: String, path: String)]] = [:]

    init(_ entries: [BatchFile.NamedModels]) {
        names = entries.map(\.name)
        self.entries = Dictionary(entries.map { ($0.name, $0) }) { first, _ in first }
    }

    /// The files that `words` mean: names of the section `models`, patterns and paths. A pattern's files are called by
    /// their own names.
    func files(named words: [String], source: YAMLValue) throws -> [(name: String, path: String)] {
        try words.flatMap { word -> [(name: String, path: String)] in
            if let known = found[word] { return known }
            let files = try search(word, source)
            found[word] = files
            return files
        }
    }

    private func search(_ word: String, _ source: YAMLValue) throws -> [(name: String, path: String)] {
        if let entry = entries[word] {
            let files = try entry.files.flatMap { try Self.matches($0, entry.source) }
            guard !files.isEmpty else {
                throw entry.source.error("no file matches \(entry.files.joined(separator: ", "))")
            }
            return files.count == 1 ? [(entry.name, files[0])] : files.map { (Paths.stem($0), $0) }
        }
        guard word.utf8.contains(where: { "/.".utf8.contains($0) }) else {
            let hint = names.isEmpty ? "the file names none" : Spelling.hint(word, known: names)
            throw source.error("there is no model \"\(word.beginning())\" (\(hint))")
        }
        let files = try Self.matches(word, source)
        guard !files.isEmpty else { throw source.error("no file matches \(word)") }
        return files.map { (Paths.stem($0), $0) }
    }

    /// The files of a pattern; a path stands for itself, whether it is there or not.
    private static func matches(_ pattern: String, _ source: YAMLValue) throws -> [String] {
        guard FileSearch.isPattern(pattern) else { return [pattern] }
        let files = FileSearch.files(matching: pattern)
        guard files.count <= BatchPlan.mostJobs else {
            throw source.error("\(pattern) matches \(files.count) files (limit \(BatchPlan.mostJobs))")
        }
        return files
    }
}
