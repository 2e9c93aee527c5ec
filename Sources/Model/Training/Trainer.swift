import GNCACells

/// Trains one rule on one target, iteration by iteration.
///
/// The same target and settings give the same weights bit for bit on any number of threads: every sample's gradient is
/// summed apart, and the samples' sums are added in their order.
public final class Trainer {
    /// The picture that cells should become.
    public let target: Target
    /// The cells that should become it.
    public let grid: GridSize
    /// What was asked for; a resumed training has those of its state.
    public internal(set) var settings: TrainingSettings
    /// Iterations done.
    public internal(set) var iteration = 0
    /// The mean loss of every iteration's batch; NaN where the iteration was skipped.
    public internal(set) var losses: [Float] = []
    /// The box PSNR of the mean squared error of every iteration's batch, dB; NaN where the iteration was skipped, and
    /// where a state of an earlier version did not keep it.
    public internal(set) var qualities: [Float] = []
    /// What went wrong, and was mended.
    public internal(set) var incidents = TrainingIncidents()
    /// Seconds of training before this run was resumed.
    public internal(set) var secondsBefore = 0.0

    /// A rule of the trained one's settings and shapes.
    let shape: Rule
    var weights: Weights
    /// To which training returns when it fails.
    var lastGood: Weights
    var pool: SamplePool
    private let team: TrainingTeam
    /// Memory for a batch and, where some grow old, an old state.
    private var allRuns: [SampleRun] = []
    /// Those of the last iteration.
    private var runs: ArraySlice<SampleRun> = []

    /// What the optimiser changes.
    struct Weights: Equatable {
        /// The numbers of `Rule.tensors`, one tensor after the other.
        var values: [Float]
        /// What the optimiser remembers.
        var memory: OptimiserMemory

        mutating func update(gradient: WeightGradient, progress: Double, factor: Float, _ settings: TrainingSettings) {
            let change = memory.step(gradient: gradient, progress: progress, factor: factor, settings)
            for index in values.indices { values[index] -= change[index] }
        }
    }

    /// Begins a training with random weights or those of `start`. Throws `ModelError.outOfRange` for settings that are.
    public convenience init(
        target: Target, settings: TrainingSettings, start: Rule? = nil, threads: Int
    ) throws(ModelError) {
        try settings.check()
        let grid = settings.rule.cells(ofPicture: target.size)
        guard grid.width * grid.height <= 1 << 20 else {
            throw .outOfRange(what: "grid", value: "\(grid)", expected: "at most \(1 << 20) cells")
        }
        let first = if let start { try settings.prepared(start) } else { settings.firstRule() }
        let values = first.parameters
        try self.init(
            target: target, settings: settings, threads: threads, shape: first,
            weights: Weights(values: values, memory: OptimiserMemory(settings.optimiser, of: first)), pool: nil)
    }

    init(
        target: Target, settings: TrainingSettings, threads: Int, shape: Rule, weights: Weights, pool: SamplePool?
    ) throws(ModelError) {
        self.target = target
        self.shape = shape
        self.settings = settings
        self.weights = weights
        lastGood = weights
        guard let rule = shape.with(parameters: weights.values) else {
            throw .wrongShape(tensor: "weights", got: weights.values.count, expected: shape.parameterCount)
        }
        try rule.check()
        grid = try rule.grid(of: target)
        let cells = grid.width * grid.height
        let leaders = TrainingTeam.leaders(samples: settings.batch, threads: threads)
        let steps = max(settings.steps.upperBound, settings.warmUpSteps.upperBound)
        try RunMemory.check(
            RunMemory.bytes(of: rule, cells: cells, runs: leaders)
                + RunMemory.bytesOfTape(of: rule, cells: cells, steps: steps, runs: leaders), of: "the training")
        let seed = rule.startState(width: grid.width, height: grid.height, randomSeed: settings.randomSeed)
        team = try TrainingTeam(
            rule: rule, state: seed, target: target, samples: settings.batch, threads: threads)
        let padded = seed.resized(channels: team.channels)
        let compact = CompactState(padded, loss: Float(target.loss(of: seed, rule: rule)))
        let usesPool = Regimes.named(settings.regime)?.usesPool ?? true
        self.pool = pool ?? SamplePool(seed: compact, count: usesPool ? settings.pool : 0)
        let most = settings.batch + (settings.settle > 0 ? 1 : 0)
        for _ in 0..<most { allRuns.append(team.newRun()) }
    }

    /// The rule as it is now.
    public var rule: Rule {
        // The weights had these shapes when training began, and only finite ones are kept.
        guard let rule = shape.with(parameters: weights.values) else {
            preconditionFailure("weights of the rule's shape")
        }
        return rule
    }

    /// One iteration. `progress`: the share of the training that is done, 0...1, which the learning rate follows.
    public func runIteration(progress: Double) {
        let name = progress < settings.growFirst ? Growing.name : settings.regime
        guard let regime = Regimes.named(name) else { return }
        let random = TrainingRandom(seed: settings.randomSeed)
        let range = iteration < settings.warmUpIterations ? settings.warmUpSteps : settings.steps
        let steps = random.whole(range, .steps, iteration: iteration, 0)
        let settles = regime.usesPool && Settling.isOn(settings, progress: progress)
        var samples = regime.start(
            pool,
            RegimeContext(
                settings: settings, width: grid.width, height: grid.height, random: random,
                iteration: iteration, steps: steps, old: settles ? Settling.states : 0))
        if settles, let old = Settling.sample(pool, iteration: iteration) { samples.append(old) }
        runs = allRuns.prefix(samples.count)
        for (index, sample) in samples.enumerated() {
            let seed = random.bits(.batch, iteration: iteration, index, 1)
            runs[index].begin(
                sample, randomSeed: seed, steps: steps, lossFloor: settings.lossFloor(progress: progress))
        }
        runAll()
        let gradient = team.meanGradient(of: Array(runs), rule: rule)
        let failed = runs.contains { $0.blewUp } || !gradient.isFinite
        losses.append(failed ? .nan : runs.reduce(0) { $0 + $1.result.loss } / Float(runs.count))
        let error = runs.reduce(0) { $0 + $1.boxError } / Double(runs.count)
        qualities.append(failed || !error.isFinite ? .nan : Float(BoxPSNR.decibels(meanSquare: error)))
        if failed { fail() } else { apply(gradient, progress: progress) }
        putBack()
        iteration += 1
    }

    // MARK: what can be looked at

    /// Whether the regime keeps a pool.
    public var hasPool: Bool { !pool.states.isEmpty }

    /// One seed in the middle.
    public var seed: CellGrid { grid(pool.seed) }

    /// The first states of the pool.
    public func poolStates(_ count: Int) -> [CellGrid] { pool.states.prefix(count).map(grid) }

    /// The last iteration's batch before (damage included that falls before the first step) and after.
    public var lastBatch: (before: [CellGrid], after: [CellGrid]) {
        let batch = runs.prefix(settings.batch)
        let before = batch.compactMap(\.sample).map { sample in
            var state = grid(sample.state)
            for damage in sample.damage where damage.step == 0 {
                for (cell, erased) in damage.erased.enumerated() where erased != 0 {
                    state.erase(x: cell % state.width, y: cell / state.width)
                }
            }
            return state
        }
        return (before, batch.map { grid($0.result) })
    }

    private func grid(_ state: CompactState) -> CellGrid {
        var grid = CellGrid(height: self.grid.height, width: self.grid.width, channels: team.channels)
        state.expand(into: &grid)
        return grid.resized(channels: shape.channels)
    }

    /// What the model has reached: a short evaluation on `threads` threads, which changes nothing. Throws `ModelError`.
    public func score(threads: Int) throws(ModelError) -> TrainingScore {
        try TrainingScore(of: rule, target: target, settings: settings, threads: threads)
    }

    /// Whether the model has reached the quality at which the training is to end, and holds it. Throws `ModelError`.
    public func hasReachedGoal(threads: Int) throws(ModelError) -> Bool {
        guard settings.until > 0 else { return false }
        return try TrainingScore.holds(settings.until, rule, target: target, threads: threads)
    }

    /// Makes the present weights those to which training returns when it fails.
    public func markGood() { lastGood = weights }

    // MARK: the parts of an iteration

    /// The longest runs begin first, so that threads end together.
    private func runAll() {
        let order = runs.indices.sorted { runs[$0].cost > runs[$1].cost }
        team.run(order.map { runs[$0] }, rule: rule)
    }

    private func apply(_ gradient: WeightGradient, progress: Double) {
        var gradient = gradient
        switch settings.gradient {
        case .normalised: gradient.normalise()
        case .clipped: gradient.clip(norm: settings.clipNorm)
        case .plain: break
        }
        let before = weights
        weights.update(gradient: gradient, progress: progress, factor: incidents.rateFactor, settings)
        guard weights.values.allSatisfy(\.isFinite) else {
            weights = before
            return fail()
        }
        incidents.failuresInARow = 0
    }

    /// Nothing is learnt from this iteration; the third in a row brings the last good weights back.
    private func fail() {
        incidents.skipped += 1
        incidents.failuresInARow += 1
        guard incidents.failuresInARow >= 3 else { return }
        incidents.failuresInARow = 0
        incidents.returns += 1
        incidents.rateFactor /= 2
        weights = lastGood
    }

    private func putBack() {
        for run in runs {
            guard let index = run.sample?.index else { continue }
            pool.states[index] = run.blewUp ? pool.seed : run.result
        }
        // Where nothing has to live, an empty state is not dead.
        guard !pool.states.isEmpty, shape.life.isTested, pool.isDead else { return }
        incidents.reseeds += 1
        for index in pool.states.indices { pool.states[index] = pool.seed }
    }
}

/// What went wrong in a training, and was mended.
public struct TrainingIncidents: Sendable, Equatable {
    /// Iterations whose gradient was infinite or NaN: nothing was learnt from them.
    public var skipped = 0
    /// Times that the last good weights came back, with half the learning rate.
    public var returns = 0
    /// Times that the whole pool was dead and became seeds again.
    public var reseeds = 0
    var failuresInARow = 0
    /// Factor on the learning rate.
    var rateFactor: Float = 1
}
