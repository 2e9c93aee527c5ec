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
    /// What the picture's channels should be, `[H * W][pictureChannels.count]`; with a decoder, `[H s * W s][4]`.
    private let target: [Float]
    private let pictureChannels: [Int]
    private let psnr: BoxPSNR
    /// Draws the pixels that are compared; nil where those are the cells.
    private let decoding: Decoding?
    /// `[H * W][C]`; without a decoder, zero but for the picture's channels.
    private var gradient: [Float]

    /// `threads`: all of the crew, in which the worker's leads at `desk`.
    init(rule: Rule, state: CellGrid, target: Target, threads: Int, desk: Crew.Desk) throws(ModelError) {
        unrolling = try Unrolling(rule: rule, state: state, threads: threads, desk: desk)
        self.target = target.values(for: rule.appearance)
        pictureChannels = rule.appearance.channels
        psnr = BoxPSNR(target, appearance: rule.pictureAppearance)
        decoding = Decoding(rule, height: state.height, width: state.width, goesBack: true)
        gradient = [Float](repeating: 0, count: state.height * state.width * unrolling.channels)
    }

    /// C, rounded up to full vectors.
    var channels: Int { unrolling.channels }
    var zeroSums: WeightSums { unrolling.zeroSums }

    func replaceRule(_ rule: Rule) {
        unrolling.automaton.replaceRule(rule.paddedToVectors())
        if let decoder = rule.decoder { decoding?.replace(decoder) }
    }

    func run(_ run: SampleRun) {
        guard let sample = run.sample else { return }
        run.sums.clear()
        do {
            try advance(sample, of: run, steps: run.steps)
            let loss = compare(unrolling.automaton, of: run)
            run.result = CompactState(unrolling.automaton.state, loss: Float(loss))
            if run.result.cells.isEmpty && unrolling.automaton.rule.life.isTested {
                try returnToLife(sample, of: run)
                unrolling.backward(gradientOfLife(run), into: run.sums)
            } else {
                weigh(loss, of: run)
                goBack(unrolling.automaton, into: run.sums)
            }
        } catch {
            run.blewUp = true
            return
        }
        run.computedCells = unrolling.computedCells
    }

    /// The mean squared error of what is to be seen of the state; its gradient is where `weigh` and `goBack` look for it.
    private func compare(_ automaton: Automaton, of run: SampleRun) -> Double {
        guard let decoding else {
            run.boxError = psnr.meanSquare(of: automaton.state)
            return Loss.meanSquare(
                automaton.state, target: target, channels: pictureChannels, gradient: &gradient)
        }
        decoding.decode(automaton.state, edges: automaton.edges)
        run.boxError = psnr.meanSquare(of: decoding.picture)
        return Loss.meanSquare(decoding.picture, target: target, gradient: &decoding.pictureGradient)
    }

    private func goBack(_ automaton: Automaton, into sums: WeightSums) {
        if let decoding {
            gradient.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
            decoding.backward(automaton.state, edges: automaton.edges, into: &gradient, sums)
        }
        unrolling.backward(gradient, into: sums)
    }

    /// Runs `sample` from its beginning. `visit` is given every state after the first, and says whether to go on.
    private func advance(
        _ sample: Sample, of run: SampleRun, steps: Int, visit: (Int) -> Bool = { _ in true }
    ) throws(ModelError) {
        unrolling.begin(randomSeed: run.randomSeed) { sample.state.expand(into: &$0) }
        unrolling.automaton.deathRate = sample.deathRate
        var damage = sample.damage[...]
        for step in 0...steps {
            while let next = damage.first, next.step == step {
                unrolling.automaton.erase(next.erased)
                damage.removeFirst()
            }
            guard step < steps else { return }
            try unrolling.automaton.step()
            guard visit(step + 1) else { return }
        }
    }

    /// A pattern that has died has no gradient, so that nothing would keep seeds from dying: what counts is the last state
    /// in which something lived. Goes there.
    private func returnToLife(_ sample: Sample, of run: SampleRun) throws(ModelError) {
        var alive = 0
        try advance(sample, of: run, steps: run.steps) { step in
            guard unrolling.automaton.state.values.contains(where: { $0 != 0 }) else { return false }
            alive = step
            return true
        }
        try advance(sample, of: run, steps: alive)
    }

    /// `[H * W][C]`: the life channel of every cell that is not empty should be 1, whatever the picture is there. It
    /// counts as much as a picture that is as good as the floor, whose gradient is steep: to live comes before all else.
    private func gradientOfLife(_ run: SampleRun) -> [Float] {
        let state = unrolling.automaton.state
        let channel = unrolling.automaton.rule.life.channel
        var gradient = [Float](repeating: 0, count: gradient.count)
        let pixels = decoding.map { $0.picture.width / state.width } ?? 1
        let cells = Float(psnr.cells) / Float(pixels * pixels)
        let scale = 2 / (cells * Float(pictureChannels.count)) / Float(run.lossFloor ?? 1)
        for start in stride(from: 0, to: gradient.count, by: unrolling.channels)
        where (0..<unrolling.channels).contains(where: { state.values[start + $0] != 0 }) {
            gradient[start + channel] = scale * (state.values[start + channel] - 1)
        }
        return gradient
    }

    /// Makes of the gradient of the mean squared error `loss` that of what is made small.
    private func weigh(_ loss: Double, of run: SampleRun) {
        guard let lossFloor = run.lossFloor else { return }
        // The loss is a mean over the whole grid.
        guard let decoding else {
            let floor = lossFloor * Double(psnr.cells * channels) / Double(gradient.count)
            return Loss.makeLogarithmic(
                &gradient, of: loss, floor: floor, stride: unrolling.channels, channels: pictureChannels)
        }
        let floor = lossFloor * Double(psnr.cells * 4) / Double(target.count)
        Loss.makeLogarithmic(&decoding.pictureGradient, of: loss, floor: floor, stride: 4, channels: [0, 1, 2, 3])
    }
}
