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
        let request = try request()
        if options.name.hasSuffix(".yaml") || options.name.hasSuffix(".yml") {
            return try ScenarioFile.timeline(path: options.name, request: request)
        }
        guard let scenario = Scenarios.named(options.name) else {
            throw RenderError.unknown(kind: "scenario", name: options.name, known: Scenarios.all.map { $0.name })
        }
        return try scenario.timeline(request)
    }

    private func request() throws -> ScenarioRequest {
        ScenarioRequest(
            grid: try gridSize(), steps: options.steps, stepsPerFrame: options.stepsPerFrame, holdSeconds: options.hold,
            frameRate: frameRate, starts: try options.starts.map(position),
            damage: try options.damages.map(DamageRequest.init(parsing:)),
            randomSeed: options.randomSeed, angleDegrees: options.angle, fireRate: options.fireRate,
            padding: try options.padding.map(padding))
    }

    /// The user's grid, else the largest that a model names, else 72 x 72.
    private func gridSize() throws -> GridSize {
        if let text = options.grid {
            guard let (width, height) = Self.pair(text, separator: "x") else {
                throw CommandError.usage("--grid is \"\(text)\" (expected WIDTHxHEIGHT in cells, as 72x72)")
            }
            return GridSize(width: width, height: height)
        }
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
