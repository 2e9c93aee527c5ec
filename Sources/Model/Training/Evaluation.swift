import Dispatch
import GNCACells

/// Scores of a rule: how near it comes to its target, and how often it recovers from damage.
public struct Evaluation: Sendable {
    /// Mean loss of several runs after so many steps.
    public var losses: [(step: Int, loss: Double)] = []
    /// Share of trials, 0...1, whose loss is below `Evaluation.recovered` in the end.
    public var recoveries: [(damage: String, share: Double)] = []

    /// The steps after which losses are taken.
    public static let steps = [80, 200, 1000, 2000]
    /// A pattern has recovered where its loss is below this.
    public static let recovered = 0.01
    private static let lossRuns = 10
    /// Steps before the first damage, and after the last.
    private static let (growth, recovery) = (150, 200)

    /// How damage is done in a trial.
    private struct Trial {
        var name: String
        /// Cells erased: circles one every `interval` steps, or a half.
        var circles = 0
        var interval = 1
        var half: Half?
    }

    private static let trials = [
        Trial(name: "one circle", circles: 1),
        Trial(name: "8 circles, one every 20 steps", circles: 8, interval: 20),
        Trial(name: "8 circles, one every 5 steps", circles: 8, interval: 5),
        Trial(name: "left half", half: .left),
        Trial(name: "right half", half: .right),
        Trial(name: "top half", half: .top),
        Trial(name: "bottom half", half: .bottom),
    ]

    /// How many runs an evaluation makes.
    public static func runs(trials: Int) -> Int { lossRuns + Self.trials.count * trials }

    /// Runs everything: `trials` random trials a kind of damage. Trials differ in which cells fire and where circles
    /// fall; the same `randomSeed` gives the same scores on any number of threads. `each`: called after each run, on any
    /// thread, but never twice at once. Throws `ModelError.outOfRange`.
    public init(
        rule: Rule, target: Target, trials: Int, randomSeed: UInt32, threads: Int,
        each: @escaping @Sendable () -> Void = {}
    ) throws(ModelError) {
        guard (1...100_000).contains(trials) else {
            throw .outOfRange(what: "trials", value: "\(trials)", expected: "1...100000")
        }
        try RunMemory.check(
            RunMemory.bytes(
                of: rule, cells: target.width * target.height, runs: max(1, min(threads, max(Self.lossRuns, trials)))),
            of: "the evaluation")
        let start = rule.startState(width: target.width, height: target.height, randomSeed: randomSeed)
        _ = try Automaton(rule: rule, state: start)
        let runs = Evaluation.concurrently(Evaluation.lossRuns, threads, each) { run in
            Evaluation.lossesOfRun(rule, start, target, randomSeed: Evaluation.seed(randomSeed, 0, run))
        }
        for (index, step) in Evaluation.steps.enumerated() {
            losses.append((step, runs.reduce(0) { $0 + $1[index] } / Double(runs.count)))
        }
        for (kind, trial) in Evaluation.trials.enumerated() {
            let healed = Evaluation.concurrently(trials, threads, each) { number in
                Evaluation.heals(
                    trial, rule, start, target, randomSeed: Evaluation.seed(randomSeed, kind + 1, number))
            }
            recoveries.append((trial.name, Double(healed.count { $0 }) / Double(trials)))
        }
    }

    private static func seed(_ seed: UInt32, _ kind: Int, _ number: Int) -> UInt32 {
        RandomSource(seed: seed, stream: .damage).bits(step: UInt32(kind), x: UInt32(number), y: 0)
    }

    /// Infinite from the step on in which a state blows up.
    private static func lossesOfRun(_ rule: Rule, _ start: CellGrid, _ target: Target, randomSeed: UInt32) -> [Double] {
        guard let automaton = try? Automaton(rule: rule, state: start, randomSeed: randomSeed) else { return [] }
        return steps.map { step in
            do {
                while automaton.stepsDone < step { try automaton.step() }
                return target.loss(of: automaton.state, appearance: rule.appearance)
            } catch {
                return .infinity
            }
        }
    }

    private static func heals(
        _ trial: Trial, _ rule: Rule, _ start: CellGrid, _ target: Target, randomSeed: UInt32
    ) -> Bool {
        guard let automaton = try? Automaton(rule: rule, state: start, randomSeed: randomSeed) else { return false }
        var draws = DamageDraws(random: TrainingRandom(seed: randomSeed), iteration: 0, sample: 0)
        do {
            while automaton.stepsDone < growth { try automaton.step() }
            for circle in 0..<max(1, trial.circles) {
                var mask = DamageMask(grid: GridSize(width: target.width, height: target.height))
                if let half = trial.half {
                    mask.add(half)
                } else {
                    mask.add(.circle) { draws.number($0) }
                }
                automaton.erase(mask.cells)
                let pause = circle + 1 < trial.circles ? trial.interval : recovery
                for _ in 0..<pause { try automaton.step() }
            }
        } catch {
            return false
        }
        return target.loss(of: automaton.state, appearance: rule.appearance) < recovered
    }

    /// `work` of 0..<count, in order; `each` is called after each of them.
    private static func concurrently<Value: Sendable>(
        _ count: Int, _ threads: Int, _ each: @escaping @Sendable () -> Void, _ work: @Sendable (Int) -> Value
    ) -> [Value] {
        let results = ResultSlots<Value>(count: count, each: each)
        let threads = max(1, min(threads, count))
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            for index in stride(from: thread, to: count, by: threads) { results.set(index, work(index)) }
        }
        return results.all
    }
}

/// Results of several threads.
private final class ResultSlots<Value: Sendable>: @unchecked Sendable {
    // Guarded by `queue`.
    private var slots: [Value?]
    private let queue = DispatchQueue(label: "results")
    private let each: @Sendable () -> Void

    init(count: Int, each: @escaping @Sendable () -> Void) {
        slots = [Value?](repeating: nil, count: count)
        self.each = each
    }

    func set(_ index: Int, _ value: Value) {
        queue.sync {
            slots[index] = value
            each()
        }
    }
    var all: [Value] { queue.sync { slots.compactMap { $0 } } }
}
