import Model
import Raster
import Render

/// The timeline that the scenario options ask for.
struct TimelineChoice {
    private let options: ScenarioOptions
    private let models: [LoadedModel]
    private let frameRate: Int

    init(_ options: ScenarioOptions, models: [LoadedModel], frameRate: Int) {
        self.options = options
        self.models = models
        self.frameRate = frameRate
    }

    func timeline() throws -> Timeline {
        guard options.name.hasSuffix(".yaml") || options.name.hasSuffix(".yml") else {
            return try Scenarios.named(options.name).timeline(try request(grid: gridSize(nil)))
        }
        let description = try ScenarioFile.read(options.name)
        return try description.timeline(try request(grid: gridSize(description.grid)))
    }

    private func request(grid: GridSize) throws -> ScenarioRequest {
        ScenarioRequest(
            grid: grid, steps: options.steps, stepsPerFrame: options.stepsPerFrame, holdSeconds: options.hold,
            frameRate: frameRate, starts: try options.starts.map(position),
            damage: try options.damages.map { try DamageRequest(parsing: $0) }, randomSeed: options.randomSeed,
            angleDegrees: options.angle, fireRate: options.fireRate, padding: try options.padding.map(padding),
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

    private func padding(_ text: String) throws -> Padding {
        guard let padding = Padding(rawValue: text) else {
            throw CommandError.usage("--padding is \"\(text)\" (expected zero or torus)")
        }
        return padding
    }

    private static func pair(_ text: String, separator: Character) -> (Int, Int)? {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.count == 2, let first = Int(parts[0]), let second = Int(parts[1]) else { return nil }
        return (first, second)
    }
}
