import GNCABasics
import GNCACells

/// Lays events and pauses along the frames of a film.
struct FilmAssembly {
    private(set) var timeline: Timeline

    init(grid: GridSize, frameRate: FrameRate) {
        timeline = Timeline(grid: grid, cues: [], events: [], frameRate: frameRate)
    }

    /// - Parameters:
    ///   - moments: ordered by step.
    ///   - frameSteps: steps that are frames, in order; slow films show a step several times.
    mutating func lay(_ moments: [TimelineBuilder.Moment], along frameSteps: [Int]) throws(RenderError) {
        var rest = moments[...]
        for frameStep in frameSteps {
            while let step = rest.first?.step, step < frameStep {
                try stop(at: step, isFrame: false, takeMoments(of: step, from: &rest))
            }
            try stop(at: frameStep, isFrame: true, takeMoments(of: frameStep, from: &rest))
        }
    }

    private func takeMoments(
        of step: Int, from rest: inout ArraySlice<TimelineBuilder.Moment>
    ) -> ArraySlice<TimelineBuilder.Moment> {
        let taken = rest.prefix { $0.step == step }
        rest = rest.dropFirst(taken.count)
        return taken
    }

    /// All that happens at one step. The frame of the step is taken before the first pause, else at the end.
    private mutating func stop(
        at step: Int, isFrame: Bool, _ moments: ArraySlice<TimelineBuilder.Moment>
    ) throws(RenderError) {
        let firstCue = timeline.cues.count
        var frameIsDue = isFrame
        var fade: Float = 0
        for moment in moments {
            switch moment.kind {
            case .event(let name, let action):
                timeline.events.append(
                    TimelineEvent(
                        step: step, afterFrames: timeline.cues.count - firstCue, name: name, action: action))
            case .pause(let frames, let fades):
                if frameIsDue { try take(step, fade: 0) }
                frameIsDue = false
                for index in 0..<frames {
                    if fades { fade = Float(index + 1) / Float(frames) }
                    try take(step, fade: fade, isHeld: true)
                }
            }
        }
        if frameIsDue { try take(step, fade: 0) }
    }

    private mutating func take(_ step: Int, fade: Float, isHeld: Bool = false) throws(RenderError) {
        guard timeline.cues.count < TimelineLimits.frames else { throw .tooManyFrames }
        timeline.cues.append(FrameCue(step: step, fade: fade, isHeld: isHeld))
    }
}
