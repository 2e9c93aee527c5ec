import CGNCAKernels
import Dispatch
import GNCACells
import GNCACheckpoints

/// The work of one training iteration on states that are grown already, for benchmarks: it is done by the very team
/// that trains.
package final class TrainingProbe {
    /// Floating-point operations for one cell that is computed forward and backward, of the two dense layers alone.
    package let operationsPerCell: Double
    /// Cells that the last `run` computed.
    package private(set) var cells = 0
    private let rule: Rule
    private let target: Target
    private let start: CellGrid
    private let team: TrainingTeam
    private var runs: [SampleRun] = []

    package init(rule: Rule, target: Target, start: CellGrid, samples: Int, threads: Int) throws(ModelError) {
        self.rule = rule
        self.target = target
        self.start = start
        operationsPerCell = Double(3 * 2 * rule.network.layers.reduce(0) { $0 + $1.weights.count })
        team = try TrainingTeam(rule: rule, state: start, target: target, samples: samples, threads: threads)
        for _ in 0..<samples { runs.append(team.newRun()) }
    }

    /// All samples, `steps` forward and back. Returns the mean loss.
    package func run(steps: Int) -> Double {
        let state = CompactState(start.resized(channels: team.channels), loss: 0)
        for (index, run) in runs.enumerated() {
            run.begin(Sample(index: nil, state: state), randomSeed: UInt32(index), steps: steps)
        }
        team.run(runs, rule: rule)
        cells = runs.reduce(0) { $0 + $1.computedCells }
        return runs.reduce(0) { $0 + Double($1.result.loss) } / Double(runs.count)
    }

    /// The mean gradient of the last `run`.
    package var gradient: WeightGradient { team.meanGradient(of: runs, rule: rule) }

    /// Which cells fire in a sample's step, `[H * W]`, 1 = the cell fires.
    package func fire(sample: Int, step: Int) -> [UInt8] {
        let random = RandomSource(seed: UInt32(sample), stream: .fire)
        let limit = RandomSource.limit(rate: rule.fireRate)
        return (0..<(start.height * start.width)).map { cell in
            let bits = random.bits(step: UInt32(step), x: UInt32(cell % start.width), y: UInt32(cell / start.width))
            return bits >> 8 < limit ? 1 : 0
        }
    }

    /// Operations a second of fused multiply-adds in registers alone, on `threads` threads together: the limit.
    package static func peak(threads: Int) -> Double {
        let rounds = 20_000_000
        let clock = ContinuousClock()
        let start = clock.now
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            _ = ck_kernels_at(0)?.pointee.multiply_adds(rounds)
        }
        let operations = Double(rounds) * Double(CK_PEAK_OPERATIONS) * Double(threads)
        return operations / ((clock.now - start) / .seconds(1))
    }
}

/// A safetensors file of F32 tensors, for whoever checks these numbers with other tools.
package func tensorFile(_ tensors: [(name: String, shape: [Int], values: [Float])]) -> [UInt8] {
    SafetensorsFile.encode(metadata: [:], tensors: tensors)
}
