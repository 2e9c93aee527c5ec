import GNCACells

// What can be known of a film before its entries are looked at.
extension TimelineDescription {
    /// Everything but the entries.
    func check(_ request: ScenarioRequest) throws(RenderError) {
        try TimelineLimits.check(request.grid)
        try TimelineLimits.check("steps", steps, in: 1...TimelineLimits.steps)
        try TimelineLimits.check("columns", columns, in: 1...TimelineLimits.columns)
        try TimelineLimits.check("stagger", stagger, in: 0...TimelineLimits.steps)
        try check(pace: request)
        for (lapse, next) in zip(timeLapse, timeLapse.dropFirst())
        where lapse.from >= next.from {
            throw .invalid("the time lapse from step \(next.from) stands after that from step \(lapse.from)")
        }
        for lapse in timeLapse {
            try TimelineLimits.check("the beginning of a time lapse", lapse.from, in: 0...TimelineLimits.steps)
            try TimelineLimits.check("steps per frame", lapse.stepsPerFrame, in: TimelineLimits.stepsPerFrame)
        }
    }

    private func check(pace request: ScenarioRequest) throws(RenderError) {
        try TimelineLimits.check("frames per second", request.frameRate.perSecond, in: TimelineLimits.frameRate)
        if let speed = request.speed {
            try TimelineLimits.check("steps per second", speed, in: TimelineLimits.speed)
        }
        if let seconds = request.durationSeconds {
            try TimelineLimits.check("seconds", seconds, in: TimelineLimits.duration)
        }
        let paces = [request.stepsPerFrame, request.speed, request.durationSeconds]
        guard paces.count(where: { $0 != nil }) <= 1 else {
            throw .invalid("steps per frame, speed and duration each say how fast the film is: name one of them")
        }
    }

    func checkCaptions() throws(RenderError) {
        guard columnCaptions.isEmpty || columnCaptions.count == columns else {
            throw .invalid(
                "column-captions do not match the columns (got \(columnCaptions.count), expected \(columns))")
        }
    }

    /// All pictures of a film have the same frames: what adds frames happens everywhere.
    func check(column entry: TimelineEntry) throws(RenderError) {
        guard let column = entry.column else { return }
        try TimelineLimits.check("column", column, in: 1...columns)
        switch (entry.action, entry.repetition) {
        case (.hold, _), (.fade, _), (_, .frames):
            throw .invalid("the film stands still in all columns at once (leave the column out)")
        default: break
        }
    }

    /// Every step that is a frame by the time lapse; the last step always is.
    func frameSteps() throws(RenderError) -> [Int] {
        var ranges = timeLapse
        if ranges.first?.from != 0 { ranges.insert(TimeLapse(from: 0, stepsPerFrame: 1), at: 0) }
        var result: [Int] = []
        for (index, range) in ranges.enumerated() {
            let next = index + 1 < ranges.count ? ranges[index + 1].from : steps
            let end = min(next, steps)
            for frame in 0... {
                // Products of numbers as 0.1 may miss a whole one by a little.
                let step = Double(range.from) + Double(frame) * range.stepsPerFrame + 1e-9
                guard step < Double(end) else { break }
                guard result.count < TimelineLimits.frames else { throw .tooManyFrames }
                result.append(Int(step))
            }
        }
        result.append(steps)
        return result
    }
}
