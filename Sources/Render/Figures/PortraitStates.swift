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

/// Many runs of one model through one scenario, and where in the space of all states they go.
struct PortraitStates {
    /// The same in all runs.
    let moments: [RunMoment]
    /// `[run][moment]`: along the first components of whole states; shorter for a run that became infinite.
    let places: [[[Double]]]
    /// Of whole states: every channel of every cell that is ever occupied.
    let plane: PrincipalComponents
    /// Of the hidden channels of occupied cells.
    let colours: HiddenColours
    /// Of the first run, what is shown, in order.
    let shown: [Snapshot]

    /// States of all runs together that are compared, and bytes that they may take.
    private static let (mostStates, mostBytes) = (1000, 1 << 30)
    /// Of the plane, and one more for tables.
    private static let components = 3

    /// `shown`: steps of the first run whose states are kept. Throws `RenderError`, `ModelError`.
    init(_ request: FigureRequest, _ timelines: [Timeline], shown steps: [Int]) throws {
        let rule = request.models[0].rule
        let size = request.grid.width * request.grid.height * rule.channels * MemoryLayout<Float>.size
        let states = min(Self.mostStates, max(2, Self.mostBytes / size))
        let plan = MomentPlan(timelines[0], most: max(1, states / timelines.count), showing: steps)
        moments = plan.moments
        let runs = InParallel.map(timelines.count, threads: request.threads) { run in
            Result {
                try PortraitRun(
                    rule, plan.laid(timelines[run]), randomSeed: request.randomSeed &+ UInt32(run),
                    shown: run == 0 ? Set(steps) : [])
            }
        }
        let made = try runs.map { try $0.get() }
        shown = made[0].shown
        let all = made.flatMap(\.states)
        colours = try HiddenColours(rule, all)
        plane = try PrincipalComponents(of: all, channels: rule.channels, count: Self.components)
        var rows = plane.rowScores[...]
        places = made.map { run in
            defer { rows = rows.dropFirst(run.states.count) }
            return Array(rows.prefix(run.states.count))
        }
    }
}

/// One run, and what is kept of it.
private struct PortraitRun: Sendable {
    private(set) var states: [OccupiedCells] = []
    private(set) var shown: [Snapshot] = []

    init(_ rule: Rule, _ timeline: Timeline, randomSeed: UInt32, shown steps: Set<Int>) throws {
        let simulation = try Simulation(rule: rule, timeline: timeline, randomSeed: randomSeed)
        do {
            while let snapshot = try simulation.next() {
                states.append(OccupiedCells(snapshot.grid))
                guard steps.contains(snapshot.step) else { continue }
                // Of two at one step, what has just happened.
                if shown.last?.step == snapshot.step { shown.removeLast() }
                shown.append(snapshot)
            }
        } catch {
            guard case .blowUp = error else { throw error }
        }
    }
}

extension PrincipalComponents {
    /// Of whole states: every channel of every cell that is occupied in one of them.
    fileprivate init(of states: [OccupiedCells], channels: Int, count: Int) throws(RenderError) {
        let cells = Set(states.lazy.flatMap(\.cells)).sorted()
        let columns = Dictionary(uniqueKeysWithValues: cells.enumerated().map { ($0.element, $0.offset) })
        // Where a state has each of the cells; below 0 where it is empty there.
        let places = states.map { state in
            var places = [Int32](repeating: -1, count: cells.count)
            for (place, cell) in state.cells.enumerated() { places[columns[cell] ?? 0] = Int32(place) }
            return places
        }
        try self.init(rows: states.count, columns: cells.count * channels, count: count) { row, range, numbers in
            states[row].values.withUnsafeBufferPointer { values in
                for column in range {
                    let place = Int(places[row][column / channels])
                    let number = place < 0 ? 0 : values[place * channels + column % channels]
                    numbers[column - range.lowerBound] = Double(number)
                }
            }
        }
    }
}
