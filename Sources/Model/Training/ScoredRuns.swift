import GNCABasics
import GNCACells

/// Runs of one rule beside its target, on several threads. What a run comes to depends on its number alone.
struct ScoredRuns: Sendable {
    private let rule: Rule
    private let target: Target
    private let psnr: BoxPSNR
    private let start: CellGrid
    private let grid: GridSize
    private let randomSeed: UInt32
    private let threads: Int
    private let each: @Sendable () -> Void

    /// How a state compares with the target.
    struct End: Sendable {
        /// The mean square over the grid.
        let loss: Double
        /// Box PSNR.
        let decibels: Double

        /// Of a state that has become infinite or NaN.
        static let blowUp = End(loss: .infinity, decibels: -.infinity)
    }

    /// What is done to a grown pattern.
    struct Damage: Sendable {
        var name: String
        /// Cells erased: circles one every `interval` steps, or a half.
        var circles = 0
        /// Whether, in place of each circle, a bar across the whole grid is erased, an eighth as high.
        var areBars = false
        var interval = 1
        var half: Half?

        /// Steps before the first damage, and after the last.
        static let (growth, recovery) = (150, 200)
        /// Steps of a whole run.
        var lastStep: Int { Self.growth + max(0, circles - 1) * interval + Self.recovery }
    }

    /// `runs`: the most that are made at a time; `each`: called after each run, on any thread, but never twice at once.
    /// Throws `ModelError`.
    init(
        _ rule: Rule, _ target: Target, runs: Int, randomSeed: UInt32, threads: Int,
        each: @escaping @Sendable () -> Void = {}
    ) throws(ModelError) {
        (self.rule, self.target, self.randomSeed, self.threads, self.each) = (rule, target, randomSeed, threads, each)
        grid = try rule.grid(of: target)
        try RunMemory.check(
            RunMemory.bytes(of: rule, cells: grid.width * grid.height, runs: max(1, min(threads, runs))),
            of: "the evaluation")
        psnr = BoxPSNR(target, appearance: rule.pictureAppearance)
        start = rule.startState(width: grid.width, height: grid.height, randomSeed: randomSeed)
        _ = try Automaton(rule: rule, state: start)
    }

    /// Unharmed runs: of each, how it compares after every one of `steps`, which increase.
    func grown(_ runs: Int, steps: [Int]) -> [[End]] {
        concurrently(runs) { run in
            guard let automaton = automaton(kind: 0, run) else { return steps.map { _ in .blowUp } }
            return steps.map { step in
                do {
                    while automaton.stepsDone < step { try automaton.step() }
                    return end(automaton)
                } catch {
                    return .blowUp
                }
            }
        }
    }

    /// Damaged runs. `kind`: the damage's ordinal, from 1 on, of which the random numbers are a function.
    func damaged(_ runs: Int, _ damage: Damage, kind: Int) -> [End] {
        concurrently(runs) { run in
            do throws(ModelError) {
                return try healed(damage, kind: kind, run)
            } catch {
                return .blowUp
            }
        }
    }

    private func healed(_ damage: Damage, kind: Int, _ run: Int) throws(ModelError) -> End {
        guard let automaton = automaton(kind: kind, run) else { return .blowUp }
        var draws = DamageDraws(random: TrainingRandom(seed: seed(kind, run)), iteration: 0, sample: 0)
        while automaton.stepsDone < Damage.growth { try automaton.step() }
        for circle in 0..<max(1, damage.circles) {
            var mask = DamageMask(grid: grid)
            if let half = damage.half {
                mask.add(half)
            } else if damage.areBars {
                let (width, height) = (Double(grid.width), Double(grid.height))
                mask.addRectangle(x: 0, y: draws.number(0...(height * 7 / 8)), width: width, height: height / 8)
            } else {
                mask.add(.circle) { draws.number($0) }
            }
            automaton.erase(mask.cells)
            let pause = circle + 1 < damage.circles ? damage.interval : Damage.recovery
            for _ in 0..<pause { try automaton.step() }
        }
        return end(automaton)
    }

    /// How many of so many runs keep their picture while cells die with the probability `deathRate` a step: see `Endurance`.
    func kept(_ runs: Int, deathRate: Double, kind: Int) -> Share {
        let kept = concurrently(runs) { run in
            guard let automaton = automaton(kind: kind, run) else { return false }
            do throws(ModelError) {
                while automaton.stepsDone < Damage.growth { try automaton.step() }
                automaton.deathRate = Float(deathRate)
                for _ in 0..<(Endurance.steps / Endurance.lookEvery) {
                    for _ in 0..<Endurance.lookEvery { try automaton.step() }
                    guard psnr.decibels(of: automaton.state, rule: rule) >= Endurance.level else { return false }
                }
                return true
            } catch {
                return false
            }
        }
        return Share(kept.count { $0 }, of: runs)
    }

    private func seed(_ kind: Int, _ run: Int) -> UInt32 {
        RandomSource.seed(ofRun: run, kind: kind, randomSeed: randomSeed)
    }

    private func automaton(kind: Int, _ run: Int) -> Automaton? {
        try? Automaton(rule: rule, state: start, randomSeed: seed(kind, run))
    }

    private func end(_ automaton: Automaton) -> End {
        let picture = rule.picture(of: automaton.state)
        return End(
            loss: target.loss(of: picture, appearance: rule.pictureAppearance), decibels: psnr.decibels(of: picture))
    }

    /// `work` of 0..<count, in order; `each` is called after each of them.
    private func concurrently<Value: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Value) -> [Value] {
        Parallel.map(count, threads: threads, each: { _ in each() }, work: work)
    }
}
