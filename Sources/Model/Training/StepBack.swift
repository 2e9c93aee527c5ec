import CGNCAKernels
import GNCACells

/// Takes a gradient back through the computed cells of one step, in parts that threads share.
final class StepBack: PartedWork {
    /// What the parts read, and write: none what another one reads or writes at the same time.
    struct Cells {
        let kernel: UpdateKernel
        let grid: ck_grid
        /// Indexes of the cells that the step computed, in ascending order.
        let cells: UnsafeBufferPointer<UInt32>
        /// `[cells][keptStride]`
        let kept: UnsafePointer<Float>
        /// `[H * W][C]`: the state before the step, and what cells perceived.
        let state: UnsafePointer<Float>
        let perceived: UnsafePointer<Float>
        /// `[cells][C]`: of the loss with respect to the new values.
        let gradient: UnsafeMutablePointer<Float>
        /// `[H * W][C]`: of the loss with respect to the state, and to what cells perceived.
        let own: UnsafeMutablePointer<Float>
        let perceivedGradient: UnsafeMutablePointer<Float>
    }

    /// Where parts are shared; else the calling thread does them all.
    private let desk: Crew.Desk?
    /// `[threads][scratchSize]`, a row of the cache apart.
    private let scratch: UnsafeMutablePointer<Float>
    private let scratchSize: Int
    /// Sums of the parts that go back at the same time.
    private let sums: [WeightSums]
    /// What the first layer's biases got in the steps that `takeBias` has been called for.
    private var earlierBias: [Float] = []
    private var step: Cells?
    private var stripes = Stripes(whole: 0)
    /// Whether the even parts go or the odd ones.
    private var parity = 0

    init(kernel: UpdateKernel, threads: Int, desk: Crew.Desk?) {
        self.desk = desk
        scratchSize = kernel.backwardScratch + 16
        scratch = .allocate(capacity: scratchSize * threads)
        scratch.initialize(repeating: 0, count: scratchSize * threads)
        sums = (0..<Stripes.atOnce).map { _ in kernel.zeroSums }
    }

    deinit { scratch.deallocate() }

    /// Forgets what has been summed.
    func clearSums() {
        for part in sums { part.clear() }
        for unit in earlierBias.indices { earlierBias[unit] = 0 }
    }

    /// Adds what has been summed since, in a fixed order.
    func addSums(to total: WeightSums) {
        for part in sums { total.add(part) }
        for (unit, value) in earlierBias.enumerated() { total.firstBias[unit] += value }
    }

    /// What the first layer's biases got in the step that went back last; `means`: what all cells perceived in it.
    func takeBias(means: ArraySlice<Float>) -> [Float] {
        var bias = [Float](repeating: 0, count: sums[0].firstBias.count)
        if earlierBias.isEmpty { earlierBias = bias }
        for part in sums {
            for unit in bias.indices {
                bias[unit] += part.firstBias[unit]
                part.firstBias[unit] = 0
            }
        }
        for unit in bias.indices { earlierBias[unit] += bias[unit] }
        sums[0].addGlobal(bias: bias, means: means)
        return bias
    }

    /// What a control vector got, `[C]`.
    func addToControl(_ gradient: UnsafePointer<Float>) {
        for channel in sums[0].control.indices { sums[0].control[channel] += gradient[channel] }
    }

    /// All cells of a step. `angle`: how its filters were turned.
    func run(_ step: Cells, angle: Float) {
        step.kernel.turn(angle)
        self.step = step
        let inParts = step.kernel.goesBackInParts && step.grid.torus == 0
        stripes = inParts ? Stripes(step.cells, width: Int(step.grid.width)) : Stripes(whole: step.cells.count)
        for parity in 0...1 {
            self.parity = parity
            let count = stripes.parts(ofParity: parity)
            if let desk {
                desk.share(count, of: self)
            } else {
                for part in 0..<count { perform(part: part, thread: 0) }
            }
        }
        self.step = nil
    }

    func perform(part: Int, thread: Int) {
        guard let step, let cells = step.cells.baseAddress else { return }
        let range = stripes[2 * part + parity]
        let first = range.lowerBound
        step.kernel.backward(
            grid: step.grid, state: step.state, perceived: step.perceived, cells: cells + first, count: range.count,
            kept: step.kept + first * step.kernel.keptStride, gradient: step.gradient + first * Int(step.grid.channels),
            scratch: scratch + thread * scratchSize, sums: sums[part], own: step.own,
            perceivedGradient: step.perceivedGradient)
    }
}
