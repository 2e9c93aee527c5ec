import GNCABasics
import GNCACells

/// A timeline as somebody writes it: entries in any order, lengths in shares of the grid, repetitions.
/// Scenarios and scenario files fill one; `timeline(_:)` resolves and checks it.
public struct TimelineDescription: Sendable, Equatable {
    /// The grid the description was written for. Whoever makes the request decides whether it is used.
    public var grid: GridSize?
    /// Length of the film in steps.
    public var steps: Int
    /// Seed of the random numbers. Whoever makes the request decides whether it is used.
    public var randomSeed: UInt32?
    /// Where seeds stand at step 0; empty = one in the centre, (W/2, H/2).
    public var starts: [CellPosition]
    /// nil, here and below: as the rule has it.
    public var angleDegrees: Double?
    /// Probability that a cell updates in a step, 0...1.
    public var fireRate: Double?
    /// What perception finds outside the grid.
    public var edges: Edges?
    /// In increasing order; before the first, every step is a frame.
    public var timeLapse: [TimeLapse]
    /// How long the last picture stands.
    public var hold: Pause
    /// How long it then fades to background.
    public var fade: Pause
    /// How many times every model stands side by side; entries may belong to one of these columns.
    public var columns: Int
    /// One a column, or empty.
    public var columnCaptions: [String]
    /// Steps by which the seeds of each model wait for those of the model before.
    public var stagger: Int
    /// Whether every picture of the film draws random numbers of its own.
    public var ownRandomness: Bool
    /// What happens, in the order of writing; entries of one step happen in that order.
    public var entries: [TimelineEntry]
    var places = FilePlaces()

    /// Whatever is left out is as the rule has it, or does not happen.
    public init(
        grid: GridSize? = nil, steps: Int, randomSeed: UInt32? = nil, starts: [CellPosition] = [],
        angleDegrees: Double? = nil, fireRate: Double? = nil, edges: Edges? = nil, timeLapse: [TimeLapse] = [],
        hold: Pause = .frames(0), fade: Pause = .frames(0), columns: Int = 1, columnCaptions: [String] = [],
        stagger: Int = 0,
        ownRandomness: Bool = false,
        entries: [TimelineEntry] = []
    ) {
        self.grid = grid
        self.steps = steps
        self.randomSeed = randomSeed
        self.starts = starts
        self.angleDegrees = angleDegrees
        self.fireRate = fireRate
        self.edges = edges
        self.timeLapse = timeLapse
        self.hold = hold
        self.fade = fade
        self.columns = columns
        self.columnCaptions = columnCaptions
        self.stagger = stagger
        self.ownRandomness = ownRandomness
        self.entries = entries
    }

    /// Whether some erasers count the cells of the whole film.
    public var spansFilm: Bool {
        entries.contains { if case .eraser(let eraser) = $0.action { eraser.acrossFilm } else { false } }
    }

    /// Whether pictures of the film have timelines of their own.
    public var differsByPlace: Bool { columns > 1 || stagger > 0 || spansFilm }

    /// Resolves and checks everything. What the request says wins over what is written here; its damage is added.
    public func timeline(_ request: ScenarioRequest) throws(RenderError) -> Timeline {
        var merged = self
        merged.steps = request.steps ?? steps
        if !request.starts.isEmpty { (merged.starts, merged.places["seeds"]) = (request.starts, nil) }
        merged.angleDegrees = request.angleDegrees ?? angleDegrees
        merged.fireRate = request.fireRate ?? fireRate
        merged.edges = request.edges ?? edges
        if let stepsPerFrame = request.stepsPerFrame {
            merged.timeLapse = [TimeLapse(from: 0, stepsPerFrame: stepsPerFrame)]
        }
        if let speed = request.speed {
            merged.timeLapse = [TimeLapse(from: 0, stepsPerFrame: speed / request.frameRate.perSecond)]
        }
        if let seconds = request.holdSeconds { (merged.hold, merged.places["hold"]) = (.seconds(seconds), nil) }
        if let seconds = request.fadeSeconds { merged.fade = .seconds(seconds) }
        // A file is as good as the length that it names.
        if request.steps != nil { merged.places = FilePlaces() }
        merged.entries += request.damage.map(TimelineEntry.init)
        return try TimelineBuilder(merged, request).build()
    }
}

/// Where a file has the keys of a description: "film.yaml:3" for "seeds". Nothing where no file says it.
///
/// Descriptions are equal wherever they are written.
struct FilePlaces: Sendable, Equatable {
    private var lines: [String: String] = [:]

    var isEmpty: Bool { lines.isEmpty }

    subscript(key: String) -> String? {
        get { lines[key] }
        set { lines[key] = newValue }
    }

    static func == (one: FilePlaces, other: FilePlaces) -> Bool { true }
}

/// From step `from` on, one frame every `stepsPerFrame` steps, beginning with `from` itself.
public struct TimeLapse: Sendable, Equatable {
    /// The step that it begins with.
    public var from: Int
    /// Steps from one frame to the next; below 1, frames repeat.
    public var stepsPerFrame: Double

    /// From step `from` on.
    public init(from: Int, stepsPerFrame: Double) {
        self.from = from
        self.stepsPerFrame = stepsPerFrame
    }
}

/// How long a picture stands.
public enum Pause: Sendable, Equatable {
    /// So many frames of the scenario, each a thirtieth of a second.
    case frames(Int)
    /// So many seconds.
    case seconds(Double)

    /// Throws where it is negative, not finite or too long.
    func frames(at frameRate: FrameRate) throws(RenderError) -> Int {
        switch self {
        case .frames(let frames):
            try TimelineLimits.check("frames", frames, in: 0...TimelineLimits.frames)
            return frames
        case .seconds(let seconds):
            guard seconds >= 0, seconds <= TimelineLimits.seconds else {
                throw .invalid(
                    "seconds out of range (got \(seconds), expected 0...\(TimelineLimits.seconds.shortText))")
            }
            let frames = Int((seconds * frameRate.perSecond).rounded())
            guard frames <= TimelineLimits.frames else { throw .tooManyFrames }
            return frames
        }
    }
}

/// Something that is to happen, once or repeatedly.
public struct TimelineEntry: Sendable, Equatable {
    /// Steps done when it happens (first).
    public var step: Int
    /// What happens.
    public var action: Action
    /// As the counter shows it; nil = words made from the action, "" = nothing.
    public var name: String?
    /// How often.
    public var repetition: Repetition
    /// The column (ordinal, 1...) in which it happens; nil = everywhere.
    public var column: Int?
    /// What leads messages about it: "FILE.yaml:12", "circle:1,2,3@50"; nil adds nothing.
    public var origin: String?

    /// Once and everywhere where nothing is said.
    public init(
        step: Int, action: Action, name: String? = nil, repetition: Repetition = .once, column: Int? = nil,
        origin: String? = nil
    ) {
        self.step = step
        self.action = action
        self.name = name
        self.repetition = repetition
        self.column = column
        self.origin = origin
    }

    /// Damage that the user asked for.
    public init(_ damage: DamageRequest) {
        self.init(step: damage.step, action: .erase(damage.shape), origin: damage.spec)
    }

    /// What can happen.
    public enum Action: Sendable, Equatable {
        /// Empty = the centre.
        case plant([CellPosition])
        /// Cells become zero.
        case erase(DamageShape)
        /// Every channel of these cells becomes a number from -1 to 1.
        case noise(DamageShape)
        /// Cells become zero step after step.
        case eraser(MovingEraser)
        /// Every cell becomes zero: a new beginning, not damage.
        case clear
        /// Rows move around the edge.
        case roll([RowBand])
        /// Perception is turned by so much in all.
        case angle(degrees: Double)
        /// Probability that a cell updates in a step, 0...1.
        case fireRate(Double)
        /// Probability that a cell dies after a step, 0...1, from here on.
        case deathRate(Double)
        /// What perception finds outside the grid from here on.
        case edges(Edges)
        /// The film stands still.
        case hold(Pause)
        /// The film stands still and the picture fades to background.
        case fade(Pause)
    }

    /// How often something happens.
    public enum Repetition: Sendable, Equatable {
        /// At its step.
        case once
        /// `times` times in all, `every` steps apart.
        case steps(every: Int, times: Int)
        /// `times` times in all while the automaton stands still, a frame after each.
        case frames(times: Int)
    }
}

/// A circle that erases at every step while it travels.
public struct MovingEraser: Sendable, Equatable {
    /// A share counts the shorter side of the grid.
    public var radius: Length
    /// Where it is at which step after its beginning, in increasing order; straight lines at even speed between.
    public var path: [Waypoint]
    /// Added to y: `amplitude * sin(2 pi * (steps since the beginning) / period)`. A share counts the height.
    public var waveAmplitude: Length
    /// Steps.
    public var wavePeriod: Double
    /// Whether its cells are those of the whole film, all pictures side by side, rather than of every picture.
    public var acrossFilm: Bool

    /// Along straight lines where no wave is named.
    public init(
        radius: Length, path: [Waypoint], waveAmplitude: Length = .cells(0), wavePeriod: Double = 1,
        acrossFilm: Bool = false
    ) {
        self.radius = radius
        self.path = path
        self.waveAmplitude = waveAmplitude
        self.wavePeriod = wavePeriod
        self.acrossFilm = acrossFilm
    }

    /// Where the eraser is at one of its steps.
    public struct Waypoint: Sendable, Equatable {
        /// Steps since the eraser's beginning.
        public var after: Int
        /// May lie outside the grid.
        public var x: Length
        /// May lie outside the grid.
        public var y: Length

        /// At (x, y), `after` steps since the beginning.
        public init(after: Int, x: Length, y: Length) {
            self.after = after
            self.x = x
            self.y = y
        }
    }
}

/// Rows that move together.
public struct RowBand: Sendable, Equatable {
    /// Index of the first row and of the last, from 0.
    public var rows: ClosedRange<Int>
    /// To the right; to the left where negative. Around the edge.
    public var cells: Int

    /// `rows` move by `cells`.
    public init(rows: ClosedRange<Int>, cells: Int) {
        self.rows = rows
        self.cells = cells
    }
}
