import GNCACells

/// All that one frame shows of one automaton. Immutable: overlays draw from it and keep nothing.
public struct Snapshot: Sendable {
    /// Steps done; where the automaton has blown up and the film goes on, those of its last finite state.
    public var step: Int
    /// The state.
    public var grid: CellGrid
    /// As it is applied from here on.
    public var rule: Rule
    /// Radians, as perception is turned from here on.
    public var angle: Float
    /// What perception finds outside the grid.
    public var edges: Edges
    /// What the last step did; nil where nobody asked for it or no step was made yet.
    public var trace: StepTrace?
    /// Whose child every cell is; nil where nobody asked for it.
    public var lineage: Lineage?
    /// `[H * W]`, 1 = erased at the most recent cut (all erasures since the frame before it); nil before the first.
    public var cut: [UInt8]?
    /// `[H * W]`, 1 = erased at that cut, and something was seen there; nil where nobody knows.
    public var lost: [UInt8]?
    /// Frames since that cut, 0 = this one.
    public var framesSinceCut: Int
    /// Name of the event that goes on, or happened not long ago; nil where there is none.
    public var eventName: String?
    /// Steps that the wounds of the last cut took to heal, as `HealingWatch` measures it; nil where they have not, or
    /// there are none.
    public var healedAfter: Int?
    /// 0 = the picture, 1 = nothing but background.
    public var fade: Float

    /// Whatever is left out is as before the first step.
    public init(
        step: Int, grid: CellGrid, rule: Rule, angle: Float = 0, edges: Edges = .zero, trace: StepTrace? = nil,
        cut: [UInt8]? = nil, lost: [UInt8]? = nil, framesSinceCut: Int = 0, eventName: String? = nil,
        healedAfter: Int? = nil,
        fade: Float = 0
    ) {
        self.step = step
        self.grid = grid
        self.rule = rule
        self.angle = angle
        self.edges = edges
        self.trace = trace
        self.cut = cut
        self.lost = lost
        self.framesSinceCut = framesSinceCut
        self.eventName = eventName
        self.healedAfter = healedAfter
        self.fade = fade
    }
}
