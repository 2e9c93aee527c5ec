import GNCABasics
import GNCAExport
import GNCARaster

/// What makes a film again.
enum Provenance {
    /// Version, command line, model hashes and random seed, in this order.
    static func metadata(models: [LoadedModel], randomSeeds: [UInt32]) -> [KeyValue] {
        let hashes = models.map { "\($0.hash) \(Escaping.visible($0.caption))" }
        return [
            KeyValue("Software", "gnca-render \(programVersion)"),
            KeyValue("Command", commandLine),
            KeyValue("Model-SHA256", hashes.joined(separator: ", ")),
            KeyValue("Random-Seed", randomSeeds.map { "\($0)" }.joined(separator: ",")),
        ]
    }

    /// What makes a figure again; `kind` and `files` are its title where `words` have none. `randomSeed`: nil where nothing
    /// is random.
    static func figure(
        _ kind: String, of files: [String], _ words: WordOptions, models: [LoadedModel] = [], randomSeed: UInt32? = nil
    ) -> DrawingMetadata {
        let names = files.map { SystemText.spelled(Paths.name($0)) }.joined(separator: ", ")
        let title = words.noProvenance || names.isEmpty ? kind : "\(kind) of \(names)"
        let entries = metadata(models: models, randomSeeds: [randomSeed ?? 0]).filter {
            ($0.key != "Model-SHA256" || !models.isEmpty) && ($0.key != "Random-Seed" || randomSeed != nil)
        }
        let told = words.metadata(entries)
        return DrawingMetadata(
            title: told.first { $0.key == "Title" }?.value ?? Escaping.visible(title),
            entries: told.filter { $0.key != "Title" }.map { ($0.key, $0.value) })
    }

    /// The command as a shell would take it.
    private static var commandLine: String {
        (["gnca-render"] + Platform.arguments.map(Escaping.shellWord)).joined(separator: " ")
    }
}
