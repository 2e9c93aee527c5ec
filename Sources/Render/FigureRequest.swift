import Model
import Raster

/// What a user may say about a figure. nil and empty mean: the kind's own default.
public struct FigureRequest: Sendable {
    public var models: [FigureModel]
    public var logs: [TrainingLog]
    /// Cells.
    public var grid: GridSize
    public var step: Int?
    public var steps: [Int]
    public var damage: [FigureDamage]
    /// Degrees.
    public var angles: [Double]
    /// 0...1
    public var fireRates: [Double]
    public var randomSeed: UInt32
    /// What the loss compares with; its size is the grid's.
    public var target: Target?
    /// Channels (index, 0...).
    public var channels: [Int]
    public var columns: Int?
    /// Between panels, cells.
    public var gap: Int?
    /// In the place of the kind's own words.
    public var captions: [String]
    /// Whether there are words, legends and hairlines around the panels.
    public var showsCaptions: Bool
    public var theme: Theme
    /// What is behind cells and page; nil for the theme's.
    public var background: Background?
    public var threads: Int
    /// Reads the picture of an `erase:FILE` damage.
    public var readImage: @Sendable (_ file: String) throws(RenderError) -> Frame

    public init(
        models: [FigureModel] = [], logs: [TrainingLog] = [], grid: GridSize = GridSize(width: 72, height: 72),
        step: Int? = nil, steps: [Int] = [], damage: [FigureDamage] = [], angles: [Double] = [],
        fireRates: [Double] = [], randomSeed: UInt32 = 0, target: Target? = nil, channels: [Int] = [],
        columns: Int? = nil, gap: Int? = nil, captions: [String] = [], showsCaptions: Bool = true,
        theme: Theme = .light, background: Background? = nil, threads: Int = 1,
        readImage: @escaping @Sendable (_ file: String) throws(RenderError) -> Frame = ScenarioRequest.noImages
    ) {
        self.models = models
        self.logs = logs
        self.grid = grid
        self.step = step
        self.steps = steps
        self.damage = damage
        self.angles = angles
        self.fireRates = fireRates
        self.randomSeed = randomSeed
        self.target = target
        self.channels = channels
        self.columns = columns
        self.gap = gap
        self.captions = captions
        self.showsCaptions = showsCaptions
        self.theme = theme
        self.background = background
        self.threads = threads
        self.readImage = readImage
    }
}

/// A model as figures name it.
public struct FigureModel: Sendable {
    public var rule: Rule
    /// As captions name it.
    public var name: String
    /// As messages name it.
    public var file: String

    public init(rule: Rule, name: String, file: String) {
        self.rule = rule
        self.name = name
        self.file = file
    }
}

/// Damage without a step: what is erased, and how it was written.
public struct FigureDamage: Sendable {
    public var shape: DamageShape
    public var spec: String

    /// Reads "circle:36,36,12", "half:left". Throws a sentence that begins with the text.
    public init(parsing spec: String) throws(RenderError) {
        do { shape = try DamageShape(parsing: spec) } catch { throw error.at(spec) }
        self.spec = spec
    }
}

/// The loss of every iteration of one training.
public struct TrainingLog: Sendable {
    public var name: String
    /// NaN where an iteration was skipped.
    public var losses: [(iteration: Int, loss: Double)]

    public init(name: String, losses: [(iteration: Int, loss: Double)]) {
        self.name = name
        self.losses = losses
    }

    /// `losses` of iterations 1, 2, ...
    public init(name: String, losses: [Float]) {
        self.init(name: name, losses: losses.enumerated().map { ($0.offset + 1, Double($0.element)) })
    }
}

extension FigureRequest {
    var palette: Palette { theme.palette }

    /// What is behind cells: the user's, or the theme's page.
    var ground: Background {
        if let background { return background }
        let page = palette.page.packed.pixel
        return .colour(red: page.red, green: page.green, blue: page.blue)
    }

    /// One cell a pixel, as the figure's ground has it.
    func picture(of grid: CellGrid) -> Mosaic {
        var mosaic = Mosaic(width: grid.width, height: grid.height)
        CellPicture(background: ground, scale: 1).paint(grid, into: &mosaic)
        return mosaic
    }

    /// One number a cell in diverging colours, held to -limit...limit.
    func map(_ values: some Collection<Float>, limit: Float, width: Int, height: Int) -> Mosaic {
        var mosaic = Mosaic(width: width, height: height)
        for (cell, value) in values.enumerated() { mosaic.pixels[cell] = palette.diverging.pixel(for: value / limit) }
        return mosaic
    }

    /// Steps in the user's order, or the kind's own. Throws where one is out of range.
    func steps(default steps: [Int]) throws(RenderError) -> [Int] {
        let steps = self.steps.isEmpty ? steps : self.steps
        for step in steps { try TimelineLimits.check("--steps", step, in: 0...TimelineLimits.steps) }
        return steps
    }

    func step(default step: Int) throws(RenderError) -> Int {
        let step = self.step ?? step
        try TimelineLimits.check("--step", step, in: 0...TimelineLimits.steps)
        return step
    }

    /// The user's channels, or the kind's own. Throws where the model has no such channel.
    func channels(default channels: [Int], of model: FigureModel) throws(RenderError) -> [Int] {
        let channels = self.channels.isEmpty ? channels : self.channels
        for channel in channels where !(0..<model.rule.channels).contains(channel) {
            throw .invalid(
                "channel \(channel) does not exist (the model has channels 0...\(model.rule.channels - 1))")
        }
        return channels
    }

    /// `values` where the kind takes at most one of them.
    func single<Value>(_ values: [Value], _ option: FigureOption) throws(RenderError) -> Value? {
        guard values.count <= 1 else { throw .invalid("\(option.rawValue) has one value here (got \(values.count))") }
        return values.first
    }

    /// The user's captions, or the kind's own; one for each of `defaults`. `noun`: what each of them names.
    func captions(_ noun: String, _ defaults: [String]) throws(RenderError) -> [String] {
        guard showsCaptions else { return [] }
        guard !captions.isEmpty else { return defaults }
        guard captions.count == defaults.count else {
            throw .invalid("--caption stands once a \(noun) (got \(captions.count), expected \(defaults.count))")
        }
        return captions
    }

    /// Throws where even one pixel a cell is more than a page holds: nothing has to run to know that.
    func checkRoom(columns: Int, rows: Int) throws(RenderError) {
        let (width, height) = (columns * grid.width, rows * grid.height)
        guard max(width, height) <= FigureSheet.longestSide else {
            throw .invalid(
                "the figure is too large (got at least \(width)x\(height) pixels, limit \(FigureSheet.longestSide))")
        }
    }

    /// Columns for `count` panels: the user's, or at most `most`. Throws where they have no room on a page.
    func columns(_ count: Int, most: Int) throws(RenderError) -> Int {
        let columns = self.columns ?? min(count, most)
        guard (1...count).contains(columns) else {
            throw .invalid("--columns is out of range (got \(columns), expected 1...\(count))")
        }
        try checkRoom(columns: columns, rows: (count + columns - 1) / columns)
        return columns
    }
}
