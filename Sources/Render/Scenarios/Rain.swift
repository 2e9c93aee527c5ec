import GNCACells

/// Damage that never stops: cells die one by one, more and more of them, while the pattern heals.
enum Rain: Scenario {
    static let name = "rain"
    static let summary = "a pattern grows, and cells die at random, more and more of them, until the rain ends"

    /// The plan below, in steps; the request's steps stretch it.
    private static let plannedSteps = 700
    /// Below, growth is too short to be seen.
    private static let fewestSteps = 100

    static func timeline(_ request: ScenarioRequest) throws(RenderError) -> Timeline {
        let steps = request.steps ?? plannedSteps
        guard (fewestSteps...TimelineLimits.steps).contains(steps) else {
            throw .invalid("steps out of range (got \(steps), expected \(fewestSteps)...\(TimelineLimits.steps))")
        }
        func scaled(_ planned: Int) -> Int { planned * steps / plannedSteps }
        let showers = [(150, 0.0005), (300, 0.002), (450, 0.005)]
        return try TimelineDescription(
            steps: steps, timeLapse: [.seed, TimeLapse(from: 1, stepsPerFrame: 1)], hold: .seconds(1),
            entries: showers.map { TimelineEntry(step: scaled($0.0), action: .deathRate($0.1)) }
                + [TimelineEntry(step: scaled(600), action: .deathRate(0), name: "the rain has ended")]
        ).timeline(request)
    }
}
