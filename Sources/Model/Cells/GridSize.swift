/// Width and height in cells.
public struct GridSize: Sendable, Equatable, CustomStringConvertible {
    /// Cells in a row.
    public var width: Int
    /// Rows.
    public var height: Int

    /// Both at least 1.
    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    public var description: String { "\(width)x\(height)" }
}
