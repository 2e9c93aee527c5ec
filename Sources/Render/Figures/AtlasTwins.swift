import GNCABasics
import GNCACells

/// The unharmed runs beside which an atlas's trials are judged: one a trial, with the same cells firing in the same steps.
struct AtlasTwins: Sendable {
    /// One unharmed run.
    struct Twin: Sendable {
        let randomSeed: UInt32
        /// For each moment, the state that a cut falls on; nil where it has become infinite or NaN before.
        fileprivate(set) var starts: [CellGrid?]
        /// For each moment and look, the box PSNR, dB; minus infinity from a blow-up on.
        fileprivate(set) var decibels: [[Double]]

        /// The PSNR when a trial with a cut at this moment ends.
        func end(_ moment: Int) -> Double { decibels[moment].last ?? -.infinity }
    }

    let twins: [Twin]
    /// For each moment, the median PSNR at the end, dB.
    let unharmed: [Double]

    /// What a trial needs to have recovered, dB.
    func needed(_ moment: Int) -> Double { RecoveryLevel.needed(unharmed: unharmed[moment]) }

    /// How many unharmed runs pass for recovered.
    func passing(_ moment: Int) -> Share {
        Share(twins.count { $0.end(moment) >= needed(moment) }, of: twins.count)
    }

    /// Makes the runs. Throws what the request's watch throws.
    init(_ plan: AtlasPlan, _ runs: AtlasRuns, _ request: FigureRequest) throws {
        let twins = try Parallel.map(
            plan.trials, threads: request.threads, each: { _ throws(any Error) in try request.watch.check() },
            work: { (trial) throws(any Error) in try Self.twin(trial, plan, runs) })
        self.twins = twins
        unharmed = plan.moments.indices.map { moment in twins.map { $0.end(moment) }.median }
    }

    private static func twin(_ trial: Int, _ plan: AtlasPlan, _ runs: AtlasRuns) throws(ModelError) -> Twin {
        var twin = Twin(
            randomSeed: RandomSource.seed(ofRun: trial, randomSeed: runs.randomSeed),
            starts: plan.moments.map { _ in nil }, decibels: plan.moments.map { _ in [] })
        let automaton = try runs.automaton(randomSeed: twin.randomSeed)
        let steps = Set(plan.moments.flatMap { cut in [cut] + plan.looks.map { cut + $0 } }).sorted()
        var isFinite = true
        for step in steps {
            if isFinite { isFinite = automaton.advance(to: step) }
            for (moment, cut) in plan.moments.enumerated() {
                if step == cut { twin.starts[moment] = isFinite ? automaton.state : nil }
                guard plan.looks.contains(step - cut) else { continue }
                twin.decibels[moment].append(
                    isFinite ? runs.psnr.decibels(of: automaton.state, rule: runs.rule) : -.infinity)
            }
        }
        return twin
    }
}

/// What all runs of an atlas have in common.
struct AtlasRuns: Sendable {
    let rule: Rule
    let psnr: BoxPSNR
    let randomSeed: UInt32
    private let start: CellGrid
    private let fireRate: Float?

    /// Throws where the request says nothing that can be run.
    init(_ request: FigureRequest, _ target: Target) throws {
        rule = request.models[0].rule
        psnr = BoxPSNR(target, appearance: rule.pictureAppearance)
        randomSeed = request.randomSeed
        let grid = try rule.grid(of: target)
        start = rule.startState(width: grid.width, height: grid.height, randomSeed: randomSeed)
        let rate = try request.single(request.fireRates, .fireRate)
        if let rate { try TimelineLimits.check(fireRate: rate) }
        fireRate = rate.map { Float($0) }
    }

    /// At step 0, on one thread: there are more runs than threads.
    func automaton(randomSeed: UInt32) throws(ModelError) -> Automaton {
        let automaton = try Automaton(rule: rule, state: start, randomSeed: randomSeed)
        if let fireRate { automaton.fireRate = fireRate }
        return automaton
    }
}

extension Automaton {
    /// Makes steps until so many are done; false where the state becomes infinite or NaN before.
    func advance(to step: Int) -> Bool {
        do {
            while stepsDone < step { try self.step() }
            return true
        } catch {
            return false
        }
    }
}
