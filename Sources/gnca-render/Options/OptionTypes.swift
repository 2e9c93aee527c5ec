import ArgumentParser
import GNCACells
import GNCACheckpoints
import GNCAExport
import GNCARender
import GNCATraining

// Options have types that know their values: help, completions, the schema of batches and the parser read them there.
extension Theme: ExpressibleByArgument {}
extension PanelLayout: ExpressibleByArgument {}
extension Edges: ExpressibleByArgument {}
extension BlowUpPolicy: ExpressibleByArgument {}
extension Target.Resampling: ExpressibleByArgument {}
extension TrainingSettings.Reseed: ExpressibleByArgument {}
extension TrainingSettings.GradientScaling: ExpressibleByArgument {}
extension TrainingSettings.LossForm: ExpressibleByArgument {}
extension TrainingSettings.Optimiser: ExpressibleByArgument {}
extension TrainingSettings.Schedule: ExpressibleByArgument {}

/// Things that can be asked for by name.
protocol Choices {
    associatedtype Entry
    /// In the order in which they are listed.
    static var all: [Entry] { get }
    static func name(of entry: Entry) -> String
}

extension Choices where Entry == String {
    static func name(of entry: String) -> String { entry }
}

extension Figures: Choices {
    static func name(of figure: any Figure.Type) -> String { figure.name }
}

extension OutputFormats: Choices {
    static func name(of format: any OutputFormat.Type) -> String { format.name }
}

/// Model formats that are written, not only read.
enum WrittenModelFormats: Choices {
    static let all = CheckpointFormats.all.filter { $0.writtenExtension != nil }

    static func name(of format: any CheckpointFormat.Type) -> String { format.name }
}

/// Codecs of all formats, each once.
enum Codecs: Choices {
    static let all = OutputFormats.all.flatMap { $0.codecs }.reduce(into: [String]()) { codecs, name in
        if !codecs.contains(name) { codecs.append(name) }
    }
}

/// What a model can be trained to do.
enum RegimeNames: Choices {
    static let all = Regimes.descriptions.map(\.name)
}

/// Whose hyper-parameters a training can have.
enum RecipeNames: Choices {
    static let all = TrainingSettings.recipes
}

/// When a rule can test which cells live.
enum LifeTests: Choices {
    static let all = Life.allMoments
}

/// One of the choices, as the value of an option.
struct Named<Known: Choices>: ExpressibleByArgument {
    let entry: Known.Entry

    init?(argument: String) {
        guard let entry = Known.all.first(where: { Known.name(of: $0) == argument }) else { return nil }
        self.entry = entry
    }

    var defaultValueDescription: String { Known.name(of: entry) }

    static var allValueStrings: [String] { Known.all.map { Known.name(of: $0) } }

    static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

extension Named: ExpressibleByStringLiteral {
    /// For defaults, which are among the choices.
    init(stringLiteral name: String) {
        guard let known = Named(argument: name) else {
            preconditionFailure("\"\(name)\" is none of \(Self.allValueStrings)")
        }
        self = known
    }
}
