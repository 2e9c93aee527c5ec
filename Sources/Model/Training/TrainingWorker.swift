/// One sample's way through an iteration. Used by one thread at a time.
final class SampleRun {
    private(set) var sample: Sample?
    private(set) var randomSeed: UInt32 = 0
    private(set) var steps = 0
    /// The gradient that the run brought.
    var sums: WeightSums
    /// The state in the end.
    var result = CompactState(cells: [], values: [], loss: 0)
    /// Whether a state became infinite or NaN.
    var blewUp = false

    init(sums: WeightSums) { self.sums = sums }

    func begin(_ sample: Sample, randomSeed: UInt32, steps: Int) {
        self.sample = sample
        self.randomSeed = randomSeed
        self.steps = steps
        blewUp = false
    }

    /// About how long it takes, in any unit.
    var cost: Int { sample?.state.cells.count ?? 0 }
}

/// The memory of one thread: runs samples forward and back.
final class TrainingWorker {
    private let unrolling: Unrolling
    private let target: Target
    /// `[H * W][C]`, zero but for channels 0...3.
    private var gradient: [Float]

    init(rule: Rule, state: CellGrid, target: Target) throws(ModelError) {
        unrolling = try Unrolling(rule: rule, state: state)
        self.target = target
        gradient = [Float](repeating: 0, count: state.height * state.width * unrolling.channels)
    }

    /// C, rounded up to full vectors.
    var channels: Int { unrolling.channels }
    var zeroSums: WeightSums { unrolling.zeroSums }

    func replaceRule(_ rule: Rule) {
        // Only the number of channels changes, which cannot fail.
        guard let padded = try? rule.paddedToVectors() else { preconditionFailure("a rule can be padded") }
        unrolling.automaton.replaceRule(padded)
    }

    func run(_ run: SampleRun) {
        guard let sample = run.sample else { return }
        run.sums.clear()
        unrolling.begin(randomSeed: run.randomSeed) { sample.state.expand(into: &$0) }
        do {
            var damage = sample.damage[...]
            for step in 0...run.steps {
                while let next = damage.first, next.step == step {
                    unrolling.automaton.erase(next.erased)
                    damage.removeFirst()
                }
                if step < run.steps { try unrolling.automaton.step() }
            }
        } catch {
            run.blewUp = true
            return
        }
        let loss = Loss.meanSquare(unrolling.automaton.state, target: target.values, gradient: &gradient)
        unrolling.backward(gradient, into: &run.sums)
        run.result = CompactState(unrolling.automaton.state, loss: Float(loss))
    }
}
