/// The state of an automaton: H x W cells of C channels, row-major, channels innermost.
public struct CellGrid: Sendable, Equatable {
    /// H, rows.
    public let height: Int
    /// W, cells a row.
    public let width: Int
    /// C, numbers a cell; what they mean is the rule's `Appearance`.
    public let channels: Int
    /// `height * width * channels` numbers; cell (x, y) begins at `(y * width + x) * channels`.
    public var values: [Float]

    /// An empty grid: every number is zero.
    public init(height: Int, width: Int, channels: Int) {
        precondition(height > 0 && width > 0, "a grid has at least one cell (got \(width)x\(height))")
        precondition(channels > 0, "a cell has at least one channel")
        self.height = height
        self.width = width
        self.channels = channels
        values = [Float](repeating: 0, count: height * width * channels)
    }

    /// Where the numbers of cell (x, y) begin in `values`.
    @inlinable
    public func offset(x: Int, y: Int) -> Int { (y * width + x) * channels }

    /// Plants one seed: the cell at (x, y) becomes what `appearance` makes a seed of.
    public mutating func plantSeed(x: Int, y: Int, of appearance: Appearance) {
        let start = offset(x: x, y: y)
        values.replaceSubrange(start..<(start + channels), with: appearance.seedCell(channels: channels))
    }

    /// Empties the cell at (x, y): every channel becomes zero.
    public mutating func erase(x: Int, y: Int) {
        let start = offset(x: x, y: y)
        for index in start..<(start + channels) { values[index] = 0 }
    }
}
