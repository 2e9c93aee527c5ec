/// A seed becomes a pattern.
enum Grow: Scenario {
    static let name = "grow"
    static let summary = "a seed becomes a pattern: 200 steps, slow at both ends"

    static func timeline(_ request: ScenarioRequest) throws(RenderError) -> Timeline {
        try TimelineDescription(
            steps: 200,
            timeLapse: [
                .seed, TimeLapse(from: 1, stepsPerFrame: 0.5), TimeLapse(from: 12, stepsPerFrame: 1),
                TimeLapse(from: 100, stepsPerFrame: 2), TimeLapse(from: 160, stepsPerFrame: 1),
            ],
            hold: .seconds(2)
        ).timeline(request)
    }
}

extension TimeLapse {
    /// The first step stands for half a second: so long that the eye finds the seed.
    static let seed = TimeLapse(from: 0, stepsPerFrame: 1.0 / 16)
}
