import CKernels

/// A set of cells, one bit each: what the automaton keeps instead of visiting every cell.
struct CellMask {
    var grid: ck_grid
    /// `[H][grid.words]`; bits beyond the width are zero.
    var words: [UInt64]

    /// The empty set.
    init(grid: ck_grid) {
        self.grid = grid
        words = [UInt64](repeating: 0, count: Int(grid.height) * Int(grid.words))
    }

    /// Becomes every cell.
    mutating func fill() { withUnsafePointer(to: grid) { ck_mask_fill($0, &words) } }

    /// Becomes `other`, without a copy on write later.
    mutating func copy(_ other: CellMask) { withUnsafePointer(to: grid) { ck_mask_copy($0, other.words, &words) } }

    /// Becomes the cells with a member of `other` among their 3 x 3 neighbours.
    mutating func dilate(_ other: CellMask, padding: Padding) {
        grid.torus = padding.isTorus
        withUnsafePointer(to: grid) { ck_mask_dilate($0, other.words, &words) }
    }

    /// Keeps what is in `other` too.
    mutating func formIntersection(_ other: CellMask) {
        withUnsafePointer(to: grid) { ck_mask_and($0, other.words, &words) }
    }

    /// Becomes what is in `all` and not in `other`. Returns whether anything is left.
    mutating func subtract(_ other: CellMask, from all: CellMask) -> Bool {
        withUnsafePointer(to: grid) { ck_mask_without($0, all.words, other.words, &words) } != 0
    }

    /// `[H * W]`, 1 = a member.
    var bytes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(grid.height) * Int(grid.width))
        withUnsafePointer(to: grid) { ck_mask_to_bytes($0, words, &bytes) }
        return bytes
    }

    /// Writes the indexes of the members to `cells`, from `first` on. Returns how many.
    func list(into cells: inout [UInt32], at first: Int) -> Int {
        cells.withUnsafeMutableBufferPointer { cells in
            guard let start = cells.baseAddress else { return 0 }
            return withUnsafePointer(to: grid) { ck_mask_list($0, words, start + first) }
        }
    }
}

extension Padding {
    /// As `ck_grid` has it.
    var isTorus: Int32 { self == .torus ? 1 : 0 }
}

extension ck_grid {
    init(_ grid: CellGrid, padding: Padding) {
        self.init(
            height: Int32(grid.height), width: Int32(grid.width), channels: Int32(grid.channels),
            words: Int32((grid.width + 63) / 64), torus: padding.isTorus)
    }
}
