import GNCABasics
import GNCACells

/// Where a pattern can be hurt: for every place of a cut, of several radii, at several moments, how many trials recover.
struct RecoveryAtlas: Sendable {
    let plan: AtlasPlan
    /// One a moment and radius: moment by moment, and there radius by radius.
    let maps: [Map]
    /// For each moment, the state of the first trial before the cut.
    let states: [CellGrid]
    /// As the JSON names it.
    private let randomSeed: UInt32

    /// All places of one radius and moment.
    struct Map: Sendable {
        /// Of the cut: steps done, and cells.
        let moment: Int
        let radius: Double
        /// For every place, trials that recover.
        let recovered: [Int]
        /// Unharmed runs that would pass for recovered.
        let unharmed: Share
        /// Their median PSNR, and what a trial needs, dB.
        let decibels: (unharmed: Double, needed: Double)
        /// The place where the fewest recover; nil where nowhere fewer do than without a cut.
        let worst: Int?
    }

    /// Makes all trials. Throws where the request makes no sense, and what its watch throws.
    init(_ request: FigureRequest, _ target: Target) throws {
        let grid = try request.models[0].rule.grid(of: target)
        let plan = try AtlasPlan(request, on: grid)
        let runs = try AtlasRuns(request, target)
        let kept = plan.trials * plan.moments.count
        let states = RunMemory.bytes(
            of: runs.rule, cells: grid.width * grid.height, runs: request.threads + 1 + kept / 4)
        try RunMemory.check(states + plan.bytes, of: "the atlas")
        let twins = try AtlasTwins(plan, runs, request)
        self.states = try plan.moments.enumerated().map { moment, step in
            guard let state = twins.twins[0].starts[moment] else {
                throw ModelError.badCheckpoint(
                    file: request.models[0].file,
                    reason: "the state has become infinite or NaN before step \(step) (cut earlier)")
            }
            return state
        }
        let trials = AtlasTrials(
            plan: plan, runs: runs, twins: twins, threads: request.threads, watch: request.watch)
        let counts = try trials.recovered()
        maps = counts.enumerated().map { index, recovered in
            let (moment, radius) = index.quotientAndRemainder(dividingBy: plan.radii.count)
            let unharmed = twins.passing(moment)
            return Map(
                moment: plan.moments[moment], radius: plan.radii[radius], recovered: recovered, unharmed: unharmed,
                decibels: (twins.unharmed[moment], twins.needed(moment)),
                worst: Self.worst(recovered, plan, unharmed: unharmed.count))
        }
        (self.plan, randomSeed) = (plan, request.randomSeed)
    }

    /// Of several places where equally few recover, the one that is farthest from any better one; of those, the first.
    private static func worst(_ recovered: [Int], _ plan: AtlasPlan, unharmed: Int) -> Int? {
        guard let least = recovered.min(), least < unharmed else { return nil }
        let (equal, better) = (
            recovered.indices.filter { recovered[$0] == least }, recovered.indices.filter { recovered[$0] > least }
        )
        func depth(_ place: Int) -> Int {
            let own = plan.places[place]
            return better.map { other in
                let (dx, dy) = (plan.places[other].x - own.x, plan.places[other].y - own.y)
                return dx * dx + dy * dy
            }.min() ?? 0
        }
        return equal.inOrder { -depth($0) }.first
    }

    /// How many trials recover at a place.
    func share(_ map: Map, _ place: Int) -> Share { Share(map.recovered[place], of: plan.trials) }

    /// Map and place where the fewest recover; nil where nowhere fewer do than without a cut.
    var worst: (map: Map, place: Int)? {
        maps.compactMap { map in map.worst.map { (map: map, place: $0) } }
            .inOrder { $0.map.recovered[$0.place] }.first
    }
}

// MARK: words and numbers

extension RecoveryAtlas.Map {
    /// "radius 8, cut at step 100"
    var name: String { "radius \(radius.plainText), cut at step \(moment)" }
}

extension RecoveryAtlas {
    /// "radius 8, cut at step 100: 3 of 20 recovered at (40, 31)"
    func sentence(_ map: Map) -> String {
        guard let worst = map.worst else {
            return "\(map.name): nowhere fewer recovered than without a cut (\(map.unharmed.count) of \(plan.trials))"
        }
        let (x, y) = plan.places[worst]
        return "\(map.name): \(map.recovered[worst]) of \(plan.trials) recovered at (\(x), \(y))"
    }

    /// That of the worst map, or of the first where none is worse than no cut.
    var finding: String { sentence(worst?.map ?? maps[0]) }

    var numbers: FigureNumbers { FigureNumbers(json: json, arrays: arrays) }

    private static func numbers(_ values: [Int]) -> JSONValue { .array(values.map { .number("\($0)") }) }

    private static func number(_ value: Double, digits: Double) -> JSONValue {
        value.isFinite ? .number("\((value * digits).rounded() / digits)") : .null
    }

    private static func interval(_ share: Share) -> JSONValue {
        .array([share.interval.lowerBound, share.interval.upperBound].map { number($0, digits: 10_000) })
    }

    private var json: JSONValue {
        let intervals = (0...plan.trials).map { Self.interval(Share($0, of: plan.trials)) }
        return .object([
            JSONMember(name: "grid", value: Self.numbers([plan.grid.width, plan.grid.height])),
            JSONMember(name: "random_seed", value: .number("\(randomSeed)")),
            JSONMember(name: "trials", value: .number("\(plan.trials)")),
            JSONMember(name: "steps", value: .number("\(plan.steps)")),
            JSONMember(name: "stride", value: .number("\(plan.stride)")),
            JSONMember(name: "full_trials", value: .bool(plan.isFull)),
            JSONMember(name: "x", value: Self.numbers(plan.places.prefix(plan.columns).map(\.x))),
            JSONMember(name: "y", value: Self.numbers(ys)),
            JSONMember(name: "interval_of_count", value: .array(intervals)),
            JSONMember(name: "maps", value: .array(maps.map(json))),
        ])
    }

    private var ys: [Int] { (0..<plan.rows).map { plan.places[$0 * plan.columns].y } }

    private func json(_ map: Map) -> JSONValue {
        let rows = (0..<plan.rows).map { row in
            Self.numbers(Array(map.recovered[row * plan.columns..<(row + 1) * plan.columns]))
        }
        let worst = map.worst.map { place -> JSONValue in
            let (x, y) = plan.places[place]
            return .object([
                JSONMember(name: "x", value: .number("\(x)")), JSONMember(name: "y", value: .number("\(y)")),
                JSONMember(name: "recovered", value: .number("\(map.recovered[place])")),
                JSONMember(name: "interval", value: Self.interval(share(map, place))),
            ])
        }
        return .object([
            JSONMember(name: "step", value: .number("\(map.moment)")),
            JSONMember(name: "radius", value: .number(map.radius.plainText)),
            JSONMember(name: "unharmed_psnr", value: Self.number(map.decibels.unharmed, digits: 100)),
            JSONMember(name: "needed_psnr", value: Self.number(map.decibels.needed, digits: 100)),
            JSONMember(name: "unharmed_recovered", value: .number("\(map.unharmed.count)")),
            JSONMember(name: "sentence", value: .string(sentence(map))),
            JSONMember(name: "worst", value: worst ?? .null),
            JSONMember(name: "recovered", value: .array(rows)),
        ])
    }

    /// Maps are `[moments][radii][rows][columns]`.
    private var arrays: [(name: String, shape: [Int], values: [Float])] {
        let shape = [plan.moments.count, plan.radii.count, plan.rows, plan.columns]
        let intervals = (0...plan.trials).map { Share($0, of: plan.trials).interval }
        let counts = maps.flatMap(\.recovered)
        return [
            ("recovered", shape, counts.map { Float($0) }),
            ("low", shape, counts.map { Float(intervals[$0].lowerBound) }),
            ("high", shape, counts.map { Float(intervals[$0].upperBound) }),
            ("trials", [], [Float(plan.trials)]),
            ("steps", [plan.moments.count], plan.moments.map { Float($0) }),
            ("radii", [plan.radii.count], plan.radii.map { Float($0) }),
            ("x", [plan.columns], plan.places.prefix(plan.columns).map { Float($0.x) }),
            ("y", [plan.rows], ys.map { Float($0) }),
        ]
    }
}
