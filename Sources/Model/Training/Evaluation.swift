import GNCACells

/// Scores of a rule: how near it comes to its target, how long it stays there, and how often it recovers from damage.
public struct Evaluation: Sendable {
    /// Unharmed runs after each of `steps`.
    public private(set) var growth: [(step: Int, scores: Scores)] = []
    /// Damaged runs, a kind of damage each.
    public private(set) var recoveries: [Recovery] = []
    /// How much damage that never stops patterns bear; nil where nobody asked.
    public private(set) var endurance: Endurance?

    /// The steps after which unharmed runs are scored.
    public static let steps = [80, 200, 1000, 2000]
    /// The qualities whose shares are told, box PSNR in dB: below the first, faces break; from the second on, a picture
    /// looks like its target.
    public static let levels = [RecoveryLevel.least, 40]
    /// A damaged pattern has survived where its loss is below this.
    public static let survival = 0.01
    /// How many trials there may be.
    public static let trialRange = 1...100_000

    /// What several runs came to.
    public struct Scores: Sendable {
        /// The mean square over the grid, a run each; infinite where a state has blown up.
        public let losses: [Double]
        /// Box PSNR, a run each, dB; minus infinity where a state has blown up.
        public let decibels: [Double]

        init(_ ends: [ScoredRuns.End]) {
            losses = ends.map(\.loss)
            decibels = ends.map(\.decibels)
        }

        /// The mean of the losses.
        public var meanLoss: Double { losses.reduce(0, +) / Double(losses.count) }
        /// The median PSNR, dB.
        public var median: Double { decibels.median }
        /// The least PSNR, dB.
        public var worst: Double { decibels.min() ?? -.infinity }
        /// Runs whose PSNR is at least so many dB.
        public func share(atLeast level: Double) -> Share {
            Share(decibels.count { $0 >= level }, of: decibels.count)
        }
    }

    /// How runs with one kind of damage end.
    public struct Recovery: Sendable {
        /// In words.
        public let damage: String
        /// The step at which they end: 200 after the last damage.
        public let step: Int
        /// How they compare with the target there.
        public let scores: Scores
        /// The median PSNR of unharmed runs at the same step, dB.
        public let unharmed: Double

        /// Runs that are as good as unharmed ones, as `RecoveryLevel` has it.
        public var recovered: Share { scores.share(atLeast: RecoveryLevel.needed(unharmed: unharmed)) }
        /// Runs whose loss is below `survival`: there is a pattern, which need not be whole.
        public var survived: Share {
            Share(scores.losses.count { $0 < Evaluation.survival }, of: scores.losses.count)
        }
    }

    static let damages = [
        ScoredRuns.Damage(name: "one circle", circles: 1),
        ScoredRuns.Damage(name: "8 circles, one every 20 steps", circles: 8, interval: 20),
        ScoredRuns.Damage(name: "8 circles, one every 5 steps", circles: 8, interval: 5),
        ScoredRuns.Damage(name: "left half", half: .left),
        ScoredRuns.Damage(name: "right half", half: .right),
        ScoredRuns.Damage(name: "top half", half: .top),
        ScoredRuns.Damage(name: "bottom half", half: .bottom),
    ]

    /// As readers of live pages broke models: bars across the whole grid.
    static let swipes = ScoredRuns.Damage(name: "5 swipes, one every 10 steps", circles: 5, areBars: true, interval: 10)

    /// How many runs an evaluation makes, at most.
    public static func runs(trials: Int, endures: Bool = false) -> Int {
        (1 + damages.count + (endures ? 1 + Endurance.mostRounds : 0)) * trials
    }

    /// Runs everything: `trials` unharmed runs, and as many of each kind of damage. Runs differ in which cells fire and
    /// where circles fall; the same `randomSeed` gives the same scores on any number of threads. `each`: called after each
    /// run, on any thread, but never twice at once. `endures`: whether swipes and damage that never stops are tried, too, which
    /// takes several times as long. Throws `ModelError.outOfRange`.
    public init(
        rule: Rule, target: Target, trials: Int, randomSeed: UInt32, threads: Int, endures: Bool = false,
        each: @escaping @Sendable () -> Void = {}
    ) throws(ModelError) {
        guard Self.trialRange.contains(trials) else {
            throw .outOfRange(what: "trials", value: "\(trials)", expected: "1...\(Self.trialRange.upperBound)")
        }
        let runs = try ScoredRuns(
            rule, target, runs: trials, randomSeed: randomSeed, threads: threads, each: each)
        let damages = Self.damages + (endures ? [Self.swipes] : [])
        // Unharmed runs are looked at when damaged ones end, too.
        let looks = Set(Self.steps + damages.map(\.lastStep)).sorted()
        let grown = runs.grown(trials, steps: looks)
        let scores = Dictionary(
            uniqueKeysWithValues: looks.enumerated().map { place, step in (step, Scores(grown.map { $0[place] })) })
        growth = Self.steps.compactMap { step in scores[step].map { (step, $0) } }
        for (kind, damage) in damages.enumerated() {
            let ends = runs.damaged(trials, damage, kind: kind + 1)
            recoveries.append(
                Recovery(
                    damage: damage.name, step: damage.lastStep, scores: Scores(ends),
                    unharmed: scores[damage.lastStep]?.median ?? -.infinity))
        }
        if endures {
            endurance = Endurance { runs.kept(trials, deathRate: $0, kind: damages.count + 1) }
        }
    }
}
