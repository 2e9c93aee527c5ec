import GNCABasics
import GNCACells

/// How large a film may be, and the checks that keep a timeline inside.
public enum TimelineLimits {
    /// Cells a side of the grid.
    public static let side = 4096
    /// Steps of a film.
    public static let steps = 10_000_000
    /// Frames of a film.
    public static let frames = 1_000_000
    /// Events of a film.
    public static let events = 100_000
    /// Times that a model stands side by side.
    public static let columns = 64
    /// Bytes of all erasing masks together, one byte a cell.
    public static let maskBytes = 1 << 28
    /// Steps from one frame to the next.
    public static let stepsPerFrame = 0.001...Double(steps)
    /// Steps a second.
    public static let speed = 0.001...1e9
    /// Frames a second.
    public static let frameRate = 0.001...1000.0
    /// Of a film, seconds.
    public static let duration = 0.01...100_000.0
    /// The longest hold or fade, seconds.
    public static let seconds = 100_000.0

    static func check(_ grid: GridSize) throws(RenderError) {
        guard (1...side).contains(grid.width), (1...side).contains(grid.height) else {
            throw .invalid("grid out of range (got \(grid), expected 1x1...\(side)x\(side) cells)")
        }
    }

    static func check(_ what: String, _ value: Int, in range: ClosedRange<Int>) throws(RenderError) {
        guard range.contains(value) else {
            throw .invalid("\(what) out of range (got \(value), expected \(range.lowerBound)...\(range.upperBound))")
        }
    }

    static func check(_ what: String, _ value: Double, in range: ClosedRange<Double>) throws(RenderError) {
        guard range.contains(value) else {
            throw .invalid(
                "\(what) out of range (got \(value.plainText), expected \(range.lowerBound.plainText)..."
                    + "\(range.upperBound.plainText))")
        }
    }

    static func check(_ position: CellPosition, in grid: GridSize) throws(RenderError) {
        guard (0..<grid.width).contains(position.x), (0..<grid.height).contains(position.y) else {
            throw .invalid("the seed at \(position) lies outside the \(grid) grid")
        }
    }

    static func check(fireRate: Double) throws(RenderError) {
        guard fireRate >= 0, fireRate <= 1 else {
            throw .invalid("fire rate out of range (got \(fireRate), expected 0...1)")
        }
    }

    static func check(angleDegrees: Double) throws(RenderError) {
        guard angleDegrees.isFinite else {
            throw .invalid("angle out of range (got \(angleDegrees), expected a number of degrees)")
        }
    }
}

extension Timeline {
    /// Throws where this is no film: no frames, steps that run backwards, events beyond the end or outside the grid.
    /// Scenarios and scenario files only make timelines that pass.
    public func validate() throws(RenderError) {
        try TimelineLimits.check(grid)
        guard let first = cues.first, let last = cues.last else { throw .invalid("the film has no frames") }
        guard cues.count <= TimelineLimits.frames else { throw .tooManyFrames }
        try TimelineLimits.check("steps", last.step, in: 0...TimelineLimits.steps)
        guard first.step >= 0, zip(cues, cues.dropFirst()).allSatisfy({ $0.step <= $1.step }) else {
            throw .invalid("the frames' steps run backwards")
        }
        guard zip(events, events.dropFirst()).allSatisfy({ ($0.step, $0.afterFrames) <= ($1.step, $1.afterFrames) })
        else { throw .invalid("the events' steps run backwards") }
        for event in events { try validate(event, lastStep: last.step) }
    }

    private func validate(_ event: TimelineEvent, lastStep: Int) throws(RenderError) {
        try TimelineLimits.check("the step of an event", event.step, in: 0...lastStep)
        switch event.action {
        case .plantSeed(let x, let y): try TimelineLimits.check(CellPosition(x: x, y: y), in: grid)
        case .erase(let mask), .noise(let mask):
            let cells = grid.width * grid.height
            guard mask.count == cells else {
                throw .invalid("a mask does not fit the \(grid) grid (got \(mask.count) cells, expected \(cells))")
            }
        case .roll(let rows, _):
            guard rows.lowerBound >= 0, rows.upperBound <= grid.height else {
                throw .invalid(
                    "rows \(rows.lowerBound)-\(rows.upperBound - 1) do not fit the \(grid) grid "
                        + "(expected 0-\(grid.height - 1))")
            }
        case .angle(let radians): try TimelineLimits.check(angleDegrees: Double(radians))
        case .deathRate(let rate): try TimelineLimits.check("death rate", Double(rate), in: 0...1)
        case .fireRate(let rate): try TimelineLimits.check(fireRate: Double(rate))
        case .clear, .edges: break
        }
    }
}

extension Double {
    /// Without ".0" and without an exponent where it is whole.
    var plainText: String { Int(exactly: self).map(String.init) ?? "\(self)" }
}

extension Timeline {
    /// That in which scenarios count: films of other rates show the same at the same time.
    public static let scenarioFrameRate: FrameRate = 30
}

extension RenderError {
    static let tooManyFrames = RenderError.invalid(
        "the film has more than \(TimelineLimits.frames) frames; take more steps per frame, or a shorter hold")
}
