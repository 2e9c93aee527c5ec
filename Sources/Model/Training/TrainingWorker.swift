import GNCACells

/// One sample's way through an iteration. Led by one thread at a time.
final class SampleRun {
    private(set) var sample: Sample?
    private(set) var randomSeed: UInt32 = 0
    private(set) var steps = 0
    /// Added to the mean squared error of the box before its logarithm is taken; nil where it is not.
    private(set) var lossFloor: Double?
    /// The gradient that the run brought.
    let sums: WeightSums
    /// The state in the end.
    var result = CompactState(cells: [], values: [], loss: 0)
    /// The mean squared error of that state over the target's box.
    var boxError = 0.0
    /// Cells computed, all steps together.
    var computedCells = 0
    /// Whether a state became infinite or NaN.
    var blewUp = false

    init(sums: WeightSums) { self.sums = sums }

    func begin(_ sample: Sample, randomSeed: UInt32, steps: Int, lossFloor: Double? = nil) {
        self.sample = sample
        self.lossFloor = lossFloor
        self.randomSeed = randomSeed
        self.steps = steps
        blewUp = false
    }

    /// About how long it takes, in any unit.
    var cost: Int { sample?.state.cells.count ?? 0 }
}

/// The memory of a thread that leads: runs samples forward and back.
final class TrainingWorker {
    private let unrolling: Unrolling
    /// What the picture's channels should be, `[H * W][pictureChannels.count]`.
    private let target: [Float]
    private let pictureChannels: [Int]
    private let psnr: BoxPSNR
    /// `[H * W][C]`, zero but for the picture's channels.
    private var gradient: [Float]

    /// `threads`: all of the crew, in which the worker's leads at `desk`.
    init(rule: Rule, state: CellGrid, target: Target, threads: Int, desk: Crew.Desk) throws(ModelError) {
        unrolling = try Unrolling(rule: rule, state: state, threads: threads, desk: desk)
        self.target = target.values(for: rule.appearance)
        pictureChannels = rule.appearance.channels
        psnr = BoxPSNR(target, appearance: rule.appearance)
        gradient = [Float](repeating: 0, count: state.height * state.width * unrolling.channels)
    }

    /// C, rounded up to full vectors.
    var channels: Int { unrolling.channels }
    var zeroSums: WeightSums { unrolling.zeroSums }

    func replaceRule(_ rule: Rule) {
        unrolling.automaton.replaceRule(rule.paddedToVectors())
    }

    func run(_ run: SampleRun) {
        guard let sample = run.sample else { return }
        run.sums.clear()
        unrolling.begin(randomSeed: run.randomSeed) { sample.state.expand(into: &$0) }
        unrolling.automaton.deathRate = sample.deathRate
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
        let loss = Loss.meanSquare(
            unrolling.automaton.state, target: target, channels: pictureChannels, gradient: &gradient)
        if let lossFloor = run.lossFloor {
            // The loss is a mean over the whole grid.
            let floor = lossFloor * Double(psnr.cells * channels) / Double(gradient.count)
            Loss.makeLogarithmic(
                &gradient, of: loss, floor: floor, stride: unrolling.channels, channels: pictureChannels)
        }
        unrolling.backward(gradient, into: run.sums)
        run.boxError = psnr.meanSquare(of: unrolling.automaton.state)
        run.computedCells = unrolling.computedCells
        run.result = CompactState(unrolling.automaton.state, loss: Float(loss))
    }
}
