import CGNCAKernels

/// A set of cells, one bit each: what the automaton keeps instead of visiting every cell.
///
/// Every operation works on the rows of the grid's window only; outside it, members are neither read nor written.
package struct CellMask {
    /// `[H][grid.words]`; bits beyond the width are zero.
    package var words: [UInt64]

    /// The empty set.
    package init(_ grid: ck_grid) { words = [UInt64](repeating: 0, count: Int(grid.height) * Int(grid.words)) }

    /// Becomes every cell.
    package mutating func fill(on grid: ck_grid) { withUnsafePointer(to: grid) { ck_mask_fill($0, &words) } }

    /// Becomes `other`. (An assignment would share its storage, and cost an allocation at the next change.)
    package mutating func copy(_ other: CellMask, on grid: ck_grid) {
        withUnsafePointer(to: grid) { ck_mask_copy($0, other.words, &words) }
    }

    /// Becomes the cells with a member of `other` among their 3 x 3 neighbours.
    package mutating func dilate(_ other: CellMask, on grid: ck_grid) {
        withUnsafePointer(to: grid) { ck_mask_dilate($0, other.words, &words) }
    }

    /// Keeps what is in `other` too.
    package mutating func formIntersection(_ other: CellMask, on grid: ck_grid) {
        withUnsafePointer(to: grid) { ck_mask_and($0, other.words, &words) }
    }

    /// Becomes what is in `all` and not in `other`. Returns whether anything is left.
    package mutating func subtract(_ other: CellMask, from all: CellMask, on grid: ck_grid) -> Bool {
        withUnsafePointer(to: grid) { ck_mask_without($0, all.words, other.words, &words) } != 0
    }

    /// Takes a cell in.
    package mutating func insert(_ cell: Int, on grid: ck_grid) {
        let (word, bit) = place(of: cell, on: grid)
        words[word] |= bit
    }

    /// Takes a cell out.
    package mutating func remove(_ cell: Int, on grid: ck_grid) {
        let (word, bit) = place(of: cell, on: grid)
        words[word] &= ~bit
    }

    private func place(of cell: Int, on grid: ck_grid) -> (word: Int, bit: UInt64) {
        let (x, y) = (cell % Int(grid.width), cell / Int(grid.width))
        return (y * Int(grid.words) + x / 64, 1 << UInt64(x % 64))
    }

    /// `[H * W]`, 1 = a member.
    package func bytes(on grid: ck_grid) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(grid.height) * Int(grid.width))
        withUnsafePointer(to: grid) { ck_mask_to_bytes($0, words, &bytes) }
        return bytes
    }

    /// Calls `body` with the index of every member in the window.
    package func forEach(on grid: ck_grid, _ body: (Int) -> Void) {
        for row in Int(grid.first_row)..<Int(grid.end_row) {
            for word in 0..<Int(grid.words) {
                var bits = words[row * Int(grid.words) + word]
                while bits != 0 {
                    body(row * Int(grid.width) + word * 64 + bits.trailingZeroBitCount)
                    bits &= bits - 1
                }
            }
        }
    }

    /// Writes the indexes of the members to `cells`, from `first` on. Returns how many.
    package func list(into cells: inout [UInt32], at first: Int, on grid: ck_grid) -> Int {
        cells.withUnsafeMutableBufferPointer { cells in
            guard let start = cells.baseAddress else { return 0 }
            return withUnsafePointer(to: grid) { ck_mask_list($0, words, start + first) }
        }
    }
}

extension Edges {
    /// As `ck_grid` has it.
    package var isTorus: Int32 { self == .torus ? 1 : 0 }
}

extension ck_grid {
    /// The shape of `grid`; the window is all of it.
    package init(_ grid: CellGrid, edges: Edges) {
        self.init(
            height: Int32(grid.height), width: Int32(grid.width), channels: Int32(grid.channels),
            words: Int32((grid.width + 63) / 64), torus: edges.isTorus, first_row: 0, end_row: Int32(grid.height))
    }

    /// The same with the whole grid as its window.
    package var whole: ck_grid {
        var grid = self
        grid.first_row = 0
        grid.end_row = height
        return grid
    }
}
