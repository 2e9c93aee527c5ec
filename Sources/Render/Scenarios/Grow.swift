/// A seed becomes a pattern.
enum Grow: Scenario {
    static let name = "grow"
    static let summary = "a seed becomes a pattern: 200 steps, slow at both ends"

    private static let plannedSteps = 200
    /// The last of them are as slow as the first, so that the film comes to rest.
    private static let slowEnd = 40

    static func timeline(_ request: ScenarioRequest) throws(RenderError) -> Timeline {
        var lapses: [TimeLapse] = [
            .seed, TimeLapse(from: 1, stepsPerFrame: 0.5), TimeLapse(from: 12, stepsPerFrame: 1),
        ]
        let steps = min(max(0, request.steps ?? plannedSteps), TimelineLimits.steps)
        if steps - slowEnd > 100 {
            lapses.append(TimeLapse(from: 100, stepsPerFrame: 2))
            lapses.append(TimeLapse(from: steps - slowEnd, stepsPerFrame: 1))
        }
        return try TimelineDescription(steps: plannedSteps, timeLapse: lapses, hold: .seconds(2)).timeline(request)
    }
}

extension TimeLapse {
    /// The first step stands for half a second: so long that the eye finds the seed.
    static let seed = TimeLapse(from: 0, stepsPerFrame: 1.0 / 16)
}
