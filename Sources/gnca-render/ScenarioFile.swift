import GNCARender

/// Reads a timeline that somebody wrote as YAML; docs/scenarios.md lists the keys.
enum ScenarioFile {
    /// Reads the file at `path`. Pictures it names are looked for beside it.
    static func read(_ path: String) throws(YAMLFileError) -> TimelineDescription {
        try parse(YAMLFile.text(of: path), file: path)
    }

    /// Reads `text`; messages name `file`.
    static func parse(_ text: String, file: String) throws(YAMLFileError) -> TimelineDescription {
        let root = try YAMLValue.root(of: text, file: file)
        let film = try root.mapping("a scenario", keys: keys)
        var description = TimelineDescription(steps: try film.required("steps").integer(in: 1...TimelineLimits.steps))
        if let value = film["grid"] {
            description.grid = try value.parsed { (text) throws(RenderError) in try .init(parsing: text) }
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
        return description
    }

    private static let keys = [
        "grid", "steps", "seeds", "angle", "fire-rate", "padding", "steps-per-frame", "time-lapse", "hold", "columns",
        "column-captions", "stagger", "own-randomness", "events",
    ]

    private static func timeLapse(_ film: YAMLMapping) throws(YAMLFileError) -> [TimeLapse] {
        var lapses: [TimeLapse] = []
        if let value = film["steps-per-frame"] {
            lapses.append(TimeLapse(from: 0, stepsPerFrame: try value.integer(in: 1...TimelineLimits.steps)))
        }
        guard let list = film["time-lapse"] else { return lapses }
        guard lapses.isEmpty else { throw list.error("steps-per-frame and time-lapse cannot stand together") }
        for value in try list.list() {
            let range = try value.mapping("a time lapse", keys: ["from", "steps-per-frame"])
            let from = try range.required("from")
            let lapse = TimeLapse(
                from: try from.integer(in: 0...TimelineLimits.steps),
                stepsPerFrame: try range.required("steps-per-frame").integer(in: 1...TimelineLimits.steps))
            if let last = lapses.last, last.from >= lapse.from {
                throw from.error("from must increase (got \(lapse.from) after \(last.from))")
            }
            lapses.append(lapse)
        }
        return lapses
    }
}
