/// Where in its time the film is, beside the steps that training has seen.
struct TimeOverlay: Overlay {
    static let name = "time"
    static let summary = "a bar along the film's steps, with those that training saw, below the picture"

    let bar: TimeBar

    init(_ setup: OverlaySetup) {
        bar = TimeBar(steps: setup.timeline.steps, trained: setup.trainedSteps, fromPool: setup.trainedFromPool)
    }
}
