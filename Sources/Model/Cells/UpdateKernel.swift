import CGNCAKernels
import Dispatch

/// The arithmetic of one rule for a list of cells: perceive, all layers, added to the cell.
///
/// Cells are computed in tiles of fixed size, so that results do not depend on the number of threads.
package final class UpdateKernel: PartedWork {
    /// For the fastest instruction set that this CPU has; there is always one.
    package static var bestKernels: UnsafePointer<ck_kernels> { ck_kernels_at(0) }

    private static let tile = 96
    /// Rows that the kernels may touch beyond the last one.
    package static let rowsBeyond = CK_ROWS
    /// A thread is worth waking for this many tiles.
    private static let tilesPerThread = 4
    /// And one that is awake and watches, for this many.
    private static let tilesPerHelper = 1

    private let kernels: UnsafePointer<ck_kernels>
    private let layers: KernelLayers
    private let threads: Int
    private let channels: Int
    /// Numbers that a cell leaves on the tape for the way back.
    package var keptStride: Int { layers.kept }
    /// `[threads][scratchSize]`
    private var scratch: [Float]
    private let scratchSize: Int
    /// `[threads]`, 1 = every value of the part is finite.
    private var finite: [UInt8]
    /// Where the threads are those of a crew, which this kernel's thread leads; else the kernel wakes its own.
    package var desk: Crew.Desk?
    /// What they are doing.
    private var work: Work?

    /// `instructionSet`: as `ck_kernels_at` counts them, 0 = the fastest that this CPU has. All that fuse multiply and
    /// add give the same bits.
    package init(rule: Rule, instructionSet: Int, threads: Int) {
        channels = rule.channels
        self.threads = max(1, threads)
        kernels = ck_kernels_at(instructionSet) ?? UpdateKernel.bestKernels
        layers = KernelLayers(rule)
        scratchSize = layers.scratch
        scratch = [Float](repeating: 0, count: scratchSize * self.threads)
        finite = [UInt8](repeating: 1, count: self.threads)
    }

    /// Writes the new values of `cells[range]` to the same rows of `next` (`[...][C]`); returns whether all are finite.
    /// Cells perceive `perceived`, or `state` where that is empty. `kept` gets what the way back needs,
    /// `[range.count + rowsBeyond][keptStride]`.
    package func update(
        grid: ck_grid, angle: Float, state: [Float], perceived: [Float] = [], cells: [UInt32], range: Range<Int>,
        next: inout [Float], kept: UnsafeMutablePointer<Float>? = nil
    ) -> Bool {
        let tiles = (range.count + UpdateKernel.tile - 1) / UpdateKernel.tile
        let least = desk == nil ? UpdateKernel.tilesPerThread : UpdateKernel.tilesPerHelper
        let parts = max(1, min(threads, tiles / least))
        turn(angle)
        withUnsafePointer(to: grid) { grid in
            state.withUnsafeBufferPointer { state in
                perceived.withUnsafeBufferPointer { perceived in
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
                                            grid: grid, state: state,
                                            perceived: perceived.isEmpty ? state : perceived.baseAddress ?? state,
                                            cells: cells, range: range, next: next, scratch: scratch, finite: finite,
                                            kept: kept, tiles: tiles, parts: parts))
                                }
                            }
                        }
                    }
                }
            }
        }
        return finite[..<parts].allSatisfy { $0 == 1 }
    }

    /// Sums of gradients of the rule's tensors, all zero.
    package var zeroSums: WeightSums { WeightSums(layers) }

    /// Floats of scratch memory for `backward`.
    package var backwardScratch: Int { layers.backwardScratch }

    /// Takes what all cells perceive in the next steps: the means of the grid's parts, `[regions][C]`.
    package func perceive(_ means: [Float]) { layers.perceive(means) }

    /// The gradient with respect to those, that of the first layer's sums over all cells being `bias`.
    package func meansGradient(_ bias: [Float]) -> [Float] { layers.meansGradient(bias) }

    /// Turns the filters. Before parts of one `backward`, which only read them.
    package func turn(_ angle: Float) { layers.turn(angle) }

    /// Whether cells can go back in parts: what a clamp cuts off in one cell must be known before the gradient of its
    /// neighbours arrives, and what a control vector adds is summed over all cells at once.
    package var goesBackInParts: Bool {
        layers.rule.life.clamp == nil && layers.rule.perception.control?.place != .added
    }

    /// The transpose of `update`, on the calling thread, with filters turned by `turn`. `gradient` `[count][C]`: of the loss with respect to the new
    /// values, which a clamp may cut off. `own`, `[H * W][C]`, holds the same for all cells and loses what a clamp cut
    /// off; `perceivedGradient`, which may be `own`, gets what perception hands on.
    package func backward(
        grid: ck_grid, state: UnsafePointer<Float>, perceived: UnsafePointer<Float>,
        cells: UnsafePointer<UInt32>, count: Int, kept: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, sums: WeightSums, own: UnsafeMutablePointer<Float>,
        perceivedGradient: UnsafeMutablePointer<Float>
    ) {
        withUnsafePointer(to: grid) { grid in
            switch layers.form {
            case .plain(let plain):
                kernels.pointee.backward(
                    plain, grid, layers.plainTurn, state, cells, count, kept, gradient, scratch, sums.plainSums,
                    perceivedGradient)
            case .network(let network):
                layers.withFilters { filters in
                    kernels.pointee.infer_back(
                        network, filters, grid, state, perceived, cells, count, kept, gradient, scratch, sums.numbers,
                        own, perceivedGradient)
                }
            }
        }
    }

    /// One call of `update`. Threads share it: each writes its own rows of `next`, part of `scratch` and entry of
    /// `finite`, and reads the rest, which nobody changes meanwhile.
    private struct Work: @unchecked Sendable {
        let grid: UnsafePointer<ck_grid>
        let state: UnsafePointer<Float>
        let perceived: UnsafePointer<Float>
        let cells: UnsafePointer<UInt32>
        let range: Range<Int>
        let next: UnsafeMutablePointer<Float>
        let scratch: UnsafeMutablePointer<Float>
        let finite: UnsafeMutablePointer<UInt8>
        let kept: UnsafeMutablePointer<Float>?
        let tiles: Int
        let parts: Int
    }

    private func run(_ work: Work) {
        guard work.parts > 1 else { return run(work, part: 0, thread: 0) }
        if let desk {
            self.work = work
            return desk.share(work.parts, of: self)
        }
        // Only constants of the kernel are read from here on.
        nonisolated(unsafe) let kernel = self
        DispatchQueue.concurrentPerform(iterations: work.parts) { kernel.run(work, part: $0, thread: $0) }
    }

    package func perform(part: Int, thread: Int) {
        guard let work else { return }
        run(work, part: part, thread: thread)
    }

    private func run(_ work: Work, part: Int, thread: Int) {
        let scratch = work.scratch + thread * scratchSize
        var finite = true
        for tile in stride(from: part, to: work.tiles, by: work.parts) {
            finite = update(tile: tile, of: work, scratch: scratch) && finite
        }
        work.finite[part] = finite ? 1 : 0
    }

    private func update(tile: Int, of work: Work, scratch: UnsafeMutablePointer<Float>) -> Bool {
        let first = work.range.lowerBound + tile * UpdateKernel.tile
        let count = min(UpdateKernel.tile, work.range.upperBound - first)
        let cells = work.cells + first
        let next = work.next + first * channels
        let kept = work.kept.map { $0 + tile * UpdateKernel.tile * keptStride }
        switch layers.form {
        case .plain(let plain):
            return kernels.pointee.update(
                plain, work.grid, layers.plainTurn, work.state, cells, count, scratch, kept, next) == 1
        case .network(let network):
            return layers.withFilters { filters in
                kernels.pointee.infer(
                    network, filters, work.grid, work.state, work.perceived, cells, count, scratch, kept, next) == 1
            }
        }
    }
}
