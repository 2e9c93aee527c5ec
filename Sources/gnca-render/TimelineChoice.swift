import GNCACells
import GNCARaster
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
}

extension FilmScript {
    /// The film in words, for `--dry-run`; pictures that differ from the first follow with their own events.
    func lines(frameRate: Int) -> [String] {
        var lines = pictures[0].timeline.lines(frameRate: frameRate)
        for (index, picture) in pictures.enumerated().dropFirst()
        where !pictures[..<index].contains(where: { $0.timeline == picture.timeline }) {
            lines.append("picture \(index + 1):")
            lines += picture.timeline.lines(frameRate: frameRate).dropFirst().map { "  " + $0 }
        }
        return lines
    }
}

/// The timelines that the scenario options ask for.
struct TimelineChoice {
    private let options: ScenarioOptions
    private let models: [LoadedModel]
    private let frameRate: Int

    init(_ options: ScenarioOptions, models: [LoadedModel], frameRate: Int) {
        self.options = options
        self.models = models
        self.frameRate = frameRate
    }

    /// `columns`: pictures a row, where the user named a number.
    func script(columns: Int?) throws -> FilmScript {
        guard options.name.hasSuffix(".yaml") || options.name.hasSuffix(".yml") else {
            let timeline = try Scenarios.named(options.name).timeline(try request(grid: gridSize(nil)))
            return everywhere(timeline, columns: columns)
        }
        let description = try ScenarioFile.read(options.name)
        var script = try script(description, columns: columns)
        script.ownRandomness = description.ownRandomness
        return script
    }

    private func script(_ description: TimelineDescription, columns: Int?) throws -> FilmScript {
        var request = try request(grid: gridSize(description.grid))
        guard description.differsByPlace else { return everywhere(try description.timeline(request), columns: columns) }
        if description.columns > 1 {
            guard columns == nil else {
                throw CommandError.usage("\(options.name) has columns of its own (leave --columns out)")
            }
            return try inRows(description, request)
        }
        let columns =
            columns ?? PanelLayout.columns(for: models.count, width: request.grid.width, height: request.grid.height)
        let pictures = try models.indices.map { model in
            request.place = FilmPlace(model: model, column: model % columns, row: model / columns)
            return FilmScript.Picture(model: model, timeline: try description.timeline(request))
        }
        return FilmScript(pictures: pictures, columns: columns)
    }

    /// One timeline for every model.
    private func everywhere(_ timeline: Timeline, columns: Int?) -> FilmScript {
        FilmScript(
            pictures: models.indices.map { FilmScript.Picture(model: $0, timeline: timeline) }, columns: columns)
    }

    /// A row for every model.
    private func inRows(_ description: TimelineDescription, _ request: ScenarioRequest) throws -> FilmScript {
        var request = request
        var pictures: [FilmScript.Picture] = []
        for model in models.indices {
            for column in 0..<description.columns {
                request.place = FilmPlace(model: model, column: column, row: model)
                let caption = description.columnCaptions.isEmpty ? "" : description.columnCaptions[column]
                pictures.append(
                    FilmScript.Picture(
                        model: model, timeline: try description.timeline(request), columnCaption: caption))
            }
        }
        return FilmScript(pictures: pictures, columns: description.columns)
    }

    private func request(grid: GridSize) throws -> ScenarioRequest {
        ScenarioRequest(
            grid: grid, steps: options.steps, stepsPerFrame: options.stepsPerFrame, holdSeconds: options.hold,
            frameRate: frameRate, starts: try options.starts.map(position),
            damage: try options.damages.map { try DamageRequest(parsing: $0) }, randomSeed: options.randomSeed,
            angleDegrees: options.angle, fireRate: options.fireRate, edges: options.padding,
            readImage: Self.readImage)
    }

    static let readImage: @Sendable (String) throws(RenderError) -> Frame = { (file) throws(RenderError) in
        do {
            return try ImageFile.read(file)
        } catch {
            throw .invalid("\(error)")
        }
    }

    private func gridSize(_ written: GridSize?) throws -> GridSize {
        try Self.gridSize(options.grid, written: written, models: models)
    }

    /// The user's grid, else the one the scenario file was written for, else the largest that a model names, else 72 x 72.
    static func gridSize(_ text: String?, written: GridSize?, models: [LoadedModel]) throws -> GridSize {
        if let text {
            guard let (width, height) = pair(text, separator: "x") else {
                throw CommandError.usage("--grid is \"\(text)\" (expected WIDTHxHEIGHT in cells, as 72x72)")
            }
            return GridSize(width: width, height: height)
        }
        if let written { return written }
        let sizes = models.compactMap(\.checkpoint.gridSize)
        return GridSize(width: sizes.map(\.width).max() ?? 72, height: sizes.map(\.height).max() ?? 72)
    }

    private func position(_ text: String) throws -> CellPosition {
        guard let (x, y) = Self.pair(text, separator: ",") else {
            throw CommandError.usage("--start is \"\(text)\" (expected X,Y in cells, as 36,36)")
        }
        return CellPosition(x: x, y: y)
    }

    private static func pair(_ text: String, separator: Character) -> (Int, Int)? {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.count == 2, let first = Int(parts[0]), let second = Int(parts[1]) else { return nil }
        return (first, second)
    }
}
