import GNCACells
import GNCARaster

/// What a user may say about a figure. nil and empty mean: the kind's own default.
public struct FigureRequest: Sendable {
    /// What the figure is made from, where that is models.
    public var models: [FigureModel]
    /// What the figure is made from, where that is logs.
    public var logs: [TrainingLog]
    /// Cells.
    public var grid: GridSize
    /// The step that is shown, or after which recovery cuts.
    public var step: Int?
    /// The steps that are shown; for recovery, those after the cut.
    public var steps: [Int]
    /// What happens in many runs; nil for the kind's own.
    public var scenario: FigureScenario?
    /// Runs of each model, or of an atlas at every place, where the kind makes many.
    public var trials: Int?
    /// Recovery shows each in a row.
    public var damage: [FigureDamage]
    /// Degrees.
    public var angles: [Double]
    /// 0...1
    public var fireRates: [Double]
    /// Tells which cells fire, and draws random damage; of many runs, that of the first, and each next has the next.
    public var randomSeed: UInt32
    /// What states are compared with: one for all models, or one for each where the kind takes several. Their sizes are the
    /// grid's, where the kind takes none.
    public var targets: [Target]
    /// Channels (index, 0...).
    public var channels: [Int]
    /// Of the cuts of an atlas, cells.
    public var radii: [Double]
    /// Steps done when the cuts of an atlas fall.
    public var moments: [Int]
    /// Cells between the places of an atlas.
    public var stride: Int?
    /// Whether the trials of an atlas run to their end though they seem to be decided before.
    public var runsFullTrials: Bool
    /// Panels in a row.
    public var columns: Int?
    /// Between panels, cells.
    public var gap: Int?
    /// In the place of the kind's own words.
    public var captions: [String]
    /// Whether there are words, legends and hairlines around the panels.
    public var showsCaptions: Bool
    /// The look of everything around the cells.
    public var theme: Theme
    /// What is behind cells and page; nil for the theme's.
    public var background: Background?
    /// Of the simulation.
    public var threads: Int
    /// Who waits for it.
    public var watch: FigureWatch
    /// Reads the picture of an `erase:FILE` damage.
    public var readImage: @Sendable (_ file: String) throws(RenderError) -> Frame

    /// Whatever is left out is as the kind has it.
    public init(
        models: [FigureModel] = [], logs: [TrainingLog] = [], grid: GridSize = GridSize(width: 72, height: 72),
        step: Int? = nil, steps: [Int] = [], scenario: FigureScenario? = nil, trials: Int? = nil,
        damage: [FigureDamage] = [], angles: [Double] = [],
        fireRates: [Double] = [], randomSeed: UInt32 = 0, targets: [Target] = [], channels: [Int] = [],
        radii: [Double] = [], moments: [Int] = [], stride: Int? = nil, runsFullTrials: Bool = false,
        columns: Int? = nil, gap: Int? = nil, captions: [String] = [], showsCaptions: Bool = true,
        theme: Theme = .light, background: Background? = nil, threads: Int = 1, watch: FigureWatch = FigureWatch(),
        readImage: @escaping @Sendable (_ file: String) throws(RenderError) -> Frame = ScenarioRequest.noImages
    ) {
        self.models = models
        self.logs = logs
        self.grid = grid
        self.step = step
        self.steps = steps
        self.scenario = scenario
        self.trials = trials
        self.damage = damage
        self.angles = angles
        self.fireRates = fireRates
        self.randomSeed = randomSeed
        self.targets = targets
        self.channels = channels
        self.radii = radii
        self.moments = moments
        self.stride = stride
        self.runsFullTrials = runsFullTrials
        self.columns = columns
        self.gap = gap
        self.captions = captions
        self.showsCaptions = showsCaptions
        self.theme = theme
        self.background = background
        self.threads = threads
        self.watch = watch
        self.readImage = readImage
    }

    /// What all models are compared with.
    public var target: Target? {
        get { targets.first }
        set { targets = newValue.map { [$0] } ?? [] }
    }
}

/// Who waits for a figure that takes long.
public struct FigureWatch: Sendable {
    /// Throws where the work should end; what it throws is thrown on.
    public var check: @Sendable () throws -> Void
    /// Told how much of the work is done, 0 when it begins: on any thread, but never twice at once.
    public var progressed: @Sendable (_ done: Int, _ total: Int) -> Void

    /// Without arguments, nobody.
    public init(
        check: @escaping @Sendable () throws -> Void = {},
        progressed: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) {
        (self.check, self.progressed) = (check, progressed)
    }
}

/// A model as figures name it.
public struct FigureModel: Sendable {
    /// What is run.
    public var rule: Rule
    /// As captions name it.
    public var name: String
    /// As messages name it.
    public var file: String

    /// `file` may be anything that tells users which model is meant.
    public init(rule: Rule, name: String, file: String) {
        self.rule = rule
        self.name = name
        self.file = file
    }
}

/// What happens in the runs of a figure, and when.
public struct FigureScenario: Sendable {
    /// Resolves it for a run.
    public var timeline: @Sendable (ScenarioRequest) throws(RenderError) -> Timeline

    /// One of those that come with this module.
    public init(_ scenario: any Scenario.Type) {
        timeline = { (request) throws(RenderError) in try scenario.timeline(request) }
    }

    /// What somebody wrote.
    public init(_ description: TimelineDescription) {
        timeline = { (request) throws(RenderError) in try description.timeline(request) }
    }
}

/// Damage without a step: what is erased, and how it was written.
public struct FigureDamage: Sendable {
    /// What is erased.
    public var shape: DamageShape
    /// As it was written; messages begin with it.
    public var spec: String

    /// Reads "circle:36,36,12", "half:left". Throws a sentence that begins with the text.
    public init(parsing spec: String) throws(RenderError) {
        do { shape = try DamageShape(parsing: spec) } catch { throw error.at(spec) }
        self.spec = spec
    }
}

/// The loss of every iteration of one training.
public struct TrainingLog: Sendable {
    /// As the figure's legend has it.
    public var name: String
    /// NaN where an iteration was skipped.
    public var losses: [(iteration: Int, loss: Double)]

    /// `losses`: in increasing order of iterations.
    public init(name: String, losses: [(iteration: Int, loss: Double)]) {
        self.name = name
        self.losses = losses
    }

    /// `losses` of iterations 1, 2, ...
    public init(name: String, losses: [Float]) {
        self.init(name: name, losses: losses.enumerated().map { ($0.offset + 1, Double($0.element)) })
    }
}
