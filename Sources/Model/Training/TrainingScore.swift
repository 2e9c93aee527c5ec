import GNCACells

/// What a training has reached, told at its end: a short `Evaluation`, of the first of its runs, which costs a second or
/// two where a training takes minutes.
public struct TrainingScore: Sendable, Equatable {
    /// The median box PSNR of some unharmed runs, dB; minus infinity where most have blown up. Of a model that does not come
    /// near its picture, the first alone.
    public let growth: [Quality]
    /// Of some runs that lost one circle, those that recovered; nil where nothing taught that.
    public let healed: Share?

    /// How near a model is to its target after so many steps.
    public struct Quality: Sendable, Equatable {
        /// Steps from the seed.
        public let step: Int
        /// Box PSNR to the hundredth, which is the same on every machine, dB.
        public let decibels: Double

        /// "41.23", "blown up"
        var text: String { decibels.isFinite ? "\(decibels)" : "blown up" }
    }

    /// How many of each.
    private static let (runs, trials) = (4, 8)
    /// When a pattern has to be there, and until when it has to stay.
    private static let (grown, kept) = (200, 2000)
    /// What has less than this when it has grown is no picture yet, dB: it is neither followed nor wounded. Such patterns
    /// often fill their grid, which takes long.
    private static let least = TrainingSettings.untilRange.lowerBound
    /// When a model that learned to grow, no more, has to be there.
    private static let growing = 80

    /// `settings`: what the training taught. Only that is looked at. Throws `ModelError`.
    public init(of rule: Rule, target: Target, settings: TrainingSettings, threads: Int) throws(ModelError) {
        let regime = Regimes.named(settings.learned)
        let damage = Evaluation.damages[0]
        let stays = regime?.usesPool ?? false
        let steps = stays ? [Self.grown, Self.kept] : [Self.growing, Self.grown]
        let heals = regime?.damages ?? false
        let runs = try Self.begun(rule, target, threads)
        let first = Quality(step: steps[0], decibels: Self.median(runs, after: steps[0]))
        guard first.decibels >= Self.least else {
            (growth, healed) = ([first], nil)
            return
        }
        let looks = Set(steps + (heals ? [damage.lastStep] : [])).sorted()
        let ends = runs.grown(Self.runs, steps: looks)
        let medians = Dictionary(
            uniqueKeysWithValues: looks.enumerated().map { place, step in
                (step, ends.map { $0[place].decibels }.median)
            })
        growth = steps.map { Quality(step: $0, decibels: (medians[$0] ?? -.infinity).hundredths) }
        guard heals, let unharmed = medians[damage.lastStep] else {
            healed = nil
            return
        }
        let least = RecoveryLevel.needed(unharmed: unharmed)
        let healed = runs.damaged(Self.trials, damage, kind: 1).count { $0.decibels >= least }
        self.healed = Share(healed, of: Self.trials)
    }

    /// Whether every quality is `decibels`, of `TrainingSettings.untilRange`, at least.
    public func reaches(_ decibels: Double) -> Bool { growth.allSatisfy { $0.decibels >= decibels } }

    /// Whether a rule reaches a quality, box PSNR in dB, when it has grown, and holds it at step 2,000: what a score of it
    /// would say. The second is looked at where the first is so, for it takes ten times as long. Throws `ModelError`.
    public static func holds(
        _ decibels: Double, _ rule: Rule, target: Target, threads: Int
    ) throws(ModelError) -> Bool {
        let runs = try begun(rule, target, threads)
        for step in [grown, kept] {
            guard median(runs, after: step) >= decibels else { return false }
        }
        return true
    }

    /// dB, to the hundredth.
    private static func median(_ runs: ScoredRuns, after step: Int) -> Double {
        runs.grown(Self.runs, steps: [step]).map { $0[0].decibels }.median.hundredths
    }

    private static func begun(_ rule: Rule, _ target: Target, _ threads: Int) throws(ModelError) -> ScoredRuns {
        try ScoredRuns(rule, target, runs: max(runs, trials), randomSeed: 0, threads: threads)
    }

    /// By name, as checkpoints keep it: "psnr_200", "psnr_2000", "healed".
    public var texts: [String: String] {
        var texts: [String: String] = [:]
        for quality in growth { texts["psnr_\(quality.step)"] = quality.text }
        if let healed { texts["healed"] = "\(healed.count) of \(healed.trials) circles" }
        return texts
    }
}

extension Double {
    /// To the nearest hundredth.
    var hundredths: Double { isFinite ? (self * 100).rounded() / 100 : self }
}
