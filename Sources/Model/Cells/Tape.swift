import CGNCAKernels

/// What a run leaves behind so that the gradient can go back through it.
///
/// Kept: which cells every step computed, their hidden layers (cheaper to store than to compute again), the life mask,
/// and the values that the step overwrote. States are not kept: going back, each is restored from its successor.
/// Memory is used again by the next run.
package final class Tape {
    /// One step; or one erasure, which computes no cells; or the births of a step, which come before it.
    package struct Entry {
        package var grid: ck_grid
        package var angle: Float
        /// In `cells`, and in rows of `keptLayers`.
        package var computed: Range<Int>
        /// In `changed`, and in rows of `oldValues`.
        package var overwritten: Range<Int>
        /// In `means`; empty where cells perceive no more than their neighbourhood.
        package var means: Range<Int>
        /// Where the mask of the cells that those are means of begins in `counted`.
        package var countedStart: Int
        /// In `mothers`, one for each of the overwritten cells: these are their children. Empty where none are born.
        package var births: Range<Int>
    }

    package private(set) var entries: [Entry] = []
    /// Indexes of the computed cells, step after step.
    package private(set) var cells: [UInt32] = []
    /// `[computed cells][keptStride]`
    private var keptLayers = GrowingMemory()
    /// Indexes of the cells that a step overwrote.
    package private(set) var changed: [UInt32] = []
    /// `[changed][C]`, what stood there before.
    private var oldValues = GrowingMemory()
    /// `[entries][H * words]`: the cells that were not emptied.
    package private(set) var keeps: [UInt64] = []
    /// What all cells perceived of the grid, step after step, `[regions][C]` each.
    package private(set) var means: [Float] = []
    /// Which cells that was taken from, `[H * words]` each.
    package private(set) var counted: [UInt64] = []
    /// Whose channels the cells of a step's births took over.
    package private(set) var mothers: [UInt32] = []
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
        means.removeAll(keepingCapacity: true)
        counted.removeAll(keepingCapacity: true)
        mothers.removeAll(keepingCapacity: true)
        computedEnd = 0
        changedEnd = 0
    }

    /// Room for the kept layer of the next `count` cells.
    package func withRoom<Result>(for count: Int, _ body: (UnsafeMutablePointer<Float>?) -> Result) -> Result {
        keptLayers.extend(to: (computedEnd + count + UpdateKernel.rowsBeyond) * keptStride)
        return body(keptLayers.numbers.map { $0 + computedEnd * keptStride })
    }

    /// Of the cells that a step computed, `[cells][keptStride]`.
    package func kept(of entry: Entry) -> UnsafePointer<Float>? {
        keptLayers.numbers.map { UnsafePointer($0 + entry.computed.lowerBound * keptStride) }
    }

    /// Of the cells that a step overwrote, `[cells][C]`.
    package func values(of entry: Entry) -> UnsafePointer<Float>? {
        oldValues.numbers.map { UnsafePointer($0 + entry.overwritten.lowerBound * channels) }
    }

    /// A step is about to be applied: `cells[..<count]` were computed, of which (and of `occupied`) `keep` survives. `seen`:
    /// what all cells perceived of the grid, and which cells that is the mean of.
    package func record(
        grid: ck_grid, angle: Float, cells stepCells: [UInt32], count: Int, keep: CellMask, state: [Float],
        occupied: CellMask, seen: (cells: CellMask, means: [Float])? = nil
    ) {
        Tape.extend(&cells, to: computedEnd + count)
        // A step overwrites what it computed or what it empties: at most every cell once.
        let most = Int(grid.height) * Int(grid.width)
        Tape.extend(&changed, to: changedEnd + most + 1)
        oldValues.extend(to: (changedEnd + most) * channels)
        for index in 0..<count { cells[computedEnd + index] = stepCells[index] }
        let overwritten = changed.withUnsafeMutableBufferPointer { changed in
            guard let changed = changed.baseAddress, let values = oldValues.numbers else { return 0 }
            return withUnsafePointer(to: grid) {
                ck_changes(
                    $0, stepCells, count, keep.words, state, occupied.words, changed + changedEnd,
                    values + changedEnd * channels)
            }
        }
        Tape.append(keep, to: &keeps, on: grid)
        let (meansStart, countedStart) = (means.count, counted.count)
        if let seen {
            means += seen.means
            Tape.append(seen.cells, to: &counted, on: grid)
        }
        entries.append(
            Entry(
                grid: grid, angle: angle, computed: computedEnd..<(computedEnd + count),
                overwritten: changedEnd..<(changedEnd + overwritten), means: meansStart..<means.count,
                countedStart: countedStart, births: 0..<0))
        computedEnd += count
        changedEnd += overwritten
    }

    /// `children`, empty until now, are about to take over channels of `mothers`.
    package func recordBirths(_ children: [UInt32], _ mothers: [UInt32], grid: ck_grid) {
        guard !children.isEmpty else { return }
        let end = changedEnd + children.count
        Tape.extend(&changed, to: end + 1)
        oldValues.extend(to: end * channels)
        for (index, child) in children.enumerated() { changed[changedEnd + index] = child }
        oldValues.numbers?.advanced(by: changedEnd * channels).update(repeating: 0, count: children.count * channels)
        // A birth empties nothing.
        keeps.append(contentsOf: repeatElement(.max, count: Int(grid.height * grid.words)))
        entries.append(
            Entry(
                grid: grid, angle: 0, computed: computedEnd..<computedEnd, overwritten: changedEnd..<end, means: 0..<0,
                countedStart: 0, births: self.mothers.count..<(self.mothers.count + children.count)))
        self.mothers += mothers
        changedEnd = end
    }

    /// Outside of the grid's window, nothing is a member.
    private static func append(_ mask: CellMask, to words: inout [UInt64], on grid: ck_grid) {
        let window = Int(grid.first_row * grid.words)..<Int(grid.end_row * grid.words)
        words.append(contentsOf: repeatElement(0, count: window.lowerBound))
        words.append(contentsOf: mask.words[window])
        words.append(contentsOf: repeatElement(0, count: mask.words.count - window.upperBound))
    }

    /// Grows by half at a time.
    private static func extend<Element: Numeric>(_ array: inout [Element], to count: Int) {
        guard array.count < count else { return }
        array.append(contentsOf: repeatElement(0, count: max(count, array.count * 3 / 2) - array.count))
    }
}
