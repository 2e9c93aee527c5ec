import CKernels
import COpenBLAS
import Dispatch

/// The arithmetic of one rule: perceive, relu(W1 p + b1), W2 h + b2, added to the cell, for a list of cells.
///
/// Cells are computed in tiles of fixed size, so that results do not depend on the number of threads.
final class UpdateKernel {
    /// Who multiplies.
    enum Arithmetic: Equatable {
        /// Our kernels for the instruction set at this index of `ck_kernels_at` (0 = the fastest that this CPU has).
        /// Bit for bit the same on all instruction sets that fuse multiply and add.
        case own(Int)
        /// OpenBLAS: for numbers of channels other than 16, where it is four to eight times as fast. Its last digits
        /// depend on the CPU.
        case blas

        /// The fastest for this many channels on this machine.
        static func best(channels: Int) -> Arithmetic {
            channels != 16 && copenblas_load() == nil ? .blas : .own(0)
        }
    }

    /// For the fastest instruction set that this CPU has; there is always one.
    static var bestKernels: UnsafePointer<ck_kernels> { ck_kernels_at(0) }

    private static let tile = 96
    /// Rows that the kernels may touch beyond the last one.
    static let rowsBeyond = CK_ROWS
    /// A thread is worth waking for this many tiles.
    private static let tilesPerThread = 4

    private let arithmetic: Arithmetic
    private let kernels: UnsafePointer<ck_kernels>
    private let layers: OpaquePointer
    private let threads: Int
    private let channels: Int
    private let hidden: Int
    /// Hidden units as the kernels count them: a full number of blocks.
    let hiddenStride: Int
    /// For OpenBLAS: W1 transposed `[3C][N]`, b1 `[N]`, W2 transposed `[N][C]`, b2 `[C]`; empty where it is not used.
    private var w1: [Float] = []
    private var b1: [Float] = []
    private var w2: [Float] = []
    private var b2: [Float] = []
    /// `[threads][scratchSize]`
    private var scratch: [Float]
    private let scratchSize: Int
    /// `[threads]`, 1 = every value that the thread computed is finite.
    private var finite: [UInt8]

    init(rule: Rule, arithmetic: Arithmetic, threads: Int) {
        self.arithmetic = arithmetic
        channels = rule.channels
        hidden = rule.hidden
        self.threads = max(1, threads)
        if case .own(let index) = arithmetic, let chosen = ck_kernels_at(index) {
            kernels = chosen
        } else {
            kernels = UpdateKernel.bestKernels
        }
        guard
            let layers = ck_layers_create(
                Int32(rule.channels), Int32(rule.hidden), rule.w1, rule.b1, rule.w2, rule.b2)
        else { preconditionFailure("no memory for the weights") }
        self.layers = layers
        hiddenStride = ck_layers_hidden(layers)
        if arithmetic == .blas {
            w1 = UpdateKernel.transposed(rule.w1, rows: hidden, columns: 3 * channels)
            b1 = rule.b1
            w2 = UpdateKernel.transposed(rule.w2, rows: channels, columns: hidden)
            b2 = rule.b2 ?? [Float](repeating: 0, count: channels)
            scratchSize = UpdateKernel.tile * (3 * channels + hidden)
        } else {
            scratchSize = ck_layers_scratch(layers)
        }
        scratch = [Float](repeating: 0, count: scratchSize * self.threads)
        finite = [UInt8](repeating: 1, count: self.threads)
    }

    deinit { ck_layers_free(layers) }

    private static func transposed(_ matrix: [Float], rows: Int, columns: Int) -> [Float] {
        var result = [Float](repeating: 0, count: matrix.count)
        for row in 0..<rows {
            for column in 0..<columns { result[column * rows + row] = matrix[row * columns + column] }
        }
        return result
    }

    /// Writes the new values of `cells[range]` to the same rows of `next` (`[...][C]`); returns whether all are finite.
    /// `hidden` gets the hidden layer of our own kernels, `[range.count + rowsBeyond][hiddenStride]`.
    func update(
        grid: ck_grid, turn: ck_turn, state: [Float], cells: [UInt32], range: Range<Int>, next: inout [Float],
        hidden: UnsafeMutablePointer<Float>? = nil
    ) -> Bool {
        let tiles = (range.count + UpdateKernel.tile - 1) / UpdateKernel.tile
        let workers = max(1, min(threads, tiles / UpdateKernel.tilesPerThread))
        withUnsafePointer(to: grid) { grid in
            state.withUnsafeBufferPointer { state in
                cells.withUnsafeBufferPointer { cells in
                    next.withUnsafeMutableBufferPointer { next in
                        scratch.withUnsafeMutableBufferPointer { scratch in
                            finite.withUnsafeMutableBufferPointer { finite in
                                guard let state = state.baseAddress, let cells = cells.baseAddress,
                                    let next = next.baseAddress, let scratch = scratch.baseAddress,
                                    let finite = finite.baseAddress
                                else { return }
                                run(
                                    Work(
                                        grid: grid, turn: turn, state: state, cells: cells, range: range, next: next,
                                        scratch: scratch, finite: finite, hidden: hidden, tiles: tiles, workers: workers
                                    ))
                            }
                        }
                    }
                }
            }
        }
        return finite[..<workers].allSatisfy { $0 == 1 }
    }

    /// Sums of gradients of the weights' shapes, all zero.
    var zeroSums: WeightSums { WeightSums(layers: layers, channels: channels) }

    /// Floats of scratch memory for `backward`.
    var backwardScratch: Int { ck_layers_backward_scratch(layers) }

    /// The transpose of `update` for our own kernels (`ck_kernels.backward`), on the calling thread.
    func backward(
        grid: ck_grid, turn: ck_turn, state: UnsafePointer<Float>, cells: UnsafePointer<UInt32>, count: Int,
        hidden: UnsafePointer<Float>, gradient: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>,
        sums: WeightSums, stateGradient: UnsafeMutablePointer<Float>
    ) {
        withUnsafePointer(to: grid) { grid in
            kernels.pointee.backward(
                layers, grid, turn, state, cells, count, hidden, gradient, scratch, sums.kernelSums, stateGradient)
        }
    }

    /// One call of `update`. Threads share it: each writes its own rows of `next`, part of `scratch` and entry of
    /// `finite`, and reads the rest, which nobody changes meanwhile.
    private struct Work: @unchecked Sendable {
        let grid: UnsafePointer<ck_grid>
        let turn: ck_turn
        let state: UnsafePointer<Float>
        let cells: UnsafePointer<UInt32>
        let range: Range<Int>
        let next: UnsafeMutablePointer<Float>
        let scratch: UnsafeMutablePointer<Float>
        let finite: UnsafeMutablePointer<UInt8>
        let hidden: UnsafeMutablePointer<Float>?
        let tiles: Int
        let workers: Int
    }

    private func run(_ work: Work) {
        guard work.workers > 1 else { return run(work, worker: 0) }
        // Only constants of the kernel are read from here on.
        nonisolated(unsafe) let kernel = self
        DispatchQueue.concurrentPerform(iterations: work.workers) { kernel.run(work, worker: $0) }
    }

    private func run(_ work: Work, worker: Int) {
        let scratch = work.scratch + worker * scratchSize
        var finite = true
        for tile in stride(from: worker, to: work.tiles, by: work.workers) {
            finite = update(tile: tile, of: work, scratch: scratch) && finite
        }
        work.finite[worker] = finite ? 1 : 0
    }

    private func update(tile: Int, of work: Work, scratch: UnsafeMutablePointer<Float>) -> Bool {
        let first = work.range.lowerBound + tile * UpdateKernel.tile
        let count = min(UpdateKernel.tile, work.range.upperBound - first)
        let cells = work.cells + first
        let next = work.next + first * channels
        if arithmetic != .blas {
            let hidden = work.hidden.map { $0 + tile * UpdateKernel.tile * hiddenStride }
            return kernels.pointee.update(
                layers, work.grid, work.turn, work.state, cells, count, scratch, hidden, next) == 1
        }
        let perception = scratch
        let units = scratch + UpdateKernel.tile * 3 * channels
        kernels.pointee.perceive(work.grid, work.turn, work.state, cells, count, perception)
        ck_repeat_row(b1, hidden, count, units)
        multiply(perception, w1, rows: count, inner: 3 * channels, columns: hidden, addingTo: units)
        ck_relu(units, count * hidden)
        ck_repeat_row(b2, channels, count, next)
        multiply(units, w2, rows: count, inner: hidden, columns: channels, addingTo: next)
        return ck_add_identity(perception, count, Int32(channels), next) == 1
    }

    /// out `[rows][columns]` += a `[rows][inner]` b `[inner][columns]`
    private func multiply(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, rows: Int, inner: Int, columns: Int,
        addingTo out: UnsafeMutablePointer<Float>
    ) {
        copenblas_multiply_add(Int32(rows), Int32(columns), Int32(inner), a, b, out)
    }
}
