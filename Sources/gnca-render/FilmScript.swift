import GNCACells
import GNCARender

/// What every picture of a film shows: models in rows where the scenario has columns, or where there are several random seeds.
struct FilmScript {
    struct Picture {
        /// Index of the model, 0...
        var model: Int
        var timeline: Timeline
        var randomSeed: UInt32
        /// What the caption says besides the model's name: the column's caption, the random seed; empty for nothing.
        var caption = ""
    }

    /// In the order of their places, row by row; all have as many frames.
    var pictures: [Picture]
    /// Pictures a row; nil where the layout may choose.
    var columns: Int?

    var frameCount: Int { pictures[0].timeline.cues.count }
    /// Of the smallest picture.
    var leastGrid: GridSize {
        let grids = pictures.map(\.timeline.grid)
        return GridSize(width: grids.map(\.width).min() ?? 1, height: grids.map(\.height).min() ?? 1)
    }

    /// A timeline for every model and every random seed. `requests`: one a model, with its grid.
    init(
        _ requests: [ScenarioRequest], randomSeeds: [UInt32], columns: Int?,
        timeline: (ScenarioRequest) throws -> Timeline
    ) throws {
        pictures = []
        for (model, request) in requests.enumerated() {
            for seed in randomSeeds {
                var request = request
                request.randomSeed = seed
                let caption = randomSeeds.count > 1 ? "random seed \(seed)" : ""
                pictures.append(
                    Picture(model: model, timeline: try timeline(request), randomSeed: seed, caption: caption))
            }
        }
        self.columns = columns ?? (requests.count > 1 && randomSeeds.count > 1 ? randomSeeds.count : nil)
        guard pictures.allSatisfy({ $0.timeline.cues.count == frameCount }) else {
            throw CommandError.usage("the film is not as long on every model's grid (give all one --grid)")
        }
    }

    /// The timelines of a scenario file that differ from place to place.
    init(_ description: TimelineDescription, _ request: ScenarioRequest, models: Int, columns: Int?) throws {
        pictures = []
        self.columns =
            description.columns > 1
            ? description.columns
            : columns ?? PanelLayout.columns(for: models, width: request.grid.width, height: request.grid.height)
        for model in 0..<models { try add(model, description, request) }
        guard description.ownRandomness else { return }
        for index in pictures.indices { pictures[index].randomSeed &+= UInt32(index) }
    }

    /// A model's pictures: the next place, or a row of their own where the scenario has columns.
    private mutating func add(_ model: Int, _ description: TimelineDescription, _ request: ScenarioRequest) throws {
        var request = request
        guard description.columns > 1 else {
            let columns = columns ?? 1
            request.place = FilmPlace(model: model, column: model % columns, row: model / columns)
            pictures.append(
                Picture(
                    model: model, timeline: try description.timeline(request), randomSeed: request.randomSeed))
            return
        }
        for column in 0..<description.columns {
            request.place = FilmPlace(model: model, column: column, row: model)
            let caption = description.columnCaptions.isEmpty ? "" : description.columnCaptions[column]
            pictures.append(
                Picture(
                    model: model, timeline: try description.timeline(request), randomSeed: request.randomSeed,
                    caption: caption))
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
