import CGNCAKernels
import GNCACells

/// Runs an automaton forward while remembering, then takes a gradient back through the same steps.
///
/// Only cells that were computed forward are visited backward, and the result is that of visiting all: a cell that did
/// not fire or did not survive hands its gradient on unchanged, or none. Life masks and fire are constants.
final class Unrolling {
    /// The padded rule's channels.
    let channels: Int
    let automaton: Automaton
    private let tape: Tape
    /// `[H * W][C]`: the gradient with respect to the state at the step where `backward` has come; in the end the start.
    private(set) var stateGradient: [Float]
    /// Where `stateGradient` is not zero, at least.
    private var touched: CellMask
    private var spare: CellMask
    /// `[H * W + rowsBeyond][C]`: gradients of the cells that a step computed.
    private var rows: [Float]
    /// Where a control vector is added to what living cells perceive, or all perceive the grid: who lives, what they perceive
    /// and its gradient.
    private var alive: CellMask
    private var perceived: [Float] = []
    private var perceivedGradient: [Float] = []
    private var means: GlobalMeans
    private let stepBack: StepBack

    /// `rule` and `state`: of any number of channels; both are padded to full vectors where the kernels want it.
    /// `threads`: all of the crew, in which the calling thread leads at `desk`.
    init(
        rule: Rule, state: CellGrid, instructionSet: Int = 0, threads: Int = 1, desk: Crew.Desk? = nil
    ) throws(ModelError) {
        let rule = rule.paddedToVectors()
        channels = rule.channels
        automaton = try Automaton(
            rule: rule, state: state.resized(channels: channels), randomSeed: 0, threads: threads,
            instructionSet: instructionSet)
        tape = Tape(channels: channels, keptStride: automaton.keptStride)
        automaton.tape = tape
        automaton.desk = desk
        means = GlobalMeans(rule)
        stepBack = StepBack(kernel: automaton.kernel, threads: threads, desk: desk)
        let shape = ck_grid(state, edges: rule.edges)
        touched = CellMask(shape)
        spare = touched
        alive = touched
        stateGradient = [Float](repeating: 0, count: state.height * state.width * channels)
        rows = [Float](repeating: 0, count: (state.height * state.width + UpdateKernel.rowsBeyond) * channels)
    }

    /// Cells that the steps on the tape computed.
    var computedCells: Int { tape.entries.reduce(0) { $0 + $1.computed.count } }

    /// Zeros of the shape that `backward` adds to.
    var zeroSums: WeightSums { automaton.kernel.zeroSums }

    /// Takes over another state of the padded number of channels, and forgets the run before.
    func begin(state: CellGrid, randomSeed: UInt32) {
        begin(randomSeed: randomSeed) { $0 = state }
    }

    /// The same with a state that `change` makes out of the last one.
    func begin(randomSeed: UInt32, _ change: (inout CellGrid) -> Void) {
        tape.rewind()
        automaton.restart(randomSeed: randomSeed, change)
    }

    /// Goes back from the last step to the start. `gradient` `[H * W][C]`: of the loss with respect to the last state.
    func backward(_ gradient: [Float], into sums: WeightSums) {
        stateGradient.withUnsafeMutableBufferPointer { target in
            for index in target.indices { target[index] = gradient[index] }
        }
        var state = automaton.state.values
        let grid = automaton.wholeGrid
        withUnsafePointer(to: grid) { ck_mask_scan($0, stateGradient, 0, 0, &spare.words, &touched.words) }
        stepBack.clearSums()
        for index in tape.entries.indices.reversed() { back(through: index, state: &state, grid: grid) }
        stepBack.addSums(to: sums)
    }

    private func back(through index: Int, state: inout [Float], grid: ck_grid) {
        let entry = tape.entries[index]
        let maskSize = touched.words.count
        tape.changed.withUnsafeBufferPointer { changed in
            guard let changed = changed.baseAddress, let values = tape.values(of: entry) else { return }
            ck_put(
                values, Int32(channels), changed + entry.overwritten.lowerBound, entry.overwritten.count, &state)
        }
        tape.keeps.withUnsafeBufferPointer { keeps in
            guard let keep = keeps.baseAddress.map({ $0 + index * maskSize }) else { return }
            withUnsafePointer(to: grid) { ck_clear($0, keep, &stateGradient, &touched.words) }
        }
        if !entry.births.isEmpty { handOnBirths(entry, state, on: grid) }
        guard !entry.computed.isEmpty else { return }
        compute(entry, state: state)
        if !entry.means.isEmpty { handOnMeans(entry, on: grid) }
        spare.copy(touched, on: grid)
        touched.dilate(spare, on: grid)
    }

    private func compute(_ entry: Tape.Entry, state: [Float]) {
        let addsControl = prepareControl(entry, state)
        let range = entry.computed
        tape.cells.withUnsafeBufferPointer { cells in
            guard let first = cells.baseAddress, let kept = tape.kept(of: entry) else { return }
            ck_take(stateGradient, Int32(channels), first + range.lowerBound, range.count, &rows)
            // Pointers to arrays are good for one call: it takes all of them.
            let cells = UnsafeBufferPointer(rebasing: cells[range])
            if addsControl {
                takeBack(entry, cells, kept, state, perceived, &rows, &stateGradient, &perceivedGradient)
            } else {
                takeBack(entry, cells, kept, state, state, &rows, &stateGradient, nil)
            }
        }
        if addsControl { handOnControl() }
    }

    private func takeBack(
        _ entry: Tape.Entry, _ cells: UnsafeBufferPointer<UInt32>, _ kept: UnsafePointer<Float>,
        _ state: UnsafePointer<Float>, _ perceived: UnsafePointer<Float>, _ rows: UnsafeMutablePointer<Float>,
        _ own: UnsafeMutablePointer<Float>, _ apart: UnsafeMutablePointer<Float>?
    ) {
        stepBack.run(
            StepBack.Cells(
                kernel: automaton.kernel, grid: entry.grid, cells: cells, kept: kept, state: state,
                perceived: perceived, gradient: rows, own: own, perceivedGradient: apart ?? own),
            angle: entry.angle)
    }

    /// What a child took over hands its gradient to the mother, and to her divide channel where that was within its limits.
    private func handOnBirths(_ entry: Tape.Entry, _ state: [Float], on grid: ck_grid) {
        let rule = automaton.rule
        for (change, birth) in zip(entry.overwritten, entry.births) {
            let (child, mother) = (Int(tape.changed[change]) * channels, Int(tape.mothers[birth]) * channels)
            let share = state.withUnsafeBufferPointer { rule.dividing(mother / channels, in: $0) }
            var all: Float = 0
            for channel in automaton.inherited {
                all += stateGradient[child + channel] * state[mother + channel]
                stateGradient[mother + channel] += share * stateGradient[child + channel]
                stateGradient[child + channel] = 0
            }
            if let channel = rule.divideChannel, share < 1 { stateGradient[mother + channel] += all }
            touched.insert(mother / channels, on: grid)
        }
    }

    /// What all cells perceived of the grid are means over the living ones: each gets its share of the gradient.
    private func handOnMeans(_ entry: Tape.Entry, on grid: ck_grid) {
        let bias = stepBack.takeBias(means: tape.means[entry.means])
        for word in alive.words.indices { alive.words[word] = tape.counted[entry.countedStart + word] }
        means.handOn(automaton.kernel.meansGradient(bias), where: alive, on: grid, to: &stateGradient)
        for word in alive.words.indices { touched.words[word] |= alive.words[word] }
    }

    /// Finds out what cells perceived in the step, where that was not the state alone.
    private func prepareControl(_ entry: Tape.Entry, _ values: [Float]) -> Bool {
        let rule = automaton.rule
        guard rule.perception.control?.place == .added else { return false }
        var grid = CellGrid(height: automaton.state.height, width: automaton.state.width, channels: channels)
        grid.values = values
        let shape = ck_grid(grid, edges: entry.grid.torus == 1 ? .torus : .zero)
        let bytes = rule.life.alive(in: grid, edges: entry.grid.torus == 1 ? .torus : .zero)
        var everything = CellMask(shape)
        everything.fill(on: shape)
        withUnsafePointer(to: shape) { ck_mask_from_bytes($0, bytes, everything.words, &alive.words) }
        grid.addControl(of: rule, where: alive, on: shape, into: &perceived)
        perceivedGradient = [Float](repeating: 0, count: values.count)
        return true
    }

    /// What cells perceived is the state, and for living cells the vector, too: both get its gradient.
    private func handOnControl() {
        for index in stateGradient.indices { stateGradient[index] += perceivedGradient[index] }
        alive.forEach(on: automaton.wholeGrid) { cell in
            perceivedGradient.withUnsafeBufferPointer { gradient in
                if let start = gradient.baseAddress { stepBack.addToControl(start + cell * channels) }
            }
        }
    }
}
