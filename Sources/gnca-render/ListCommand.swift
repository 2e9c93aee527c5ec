import ArgumentParser
import Export
import Model
import Render

/// `gnca-render list`: every name that a flag takes.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List scenarios, overlays, output formats with the codecs present, model formats.")

    @Flag(help: "As JSON.")
    var json = false

    /// One thing that can be named.
    private struct Entry {
        var name: String
        var summary: String
        /// Names of encoders for outputs, empty elsewhere.
        var codecs: [String] = []
    }

    func run() throws {
        let sections: [(title: String, entries: [Entry])] = [
            ("scenarios", Scenarios.all.map { Entry(name: $0.name, summary: $0.summary) }),
            ("overlays", Overlays.all.map { Entry(name: $0.name, summary: $0.summary) }),
            ("formats", OutputFormats.all.map { Entry(name: $0.name, summary: $0.summary, codecs: $0.codecs) }),
            ("models", CheckpointFormats.all.map { Entry(name: $0.name, summary: $0.summary) }),
        ]
        print(json ? Self.json(sections) : Self.table(sections))
    }

    private static func table(_ sections: [(title: String, entries: [Entry])]) -> String {
        sections.map { section in
            let width = section.entries.map(\.name.count).max() ?? 0
            let rows = section.entries.map { entry in
                let padding = String(repeating: " ", count: width - entry.name.count)
                let codecs = entry.codecs.isEmpty ? "" : " [\(entry.codecs.joined(separator: ", "))]"
                return "  \(entry.name)\(padding)  \(entry.summary)\(codecs)"
            }
            return ([section.title] + rows).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    private static func json(_ sections: [(title: String, entries: [Entry])]) -> String {
        let parts = sections.map { section in
            let rows = section.entries.map { entry in
                var fields = "\"name\":\(jsonString(entry.name)),\"summary\":\(jsonString(entry.summary))"
                if section.title == "formats" {
                    fields += ",\"codecs\":[\(entry.codecs.map(jsonString).joined(separator: ","))]"
                }
                return "{\(fields)}"
            }
            return "\(jsonString(section.title)):[\(rows.joined(separator: ","))]"
        }
        return "{\(parts.joined(separator: ","))}"
    }
}
