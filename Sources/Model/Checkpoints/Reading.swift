import GNCABasics
import GNCACells

/// A model file as it was understood: the model, and how the reader came to it.
public struct Reading: Sendable, Equatable {
    /// The model.
    public var checkpoint: Checkpoint
    /// What the file holds, values and all.
    public var tensors: [NamedTensor] = []
    /// Whose conventions the model follows; nil where the file is this program's own, or nobody's that is known.
    public var family: String?
    /// The dialect as users spell it; nil where the file holds its settings itself.
    public var spelledDialect: String?
    /// What was changed to bring the weights into canonical form, a line each.
    public var folded: [String] = []
    /// What the user should know before trusting the model, a sentence each.
    public var warnings: [String] = []

    /// What a format of another module has understood.
    public init(
        checkpoint: Checkpoint, tensors: [NamedTensor] = [], family: String? = nil, spelledDialect: String? = nil,
        folded: [String] = [], warnings: [String] = []
    ) {
        self.checkpoint = checkpoint
        self.tensors = tensors
        self.family = family
        self.spelledDialect = spelledDialect
        self.folded = folded
        self.warnings = warnings
    }
}

extension Reading {
    /// Reads the tensors of `file` and finds out what they mean.
    init(
        file: String, dialect: DialectChoice, tensors: () throws(FormatFault) -> TensorSet
    ) throws(ModelError) {
        do throws(FormatFault) {
            try self.init(tensors(), dialect)
        } catch {
            throw error.remedy == .dialect
                ? .unknownDialect(file: file, reason: error.reason) : .badCheckpoint(file: file, reason: error.reason)
        }
    }

    /// Finds out what tensors mean: by family, by the user's word, or by trying.
    init(_ set: TensorSet, _ choice: DialectChoice) throws(FormatFault) {
        if let checkpoint = try PlainTensors.checkpoint(set) {
            guard choice == .family else { throw .holdsSettings }
            self.init(checkpoint: checkpoint, tensors: set.tensors, family: "gnca-render")
            return
        }
        let all = set.tensors
        let set = try TensorSet(all.filter { !OptimiserState.holds($0) })
        let found = Family.all.lazy.compactMap { family in family.roles(in: set).map { (family: family, roles: $0) } }
            .first
        let tensors: LayerTensors
        if let found { tensors = found.roles } else { tensors = try LayerTensors(guessing: set) }
        let layers = try DenseLayers(tensors)
        var dialect = found?.family.dialect ?? Dialect()
        if let filters = tensors.filters { try dialect.adopt(filters: filters) }
        var warnings: [String] = []
        switch choice {
        case .family where found == nil: throw Self.unknownFamily(set)
        case .guess:
            let guess = try DialectGuess(layers)
            dialect = guess.dialect
            warnings = guess.warnings
        default: dialect = choice.applied(to: dialect)
        }
        let folding = try DialectFolding(layers, dialect)
        let family = choice == .guess ? nil : found?.family
        let unused = all.count - set.tensors.count
        let setAside =
            unused == 0 ? [] : ["\(unused) tensor\(unused == 1 ? "" : "s") of an optimiser's state left aside"]
        self.init(
            checkpoint: Checkpoint(
                rule: folding.rule, gridSize: family?.grid, dialect: dialect.words(outputBias: layers.b2 != nil)),
            tensors: all, family: family?.name, spelledDialect: dialect.spelled,
            folded: folding.notes + setAside, warnings: warnings)
    }

    private static func unknownFamily(_ set: TensorSet) -> FormatFault {
        let shown = set.tensors.prefix(4).map { JSONText.shown($0.name) }.joined(separator: ", ")
        return FormatFault(
            reason:
                "two dense layers of no known family, whose dialect nothing tells (got tensors \(shown))",
            remedy: .dialect)
    }
}
