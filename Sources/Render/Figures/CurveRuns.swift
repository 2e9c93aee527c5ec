import GNCABasics
import GNCACells

/// Many runs of one model through one scenario, and what they have in common at every moment.
struct CurveRuns {
    /// What is measured.
    enum Quantity: String, CaseIterable {
        /// The mean square of the difference from the target over the grid.
        case loss
        /// That over the target's box, in dB.
        case psnr
        /// Cells that can change.
        case living = "living_cells"
        /// The sum over all cells of the length of the last step's change.
        case update = "total_update"

        /// Whether it needs a target.
        var compares: Bool { self == .loss || self == .psnr }
        /// Of a state that has become infinite or NaN.
        var blownUp: Double { self == .psnr ? -.infinity : .infinity }
    }

    /// The runs in order, at one moment.
    struct Band: Equatable {
        /// 10 of 100 are below.
        var low: Double
        var median: Double
        /// 10 of 100 are above.
        var high: Double

        static let shares = (low: 0.1, high: 0.9)

        init(low: Double, median: Double, high: Double) {
            (self.low, self.median, self.high) = (low, median, high)
        }

        /// Of one number a run; those that are NaN are left out.
        init(_ values: [Double]) {
            let ordered = values.filter { !$0.isNaN }.sorted()
            low = Band.quantile(ordered, Band.shares.low)
            median = Band.quantile(ordered, 0.5)
            high = Band.quantile(ordered, Band.shares.high)
        }

        /// Between two runs, in proportion, as NumPy has it; NaN of no runs.
        static func quantile(_ ordered: [Double], _ share: Double) -> Double {
            guard let last = ordered.indices.last else { return .nan }
            let place = share * Double(last)
            let below = Int(place)
            let part = place - Double(below)
            // What is infinite has nothing between itself and its neighbour.
            guard part > 0, ordered[below] != ordered[below + 1] else { return ordered[below] }
            return ordered[below] + part * (ordered[below + 1] - ordered[below])
        }
    }

    /// What is measured of each run, in this order.
    let quantities: [Quantity]
    /// The same in all runs.
    let moments: [RunMoment]
    /// Those of them at which something has just happened.
    let events: [RunMoment]
    /// A number of runs for every model, quantity and moment.
    private(set) var bands: [[[Band]]] = []

    /// Moments of a run; of a longer one, every second step is measured, or third, and so on.
    static let mostMoments = 2000

    /// Makes `trials` runs of every model of the request. Throws `RenderError`, `ModelError`.
    init(_ request: FigureRequest, _ scenario: FigureScenario, trials: Int) throws {
        quantities = Quantity.allCases.filter { request.target != nil || !$0.compares }
        let timelines = try (0..<trials).map { trial in
            try scenario.timeline(request.scenarioRequest(randomSeed: request.randomSeed &+ UInt32(trial)))
        }
        let plan = MomentPlan(timelines[0], most: Self.mostMoments)
        (moments, events) = (plan.moments, plan.events)
        for (index, model) in request.models.enumerated() {
            let meter = CurveMeter(model.rule, request.target, quantities)
            let measured = try Parallel.map(
                trials, threads: request.threads,
                each: { done throws(any Error) in
                    request.watch.progressed(index * trials + done, request.models.count * trials)
                    try request.watch.check()
                },
                work: { (trial) throws(any Error) in
                    try meter.run(plan.laid(timelines[trial]), randomSeed: request.randomSeed &+ UInt32(trial))
                })
            bands.append(
                quantities.indices.map { quantity in
                    moments.indices.map { moment in Band(measured.map { $0[moment * quantities.count + quantity] }) }
                })
        }
    }
}

/// Measures runs of one model.
private struct CurveMeter: Sendable {
    private let rule: Rule
    private let target: Target?
    private let psnr: BoxPSNR?
    private let quantities: [CurveRuns.Quantity]

    init(_ rule: Rule, _ target: Target?, _ quantities: [CurveRuns.Quantity]) {
        (self.rule, self.target, self.quantities) = (rule, target, quantities)
        psnr = target.map { BoxPSNR($0, appearance: rule.pictureAppearance) }
    }

    /// `[moment][quantity]`
    func run(_ timeline: Timeline, randomSeed: UInt32) throws -> [Double] {
        var values: [Double] = []
        values.reserveCapacity(timeline.cues.count * quantities.count)
        let simulation = try Simulation(rule: rule, timeline: timeline, randomSeed: randomSeed, recordsTrace: true)
        do {
            while let snapshot = try simulation.next() { values += quantities.map { measure($0, snapshot) } }
        } catch {
            guard case .blowUp = error else { throw error }
            for _ in (values.count / quantities.count)..<timeline.cues.count { values += quantities.map(\.blownUp) }
        }
        return values
    }

    private func measure(_ quantity: CurveRuns.Quantity, _ snapshot: Snapshot) -> Double {
        switch quantity {
        case .loss: target?.loss(of: snapshot.grid, rule: rule) ?? .nan
        case .psnr: psnr?.decibels(of: snapshot.grid, rule: rule) ?? .nan
        case .living: Double(snapshot.active.reduce(0) { $0 + Int($1) })
        // Before the first step nothing was updated yet.
        case .update: snapshot.trace.map { $0.update.reduce(0) { $0 + Double($1) } } ?? .nan
        }
    }
}
