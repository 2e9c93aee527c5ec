/// The same rule grows the pattern turned: perception is turned, nothing else.
enum Rotate: Scenario {
    static let name = "rotate"
    static let summary =
        "the pattern grows eight times from a seed, perception turned by 45 degrees more each time"

    private static let turns = 8
    private static let degreesPerTurn = 45.0
    /// Steps of one growth.
    private static let growth = 100

    /// The request's angle is that of the first growth.
    static func timeline(_ request: ScenarioRequest) throws(RenderError) -> Timeline {
        let steps = request.steps ?? turns * growth
        guard steps >= turns else {
            throw .invalid("rotate grows \(turns) times, at least one step each (got \(steps) steps)")
        }
        guard steps <= TimelineLimits.steps else {
            throw .invalid("steps out of range (got \(steps), expected \(turns)...\(TimelineLimits.steps))")
        }
        var entries: [TimelineEntry] = []
        for turn in 0..<turns {
            let begin = turn * steps / turns
            if turn > 0 {
                entries.append(TimelineEntry(step: begin, action: .hold(.seconds(0.4))))
                entries.append(TimelineEntry(step: begin, action: .clear, name: ""))
                entries.append(TimelineEntry(step: begin, action: .plant(request.starts), name: ""))
            }
            let degrees = (request.angleDegrees ?? 0) + Double(turn) * degreesPerTurn
            entries.append(TimelineEntry(step: begin, action: .angle(degrees: wrapped(degrees))))
        }
        var rest = request
        rest.angleDegrees = nil
        return try TimelineDescription(
            steps: steps, timeLapse: [TimeLapse(from: 0, stepsPerFrame: 2)], hold: .seconds(1), entries: entries
        ).timeline(rest)
    }

    /// 0..<360 for whole turns beyond; smaller and negative angles as they are.
    private static func wrapped(_ degrees: Double) -> Double {
        degrees >= 360 ? degrees.truncatingRemainder(dividingBy: 360) : degrees
    }
}
