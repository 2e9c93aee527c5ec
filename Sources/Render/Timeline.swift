import GNCABasics
import GNCACells

/// What happens at which step, and which steps become frames: resolved and checked before anything runs.
public struct Timeline: Sendable, Equatable {
    /// Cells.
    public var grid: GridSize
    /// The film, frame by frame. Steps never decrease.
    public var cues: [FrameCue]
    /// What happens, ordered by step and then by `afterFrames`; where both are equal, in the order of writing.
    public var events: [TimelineEvent]
    /// How fast the frames follow each other.
    public var frameRate: FrameRate

    /// Makes no checks; `validate` does.
    public init(grid: GridSize, cues: [FrameCue], events: [TimelineEvent], frameRate: FrameRate = 30) {
        self.grid = grid
        self.frameRate = frameRate
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
    /// Whether the film stands still here: a hold, a fade, or something that happens while the automaton waits.
    public var isHeld: Bool

    /// A frame of the state after `step` steps.
    public init(step: Int, fade: Float = 0, isHeld: Bool = false) {
        self.step = step
        self.fade = fade
        self.isHeld = isHeld
    }
}

/// Something that happens to the grid or the rule when `step` steps are done, before the frame of that step is taken.
public struct TimelineEvent: Sendable, Equatable {
    /// Steps done when it happens.
    public var step: Int
    /// How many frames of that step are taken before it happens. Above 0 only where the film stands still at that
    /// step: a cut after a hold, rows that move while the automaton waits.
    public var afterFrames: Int
    /// As the counter shows it: "right half removed"; nil is not shown.
    public var name: String?
    /// What it does.
    public var action: Action

    /// Before the first frame of its step where nothing is said.
    public init(step: Int, afterFrames: Int = 0, name: String? = nil, action: Action) {
        self.step = step
        self.afterFrames = afterFrames
        self.name = name
        self.action = action
    }

    /// Cells are addressed from the top left, x to the right, y down.
    public enum Action: Sendable, Equatable {
        /// One cell becomes a seed.
        case plantSeed(x: Int, y: Int)
        /// Every cell whose mask entry (`[H * W]`, row-major) is 1 becomes zero.
        case erase(mask: [UInt8])
        /// Every channel of the cells whose mask entry is 1 becomes a number from -1 to 1, drawn from the random seed.
        case noise(mask: [UInt8])
        /// Every cell becomes zero: a new beginning, not damage.
        case clear
        /// Rows `rows` move right by `cells` (left where negative), around the edge.
        case roll(rows: Range<Int>, cells: Int)
        /// Radians.
        case angle(Float)
        /// Probability that a cell updates in a step, 0...1.
        case fireRate(Float)
        /// Probability that a cell dies after a step, 0...1, from here on.
        case deathRate(Float)
        /// What perception finds outside the grid from here on.
        case edges(Edges)
    }
}
