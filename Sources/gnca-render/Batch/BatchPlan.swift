import GNCABasics

/// Every job of a batch, resolved and checked before the first one runs.
///
/// Paths are those of the file, so the working folder has to be the file's.
struct BatchPlan {
    static let mostJobs = 10_000

    /// In the order of the file, and of the matrix: its last key changes fastest.
    private(set) var jobs: [BatchJob] = []
    private let models: BatchModels
    private let roots: BatchRoots
    /// What the argument parser has taken so far.
    private var accepted: Set<[String]> = []

    init(_ file: BatchFile, roots: BatchRoots) throws {
        self.roots = roots
        models = BatchModels(file.models)
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
            for index in 0..<count { jobs.append(try job(entry, axes, index)) }
        }
        try JobGraph.join(&jobs)
        try JobKeys.add(to: &jobs)
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
        var names: Set<String> = []
        for model in found where !names.insert(model.name).inserted {
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
            let names = words.map { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") ? Paths.stem($0) : $0 }
            return names.joined(separator: "-").replacing("/", with: "-").replacing(" ", with: "-")
        }
    }

    private mutating func job(_ entry: BatchFile.JobEntry, _ axes: [[MatrixChoice]], _ index: Int) throws -> BatchJob {
        var chosen: [MatrixChoice] = []
        var rest = index
        for axis in axes.reversed() {
            chosen.insert(axis[rest % axis.count], at: 0)
            rest /= axis.count
        }
        let words = try JobWords(entry, chosen: chosen, models: models, roots: roots)
        let name = ([entry.name] + chosen.map(\.label)).joined(separator: "/")
        let inputs = words.inputs()
        let outputs = try words.outputs()
        try words.check(&accepted)
        return BatchJob(
            name: name, arguments: words.arguments, outputs: outputs, inputs: inputs, source: entry.source,
            matrixKeys: axes.compactMap(\.first?.key))
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
struct BatchModels {
    private let entries: [BatchFile.NamedModels]

    init(_ entries: [BatchFile.NamedModels]) { self.entries = entries }

    /// The files that `words` mean: names of the section `models`, patterns and paths. A pattern's files are called by
    /// their own names.
    func files(named words: [String], source: YAMLValue) throws -> [(name: String, path: String)] {
        try words.flatMap { word -> [(name: String, path: String)] in
            if let entry = entries.first(where: { $0.name == word }) {
                let files = entry.files.flatMap(Self.matches)
                guard !files.isEmpty else {
                    throw entry.source.error("no file matches \(entry.files.joined(separator: ", "))")
                }
                return files.count == 1
                    ? [(entry.name, files[0])] : files.map { (Paths.stem($0), $0) }
            }
            guard word.contains("/") || word.contains(".") else {
                let known = entries.map(\.name)
                let hint = known.isEmpty ? "the file names none" : Spelling.hint(word, known: known)
                throw source.error("there is no model \"\(word.prefix(40))\" (\(hint))")
            }
            let files = Self.matches(word)
            guard !files.isEmpty else { throw source.error("no file matches \(word)") }
            return files.map { (Paths.stem($0), $0) }
        }
    }

    /// The files of a pattern; a path stands for itself, whether it is there or not.
    private static func matches(_ pattern: String) -> [String] {
        pattern.contains { "*?[".contains($0) } ? FileSearch.files(matching: pattern) : [pattern]
    }
}
