import GNCABasics
import GNCACells

/// Reads a timeline that somebody wrote as YAML; docs/scenarios.md lists the keys.
public enum ScenarioFile {
    /// Reads the file at `path`. Pictures it names are looked for beside it.
    public static func read(_ path: String) throws(YAMLFileError) -> TimelineDescription {
        try parse(YAMLFile.text(of: path), file: path)
    }

    /// Reads `text`; messages name `file`.
    public static func parse(_ text: String, file: String) throws(YAMLFileError) -> TimelineDescription {
        let root = try YAMLValue.root(of: text, file: file)
        let film = try root.mapping("a scenario", keys: keys)
        var description = TimelineDescription(steps: try film.required("steps").integer(in: 1...TimelineLimits.steps))
        if let value = film["grid"] {
            description.grid = try value.parsed { text in
                let grid = try GridSize(parsing: text)
                try TimelineLimits.check(grid)
                return grid
            }
        }
        if let value = film["random-seed"] {
            description.randomSeed = UInt32(try value.integer(in: 0...Int(UInt32.max)))
        }
        if let value = film["seeds"] { description.starts = try value.positions() }
        description.angleDegrees = try film["angle"]?.number(in: YAMLValue.degrees)
        description.fireRate = try film["fire-rate"]?.number(in: 0...1)
        description.edges = try film["padding"]?.choice()
        description.timeLapse = try timeLapse(film)
        if let value = film["hold"] { description.hold = try value.pause() }
        description.columns = try film["columns"]?.integer(in: 1...TimelineLimits.columns) ?? 1
        for value in try film["column-captions"]?.list() ?? [] {
            description.columnCaptions.append(try value.text())
        }
        description.stagger = try film["stagger"]?.integer(in: 0...TimelineLimits.steps) ?? 0
        if let value = film["own-randomness"] {
            try value.mustBeTrue()
            description.ownRandomness = true
        }
        for value in try film["events"]?.list() ?? [] {
            description.entries.append(try value.entry())
        }
        for (key, value) in film.values { description.places[key] = "\(file):\(value.line)" }
        return description
    }

    private static let keys = [
        "grid", "steps", "random-seed", "seeds", "angle", "fire-rate", "padding", "steps-per-frame", "time-lapse",
        "hold", "columns", "column-captions", "stagger", "own-randomness", "events",
    ]

    private static func timeLapse(_ film: YAMLMapping) throws(YAMLFileError) -> [TimeLapse] {
        var lapses: [TimeLapse] = []
        if let value = film["steps-per-frame"] {
            lapses.append(TimeLapse(from: 0, stepsPerFrame: try value.number(in: TimelineLimits.stepsPerFrame)))
        }
        guard let list = film["time-lapse"] else { return lapses }
        guard lapses.isEmpty else { throw list.error("steps-per-frame and time-lapse cannot stand together") }
        for value in try list.list() {
            let range = try value.mapping("a time lapse", keys: ["from", "steps-per-frame"])
            let from = try range.required("from")
            let lapse = TimeLapse(
                from: try from.integer(in: 0...TimelineLimits.steps),
                stepsPerFrame: try range.required("steps-per-frame").number(in: TimelineLimits.stepsPerFrame))
            if let last = lapses.last, last.from >= lapse.from {
                throw from.error("from must increase (got \(lapse.from) after \(last.from))")
            }
            lapses.append(lapse)
        }
        return lapses
    }
}

extension YAMLValue {
    static let degrees = -1e6...1e6

    private static let actions = [
        "plant", "erase", "mask", "noise", "eraser", "clear", "roll", "angle", "fire-rate", "death-rate", "padding",
        "hold",
        "fade",
    ]

    /// One entry of `events`: its step, one action, perhaps a name and a repetition.
    func entry() throws(YAMLFileError) -> TimelineEntry {
        let event = try mapping(
            "an event", keys: ["at"] + YAMLValue.actions + ["name", "every", "times", "frames", "column"])
        let step = try event.required("at").integer(in: 0...TimelineLimits.steps)
        let found = event.values.filter { YAMLValue.actions.contains($0.key) }
        guard let first = found.first else {
            throw error("an event must do something (expected one of \(YAMLValue.actions.joined(separator: ", ")))")
        }
        guard found.count == 1 else {
            throw found[1].value.error("an event does one thing (got \(first.key) and \(found[1].key))")
        }
        return TimelineEntry(
            step: step, action: try first.value.action(first.key), name: try event["name"]?.text(),
            repetition: try YAMLValue.repetition(of: event),
            column: try event["column"]?.integer(in: 1...TimelineLimits.columns),
            origin: "\(file):\(line)")
    }

    private static func repetition(of event: YAMLMapping) throws(YAMLFileError) -> TimelineEntry.Repetition {
        if let frames = event["frames"] {
            if let other = event["every"] ?? event["times"] {
                throw other.error("frames cannot stand beside every and times")
            }
            return .frames(times: try frames.integer(in: 1...TimelineLimits.events))
        }
        guard let times = event["times"] else {
            if let every = event["every"] { throw every.error("every needs times") }
            return .once
        }
        return .steps(
            every: try event["every"]?.integer(in: 1...TimelineLimits.steps) ?? 1,
            times: try times.integer(in: 1...TimelineLimits.events))
    }

    private func action(_ key: String) throws(YAMLFileError) -> TimelineEntry.Action {
        switch key {
        case "plant": return .plant(try positions())
        case "erase":
            return .erase(besideFile(try parsed { try DamageShape(parsing: $0) }))
        case "noise":
            return .noise(besideFile(try parsed { try DamageShape(parsing: $0) }))
        case "mask": return .erase(besideFile(.image(file: try text())))
        case "eraser": return .eraser(try eraser())
        case "clear":
            try mustBeTrue()
            return .clear
        case "roll":
            var bands: [RowBand] = []
            for value in try oneOrMore() { bands.append(try value.rowBand()) }
            return .roll(bands)
        case "angle": return .angle(degrees: try number(in: YAMLValue.degrees))
        case "fire-rate": return .fireRate(try number(in: 0...1))
        case "death-rate": return .deathRate(try number(in: 0...1))
        case "padding": return .edges(try choice())
        case "hold": return .hold(try pause())
        default: return .fade(try pause())
        }
    }

    /// Pictures are looked for in the folder of the file that names them.
    private func besideFile(_ shape: DamageShape) -> DamageShape {
        guard case .image(let picture) = shape, !picture.begins(with: "/"), let place = file.cut(atLast: "/") else {
            return shape
        }
        return .image(file: "\(place.before)/\(picture)")
    }

    /// "centre", one cell or a list of cells; the centre is an empty list.
    func positions() throws(YAMLFileError) -> [CellPosition] {
        if (try? text()) == "centre" { return [] }
        var result: [CellPosition] = []
        for value in try oneOrMore() {
            let cell = try value.mapping("a cell", keys: ["x", "y"])
            let x = try cell.required("x").integer(in: 0...TimelineLimits.side - 1)
            result.append(CellPosition(x: x, y: try cell.required("y").integer(in: 0...TimelineLimits.side - 1)))
        }
        return result
    }

    func pause() throws(YAMLFileError) -> Pause {
        let pause = try mapping("a pause", keys: ["frames", "seconds"])
        guard pause.values.count == 1, let (key, value) = pause.values.first else {
            throw error("a pause has either frames or seconds")
        }
        return key == "frames"
            ? .frames(try value.integer(in: 0...TimelineLimits.frames))
            : .seconds(try value.number(in: 0...TimelineLimits.seconds))
    }

    private func rowBand() throws(YAMLFileError) -> RowBand {
        let band = try mapping("a roll", keys: ["rows", "cells"])
        let rows = try band.required("rows")
        let text = try rows.text()
        let ends = text.parts(at: "-").map { Int($0) }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last else {
            throw rows.error("\"\(text)\" are no rows (expected FIRST-LAST, for instance 0-23)")
        }
        let limit = TimelineLimits.side
        return RowBand(rows: first...last, cells: try band.required("cells").integer(in: -limit...limit))
    }

    private func eraser() throws(YAMLFileError) -> MovingEraser {
        let eraser = try mapping("an eraser", keys: ["radius", "path", "wave", "across-film"])
        var path: [MovingEraser.Waypoint] = []
        for value in try eraser.required("path").list() {
            let point = try value.mapping("a point of a path", keys: ["after", "x", "y"])
            let after = try point.required("after").integer(in: 0...TimelineLimits.steps)
            path.append(
                MovingEraser.Waypoint(
                    after: after, x: try point.required("x").length(), y: try point.required("y").length()))
        }
        var result = MovingEraser(radius: try eraser.required("radius").length(), path: path)
        if let value = eraser["across-film"] {
            try value.mustBeTrue()
            result.acrossFilm = true
        }
        if let value = eraser["wave"] {
            let wave = try value.mapping("a wave", keys: ["amplitude", "period"])
            result.waveAmplitude = try wave.required("amplitude").length()
            result.wavePeriod = try wave.required("period").number(in: 0.001...1e6)
        }
        return result
    }

    private func length() throws(YAMLFileError) -> Length {
        try parsed { try Length(parsing: $0) }
    }
}
