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

    /// The least rectangle that holds every cell (index, row by row) for which `holds` is true; nil where there is none.
    public func bounds(where holds: (Int) -> Bool) -> (columns: Range<Int>, rows: Range<Int>)? {
        var (left, right, top, bottom) = (Int.max, -1, Int.max, -1)
        for cell in 0..<(width * height) where holds(cell) {
            let (x, y) = (cell % width, cell / width)
            (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
        }
        return right < 0 ? nil : (left..<(right + 1), top..<(bottom + 1))
    }
}
