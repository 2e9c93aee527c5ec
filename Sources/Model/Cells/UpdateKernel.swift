import CGNCAKernels
import Dispatch

/// The arithmetic of one rule: perceive, relu(W1 p + b1), W2 h + b2, added to the cell, for a list of cells.
///
/// Cells are computed in tiles of fixed size, so that results do not depend on the number of threads.
package final class UpdateKernel {
    /// For the fastest instruction set that this CPU has; there is always one.
    package static var bestKernels: UnsafePointer<ck_kernels> { ck_kernels_at(0) }

    private static let tile = 96
    /// Rows that the kernels may touch beyond the last one.
    package static let rowsBeyond = CK_ROWS
    /// A thread is worth waking for this many tiles.
    private static let tilesPerThread = 4

    private let kernels: UnsafePointer<ck_kernels>
    private let layers: OpaquePointer
    private let threads: Int
    private let channels: Int
    /// Hidden units as the kernels count them: a full number of blocks.
    package let hiddenStride: Int
    /// `[threads][scratchSize]`
    private var scratch: [Float]
    private let scratchSize: Int
    /// `[threads]`, 1 = every value that the thread computed is finite.
    private var finite: [UInt8]

    /// `instructionSet`: as `ck_kernels_at` counts them, 0 = the fastest that this CPU has. All that fuse multiply and
    /// add give the same bits.
    package init(rule: Rule, instructionSet: Int, threads: Int) {
        channels = rule.channels
        self.threads = max(1, threads)
        kernels = ck_kernels_at(instructionSet) ?? UpdateKernel.bestKernels
        guard
            let layers = ck_layers_create(
                Int32(rule.channels), Int32(rule.hidden), rule.w1, rule.b1, rule.w2, rule.b2)
        else { preconditionFailure("no memory for the weights") }
        self.layers = layers
        hiddenStride = ck_layers_hidden(layers)
        scratchSize = ck_layers_scratch(layers)
        scratch = [Float](repeating: 0, count: scratchSize * self.threads)
        finite = [UInt8](repeating: 1, count: self.threads)
    }

    deinit { ck_layers_free(layers) }

    /// Writes the new values of `cells[range]` to the same rows of `next` (`[...][C]`); returns whether all are finite.
    /// `hidden` gets the hidden layer, `[range.count + rowsBeyond][hiddenStride]`.
    package func update(
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
    package var zeroSums: WeightSums { WeightSums(layers: layers, channels: channels) }

    /// Floats of scratch memory for `backward`.
    package var backwardScratch: Int { ck_layers_backward_scratch(layers) }

    /// The transpose of `update` (`ck_kernels.backward`), on the calling thread.
    package func backward(
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
        let hidden = work.hidden.map { $0 + tile * UpdateKernel.tile * hiddenStride }
        return kernels.pointee.update(
            layers, work.grid, work.turn, work.state, cells, count, scratch, hidden, next) == 1
    }
}
