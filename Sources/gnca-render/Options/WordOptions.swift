import ArgumentParser
import GNCABasics
import GNCACheckpoints
import GNCAExport

/// What a file tells of itself: words that somebody chose, and what makes it again.
struct WordOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Title that the file carries.", valueName: "text"))
    var title: String?

    @Option(help: ArgumentHelp("Who made it, as the file says.", valueName: "text"))
    var author: String?

    @Option(
        name: [.customLong("licence"), .customLong("license")],
        help: ArgumentHelp("Under which terms it may be used, as the file says: \"CC BY 4.0\".", valueName: "text"))
    var licence: String?

    @Flag(help: "Leave command line, names and hashes out of the file, for a blind review.")
    var noProvenance = false

    /// What gives the same options again.
    var arguments: [String] {
        let texts = [("--title", title), ("--author", author), ("--licence", licence)]
        return texts.flatMap { flag, text in text.map { [flag, $0] } ?? [] } + (noProvenance ? ["--no-provenance"] : [])
    }

    /// The words under the names that PNG has for them.
    private var words: [KeyValue] {
        [("Title", title), ("Author", author), ("Copyright", licence)].compactMap { key, text in
            text.map { KeyValue(key, Escaping.visible(Escaping.oneLine($0))) }
        }
    }

    /// The words, and behind them `provenance` as far as it may be told.
    func metadata(_ provenance: [KeyValue]) -> [KeyValue] {
        words + (noProvenance ? provenance.filter { $0.key == "Software" } : provenance)
    }

    /// Puts the words into a model, and takes out what tells where it comes from.
    func apply(to checkpoint: inout Checkpoint) {
        if noProvenance {
            let telling = ["training.target", "training.start_model"]
            checkpoint.provenance = checkpoint.provenance.filter { key, _ in
                (key == "program" || key.begins(with: "training.")) && !telling.contains(key)
            }
        }
        for word in words { checkpoint.provenance[word.key.lowercased()] = word.value }
    }
}
