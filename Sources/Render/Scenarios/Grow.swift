/// A seed becomes a pattern.
public enum Grow: Scenario {
    public static let name = "grow"
    public static let summary = "a seed becomes a pattern: 200 steps, slowly at first"

    public static func timeline(_ request: ScenarioRequest) throws(RenderError) -> Timeline {
        try TimelineDescription(
            steps: 200,
            timeLapse: [TimeLapse(from: 0, stepsPerFrame: 1), TimeLapse(from: 100, stepsPerFrame: 2)],
            hold: .seconds(1)
        ).timeline(request)
    }
}
