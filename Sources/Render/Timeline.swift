import Model

/// What happens at which step, and which steps become frames: resolved and checked before anything runs.
public struct Timeline: Sendable, Equatable {
    /// Cells.
    public var grid: GridSize
    /// The film, frame by frame. Steps never decrease.
    public var cues: [FrameCue]
    /// What happens, ordered by step; events of one step in the order in which they were written.
    public var events: [TimelineEvent]

    public init(grid: GridSize, cues: [FrameCue], events: [TimelineEvent]) {
        self.grid = grid
        self.cues = cues
        self.events = events
    }

    /// Steps the automaton makes in all.
    public var steps: Int { cues.last?.step ?? 0 }
}

/// One frame of the film.
public struct FrameCue: Sendable, Equatable {
    /// Steps done when the frame is taken; 0 is the seed.
    public var step: Int
    /// 0 = the picture, 1 = nothing but background.
    public var fade: Float

    public init(step: Int, fade: Float = 0) {
        self.step = step
        self.fade = fade
    }
}

/// Something that happens to the grid or the rule when `step` steps are done, before the frame of that step is taken.
public struct TimelineEvent: Sendable, Equatable {
    public var step: Int
    /// As the counter shows it: "right half removed"; nil is not shown.
    public var name: String?
    public var action: Action

    public init(step: Int, name: String? = nil, action: Action) {
        self.step = step
        self.name = name
        self.action = action
    }

    /// Cells are addressed from the top left, x to the right, y down.
    public enum Action: Sendable, Equatable {
        case plantSeed(x: Int, y: Int)
        /// Every cell whose mask entry (`[H * W]`, row-major) is 1 becomes zero.
        case erase(mask: [UInt8])
        /// Rows `rows` move right by `cells` (left where negative), around the edge.
        case roll(rows: Range<Int>, cells: Int)
        /// Radians.
        case angle(Float)
        case fireRate(Float)
        case padding(Padding)
    }
}
