import GNCACells
import GNCARender

/// What every picture of a film shows: models in rows where the scenario has columns.
struct FilmScript {
    struct Picture {
        /// Index of the model, 0...
        var model: Int
        var timeline: Timeline
        /// The column's caption, empty where it has none.
        var columnCaption = ""
    }

    /// In the order of their places, row by row; all have the same grid and as many frames.
    var pictures: [Picture]
    /// Pictures a row; nil where the layout may choose.
    var columns: Int?
    /// Whether each picture's random seed is one more than that of the picture before.
    var ownRandomness = false

    /// Cells of every picture.
    var grid: GridSize { pictures[0].timeline.grid }
    var frameCount: Int { pictures[0].timeline.cues.count }

    /// One timeline for every model.
    init(_ timeline: Timeline, models: Int, columns: Int?) {
        pictures = (0..<models).map { Picture(model: $0, timeline: timeline) }
        self.columns = columns
    }

    /// The timelines of a scenario file, which may differ from place to place.
    init(_ description: TimelineDescription, _ request: ScenarioRequest, models: Int, columns: Int?) throws {
        if !description.differsByPlace {
            let timeline = try description.timeline(request)
            pictures = (0..<models).map { Picture(model: $0, timeline: timeline) }
            self.columns = columns
        } else {
            pictures = []
            self.columns =
                description.columns > 1
                ? description.columns
                : columns ?? PanelLayout.columns(for: models, width: request.grid.width, height: request.grid.height)
            for model in 0..<models { try add(model, description, request) }
        }
        ownRandomness = description.ownRandomness
    }

    /// A model's pictures: the next place, or a row of their own where the scenario has columns.
    private mutating func add(_ model: Int, _ description: TimelineDescription, _ request: ScenarioRequest) throws {
        var request = request
        guard description.columns > 1 else {
            let columns = columns ?? 1
            request.place = FilmPlace(model: model, column: model % columns, row: model / columns)
            pictures.append(Picture(model: model, timeline: try description.timeline(request)))
            return
        }
        for column in 0..<description.columns {
            request.place = FilmPlace(model: model, column: column, row: model)
            let caption = description.columnCaptions.isEmpty ? "" : description.columnCaptions[column]
            pictures.append(
                Picture(model: model, timeline: try description.timeline(request), columnCaption: caption))
        }
    }

    /// The film in words, for `--dry-run`; pictures that differ from the first follow with their own events.
    func lines() -> [String] {
        var lines = pictures[0].timeline.lines()
        for (index, picture) in pictures.enumerated().dropFirst()
        where !pictures[..<index].contains(where: { $0.timeline == picture.timeline }) {
            lines.append("picture \(index + 1):")
            lines += picture.timeline.lines().dropFirst().map { "  " + $0 }
        }
        return lines
    }
}
