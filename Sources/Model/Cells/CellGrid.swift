/// The state of an automaton: H x W cells of C channels, row-major, channels innermost.
public struct CellGrid: Sendable, Equatable {
    /// H, rows.
    public let height: Int
    /// W, cells a row.
    public let width: Int
    /// C, numbers a cell: red, green, blue (premultiplied), alpha, then hidden channels. At least 4.
    public let channels: Int
    /// `height * width * channels` numbers; cell (x, y) begins at `(y * width + x) * channels`.
    public var values: [Float]

    /// The channel that says whether a cell lives.
    public static let alphaChannel = 3

    /// An empty grid: every number is zero.
    public init(height: Int, width: Int, channels: Int) {
        precondition(height > 0 && width > 0, "a grid has at least one cell (got \(width)x\(height))")
        precondition(channels >= 4, "a cell has at least red, green, blue and alpha (got \(channels) channels)")
        self.height = height
        self.width = width
        self.channels = channels
        values = [Float](repeating: 0, count: height * width * channels)
    }

    /// Where the numbers of cell (x, y) begin in `values`.
    @inlinable
    public func offset(x: Int, y: Int) -> Int { (y * width + x) * channels }

    /// Plants one seed: the cell at (x, y) becomes zero but for the channels that `style` sets to 1.
    public mutating func plantSeed(x: Int, y: Int, style: SeedStyle) {
        let start = offset(x: x, y: y)
        for channel in 0..<channels {
            values[start + channel] = style.value(channel: channel)
        }
    }

    /// Empties the cell at (x, y): every channel becomes zero.
    public mutating func erase(x: Int, y: Int) {
        let start = offset(x: x, y: y)
        for index in start..<(start + channels) { values[index] = 0 }
    }
}
