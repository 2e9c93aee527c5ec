import GNCABasics
import GNCACells

/// A state without its empty cells: those of which every channel is zero.
struct OccupiedCells: Sendable {
    /// Indexes, increasing.
    private(set) var cells: [Int] = []
    /// `[cells.count][C]`
    private(set) var values: [Float] = []

    init(_ grid: CellGrid) {
        for cell in 0..<(grid.width * grid.height) {
            let numbers = grid.values[(cell * grid.channels)..<((cell + 1) * grid.channels)]
            guard numbers.contains(where: { $0 != 0 }) else { continue }
            cells.append(cell)
            values += numbers
        }
    }
}

/// The first principal components of whole states: a row of the analysis is every channel of every cell that is occupied in
/// one of them.
struct StatePlane: Sendable {
    let analysis: PrincipalComponents
    private let cells: [Int]

    /// Throws where OpenBLAS is missing.
    init(_ states: [OccupiedCells], channels: Int, count: Int) throws(RenderError) {
        let cells = Set(states.lazy.flatMap(\.cells)).sorted()
        let columns = Dictionary(uniqueKeysWithValues: cells.enumerated().map { ($0.element, $0.offset) })
        // Where a state has each of the cells; below 0 where it is empty there.
        let places = states.map { state in
            var places = [Int32](repeating: -1, count: cells.count)
            for (place, cell) in state.cells.enumerated() { places[columns[cell] ?? 0] = Int32(place) }
            return places
        }
        analysis = try PrincipalComponents(rows: states.count, columns: cells.count * channels, count: count) {
            row, range, numbers in
            states[row].values.withUnsafeBufferPointer { values in
                for column in range {
                    let place = Int(places[row][column / channels])
                    let number = place < 0 ? 0 : values[place * channels + column % channels]
                    numbers[column - range.lowerBound] = Double(number)
                }
            }
        }
        self.cells = cells
    }

    /// How far a state is along each component from the mean of all.
    func place(of grid: CellGrid) -> [Double] {
        var row: [Double] = []
        row.reserveCapacity(cells.count * grid.channels)
        for cell in cells {
            for index in (cell * grid.channels)..<((cell + 1) * grid.channels) {
                row.append(Double(grid.values[index]))
            }
        }
        return analysis.scores(of: row)
    }
}

/// Many runs of one model through one scenario, and where in the space of all states they go.
struct PortraitStates {
    /// The same in all runs.
    let moments: [RunMoment]
    /// `[run][moment]`: along the first components; shorter for a run that became infinite.
    let places: [[[Double]]]
    let plane: StatePlane
    /// Of the hidden channels of occupied cells.
    let colours: HiddenColours
    /// Of the first run, what is shown, in order.
    let shown: [Snapshot]

    /// States of all runs together that are compared, and bytes that they may take.
    private static let (mostStates, mostBytes) = (1000, 1 << 30)
    /// Of a run, those that have a place.
    private static let mostMoments = 2000
    /// Of the plane, and one more for tables.
    static let components = 3

    /// `steps`: of the first run, whose states are shown. Throws `RenderError`, `ModelError`.
    init(_ request: FigureRequest, _ timelines: [Timeline], shown steps: [Int]) throws {
        let rule = request.models[0].rule
        let size = request.grid.width * request.grid.height * rule.channels * MemoryLayout<Float>.size
        let most = min(Self.mostStates, max(2, Self.mostBytes / size)) / timelines.count
        let compared = try Self.runs(request, timelines, MomentPlan(timelines[0], most: max(1, most))) {
            OccupiedCells($0.grid)
        }.joined()
        colours = try HiddenColours(rule, Array(compared))
        let plane = try StatePlane(Array(compared), channels: rule.channels, count: Self.components)
        // The runs once more: every step has a place, and few states have to be remembered.
        let plan = MomentPlan(timelines[0], most: Self.mostMoments, showing: steps)
        places = try Self.runs(request, timelines, plan) { plane.place(of: $0.grid) }
        (moments, self.plane) = (plan.moments, plane)
        let first = try Self.runs(
            request, Array(timelines.prefix(1)), MomentPlan(timelines[0], most: 1, showing: steps)
        ) {
            steps.contains($0.step) ? $0 : nil
        }[0].compactMap { $0 }
        // Of two at one step, what has just happened.
        shown = first.indices.filter { $0 + 1 == first.count || first[$0 + 1].step != first[$0].step }.map { first[$0] }
    }

    /// `keep` of every moment of every run: `[run][moment]`, fewer of a run that became infinite.
    private static func runs<Kept: Sendable>(
        _ request: FigureRequest, _ timelines: [Timeline], _ plan: MomentPlan,
        _ keep: @Sendable (Snapshot) -> Kept
    ) throws -> [[Kept]] {
        try Parallel.map(
            timelines.count, threads: request.threads, each: { _ throws(any Error) in try request.watch.check() },
            work: { (run) throws(any Error) in
                try kept(
                    request.models[0].rule, plan.laid(timelines[run]), request.randomSeed &+ UInt32(run), keep)
            })
    }

    private static func kept<Kept>(
        _ rule: Rule, _ timeline: Timeline, _ randomSeed: UInt32, _ keep: (Snapshot) -> Kept
    ) throws -> [Kept] {
        var kept: [Kept] = []
        let simulation = try Simulation(rule: rule, timeline: timeline, randomSeed: randomSeed)
        do {
            while let snapshot = try simulation.next() { kept.append(keep(snapshot)) }
        } catch {
            guard case .blowUp = error else { throw error }
        }
        return kept
    }
}
