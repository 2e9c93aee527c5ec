import ArgumentParser
import GNCACells
import GNCACheckpoints
import GNCAExport
import GNCARender
import GNCATraining

// Options whose type says what they take: help, completions and the schema of batches read it there.
extension Theme: ExpressibleByArgument {}
extension PanelLayout: ExpressibleByArgument {}
extension Edges: ExpressibleByArgument {}
extension BlowUpPolicy: ExpressibleByArgument {}
extension Target.Resampling: ExpressibleByArgument {}
extension TrainingSettings.Reseed: ExpressibleByArgument {}
extension TrainingSettings.GradientScaling: ExpressibleByArgument {}

/// What shells offer behind options that take names from a registry, or names among other things.
enum OptionValues {
    static let scenarios = Scenarios.all.map { $0.name }
    static let figures = Figures.all.map { $0.name }
    static let formats = OutputFormats.all.map { $0.name }
    static let regimes = Regimes.descriptions.map(\.name)
    /// Of all formats, each once.
    static let codecs = OutputFormats.all.flatMap { $0.codecs }.reduce(into: [String]()) { codecs, name in
        if !codecs.contains(name) { codecs.append(name) }
    }

    /// Overlays separated by commas.
    static let overlays = separatedByCommas { typed in
        Overlays.all.map { $0.name }.filter { !typed.contains($0) }
    }

    /// Shapes separated by commas; one that stands twice is drawn twice as often.
    static let damageShapes = separatedByCommas { _ in RandomDamage.allCases.map(\.rawValue) }

    /// Parts of a dialect separated by commas, each key once.
    static let dialect = separatedByCommas { typed in
        let keys = DialectChoice.keys.filter { key in !typed.contains { $0.hasPrefix(key.name + "=") } }
        let parts = keys.flatMap { key in (key.words.isEmpty ? [""] : key.words).map { "\(key.name)=\($0)" } }
        return typed.isEmpty ? parts + ["guess"] : parts
    }

    /// `words`: those that may follow the words that stand already.
    private static func separatedByCommas(_ words: @escaping @Sendable ([String]) -> [String]) -> CompletionKind {
        .custom { _, _, prefix in
            let typed = prefix.split(separator: ",", omittingEmptySubsequences: false).dropLast().map(String.init)
            return words(typed).map { (typed + [$0]).joined(separator: ",") }
        }
    }
}
