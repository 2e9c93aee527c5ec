import CGNCAKernels
import GNCACells

/// Runs an automaton forward while remembering, then takes a gradient back through the same steps.
///
/// Only cells that were computed forward are visited backward, and the result is that of visiting all: a cell that did
/// not fire or did not survive hands its gradient on unchanged, or none. Life masks and fire are constants.
final class Unrolling {
    /// The padded rule's channels.
    let channels: Int
    let automaton: Automaton
    private let tape: Tape
    /// `[H * W][C]`: the gradient with respect to the state at the step where `backward` has come; in the end the start.
    private(set) var stateGradient: [Float]
    /// Where `stateGradient` is not zero, at least.
    private var touched: CellMask
    private var spare: CellMask
    /// `[H * W + rowsBeyond][C]`: gradients of the cells that a step computed.
    private var rows: [Float]
    private var scratch: [Float]

    /// `rule` and `state`: of any number of channels; both are padded to full vectors.
    init(rule: Rule, state: CellGrid, instructionSet: Int = 0) throws(ModelError) {
        let rule = try rule.paddedToVectors()
        channels = rule.channels
        automaton = try Automaton(
            rule: rule, state: state.resized(channels: channels), randomSeed: 0, threads: 1,
            instructionSet: instructionSet)
        tape = Tape(channels: channels, hiddenStride: automaton.hiddenStride)
        automaton.tape = tape
        let shape = ck_grid(state, padding: rule.padding)
        touched = CellMask(shape)
        spare = touched
        stateGradient = [Float](repeating: 0, count: state.height * state.width * channels)
        rows = [Float](repeating: 0, count: (state.height * state.width + UpdateKernel.rowsBeyond) * channels)
        scratch = [Float](repeating: 0, count: automaton.backwardScratch)
    }

    /// Cells that the steps on the tape computed.
    var computedCells: Int { tape.entries.reduce(0) { $0 + $1.computed.count } }

    /// Zeros of the shape that `backward` adds to.
    var zeroSums: WeightSums { automaton.kernel.zeroSums }

    /// Takes over another state of the padded number of channels, and forgets the run before.
    func begin(state: CellGrid, randomSeed: UInt32) {
        begin(randomSeed: randomSeed) { $0 = state }
    }

    /// The same with a state that `change` makes out of the last one.
    func begin(randomSeed: UInt32, _ change: (inout CellGrid) -> Void) {
        tape.rewind()
        automaton.restart(randomSeed: randomSeed, change)
    }

    /// Goes back from the last step to the start. `gradient` `[H * W][C]`: of the loss with respect to the last state.
    func backward(_ gradient: [Float], into sums: WeightSums) {
        stateGradient.withUnsafeMutableBufferPointer { target in
            for index in target.indices { target[index] = gradient[index] }
        }
        var state = automaton.state.values
        let grid = automaton.wholeGrid
        withUnsafePointer(to: grid) { ck_mask_scan($0, stateGradient, 0, &spare.words, &touched.words) }
        for index in tape.entries.indices.reversed() { back(through: index, state: &state, grid: grid, sums: sums) }
    }

    private func back(through index: Int, state: inout [Float], grid: ck_grid, sums: WeightSums) {
        let entry = tape.entries[index]
        let maskSize = touched.words.count
        tape.changed.withUnsafeBufferPointer { changed in
            tape.values.withUnsafeBufferPointer { values in
                guard let changed = changed.baseAddress, let values = values.baseAddress else { return }
                let start = entry.overwritten.lowerBound
                ck_put(
                    values + start * channels, Int32(channels), changed + start, entry.overwritten.count, &state)
            }
        }
        tape.keeps.withUnsafeBufferPointer { keeps in
            guard let keep = keeps.baseAddress.map({ $0 + index * maskSize }) else { return }
            withUnsafePointer(to: grid) { ck_clear($0, keep, &stateGradient, &touched.words) }
        }
        guard !entry.computed.isEmpty else { return }
        compute(entry, state: state, sums: sums)
        spare.copy(touched, on: grid)
        touched.dilate(spare, on: grid)
    }

    private func compute(_ entry: Tape.Entry, state: [Float], sums: WeightSums) {
        let first = entry.computed.lowerBound
        let count = entry.computed.count
        tape.cells.withUnsafeBufferPointer { cells in
            tape.hidden.withUnsafeBufferPointer { hidden in
                guard let cells = cells.baseAddress, let hidden = hidden.baseAddress else { return }
                ck_take(stateGradient, Int32(channels), cells + first, count, &rows)
                automaton.kernel.backward(
                    grid: entry.grid, turn: entry.turn, state: state, cells: cells + first, count: count,
                    hidden: hidden + first * automaton.hiddenStride, gradient: rows, scratch: &scratch, sums: sums,
                    stateGradient: &stateGradient)
            }
        }
    }
}
