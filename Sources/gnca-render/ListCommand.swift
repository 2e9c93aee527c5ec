import ArgumentParser
import GNCABasics
import GNCACheckpoints
import GNCAExport
import GNCARender
import GNCATraining

/// `gnca-render list`: every name that a flag takes.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract:
            "List scenarios, overlays, figures, output formats with the codecs present, training regimes, model formats.",
        discussion: """
            Examples:
              gnca-render list
              gnca-render list --json                                  # for programs
            """)

    @Flag(help: "Print JSON.")
    var json = false

    /// One thing that can be named.
    private struct Entry {
        var name: String
        var summary: String
        /// Codecs of an output, the default first; empty elsewhere.
        var codecs: [String] = []
        /// Those of them whose encoder is on this machine.
        var present: [String] = []
    }

    func run() throws {
        let sections: [(title: String, entries: [Entry])] = [
            ("scenarios", Scenarios.all.map { Entry(name: $0.name, summary: $0.summary) }),
            ("overlays", Overlays.all.map { Entry(name: $0.name, summary: $0.summary) }),
            ("figures", Figures.all.map { Entry(name: $0.name, summary: $0.summary) }),
            ("formats", OutputFormats.all.map(Self.entry)),
            ("regimes", Regimes.descriptions.map { Entry(name: $0.name, summary: $0.summary) }),
            ("models", CheckpointFormats.all.map { Entry(name: $0.name, summary: $0.summary) }),
        ]
        sayLines(json ? Self.json(sections) : Self.table(sections))
    }

    private static func entry(_ format: any OutputFormat.Type) -> Entry {
        let present = format.codecsPresent()
        return Entry(name: format.name, summary: format.summary, codecs: format.codecs, present: present)
    }

    private static func table(_ sections: [(title: String, entries: [Entry])]) -> String {
        sections.map { section in
            let rows = section.entries.map { entry in
                let names = entry.codecs.map { entry.present.contains($0) ? $0 : "\($0): not installed" }
                let codecs = names.isEmpty ? "" : " [\(names.joined(separator: ", "))]"
                return ["  \(entry.name)", entry.summary + codecs]
            }
            return "\(section.title)\n\(Columns.text(rows))"
        }.joined(separator: "\n\n")
    }

    private static func json(_ sections: [(title: String, entries: [Entry])]) -> String {
        JSONText.object(
            sections.map { section in
                let rows = section.entries.map { entry in
                    var members = [
                        (name: "name", value: JSONText.quoted(entry.name)), ("summary", JSONText.quoted(entry.summary)),
                    ]
                    if section.title == "formats" {
                        members.append(("codecs", JSONText.list(entry.codecs.map(JSONText.quoted))))
                        members.append(("present", JSONText.list(entry.present.map(JSONText.quoted))))
                    }
                    return JSONText.object(members)
                }
                return (section.title, JSONText.list(rows))
            })
    }
}
