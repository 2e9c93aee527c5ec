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

    /// What makes a figure again; `randomSeed`: nil where nothing is random.
    static func figure(title: String, models: [LoadedModel], randomSeed: UInt32?) -> DrawingMetadata {
        let entries = metadata(models: models, randomSeeds: [randomSeed ?? 0]).filter {
            ($0.key != "Model-SHA256" || !models.isEmpty) && ($0.key != "Random-Seed" || randomSeed != nil)
        }
        return DrawingMetadata(title: Escaping.visible(title), entries: entries.map { ($0.key, $0.value) })
    }

    /// The command as a shell would take it.
    private static var commandLine: String {
        (["gnca-render"] + Platform.arguments.map(Escaping.shellWord)).joined(separator: " ")
    }
}
