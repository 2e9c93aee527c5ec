/// Does the pattern stay what it is?
enum Persist: Scenario {
    static let name = "persist"
    static let summary = "a pattern grows and then has to last: 2,000 steps, faster and faster"

    static func timeline(_ request: ScenarioRequest) throws(RenderError) -> Timeline {
        try TimelineDescription(
            steps: 2000,
            timeLapse: [
                .seed, TimeLapse(from: 1, stepsPerFrame: 1), TimeLapse(from: 100, stepsPerFrame: 4),
                TimeLapse(from: 400, stepsPerFrame: 8),
            ],
            hold: .seconds(1)
        ).timeline(request)
    }
}
