import CGNCAKernels

/// What a run leaves behind so that the gradient can go back through it.
///
/// Kept: which cells every step computed, their hidden layers (cheaper to store than to compute again), the life mask,
/// and the values that the step overwrote. States are not kept: going back, each is restored from its successor.
/// Memory is used again by the next run.
package final class Tape {
    /// One step, or one erasure (which computes no cells).
    package struct Entry {
        package var grid: ck_grid
        package var angle: Float
        /// In `cells`, and in rows of `kept`.
        package var computed: Range<Int>
        /// In `changed`, and in rows of `values`.
        package var overwritten: Range<Int>
    }

    package private(set) var entries: [Entry] = []
    /// Indexes of the computed cells, step after step.
    package private(set) var cells: [UInt32] = []
    /// `[computed cells][keptStride]`
    package private(set) var kept: [Float] = []
    /// Indexes of the cells that a step overwrote.
    package private(set) var changed: [UInt32] = []
    /// `[changed][C]`, what stood there before.
    package private(set) var values: [Float] = []
    /// `[entries][H * words]`: the cells that were not emptied.
    package private(set) var keeps: [UInt64] = []
    private let channels: Int
    private let keptStride: Int
    private var computedEnd = 0
    private var changedEnd = 0

    package init(channels: Int, keptStride: Int) {
        self.channels = channels
        self.keptStride = keptStride
    }

    /// Forgets the run.
    package func rewind() {
        entries.removeAll(keepingCapacity: true)
        keeps.removeAll(keepingCapacity: true)
        computedEnd = 0
        changedEnd = 0
    }

    /// Room for the kept layer of the next `count` cells.
    package func withRoom<Result>(for count: Int, _ body: (UnsafeMutablePointer<Float>?) -> Result) -> Result {
        Tape.extend(&kept, to: (computedEnd + count + UpdateKernel.rowsBeyond) * keptStride)
        let start = computedEnd * keptStride
        return kept.withUnsafeMutableBufferPointer { body($0.baseAddress.map { $0 + start }) }
    }

    /// A step is about to be applied: `cells[..<count]` were computed, of which (and of `occupied`) `keep` survives.
    package func record(
        grid: ck_grid, angle: Float, cells stepCells: [UInt32], count: Int, keep: CellMask, state: [Float],
        occupied: CellMask
    ) {
        Tape.extend(&cells, to: computedEnd + count)
        // A step overwrites what it computed or what it empties: at most every cell once.
        let most = Int(grid.height) * Int(grid.width)
        Tape.extend(&changed, to: changedEnd + most + 1)
        Tape.extend(&values, to: (changedEnd + most) * channels)
        for index in 0..<count { cells[computedEnd + index] = stepCells[index] }
        let overwritten = changed.withUnsafeMutableBufferPointer { changed in
            values.withUnsafeMutableBufferPointer { values in
                guard let changed = changed.baseAddress, let values = values.baseAddress else { return 0 }
                return withUnsafePointer(to: grid) {
                    ck_changes(
                        $0, stepCells, count, keep.words, state, occupied.words, changed + changedEnd,
                        values + changedEnd * channels)
                }
            }
        }
        let window = Int(grid.first_row * grid.words)..<Int(grid.end_row * grid.words)
        keeps.append(contentsOf: repeatElement(0, count: window.lowerBound))
        keeps.append(contentsOf: keep.words[window])
        keeps.append(contentsOf: repeatElement(0, count: keep.words.count - window.upperBound))
        entries.append(
            Entry(
                grid: grid, angle: angle, computed: computedEnd..<(computedEnd + count),
                overwritten: changedEnd..<(changedEnd + overwritten)))
        computedEnd += count
        changedEnd += overwritten
    }

    /// Grows by half at a time.
    private static func extend<Element: Numeric>(_ array: inout [Element], to count: Int) {
        guard array.count < count else { return }
        array.append(contentsOf: repeatElement(0, count: max(count, array.count * 3 / 2) - array.count))
    }
}
