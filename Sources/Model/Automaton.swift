/// Runs one rule on one grid, step by step.
///
/// The same rule, grid, random seed and edits give the same states bit for bit on any number of threads.
public final class Automaton {
    public let rule: Rule
    /// The state after `stepsDone` steps.
    public private(set) var state: CellGrid
    public private(set) var stepsDone = 0
    /// May change between steps; start as the rule's own.
    public var fireRate: Float
    /// Perception is turned by this angle, radians.
    public var angle: Float = 0
    public var padding: Padding
    /// Keeps `trace` up to date where true; costs a little every step.
    public var recordsTrace = false
    /// What happened in the last step, where `recordsTrace` is set.
    public private(set) var trace: StepTrace?

    public init(rule: Rule, state: CellGrid, randomSeed: UInt32 = 0, threads: Int = 1) throws(ModelError) {
        guard state.channels == rule.channels else {
            throw .outOfRange(what: "channels", value: "\(state.channels)", expected: "\(rule.channels)")
        }
        self.rule = rule
        self.state = state
        fireRate = rule.fireRate
        padding = rule.padding
    }

    /// One step with fire drawn from the random source. Throws `ModelError.blowUp` and keeps the last finite state.
    public func step() throws(ModelError) {}

    /// One step with the given fire mask (`[H * W]`, 1 = the cell updates): tests, training, comparisons.
    public func step(fire: [UInt8]) throws(ModelError) {}

    /// Changes the state between steps: damage, seeds, moved rows.
    public func edit(_ change: (inout CellGrid) -> Void) { change(&state) }
}

/// What the last step did, cell by cell.
public struct StepTrace: Sendable, Equatable {
    /// `[H * W]`, 1 = the cell fired (whether or not it could change).
    public var fired: [UInt8]
    /// `[H * W]`, Euclidean length over the channels of the change that the step made to the cell.
    public var update: [Float]
}
