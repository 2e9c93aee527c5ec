import GNCABasics
import GNCACells
import GNCACheckpoints

/// Every hyper-parameter of a training run. Defaults are those of the recipe "distill".
public struct TrainingSettings: Sendable, Equatable {
    /// What the model is trained to grow, in words: a file's name or an emoji.
    public var targetName = ""
    /// SHA-256 of the model whose weights training begins with; empty = random ones.
    public var startModel = ""
    /// Where the defaults come from: one of `recipes`.
    public var recipe = "distill"
    /// What a batch begins with and what happens to it: the name of a `Regime`.
    public var regime = "regenerating"
    /// Every setting of the rule; its layers follow from `hidden`.
    public var rule = Rule.blank
    /// Units of every layer but the last.
    public var hidden = [128]
    /// Whether the filters are learned, too, one set a channel.
    public var learnsFilters = false
    /// Longest side of the picture, cells.
    public var size = 40
    /// Empty cells around it.
    public var padding = 16
    /// How a picture of another size becomes cells.
    public var resampling = Target.Resampling.area
    /// States in an iteration.
    public var batch = 8
    /// States in the pool.
    public var pool = 1024
    /// Which state of a batch becomes the seed.
    public var reseed = Reseed.worst
    /// Steps of an iteration, drawn evenly.
    public var steps = 64...95
    /// Steps in the first iterations.
    public var warmUpSteps = 64...95
    /// How many iterations take `warmUpSteps`.
    public var warmUpIterations = 0
    /// How often the weights are changed; where there is a `timeBudget`, the whole that `decayAt` counts in.
    public var iterations = 8000
    /// Share of the training, 0...1, in which every run begins with the seed, whatever the regime: in a short training
    /// there is no time to teach both growth and what a pool is for at once.
    public var growFirst = 0.0
    /// What changes the weights.
    public var optimiser = Optimiser.adam
    /// How far a step of the optimiser goes.
    public var learningRate: Float = 2e-3
    /// How the learning rate changes over the training.
    public var schedule = Schedule.steps
    /// Iterations in which the learning rate rises, evenly, to what the schedule says; 0 = none.
    public var rateWarmUp = 0
    /// With `steps`, the learning rate is multiplied by this ...
    public var decayFactor: Float = 0.1
    /// ... after each of these numbers of iterations.
    public var decayAt = [5500, 7300]
    /// How much of muon's momentum an iteration leaves.
    public var momentum: Float = 0.95
    /// How far a step goes with muon for what is no matrix: biases, learned filters and a control vector, which Adam changes.
    public var adamRate: Float = 2e-3
    /// Adam's decay of the mean gradient, an iteration.
    public var beta1: Float = 0.9
    /// Adam's decay of the mean squared gradient, an iteration.
    public var beta2: Float = 0.999
    /// Adam's guard against division by zero.
    public var epsilon: Float = 1e-7
    /// What of a state's error is made small.
    public var loss = LossForm.mean
    /// With `log`, the box PSNR above which a state gains little by coming nearer, dB, at the beginning and at the end.
    /// A low one tells bad states apart, which is what there is to learn first, and a high one good states.
    public var lossFloor = 15.0...45.0
    /// What is done to a gradient before the optimiser sees it.
    public var gradient = GradientScaling.normalised
    /// The largest norm of the whole gradient, where it is clipped.
    public var clipNorm: Float = 1
    /// States of a batch that are damaged.
    public var damaged = 4
    /// Share of the damaged states, 0...1, that are damaged on and on while they heal; the others are damaged once,
    /// before the run.
    public var ongoingDamage = 0.0
    /// Share of the training, 0...1 and at its end, in which states of the pool grow old (`Settling`).
    public var settle = 0.0
    /// Shapes of damage, drawn evenly.
    public var damageShapes = [RandomDamage.circle, .half]
    /// With the regime perpetual, probability that a cell dies in a step, from the least to the most.
    public var deathRate = 1e-4...1e-2
    /// Of the first weights, the batches, their damage and which cells fire.
    public var randomSeed: UInt32 = 0
    /// Seconds that the training may take, in place of a number of iterations; 0 = no limit.
    public var timeBudget = 0.0
    /// Box PSNR at which the training ends before its length is done, where it holds, dB; 0 = none.
    public var until = 0.0

    init() {}

    /// Which state of a batch becomes the seed.
    public enum Reseed: String, Sendable, CaseIterable {
        /// That with the largest loss.
        case worst
        /// The first that was drawn.
        case first
    }

    /// What changes the weights.
    public enum Optimiser: String, Sendable, CaseIterable {
        /// Every number by Adam.
        case adam
        /// The layers' matrices by an orthogonal momentum (`Muon`), all else by Adam.
        case muon
    }

    /// How the learning rate changes over a training.
    public enum Schedule: String, Sendable, CaseIterable {
        /// It falls at each of `decayAt`.
        case steps
        /// It falls along half a wave of the cosine, to nothing at the end.
        case cosine
    }

    /// What of a state's error is made small.
    public enum LossForm: String, Sendable, CaseIterable {
        /// The mean squared error.
        case mean
        /// Its logarithm: a state that has nearly the right picture counts as much as one that has lost half of it, and
        /// one more decibel as much for both.
        case log
    }

    /// What is done to a gradient before the optimiser sees it.
    public enum GradientScaling: String, Sendable, CaseIterable {
        /// Every tensor is divided by its norm + 1e-8 (Distill).
        case normalised
        /// All tensors together are scaled down where their norm is above `clipNorm`.
        case clipped
        /// Nothing.
        case plain
    }

    /// The recipe of that name for a regime, or nil.
    public init?(recipe: String, regime: String) {
        self.regime = regime
        self.recipe = recipe
        if regime == "temporal" { ongoingDamage = Self.temporalOngoingDamage }
        switch recipe {
        case "sharp", "quick", "distill":
            // Distill's notebook, but for three settings. The learning rate falls to a tenth after 2,000 iterations there,
            // and no further. What a model can repair depends on how long the rate is high: it falls at 5,500. A last
            // phase at a hundredth keeps patterns from drifting (a turtle's loss at step 2,000: 0.005 without it). Damage is circles alone, three of a batch: its models seldom survive the loss of a half.
            if regime == "temporal" {
                damaged = 5
                steps = 64...110
            }
            if recipe != "distill" {
                (loss, optimiser, learningRate) = (.log, .muon, 0.03)
                // Few states, many iterations: a seed, and what is damaged. What weights of long ago have left in a large
                // pool teaches little.
                if recipe == "sharp" {
                    // With more units there is room for a sharp picture and for much healing.
                    hidden = [256]
                    (batch, damaged, pool) = (3, 2, 128)
                    (iterations, decayAt) = (5000, [3333, 4500])
                } else {
                    (batch, damaged, pool) = (2, 1, 64)
                    (iterations, decayAt) = (7500, [5000, 6750])
                }
                if regime == "regenerating" { (ongoingDamage, settle) = (0.5, 0.5) }
                if regime == "temporal" {
                    // What is to heal under fire has to see more of it, and some states have only to stay.
                    (batch, damaged, pool) = (4, 3, 256)
                    (iterations, decayAt) = (5000, [3333, 4500])
                }
                setSchedule(.cosine)
            }
        case "article":
            // Wach 2025; what it does not name stays as in Distill's notebook.
            resampling = .nearest
            padding = 0
            rule.life.before = false
            rule.life.threshold = 0.05
            learningRate = 1e-3
            decayAt = []
            damaged = 3
            damageShapes = [.circle]
            gradient = .clipped
            epsilon = 1e-8
            reseed = .first
            if regime == "growing" {
                batch = 1
                damaged = 0
                steps = 32...63
                warmUpSteps = 10...19
                warmUpIterations = 500
                iterations = 2000
            } else {
                batch = 32
                steps = 64...96
                iterations = 10_000
            }
        default: return nil
        }
    }

    /// What the regime temporal has of `ongoingDamage`, whatever the recipe.
    static let temporalOngoingDamage = 0.67

    /// Ours, and what has been published and works.
    public static let recipes = ["sharp", "quick", "distill", "article"]
    /// The recipe that is taken where none is named, for a training that may take so many seconds, or nil: what has little time
    /// learns more with fewer units.
    public static func usualRecipe(seconds: Double?) -> String {
        seconds.map { $0 < 300 } == true ? "quick" : "sharp"
    }

    /// Iterations that a training may have.
    public static let mostIterations = 10_000_000
    /// Seconds that a training may be given.
    public static let longestTime = 1e7

    /// Qualities that a training can be told to reach, dB.
    public static let untilRange = 10.0...100.0

    /// What `lossFloor` may be, dB.
    public static let floorRange = 1.0...100.0

    /// What `deathRate` may be.
    public static let deathRates = 1e-6...0.5

    /// What is added to the mean squared error of the box before its logarithm is taken, when `progress` (0...1) of the
    /// training is done; nil where it is not.
    func lossFloor(progress: Double) -> Double? {
        guard loss == .log else { return nil }
        let width = lossFloor.upperBound - lossFloor.lowerBound
        return BoxPSNR.meanSquare(decibels: lossFloor.lowerBound + width * progress)
    }

    /// Sets the optimiser, and the learning rate to one that suits it. The same optimiser again changes nothing.
    public mutating func setOptimiser(_ new: Optimiser) {
        guard new != optimiser else { return }
        optimiser = new
        learningRate = new == .muon ? 0.02 : 2e-3
    }

    /// Sets the schedule, and the warm-up to one that suits it.
    public mutating func setSchedule(_ new: Schedule) {
        schedule = new
        rateWarmUp = Self.rateWarmUp(new, iterations)
    }

    /// A fiftieth of the training where the rate falls from its beginning on; an optimiser that has seen little goes astray.
    private static func rateWarmUp(_ schedule: Schedule, _ iterations: Int) -> Int {
        schedule == .cosine ? iterations / 50 : 0
    }

    /// Sets the length of the training: a number of iterations, or, where `seconds` is above 0, a time. What follows from
    /// the length follows from the new one, unless it is otherwise already: after which iterations the learning rate
    /// falls, how long it rises, and how much of the training is growth alone.
    public mutating func setLength(iterations: Int, seconds: Double) {
        let (old, new) = (following(self.iterations, timeBudget), following(iterations, seconds))
        if decayAt == old.decayAt { decayAt = new.decayAt }
        if rateWarmUp == old.rateWarmUp { rateWarmUp = new.rateWarmUp }
        if growFirst == old.growFirst { growFirst = new.growFirst }
        (self.iterations, timeBudget) = (iterations, seconds)
    }

    mutating func takeLength(of other: TrainingSettings) {
        (iterations, timeBudget, until) = (other.iterations, other.timeBudget, other.until)
        (decayAt, rateWarmUp, growFirst) = (other.decayAt, other.rateWarmUp, other.growFirst)
    }

    /// What the model learns of its regime: where every run of the training begins with the seed, only what "growing"
    /// teaches.
    public var learned: String { growFirst >= 1 ? "growing" : regime }

    /// What follows from a length.
    private func following(_ iterations: Int, _ seconds: Double) -> (decayAt: [Int], rateWarmUp: Int, growFirst: Double)
    {
        let rateWarmUp = Self.rateWarmUp(schedule, iterations)
        // A minute or two suffice to teach growth, and nothing else: what a pool or damage teaches blurs a picture first.
        if seconds > 0 && seconds < 180 { return ([iterations * 7 / 8], rateWarmUp, 1) }
        guard let usual = TrainingSettings(recipe: recipe, regime: regime) else {
            return (decayAt, rateWarmUp, growFirst)
        }
        return (usual.decayAt.map { $0 * iterations / usual.iterations }, rateWarmUp, usual.growFirst)
    }

    /// Throws `ModelError.outOfRange` for the first setting that is.
    public func check() throws(ModelError) {
        guard Self.recipes.contains(recipe) else {
            throw .outOfRange(what: "recipe", value: recipe, expected: Self.recipes.joined(separator: ", "))
        }
        try inside("channels", rule.channels, 1...64)
        try inside("hidden layers", hidden.count, 0...(Rule.layerLimit - 1))
        for units in hidden { try inside("hidden", units, 1...1024) }
        try inside("batch", batch, 1...256)
        try inside("iterations", iterations, 1...Self.mostIterations)
        try inside("time", timeBudget, 0...Self.longestTime)
        if until != 0 { try inside("until", until, Self.untilRange) }
        for count in decayAt { try inside("decay-at", count, 0...Self.mostIterations) }
        try inside("size", size, 1...512)
        try inside("padding", padding, 0...512)
        try inside("pool", pool, 1...65_536)
        try inside("warm-up-iterations", warmUpIterations, 0...Self.mostIterations)
        for range in [steps, warmUpSteps] {
            try inside("steps", range.lowerBound, 1...1000)
            try inside("steps", range.upperBound, 1...1000)
        }
        try inside("damaged", damaged, 0...batch)
        try inside("ongoing-damage", ongoingDamage, 0...1)
        try inside("settle", settle, 0...1)
        if Regimes.named(regime)?.usesPool == true && batch > pool {
            throw .outOfRange(what: "batch", value: "\(batch)", expected: "at most the pool's \(pool) states")
        }
        try inside("grow-first", growFirst, 0...1)
        try inside("fire-rate", rule.fireRate, 0.01...1)
        if rule.life.isTested { try inside("life-threshold", rule.life.threshold, 0...1) }
        try firstRule().check()
        for (name, rate) in [("learning-rate", learningRate), ("adam-rate", adamRate)] {
            try inside(name, rate, 1e-8...1)
        }
        try inside("rate-warm-up", rateWarmUp, 0...Self.mostIterations)
        try inside("momentum", momentum, 0...0.9999)
        try inside("decay-factor", decayFactor, 0...1)
        try inside("beta1", beta1, 0...0.9999)
        try inside("beta2", beta2, 0...0.99999)
        try inside("epsilon", epsilon, 1e-12...1)
        try inside("clip-norm", clipNorm, 1e-6...1e6)
        try inside("loss-floor", lossFloor.lowerBound, Self.floorRange)
        try inside("loss-floor", lossFloor.upperBound, Self.floorRange)
        try inside("death-rate", deathRate.lowerBound, Self.deathRates)
        try inside("death-rate", deathRate.upperBound, Self.deathRates)
        guard !damageShapes.isEmpty else {
            throw .outOfRange(what: "damage-shapes", value: "none", expected: RandomDamage.names)
        }
        guard Regimes.named(regime) != nil else {
            throw .outOfRange(
                what: "regime", value: regime, expected: Regimes.all.map { $0.name }.joined(separator: ", "))
        }
    }

    private func inside<Value: Comparable>(
        _ what: String, _ value: Value, _ range: ClosedRange<Value>
    ) throws(ModelError) {
        guard range.contains(value) else {
            throw .outOfRange(what: what, value: "\(value)", expected: "\(range.lowerBound)...\(range.upperBound)")
        }
    }
}
