/// A seed becomes a pattern.
enum Grow: Scenario {
    static let name = "grow"
    static let summary = "a seed becomes a pattern: 200 steps, slowly at first"

    static func timeline(_ request: ScenarioRequest) throws(RenderError) -> Timeline {
        try TimelineDescription(
            steps: 200,
            timeLapse: [TimeLapse(from: 0, stepsPerFrame: 1), TimeLapse(from: 100, stepsPerFrame: 2)],
            hold: .seconds(1)
        ).timeline(request)
    }
}
