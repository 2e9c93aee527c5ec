import GNCACells

/// One state of a batch, and what happens to it.
struct Sample {
    /// Where its result goes in the pool; nil = nowhere.
    var index: Int?
    var state: CompactState
    /// Cells that are erased after so many steps, in order; 0 = before the first.
    var damage: [(step: Int, erased: [UInt8])] = []
    /// Probability that a cell dies after a step.
    var deathRate: Float = 0
}

/// What a regime may look at when it begins an iteration.
struct RegimeContext {
    let settings: TrainingSettings
    /// Cells.
    let width: Int
    let height: Int
    let random: TrainingRandom
    let iteration: Int
    /// Steps that this iteration takes.
    let steps: Int
    /// The first states of the pool, which grow old and are not drawn.
    var old = 0

    func draws(sample: Int) -> DamageDraws { DamageDraws(random: random, iteration: iteration, sample: sample) }

    /// What happens to a state that is damaged: once before the run, or on and on while it heals.
    func damage(sample: Int) -> [(step: Int, erased: [UInt8])] {
        var draws = draws(sample: sample)
        let share = settings.ongoingDamage
        // Nothing is drawn where nothing can follow from it: recipes from before the setting give the same models.
        if share > 0 && draws.fraction() < share { return ongoingDamage(&draws) }
        return [(0, damage(&draws))]
    }

    /// 4...8 circles, one every 3...7 steps from the first step on, and none in the last 20 steps.
    private func ongoingDamage(_ draws: inout DamageDraws) -> [(step: Int, erased: [UInt8])] {
        let count = draws.whole(4...8)
        let interval = draws.whole(3...7)
        let moments = (0..<count).map { 1 + $0 * interval }.filter { $0 <= steps - Self.calmSteps }
        return moments.map { ($0, erased(.circle, &draws)) }
    }

    private static let calmSteps = 20

    /// A random shape of those that the settings name.
    func damage(_ draws: inout DamageDraws) -> [UInt8] {
        let shapes = settings.damageShapes
        let shape = shapes.count == 1 ? shapes[0] : shapes[draws.whole(0...(shapes.count - 1))]
        return erased(shape, &draws)
    }

    /// A random shape: `[H * W]`, 1 = erased.
    func erased(_ shape: RandomDamage, _ draws: inout DamageDraws) -> [UInt8] {
        var mask = DamageMask(grid: GridSize(width: width, height: height))
        mask.add(shape) { draws.number($0) }
        return mask.cells
    }
}

/// What a model learns: which states begin an iteration, and what happens to them.
protocol Regime: Sendable {
    static var name: String { get }
    static var summary: String { get }
    static var usesPool: Bool { get }
    /// Whether some states of a batch are damaged.
    static var damages: Bool { get }
    /// Whether cells die at random, all the time.
    static var kills: Bool { get }
    static func start(_ pool: SamplePool, _ context: RegimeContext) -> [Sample]
}

extension Regime {
    static var kills: Bool { false }
}

/// All regimes.
public enum Regimes {
    static let all: [any Regime.Type] = [
        Growing.self, Persistent.self, Regenerating.self, Temporal.self, Perpetual.self,
    ]

    static func named(_ name: String) -> (any Regime.Type)? { all.first { $0.name == name } }

    /// Whether runs of the regime with that name go on from what earlier ones have left.
    public static func usesPool(_ name: String) -> Bool { named(name)?.usesPool ?? false }
    /// Those that keep a pool of states.
    public static var withPool: [String] { all.filter { $0.usesPool }.map { $0.name } }
    /// Those that damage some states of a batch.
    public static var withDamage: [String] { all.filter { $0.damages }.map { $0.name } }

    /// Those in which cells die at random.
    public static var withDeaths: [String] { all.filter { $0.kills }.map { $0.name } }

    /// That which does nothing but grow.
    public static var onlyGrowing: String { Growing.name }

    /// Name and summary of each.
    public static var descriptions: [(name: String, summary: String)] { all.map { ($0.name, $0.summary) } }
}
