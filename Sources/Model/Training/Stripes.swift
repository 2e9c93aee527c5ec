/// The cells of a step, cut into parts that can go back at the same time.
///
/// A cell hands its gradient on to its 3 x 3 neighbours. Cells are listed row by row, so that every other part touches
/// cells of its own, where those between cover more than two rows. First the even parts go, then the odd ones: every number
/// is summed in the same order on any number of threads, for the cut depends on the cells alone.
struct Stripes {
    /// Parts that may go at the same time, at most.
    static let atOnce = 4
    /// Cells of a part, at least: fewer are not worth sharing.
    private static let leastCells = 32

    let cells: Int
    /// 1, 4 or 8.
    let count: Int
    private let length: Int

    /// All cells in one.
    init(whole cells: Int) { self.init(cells: cells, count: 1, length: cells) }

    private init(cells: Int, count: Int, length: Int) { (self.cells, self.count, self.length) = (cells, count, length) }

    /// `cells`: indexes in ascending order on a grid of that width that is no torus.
    init(_ cells: UnsafeBufferPointer<UInt32>, width: Int) {
        for count in [2 * Stripes.atOnce, Stripes.atOnce] where cells.count >= count * Stripes.leastCells {
            // None is empty: there are more cells in a part than there are parts.
            let length = (cells.count + count - 1) / count
            let areApart = (0..<(count - 2)).allSatisfy { part in
                let (last, next) = (cells[(part + 1) * length - 1], cells[(part + 2) * length])
                return Int(next) - Int(last) > 2 * (width + 1)
            }
            guard areApart else { continue }
            self.init(cells: cells.count, count: count, length: length)
            return
        }
        self.init(whole: cells.count)
    }

    /// How many parts have that remainder, 0 or 1, when divided by two.
    func parts(ofParity parity: Int) -> Int { (count + 1 - parity) / 2 }

    /// The places of a part's cells.
    subscript(_ part: Int) -> Range<Int> { (part * length)..<min((part + 1) * length, cells) }
}
