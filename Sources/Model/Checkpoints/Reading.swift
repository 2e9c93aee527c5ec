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
    /// Whether the dialect is only assumed: names and shapes like the file's say little.
    public var isAssumed = false
    /// What was changed to bring the weights into canonical form, a line each.
    public var folded: [String] = []
    /// What the user should know before trusting the model, a sentence each.
    public var warnings: [Notice] = []

    /// What a format of another module has understood.
    public init(
        checkpoint: Checkpoint, tensors: [NamedTensor] = [], family: String? = nil, spelledDialect: String? = nil,
        isAssumed: Bool = false, folded: [String] = [], warnings: [Notice] = []
    ) {
        self.checkpoint = checkpoint
        self.tensors = tensors
        self.family = family
        self.spelledDialect = spelledDialect
        self.isAssumed = isAssumed
        self.folded = folded
        self.warnings = warnings
    }
}

extension Reading {
    /// Reads the tensors of `file` and finds out what they mean.
    init(
        file: String, options: ReadingOptions, tensors: () throws(FormatFault) -> TensorSet
    ) throws(ModelError) {
        do throws(FormatFault) {
            try self.init(tensors(), options)
        } catch {
            guard let missing = ModelError.Missing(error.remedy) else {
                throw .badCheckpoint(file: file, reason: error.reason)
            }
            throw .unsettled(file: file, reason: error.reason, missing: missing)
        }
    }

    /// Finds out what tensors mean: by family, by what the file says itself, by the user's word, or by trying.
    init(_ set: TensorSet, _ options: ReadingOptions) throws(FormatFault) {
        if PlainTensors.wrote(set) {
            try set.checkNumbers()
            let checkpoint = try PlainTensors.checkpoint(set)
            guard options.areEmpty else { throw .holdsSettings }
            self.init(checkpoint: checkpoint, tensors: set.tensors, family: "gnca-render")
            return
        }
        var interpretation = try Interpretation.find(set, options)
        try interpretation.settleInputs()
        try interpretation.settleControl()
        interpretation.settleGenericFamily()
        interpretation.tellAssumption()
        if options.dialect == .guess { try interpretation.guess() }
        let dialect = interpretation.dialect
        let folding = try DialectFolding(interpretation.layers, dialect)
        let bias = interpretation.layers.layers.last?.bias != nil
        self.init(
            checkpoint: Checkpoint(
                rule: folding.rule, gridSize: interpretation.grid, dialect: dialect.words(outputBias: bias)),
            tensors: set.tensors, family: interpretation.family, spelledDialect: dialect.spelled,
            isAssumed: interpretation.isAssumed, folded: folding.notes + interpretation.notes,
            warnings: interpretation.warnings)
    }
}
