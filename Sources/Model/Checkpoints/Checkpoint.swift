import GNCACells

/// What a model file holds: the rule, and where it comes from.
public struct Checkpoint: Sendable, Equatable {
    /// What its cells do.
    public var rule: Rule
    /// Cells, where the file says what grid the model was trained on.
    public var gridSize: GridSize?
    /// The dialect the file was written in, in words for `inspect` ("filter-major, Sobel/8, ...").
    public var dialect: [String]
    /// Free-form provenance: source, licence, training settings. Ordered by key when written.
    public var provenance: [String: String]

    /// A rule, and what is known of it.
    public init(rule: Rule, gridSize: GridSize? = nil, dialect: [String] = [], provenance: [String: String] = [:]) {
        self.rule = rule
        self.gridSize = gridSize
        self.dialect = dialect
        self.provenance = provenance
    }
}
