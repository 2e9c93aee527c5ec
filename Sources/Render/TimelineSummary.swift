extension Timeline {
    /// The film in words: its length, then what happens in order.
    ///
    ///     grid 72x72, 740 steps, 500 frames, 16.7 s at 30 frames per second
    ///     step 0, frame 1: seed planted at 36,36
    ///     step 180, frame 121: middle removed
    ///     step 180, frames 122-133: held
    ///     steps 342-368, frames 230-256: travelling eraser
    ///
    /// Steps count from 0 (the seed), frames from 1; the frame is the first that shows it.
    public func lines() -> [String] {
        let seconds = frameRate.time(of: cues.count)
        let header =
            "grid \(grid), \(steps) steps, \(cues.count) frames, \(seconds.shortText) s "
            + "at \(frameRate) frames per second"
        var passages: [Passage] = []
        for passage in (eventPassages() + standingPassages()).sorted(by: Passage.isEarlier) {
            if let last = passages.last, let joined = last.joined(with: passage) {
                passages[passages.count - 1] = joined
            } else {
                passages.append(passage)
            }
        }
        return [header] + passages.map(\.line)
    }

    private func eventPassages() -> [Passage] {
        var passages: [Passage] = []
        var firstCue = 0
        for (index, event) in events.enumerated() {
            while firstCue < cues.count, cues[firstCue].step < event.step { firstCue += 1 }
            // Where nothing of that step is taken any more, a later step is the first to show it.
            let frame = min(firstCue + event.afterFrames, cues.count - 1)
            passages.append(
                Passage(
                    order: index, steps: event.step...event.step, frames: (frame + 1)...(frame + 1),
                    words: event.words))
        }
        return passages
    }

    /// Where the film stands still with nothing happening.
    private func standingPassages() -> [Passage] {
        let eventFrames = Set(eventPassages().map(\.frames.lowerBound))
        return cues.indices.dropFirst().compactMap { index in
            let cue = cues[index]
            guard cue.isHeld, cue.step == cues[index - 1].step, !eventFrames.contains(index + 1) else { return nil }
            let words = cue.fade > cues[index - 1].fade ? "fades out" : "held"
            return Passage(
                order: events.count, steps: cue.step...cue.step, frames: (index + 1)...(index + 1), words: words)
        }
    }
}

/// Neighbouring steps or frames with the same words.
private struct Passage {
    /// Events of one frame keep their order.
    var order: Int
    var steps: ClosedRange<Int>
    /// Ordinals, 1...
    var frames: ClosedRange<Int>
    var words: String

    static func isEarlier(_ one: Passage, _ other: Passage) -> Bool {
        (one.frames.lowerBound, one.steps.lowerBound, one.order)
            < (other.frames.lowerBound, other.steps.lowerBound, other.order)
    }

    /// Both as one line, where `next` goes on with the same.
    func joined(with next: Passage) -> Passage? {
        guard next.words == words, next.steps.lowerBound - steps.upperBound <= 1,
            next.frames.lowerBound - frames.upperBound <= 1
        else { return nil }
        var joined = self
        joined.steps = steps.lowerBound...next.steps.upperBound
        joined.frames = frames.lowerBound...next.frames.upperBound
        return joined
    }

    var line: String {
        "\(Passage.counted("step", steps)), \(Passage.counted("frame", frames)): \(words)"
    }

    private static func counted(_ noun: String, _ range: ClosedRange<Int>) -> String {
        range.count == 1 ? "\(noun) \(range.lowerBound)" : "\(noun)s \(range.lowerBound)-\(range.upperBound)"
    }
}

extension TimelineEvent {
    /// Its name, else what it does.
    fileprivate var words: String {
        if let name { return name }
        switch action {
        case .plantSeed(let x, let y): return "seed planted at \(x),\(y)"
        case .erase(let mask): return "\(mask.count { $0 == 1 }) cells removed"
        case .noise(let mask): return "\(mask.count { $0 == 1 }) cells filled with noise"
        case .clear: return "grid cleared"
        case .roll(let rows, let cells):
            return "rows \(rows.lowerBound)-\(rows.upperBound - 1) moved \(cells > 0 ? "right" : "left") "
                + "by \(abs(cells))"
        case .angle(let radians): return "angle \((Double(radians) * 180 / .pi).shortText)°"
        case .fireRate(let rate): return "fire rate \(rate)"
        case .deathRate(let rate): return "death rate \(rate)"
        case .edges(let edges): return "padding \(edges.rawValue)"
        }
    }
}
