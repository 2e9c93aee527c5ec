import GNCABasics
import GNCACells
import GNCARaster

/// What a user may say about any scenario. nil and empty mean: the scenario's own default.
public struct ScenarioRequest: Sendable {
    /// Cells.
    public var grid: GridSize
    /// Length of the film in steps.
    public var steps: Int?
    /// Time lapse, the same from beginning to end: steps from one frame of the film to the next, whatever its frame rate.
    public var stepsPerFrame: Double?
    /// Steps a second, the same from beginning to end.
    public var speed: Double?
    /// How long the film lasts: what moves goes faster or slower for it, what stands still keeps its time.
    public var durationSeconds: Double?
    /// How long the last picture stands.
    public var holdSeconds: Double?
    /// How long the last picture then fades to background.
    public var fadeSeconds: Double?
    /// Of the film. How long things last does not depend on it.
    public var frameRate: FrameRate
    /// Where seeds stand; empty = one in the centre, (W/2, H/2).
    public var starts: [CellPosition]
    /// What is erased, and when.
    public var damage: [DamageRequest]
    /// Draws random damage.
    public var randomSeed: UInt32
    /// How far perception is turned, degrees.
    public var angleDegrees: Double?
    /// Probability that a cell updates in a step, 0...1.
    public var fireRate: Double?
    /// What perception finds outside the grid.
    public var edges: Edges?
    /// Where in the film the picture stands that the timeline is for.
    public var place: FilmPlace
    /// Reads the picture of an `erase:FILE` damage.
    public var readImage: @Sendable (_ file: String) throws(RenderError) -> Frame

    /// Whatever is left out is as the scenario has it.
    public init(
        grid: GridSize, steps: Int? = nil, stepsPerFrame: Double? = nil, speed: Double? = nil,
        durationSeconds: Double? = nil, holdSeconds: Double? = nil, fadeSeconds: Double? = nil,
        frameRate: FrameRate = 30,
        starts: [CellPosition] = [], damage: [DamageRequest] = [], randomSeed: UInt32 = 0,
        angleDegrees: Double? = nil, fireRate: Double? = nil, edges: Edges? = nil,
        place: FilmPlace = FilmPlace(),
        readImage: @escaping @Sendable (_ file: String) throws(RenderError) -> Frame = ScenarioRequest.noImages
    ) {
        self.grid = grid
        self.steps = steps
        self.stepsPerFrame = stepsPerFrame
        self.speed = speed
        self.durationSeconds = durationSeconds
        self.holdSeconds = holdSeconds
        self.fadeSeconds = fadeSeconds
        self.frameRate = frameRate
        self.starts = starts
        self.damage = damage
        self.randomSeed = randomSeed
        self.angleDegrees = angleDegrees
        self.fireRate = fireRate
        self.edges = edges
        self.place = place
        self.readImage = readImage
    }

    /// Where no pictures can be had.
    public static let noImages: @Sendable (String) throws(RenderError) -> Frame = { (file) throws(RenderError) in
        throw .invalid("\(file): no picture can be read here")
    }
}

/// Which of a film's pictures: models stand in rows where a scenario has columns, else row by row in the order of naming.
public struct FilmPlace: Sendable, Hashable {
    /// Index of the model, 0...
    public var model: Int
    /// Index of the column, 0...
    public var column: Int
    /// Index of the row, 0...
    public var row: Int

    /// The first picture where nothing is said.
    public init(model: Int = 0, column: Int = 0, row: Int = 0) {
        self.model = model
        self.column = column
        self.row = row
    }
}

/// One cell, counted from the top left: x to the right, y down, both from 0.
public struct CellPosition: Sendable, Hashable, CustomStringConvertible {
    /// Column, from 0.
    public var x: Int
    /// Row, from 0.
    public var y: Int

    /// The cell in column x and row y.
    public init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }

    /// Reads "36,36".
    public init(parsing text: String) throws(RenderError) {
        let numbers = text.parts(at: ",").map { Int($0) }
        guard numbers.count == 2, let x = numbers[0], let y = numbers[1] else {
            throw .invalid("\"\(text)\" is not a cell (expected X,Y, for instance 36,36)")
        }
        self.init(x: x, y: y)
    }

    /// "36,36"
    public var description: String { "\(x),\(y)" }
}

extension GridSize {
    /// Reads "72x72". Throws where that is no size, or one outside `TimelineLimits.side`.
    public init(parsing text: String) throws(RenderError) {
        let numbers = text.parts(at: "x").map { Int($0) }
        guard numbers.count == 2, let width = numbers[0], let height = numbers[1] else {
            throw .invalid("\"\(text)\" is not a grid (expected WxH in cells, for instance 72x72)")
        }
        self.init(width: width, height: height)
        try TimelineLimits.check(self)
    }
}
