import GNCABasics

/// Shows a film at another frame rate, or in another time: the same steps at the same seconds, with more frames or fewer.
///
/// Scenarios count in frames of a thirtieth of a second. Where a film has other frames, each shows what stands at its time;
/// between two frames that are several steps apart, it shows a step between them.
struct Retiming {
    private let film: Timeline
    /// Where each frame of the film begins, in frames of the result; then the film's end.
    private let begins: [Double]
    /// Sums of numbers as 25/30 may miss a whole one by this much.
    private static let tolerance = 1e-6

    /// `film`: at its own frame rate. Frames in which it stands still keep their time where `seconds` names its length. Throws
    /// where that is too short for them alone.
    init(_ film: Timeline, to rate: FrameRate, seconds: Double?) throws(RenderError) {
        self.film = film
        let ratio = rate.perSecond / film.frameRate.perSecond
        var moving = ratio
        if let seconds {
            let standing = Double(film.cues.count { $0.isHeld }) * ratio
            let left = seconds * rate.perSecond - standing
            guard left >= 1 else {
                throw .invalid(
                    "the film cannot last \(seconds.shortText) s: it stands still for "
                        + "\((standing / rate.perSecond).shortText) s (choose a longer duration or a shorter hold)")
            }
            moving = left / Double(film.cues.count { !$0.isHeld })
        }
        var begins = [0.0]
        begins.reserveCapacity(film.cues.count + 1)
        for cue in film.cues { begins.append(begins[begins.count - 1] + (cue.isHeld ? ratio : moving)) }
        self.begins = begins
        result = Timeline(grid: film.grid, cues: [], events: [], frameRate: rate)
    }

    private var result: Timeline

    consuming func retimed() throws(RenderError) -> Timeline {
        let count = max(1, Int(begins[begins.count - 1].rounded()))
        guard count <= TimelineLimits.frames else { throw .tooManyFrames }
        layCues(count)
        layEvents()
        return result
    }

    private mutating func layCues(_ count: Int) {
        var source = 0
        for frame in 0..<count - 1 {
            let time = Double(frame) + Self.tolerance
            while source + 1 < film.cues.count, begins[source + 1] <= time { source += 1 }
            result.cues.append(cue(source, at: time))
        }
        // The last step is always a frame, and so is the end of a fade.
        if let last = film.cues.last { result.cues.append(last) }
    }

    /// What stands at `time`, which lies in the film's frame `source`.
    private func cue(_ source: Int, at time: Double) -> FrameCue {
        var cue = film.cues[source]
        guard source + 1 < film.cues.count else { return cue }
        let next = film.cues[source + 1]
        let share = min(1, (time - begins[source]) / (begins[source + 1] - begins[source]))
        if next.fade > cue.fade { cue.fade += (next.fade - cue.fade) * Float(share) }
        if !cue.isHeld, next.step > cue.step {
            cue.step = min(next.step - 1, cue.step + Int(share * Double(next.step - cue.step)))
        }
        return cue
    }

    /// What happens while the film stands still happens at its time.
    private mutating func layEvents() {
        var (source, frame) = (0, 0)
        for event in film.events {
            var moved = event
            if event.afterFrames > 0 {
                while source < film.cues.count, film.cues[source].step < event.step { source += 1 }
                while frame < result.cues.count, result.cues[frame].step < event.step { frame += 1 }
                let begin = begins[min(source + event.afterFrames, film.cues.count)]
                moved.afterFrames = max(0, Int((begin - Self.tolerance).rounded(.up)) - frame)
            }
            result.events.append(moved)
        }
    }
}
