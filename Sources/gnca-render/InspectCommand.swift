import ArgumentParser
import GNCABasics
import GNCACells
import GNCACheckpoints

/// `inspect`: what a model file is.
struct InspectCommand: FileUser {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Tell what a model file is: its format, tensors, family, dialect and rule, and where it comes from.",
        discussion: """
            Examples:
              gnca-render inspect turtle.ckpt
              gnca-render inspect *.ckpt --json | jq .sha256  # one line a file
              gnca-render inspect model.pth --dialect guess  # of an unknown program
            """,
        aliases: ["info"])

    @Argument(help: "Model files.", completion: .file())
    var models: [String]

    @OptionGroup(title: "Models") var reading: ModelOptions

    @Flag(help: "Print one JSON object a file, each in a line of its own.")
    var json = false

    @Flag(help: "Print nothing but what --json asks for: the exit code tells whether all files can be read.")
    var quiet = false

    func files() -> RunFiles {
        var uses = RunFiles()
        for model in models { uses.read(model: model) }
        return uses
    }

    /// Tells of every file that can be read, and fails where one cannot.
    func run() throws {
        var failure: (any Error)?
        var isFirst = true
        for model in models {
            do {
                let report = try InspectReport(reading.read(model))
                guard json || !quiet else { continue }
                if !json && !isFirst { say("") }
                sayLines(json ? report.json : report.text)
                isFirst = false
            } catch {
                if let failure { ExitStatus.complain(ExitStatus.sentence(of: failure)) }
                failure = error
            }
        }
        if let failure { throw failure }
    }
}

/// What `inspect` says of a model file, as lines for people or as JSON.
struct InspectReport {
    /// One fact. Its name is the JSON member; people read it with spaces.
    struct Entry: Equatable {
        var name: String
        /// As people read it; several lines where there are several values.
        var lines: [String]
        /// The same as JSON.
        var json: String

        init(_ name: String, _ text: String) { self.init(name, [text], json: JSONText.quoted(text)) }
        init(_ name: String, _ number: Int) { self.init(name, ["\(number)"], json: "\(number)") }
        init(_ name: String, _ number: Float) { self.init(name, ["\(number)"], json: "\(number)") }
        init(_ name: String, _ flag: Bool) { self.init(name, [flag ? "yes" : "no"], json: "\(flag)") }
        init(_ name: String, list: [String]) { self.init(name, list, json: JSONText.list(list.map(JSONText.quoted))) }

        init(_ name: String, _ lines: [String], json: String) {
            self.name = name
            self.lines = lines
            self.json = json
        }
    }

    let entries: [Entry]

    /// Throws `ModelError` where the hash cannot be computed.
    init(_ file: CheckpointFile) throws(ModelError) {
        let rule = file.checkpoint.rule
        let hidden = rule.network.hidden.map(String.init)
        var entries = [
            Entry("file", file.path),
            Entry("format", file.format.name),
            Entry("bytes", file.bytes.count),
            Entry("sha256", try file.sha256()),
            Entry(
                "tensors", file.reading.tensors.map { "\($0.name) \($0.shape) \($0.type)" },
                json: JSONText.list(file.reading.tensors.map(Self.json))),
            Entry("family", file.reading.family ?? Self.noFamily(file.reading)),
            Entry("channels", rule.channels),
            Entry("hidden_units", hidden, json: JSONText.list(hidden)),
            Entry("parameters", rule.parameterCount),
            Entry("output_bias", rule.network.layers.last?.bias != nil),
        ]
        entries += RuleSettings.all.map { Self.entry($0, of: rule) }
        if let grid = file.checkpoint.gridSize { entries.append(Entry("grid", grid.description)) }
        entries.append(Entry("dialect", list: file.checkpoint.dialect))
        if file.reading.spelledDialect != nil { entries.append(Entry("dialect_assumed", file.reading.isAssumed)) }
        if let spelled = file.reading.spelledDialect { entries.append(Entry("as_option", "--dialect \(spelled)")) }
        entries.append(Entry("folded", list: file.reading.folded))
        let provenance = file.checkpoint.provenance.sorted { $0.key < $1.key }
        entries.append(
            Entry(
                "provenance", provenance.map { "\($0.key): \($0.value)" },
                json: JSONText.object(provenance.map { ($0.key, JSONText.quoted($0.value)) })))
        let warnings = file.reading.warnings.map { Remedies.message($0) }
        entries.append(Entry("warnings", list: warnings + InspectReport.warnings(rule)))
        self.entries = entries
    }

    /// Settings that are always shown to people; of the others, those that are not the Distill article's.
    private static let common = ["filters", "activation", "life", "threshold", "seed", "fire", "padding"]

    private static func entry(_ setting: RuleSetting, of rule: Rule) -> Entry {
        let text = setting.text(rule)
        let isShown = common.contains(setting.name) || text != setting.text(.blank)
        return Entry(
            setting.name.replacing("-", with: "_"), isShown ? [text] : [],
            json: setting.words.isEmpty && Float(text) != nil ? text : JSONText.quoted(text))
    }

    private static func json(_ tensor: NamedTensor) -> String {
        JSONText.object([
            "name": JSONText.quoted(tensor.name), "shape": JSONText.list(tensor.shape.map(String.init)),
            "type": JSONText.quoted(tensor.type),
        ])
    }

    private static func noFamily(_ reading: Reading) -> String {
        reading.spelledDialect == nil ? "gnca-render" : "none that is known"
    }

    /// What makes a rule do nothing or something odd, a sentence each.
    static func warnings(_ rule: Rule) -> [String] {
        var warnings: [String] = []
        if let last = rule.network.layers.last, last.weights.allSatisfy({ $0 == 0 }),
            last.bias?.allSatisfy({ $0 == 0 }) ?? true
        {
            warnings.append("the last layer is all zeros: an untrained model, nothing will grow")
        }
        if rule.fireRate == 0 { warnings.append("the fire rate is 0: no cell will ever change") }
        let seesNeighbours = rule.perception.filters.contains { filter in
            let taps = filter.taps(channels: rule.channels)
            return taps.indices.contains { $0 / rule.channels != 4 && taps[$0] != 0 }
        }
        if !seesNeighbours {
            warnings.append("no filter sees further than the cell: cells do not see their neighbours")
        }
        if rule.life.isTested, rule.life.threshold >= 1 {
            warnings.append("the life threshold is 1 or more: the seed dies at once")
        }
        return warnings
    }

    /// Two columns; empty lists are left out.
    var text: String {
        var lines: [String] = []
        for entry in entries {
            let name = entry.name.replacing("_", with: " ")
            for (index, line) in entry.lines.enumerated() {
                let label = index == 0 ? name : ""
                lines.append(label + String(repeating: " ", count: max(1, 16 - label.count)) + Escaping.visible(line))
            }
        }
        return lines.joined(separator: "\n")
    }

    var json: String {
        JSONText.object(entries.map { ($0.name, $0.json) })
    }
}
