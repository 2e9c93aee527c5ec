import CGNCAKernels

/// Runs one rule on one grid, step by step.
///
/// The same rule, grid, random seed and edits give the same states bit for bit on any number of threads. Only cells
/// that can change are computed (`ChangingCells`), with the same result as computing all.
public final class Automaton {
    public private(set) var rule: Rule
    /// The state after `stepsDone` steps. Reading it copies nothing; a copy that is kept costs the next step one copy
    /// of the whole grid.
    public private(set) var state: CellGrid
    public private(set) var stepsDone = 0
    /// May change between steps; start as the rule's own.
    public var fireRate: Float
    /// Perception is turned by this angle, radians.
    public var angle: Float = 0
    public var edges: Edges { didSet { grid.torus = edges.isTorus } }
    /// Keeps `trace` up to date where true; costs a little every step.
    public var recordsTrace = false { didSet { if !recordsTrace { trace = nil } } }
    /// What happened in the last step, where `recordsTrace` is set.
    public private(set) var trace: StepTrace?

    /// Remembers every step, where there is one; only for our own kernels.
    package var tape: Tape? { didSet { chooseCells() } }

    /// The parts of a step, in their order.
    public enum Stage: String, Sendable, CaseIterable {
        /// The life test on the state as it is, and which cells can change.
        case lifeBefore = "life before"
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

    private var random: RandomSource
    package private(set) var kernel: UpdateKernel
    private let instructionSet: Int
    private let threads: Int
    private var changing: ChangingCells
    private var grid: ck_grid

    // What is known of `state`: life's channel above the threshold, and any channel not zero.
    private var mature: CellMask
    private var occupied: CellMask

    // Buffers of one step.
    private var everything: CellMask
    /// Alive before the step.
    private var alive: CellMask
    /// The cells that can change, then those of them that fire.
    private var firing: CellMask
    /// `mature` as it will be if every new value is taken.
    private var maturing: CellMask
    /// The cells that are not emptied at the end of the step.
    private var keeping: CellMask
    private var spare: CellMask
    private var newTrace: StepTrace?
    /// The fire mask that the caller gave.
    private var givenFire: [UInt8]?
    /// `[H * W]`; the first `computed` are the cells of `firing`.
    private var cells: [UInt32]
    private var computed = 0
    /// `[H * W][C]`, the new values of `cells`.
    private var next: [Float]
    /// `[H * W][C]`, what cells perceive where that is not the state: a control vector is added. Else empty.
    private var perceived: [Float] = []

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
            life: rule.life, control: rule.perception.control, response: Automaton.response(of: kernel, rule: rule),
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
        _ = keeping.subtract(spare, from: everything, on: whole)
        tape?.record(
            grid: whole, angle: angle, cells: cells, count: 0, keep: keeping, state: state.values, occupied: occupied)
        withUnsafePointer(to: whole) {
            ck_apply($0, cells, 0, next, keeping.words, &state.values, &occupied.words, nil)
        }
        mature.formIntersection(keeping, on: whole)
    }

    // MARK: training

    /// Begins again at step 0 with another state of the same size.
    package func restart(randomSeed: UInt32, _ change: (inout CellGrid) -> Void) {
        random = RandomSource(seed: randomSeed, stream: .fire)
        stepsDone = 0
        edit(change)
    }

    /// Takes over other weights of the same shape.
    package func replaceRule(_ newRule: Rule) {
        precondition(newRule.channels == rule.channels, "the shape stays")
        rule = newRule
        kernel = UpdateKernel(rule: newRule, instructionSet: instructionSet, threads: threads)
        chooseCells()
    }

    /// The shape of the grid; its window is all of it.
    package var wholeGrid: ck_grid { grid.whole }
    /// Numbers that a computed cell leaves on the tape.
    package var keptStride: Int { kernel.keptStride }
    package var backwardScratch: Int { kernel.backwardScratch }

    // MARK: the stages

    private func run(_ finished: (Stage) -> Void) throws(ModelError) {
        for stage in Automaton.stages {
            switch stage {
            case .lifeBefore: findChanging()
            case .fire: drawFire()
            case .update: try update()
            case .lifeAfter: testAfter()
            case .apply: apply()
            }
            finished(stage)
        }
        stepsDone += 1
    }

    /// Learns `mature` and `occupied` from the whole state.
    private func scan() {
        grid = grid.whole
        withUnsafePointer(to: grid) {
            ck_mask_scan(
                $0, state.values, Int32(rule.life.channel), rule.life.threshold, &mature.words, &occupied.words)
        }
    }

    private func findChanging() {
        if changing != .all { ck_grid_focus(&grid, occupied.words) }
        if rule.life.before || addsControl { spread(mature, to: &alive) }
        switch changing {
        case .alive: firing.copy(alive, on: grid)
        case .nearOccupied(let steps):
            firing.dilate(occupied, on: grid)
            for _ in 1..<steps {
                spare.copy(firing, on: grid)
                firing.dilate(spare, on: grid)
            }
        case .all: firing.copy(everything, on: grid)
        }
    }

    /// The cells that live by these mature ones.
    private func spread(_ mature: CellMask, to alive: inout CellMask) {
        switch rule.life.reach {
        case .neighbourhood: alive.dilate(mature, on: grid)
        case .cell: alive.copy(mature, on: grid)
        }
    }

    private var addsControl: Bool { rule.perception.control?.place == .added }

    private func drawFire() {
        newTrace = nil
        if recordsTrace {
            let grid = grid.whole
            spare.copy(everything, on: grid)
            keepFiring(&spare, on: grid)
            newTrace = StepTrace(fired: spare.bytes(on: grid), update: [Float](repeating: 0, count: cells.count))
        }
        keepFiring(&firing, on: grid)
        computed = firing.list(into: &cells, at: 0, on: grid)
    }

    /// Keeps the members that fire in this step.
    private func keepFiring(_ mask: inout CellMask, on grid: ck_grid) {
        let key = random.key(step: UInt32(truncatingIfNeeded: stepsDone))
        let limit = RandomSource.limit(rate: fireRate)
        withUnsafePointer(to: grid) { grid in
            mask.words.withUnsafeMutableBufferPointer { mask in
                guard let words = mask.baseAddress else { return }
                if let givenFire {
                    ck_mask_from_bytes(grid, givenFire, words, words)
                } else {
                    UpdateKernel.bestKernels.pointee.fire(grid, key.0, key.1, limit, words, words)
                }
            }
        }
    }

    private func update() throws(ModelError) {
        if addsControl { state.addControl(of: rule, where: alive, on: grid, into: &perceived) }
        let isFinite =
            if let tape {
                tape.withRoom(for: computed) { compute(0..<computed, kept: $0) }
            } else {
                compute(0..<computed)
            }
        guard isFinite else { throw .blowUp(step: stepsDone + 1) }
    }

    /// The new values of these of `cells`; false where one is not finite.
    private func compute(_ range: Range<Int>, kept: UnsafeMutablePointer<Float>? = nil) -> Bool {
        range.isEmpty
            || kernel.update(
                grid: grid, angle: angle, state: state.values, perceived: perceived, cells: cells, range: range,
                next: &next, kept: kept)
    }

    private func testAfter() {
        maturing.copy(mature, on: grid)
        markMature(0..<computed)
        guard rule.life.after else {
            keeping.copy(rule.life.before ? alive : everything, on: grid)
            return
        }
        spread(maturing, to: &keeping)
        if changing == .alive && rule.life.reach == .neighbourhood { askDeadNeighbours() }
        if rule.life.before { keeping.formIntersection(alive, on: grid) }
    }

    /// In `maturing`, what these of `cells` become.
    private func markMature(_ range: Range<Int>) {
        next.withUnsafeBufferPointer { next in
            cells.withUnsafeBufferPointer { cells in
                guard let next = next.baseAddress, let cells = cells.baseAddress else { return }
                withUnsafePointer(to: grid) {
                    ck_mark_mature(
                        $0, cells + range.lowerBound, range.count, next + range.lowerBound * rule.channels,
                        Int32(rule.life.channel), rule.life.threshold, &maturing.words)
                }
            }
        }
    }

    /// A cell that was dead before ends as zero, and so it was not computed. But the test after the update sees what
    /// it would have become: that may be the only mature cell around one that was alive. Where a living cell seems to
    /// die, its dead neighbours that fire are computed after all. (They are few: the cells that die in a step.)
    private func askDeadNeighbours() {
        guard spare.subtract(keeping, from: alive, on: grid) else { return }
        firing.dilate(spare, on: grid)
        spare.copy(firing, on: grid)
        guard firing.subtract(alive, from: spare, on: grid) else { return }
        keepFiring(&firing, on: grid)
        let asked = computed..<(computed + firing.list(into: &cells, at: computed, on: grid))
        // Their values are dropped, so that it is no blow-up where one is not finite.
        _ = compute(asked)
        markMature(asked)
        keeping.dilate(maturing, on: grid)
    }

    private func apply() {
        tape?.record(
            grid: grid, angle: angle, cells: cells, count: computed, keep: keeping, state: state.values,
            occupied: occupied)
        if newTrace == nil {
            apply(lengths: nil)
        } else {
            newTrace?.update.withUnsafeMutableBufferPointer { apply(lengths: $0.baseAddress) }
            trace = newTrace
            newTrace = nil
        }
        if 0 > rule.life.threshold {
            // An odd rule: cells become mature by being emptied.
            scan()
        } else {
            mature.copy(maturing, on: grid)
            mature.formIntersection(keeping, on: grid)
        }
    }

    private func apply(lengths: UnsafeMutablePointer<Float>?) {
        withUnsafePointer(to: grid) {
            ck_apply($0, cells, computed, next, keeping.words, &state.values, &occupied.words, lengths)
        }
    }
}

/// What the last step did, cell by cell.
public struct StepTrace: Sendable, Equatable {
    /// `[H * W]`, 1 = the cell fired (whether or not it could change).
    public var fired: [UInt8]
    /// `[H * W]`, Euclidean length over the channels of the change that the step made to the cell.
    public var update: [Float]
}
