import CGNCAKernels

/// Runs one rule on one grid, step by step.
///
/// The same rule, grid, random seed and edits give the same states bit for bit on any number of threads. Only cells
/// that can change are computed (`ChangingCells`), with the same result as computing all.
public final class Automaton {
    /// What the cells do.
    public private(set) var rule: Rule
    /// The state after `stepsDone` steps. Reading it copies nothing; a copy that is kept costs the next step one copy
    /// of the whole grid.
    public internal(set) var state: CellGrid
    /// Steps since the state that the run began with.
    public internal(set) var stepsDone = 0
    /// May change between steps; start as the rule's own.
    public var fireRate: Float
    /// Probability that a cell is emptied after a step, 0...1: damage that never stops. May change between steps.
    public var deathRate: Float = 0
    /// Perception is turned by this angle, radians.
    public var angle: Float = 0
    /// What perception finds outside the grid. May change between steps; starts as the rule's own.
    public var edges: Edges { didSet { grid.torus = edges.isTorus } }
    /// Keeps `trace` up to date where true; costs a little every step.
    public var recordsTrace = false { didSet { if !recordsTrace { trace = nil } } }
    /// What happened in the last step, where `recordsTrace` is set.
    public internal(set) var trace: StepTrace?

    /// Remembers every step, where there is one; only for our own kernels.
    package var tape: Tape? { didSet { chooseCells() } }

    /// The parts of a step, in their order.
    public enum Stage: String, Sendable, CaseIterable {
        /// The life test on the state as it is, and which cells can change.
        case lifeBefore = "life before"
        /// Empty cells take over what their mothers hand on, where the rule has births.
        case birth
        /// Which of them fire.
        case fire
        /// Perception, both dense layers and the addition, fused: the new values of the cells that fire.
        case update
        /// The life test on the new values.
        case lifeAfter = "life after"
        /// New values in, dead cells out.
        case apply
    }
    /// `step` runs this list.
    public static let stages = Stage.allCases

    var random: RandomSource
    package private(set) var kernel: UpdateKernel
    /// Where `threads` are those of a crew, which this automaton's thread leads.
    package var desk: Crew.Desk? { didSet { kernel.desk = desk } }
    private let instructionSet: Int
    private let threads: Int
    var changing: ChangingCells
    var grid: ck_grid

    // What is known of `state`: life's channel above the threshold, and any channel not zero.
    var mature: CellMask
    var occupied: CellMask

    // Buffers of one step.
    var everything: CellMask
    /// Alive before the step.
    var alive: CellMask
    /// The cells that can change, then those of them that fire.
    var firing: CellMask
    /// `mature` as it will be if every new value is taken.
    var maturing: CellMask
    /// The cells that are not emptied at the end of the step.
    var keeping: CellMask
    var spare: CellMask
    var newTrace: StepTrace?
    /// The fire mask that the caller gave.
    var givenFire: [UInt8]?
    /// `[H * W]`; the first `computed` are the cells of `firing`.
    var cells: [UInt32]
    var computed = 0
    /// `[H * W][C]`, the new values of `cells`.
    var next: [Float]
    /// `[H * W][C]`, what cells perceive where that is not the state: a control vector is added. Else empty.
    var perceived: [Float] = []
    /// What all cells perceive of the grid.
    var means: GlobalMeans
    /// The cells that are born in a step, and for each the one that it takes its channels from.
    var children: [UInt32] = []
    var mothers: [UInt32] = []
    /// The channels that it takes.
    package let inherited: [Int]

    /// `state`: what the run begins with, step 0. `threads`: at most so many work at a time.
    /// Throws `ModelError.outOfRange` where the state has not the rule's channels, or more than 2^31 - 1 cells.
    public convenience init(
        rule: Rule, state: CellGrid, randomSeed: UInt32 = 0, threads: Int = 1
    ) throws(ModelError) {
        try self.init(
            rule: rule, state: state, randomSeed: randomSeed, threads: threads,
            instructionSet: 0)
    }

    package init(
        rule: Rule, state: CellGrid, randomSeed: UInt32, threads: Int, instructionSet: Int
    ) throws(ModelError) {
        guard state.channels == rule.channels else {
            throw .outOfRange(what: "channels", value: "\(state.channels)", expected: "\(rule.channels)")
        }
        guard state.height * state.width <= Int(Int32.max) else {
            throw .outOfRange(
                what: "grid", value: "\(state.width)x\(state.height)", expected: "at most \(Int32.max) cells")
        }
        self.rule = rule
        self.state = state
        fireRate = rule.fireRate
        edges = rule.edges
        random = RandomSource(seed: randomSeed, stream: .fire)
        kernel = UpdateKernel(rule: rule, instructionSet: instructionSet, threads: threads)
        self.instructionSet = instructionSet
        self.threads = threads
        grid = ck_grid(state, edges: rule.edges)
        means = GlobalMeans(rule)
        inherited = rule.inheritedChannels
        changing = .all
        let none = CellMask(grid)
        everything = none
        everything.fill(on: grid)
        (mature, occupied, alive, firing, maturing, keeping, spare) = (none, none, none, none, none, none, none)
        cells = [UInt32](repeating: 0, count: state.height * state.width)
        next = [Float](repeating: 0, count: state.values.count)
        chooseCells()
        scan()
    }

    private func chooseCells() {
        changing = ChangingCells(
            life: rule.life, perception: rule.perception, response: Automaton.response(of: kernel, rule: rule),
            forGradient: tape != nil)
    }

    /// What a fired cell becomes in an empty neighbourhood, `[C]`.
    private static func response(of kernel: UpdateKernel, rule: Rule) -> [Float] {
        let empty = CellGrid(height: 1, width: 1, channels: rule.channels)
        var response = empty.values
        _ = kernel.update(
            grid: ck_grid(empty, edges: .zero), angle: 0, state: empty.values, cells: [0], range: 0..<1, next: &response
        )
        return response
    }

    /// Calls `body` with the index of every cell of the state that is not all zero.
    public func forEachOccupied(_ body: (Int) -> Void) { occupied.forEach(on: grid.whole, body) }

    /// One step with fire drawn from the random source. Throws `ModelError.blowUp` and keeps the last finite state.
    public func step() throws(ModelError) { try run { _ in } }

    /// One step with the given fire mask (`[H * W]`, 1 = the cell updates): tests, training, comparisons.
    public func step(fire: [UInt8]) throws(ModelError) {
        guard fire.count == cells.count else {
            throw .wrongShape(tensor: "fire", got: fire.count, expected: cells.count)
        }
        givenFire = fire
        defer { givenFire = nil }
        try run { _ in }
    }

    /// One step as `step()`, and `finished` is told when each stage is done: benchmarks.
    package func step(finished: (Stage) -> Void) throws(ModelError) { try run(finished) }

    /// Changes the state between steps: damage, seeds, moved rows. The size of the grid must stay.
    public func edit(_ change: (inout CellGrid) -> Void) {
        change(&state)
        precondition(
            state.height == grid.height && state.width == grid.width && state.channels == grid.channels,
            "an edit keeps the grid's size")
        scan()
    }

    /// Empties cells between steps: `[H * W]`, 1 = empty it.
    public func erase(_ erased: [UInt8]) {
        let whole = grid.whole
        withUnsafePointer(to: whole) { ck_mask_from_bytes($0, erased, everything.words, &spare.words) }
        eraseSpare(on: whole)
    }

    /// Empties every cell with the probability `deathRate`; which, is a function of the seed, the steps done and the place.
    func die() {
        let whole = grid.whole
        let key = RandomSource(seed: random.seed, stream: .deaths).key(step: UInt32(truncatingIfNeeded: stepsDone))
        let limit = RandomSource.limit(rate: deathRate)
        withUnsafePointer(to: whole) { whole in
            everything.words.withUnsafeBufferPointer { everything in
                spare.words.withUnsafeMutableBufferPointer { dying in
                    guard let everything = everything.baseAddress, let dying = dying.baseAddress else { return }
                    UpdateKernel.bestKernels.pointee.fire(whole, key.0, key.1, limit, everything, dying)
                }
            }
        }
        eraseSpare(on: whole)
    }

    /// Empties the cells of `spare`.
    private func eraseSpare(on whole: ck_grid) {
        _ = keeping.subtract(spare, from: everything, on: whole)
        tape?.record(
            grid: whole, angle: angle, cells: cells, count: 0, keep: keeping, state: state.values, occupied: occupied)
        withUnsafePointer(to: whole) {
            ck_apply($0, cells, 0, next, keeping.words, &state.values, &occupied.words, nil)
        }
        // Of an odd rule, cells become mature by being emptied.
        if 0 > rule.life.threshold { scan() } else { mature.formIntersection(keeping, on: whole) }
    }

    // MARK: training

    /// Begins again with another state of the same size, which is that after `step` steps.
    package func restart(randomSeed: UInt32, at step: Int = 0, _ change: (inout CellGrid) -> Void) {
        random = RandomSource(seed: randomSeed, stream: .fire)
        stepsDone = step
        edit(change)
    }

    /// Whether nothing is left and nothing comes of nothing: every later state is the same empty one.
    package var isExtinct: Bool { changing != .all && occupied.words.allSatisfy { $0 == 0 } }

    /// Takes over other weights of the same shape.
    package func replaceRule(_ newRule: Rule) {
        precondition(newRule.channels == rule.channels, "the shape stays")
        rule = newRule
        kernel = UpdateKernel(rule: newRule, instructionSet: instructionSet, threads: threads)
        kernel.desk = desk
        chooseCells()
    }

    /// The shape of the grid; its window is all of it.
    package var wholeGrid: ck_grid { grid.whole }
    /// Numbers that a computed cell leaves on the tape.
    package var keptStride: Int { kernel.keptStride }
}
