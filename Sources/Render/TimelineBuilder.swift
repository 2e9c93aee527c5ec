import GNCABasics
import GNCACells

/// Resolves a description into a timeline: expands entries into events and pauses, then lays them along the frames.
struct TimelineBuilder {
    private let description: TimelineDescription
    private let grid: GridSize
    /// At which frames are laid, before the film is shown at its own.
    private let frameRate: FrameRate
    private let request: ScenarioRequest
    private var moments: [Moment] = []
    private var maskBytes = 0

    init(_ description: TimelineDescription, _ request: ScenarioRequest) {
        self.description = description
        self.request = request
        grid = request.grid
        // Who names steps a frame means those of the film.
        let countsFrames = request.stepsPerFrame != nil || request.speed != nil
        frameRate = countsFrames ? request.frameRate : Timeline.scenarioFrameRate
    }

    /// Something at a step: an event, or a while in which the film stands still.
    struct Moment {
        let step: Int
        let kind: Kind

        enum Kind {
            case event(name: String?, TimelineEvent.Action)
            /// The frame of the step, where it has one, is taken before the `frames` of the pause.
            case pause(frames: Int, fades: Bool)
        }
    }

    consuming func build() throws(RenderError) -> Timeline {
        try description.check(request)
        do { try description.checkCaptions() } catch { throw placed(error, "column-captions") }
        do { try addSettings() } catch { throw placed(error, "seeds") }
        let written = description.places.isEmpty ? 0 : description.entries.count - request.damage.count
        for (index, entry) in description.entries.enumerated() {
            do {
                try description.check(column: entry)
                if let column = entry.column, column != request.place.column + 1 { continue }
                try add(entry, index: index)
            } catch {
                throw error.at(entry.origin, isFile: index < written)
            }
        }
        do {
            try addPause(description.hold, at: description.steps, fades: false)
            try addPause(description.fade, at: description.steps, fades: true)
        } catch {
            throw placed(error, "hold")
        }
        // What happens at one step stays in the order of writing.
        let ordered = moments.inOrder { $0.step }
        var film = FilmAssembly(grid: grid, frameRate: frameRate)
        do { try film.lay(ordered, along: try description.frameSteps()) } catch { throw placed(error, "steps") }
        var timeline = film.timeline
        if frameRate != request.frameRate || request.durationSeconds != nil {
            timeline = try Retiming(
                timeline, to: request.frameRate, seconds: request.durationSeconds
            ).retimed()
        }
        try timeline.validate()
        return timeline
    }

    /// An error about what a key of a file says, where a file says it.
    private func placed(_ error: RenderError, _ key: String) -> RenderError {
        error.at(description.places[key], isFile: true)
    }

    /// Seeds and what differs from the rule, before anything else at step 0.
    private mutating func addSettings() throws(RenderError) {
        try plant(description.starts, at: description.stagger * request.place.model, name: nil)
        if let degrees = description.angleDegrees { try addAngle(degrees, at: 0, name: nil) }
        if let rate = description.fireRate { try addFireRate(rate, at: 0, name: nil) }
        if let edges = description.edges { try addEvent(at: 0, name: nil, .edges(edges)) }
    }
}

// Entries
extension TimelineBuilder {
    private mutating func add(_ entry: TimelineEntry, index: Int) throws(RenderError) {
        switch entry.repetition {
        case .once:
            try addOnce(entry, at: entry.step, index: index)
        case .steps(let every, let times):
            try TimelineLimits.check("every", every, in: 1...TimelineLimits.steps)
            try TimelineLimits.check("times", times, in: 1...TimelineLimits.events)
            for turn in 0..<times { try addOnce(entry, at: entry.step + turn * every, index: index) }
        case .frames(let times):
            try TimelineLimits.check("frames", times, in: 1...TimelineLimits.events)
            switch entry.action {
            case .hold, .fade, .eraser: throw .invalid("this cannot be repeated while the film stands still")
            default: break
            }
            try addPause(.frames(0), at: entry.step, fades: false)
            for _ in 0..<times {
                try addOnce(entry, at: entry.step, index: index)
                try addPause(.frames(1), at: entry.step, fades: false)
            }
        }
    }

    private mutating func addOnce(_ entry: TimelineEntry, at step: Int, index: Int) throws(RenderError) {
        try checkStep(step)
        switch entry.action {
        case .plant(let positions):
            try plant(positions, at: step, name: entry.shownName("seed planted"))
        case .erase(let shape):
            let mask = try mask(of: shape, at: step, index: index)
            guard !mask.isEmpty else { throw .invalid("erases no cell of the \(grid) grid") }
            try addEvent(at: step, name: entry.shownName(shape.eventName(on: grid)), .erase(mask: mask.cells))
        case .noise(let shape):
            let mask = try mask(of: shape, at: step, index: index)
            guard !mask.isEmpty else { throw .invalid("meets no cell of the \(grid) grid") }
            try addEvent(at: step, name: entry.shownName(shape.noiseName(on: grid)), .noise(mask: mask.cells))
        case .eraser(let eraser):
            try addEraser(eraser, at: step, name: entry.shownName("travelling eraser"))
        case .clear:
            try addEvent(at: step, name: entry.shownName("grid cleared"), .clear)
        case .roll(let bands):
            try addRoll(bands, at: step, name: entry.shownName("rows moved"))
        case .angle(let degrees):
            try addAngle(degrees, at: step, name: entry.shownName("angle \(degrees.shortText)°"))
        case .fireRate(let rate):
            try addFireRate(rate, at: step, name: entry.shownName("fire rate \(rate)"))
        case .deathRate(let rate):
            try TimelineLimits.check("death rate", rate, in: 0...1)
            try addEvent(at: step, name: entry.shownName(Self.words(deathRate: rate)), .deathRate(Float(rate)))
        case .edges(let edges):
            try addEvent(at: step, name: entry.shownName("padding \(edges.rawValue)"), .edges(edges))
        case .hold(let pause):
            try addPause(pause, at: step, fades: false)
        case .fade(let pause):
            try addPause(pause, at: step, fades: true)
        }
    }

    private mutating func plant(_ positions: [CellPosition], at step: Int, name: String?) throws(RenderError) {
        let centre = CellPosition(x: grid.width / 2, y: grid.height / 2)
        for position in positions.isEmpty ? [centre] : positions {
            try TimelineLimits.check(position, in: grid)
            try addEvent(at: step, name: name, .plantSeed(x: position.x, y: position.y))
        }
    }

    private mutating func mask(of shape: DamageShape, at step: Int, index: Int) throws(RenderError) -> DamageMask {
        try chargeMask()
        var mask = DamageMask(grid: grid)
        switch shape {
        case .circle(let x, let y, let radius):
            mask.addCircle(
                x: x.cells(of: grid.width), y: y.cells(of: grid.height),
                radius: radius.cells(of: min(grid.width, grid.height)))
        case .rectangle(let x, let y, let width, let height):
            mask.addRectangle(
                x: x.cells(of: grid.width), y: y.cells(of: grid.height),
                width: width.cells(of: grid.width), height: height.cells(of: grid.height))
        case .halves(let halves):
            for half in halves { mask.add(half) }
        case .random(let count):
            let random = RandomSource(seed: request.randomSeed, stream: .damage)
            for circle in 0..<count { mask.addRandomCircle(random, step: step, entry: index, index: circle) }
        case .image(let file):
            mask.add(try request.readImage(file))
        }
        return mask
    }

    private mutating func addEraser(_ eraser: MovingEraser, at start: Int, name: String?) throws(RenderError) {
        try eraser.check()
        guard let first = eraser.path.first, let last = eraser.path.last else { return }
        try checkStep(start + last.after)
        let radius = eraser.radius.cells(of: min(grid.width, grid.height))
        var erases = false
        let origin = eraser.acrossFilm ? request.place : FilmPlace()
        for after in first.after...last.after {
            let centre = eraser.centre(after: after, on: grid)
            var mask = DamageMask(grid: grid)
            mask.addCircle(
                x: centre.x - Double(origin.column * grid.width), y: centre.y - Double(origin.row * grid.height),
                radius: radius)
            if mask.isEmpty { continue }
            erases = true
            try chargeMask()
            try addEvent(at: start + after, name: name, .erase(mask: mask.cells))
        }
        guard erases || eraser.acrossFilm else { throw .invalid("erases no cell of the \(grid) grid") }
    }

    /// "1 cell in 1000 dies a step"
    private static func words(deathRate rate: Double) -> String {
        guard rate > 0 else { return "no cell dies" }
        let cells = (1 / rate).rounded()
        return cells > 1 ? "1 cell in \(Int(min(cells, 1e9))) dies a step" : "every cell dies"
    }

    private mutating func addRoll(_ bands: [RowBand], at step: Int, name: String?) throws(RenderError) {
        for band in bands {
            let rows = band.rows
            guard rows.lowerBound >= 0, rows.upperBound < grid.height else {
                throw .invalid(
                    "rows \(rows.lowerBound)-\(rows.upperBound) do not fit the \(grid) grid "
                        + "(expected 0-\(grid.height - 1))")
            }
            guard band.cells != 0 else { throw .invalid("rows cannot move by 0 cells") }
            try addEvent(
                at: step, name: name, .roll(rows: rows.lowerBound..<(rows.upperBound + 1), cells: band.cells))
        }
    }

    private mutating func addAngle(_ degrees: Double, at step: Int, name: String?) throws(RenderError) {
        try TimelineLimits.check(angleDegrees: degrees)
        let radians = degrees.truncatingRemainder(dividingBy: 360) * .pi / 180
        try addEvent(at: step, name: name, .angle(Float(radians)))
    }

    private mutating func addFireRate(_ rate: Double, at step: Int, name: String?) throws(RenderError) {
        try TimelineLimits.check(fireRate: rate)
        try addEvent(at: step, name: name, .fireRate(Float(rate)))
    }

    private mutating func addEvent(
        at step: Int, name: String?, _ action: TimelineEvent.Action
    ) throws(RenderError) {
        try checkStep(step)
        guard moments.count < TimelineLimits.events else {
            throw .invalid("the film has more than \(TimelineLimits.events) events")
        }
        moments.append(Moment(step: step, kind: .event(name: name, action)))
    }

    private mutating func addPause(_ pause: Pause, at step: Int, fades: Bool) throws(RenderError) {
        try checkStep(step)
        moments.append(Moment(step: step, kind: .pause(frames: try pause.frames(at: frameRate), fades: fades)))
    }

    private func checkStep(_ step: Int) throws(RenderError) {
        guard step >= 0 else { throw .invalid("step out of range (got \(step), expected 0...\(description.steps))") }
        guard step <= description.steps else {
            throw .invalid("happens after the end (at step \(step), the film has \(description.steps) steps)")
        }
    }

    /// Counts one more mask. Throws where all of them would not fit in memory.
    private mutating func chargeMask() throws(RenderError) {
        maskBytes += grid.width * grid.height
        guard maskBytes <= TimelineLimits.maskBytes else {
            throw .invalid(
                "the film erases too often for a \(grid) grid (expected at most "
                    + "\(TimelineLimits.maskBytes / (grid.width * grid.height)) erasures)")
        }
    }
}

extension TimelineEntry {
    /// The entry's own name, else `words`; nil where it wants none.
    fileprivate func shownName(_ words: String) -> String? {
        guard let name else { return words }
        return name.isEmpty ? nil : name
    }
}
