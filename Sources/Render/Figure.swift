import GNCABasics
import GNCARaster

/// A kind of still. Immutable: everything is resolved, and every simulation run, when it is made; drawing only places it.
public protocol Figure: Sendable {
    /// As it is asked for: "strip".
    static var name: String { get }
    /// One line for lists of figures.
    static var summary: String { get }
    /// What it is made from.
    static var subject: FigureSubject { get }
    /// What a user may say about it, besides size, theme and background.
    static var options: [FigureOption] { get }
    /// What sets its size.
    static var extent: FigureExtent { get }
    /// Whether every model may have a target of its own.
    static var hasTargetsOfModels: Bool { get }

    /// Pixels a cell are a multiple of this: 1, but where decoders draw several pixels in the place of a cell.
    var pixels: Int { get }

    /// Throws `RenderError` and `ModelError` where the request gives nothing to show.
    init(_ request: FigureRequest) throws
    /// The page, with `length` pixels a cell (or, where the kind has no cells, a page of that width) and text of
    /// `fontSize` pixels.
    func drawing(length: Int, fontSize: Int) throws -> Drawing
}

extension Figure {
    /// All models have one.
    public static var hasTargetsOfModels: Bool { false }

    /// A cell is a pixel.
    public var pixels: Int { 1 }
}

/// A figure whose numbers can be written beside it. It may take long: it asks and tells `FigureRequest.watch`.
public protocol NumberedFigure: Figure {
    /// In which forms they can.
    static var forms: [FigureNumbers.Form] { get }
    /// What it shows.
    var numbers: FigureNumbers { get }
    /// The most important of them, in a sentence; nil where there is none.
    var finding: String? { get }
}

extension NumberedFigure {
    /// Says nothing.
    public var finding: String? { nil }
}

/// The numbers of a figure.
public struct FigureNumbers {
    /// How they can be written.
    public enum Form: String, Sendable, CaseIterable {
        /// Comma-separated values.
        case csv
        /// One object.
        case json
        /// Arrays of NumPy's.
        case npz
    }

    /// Comma-separated values: a line of names, and the numbers that are drawn; nil where no table can hold them.
    public var table: String?
    /// All of them, with what they mean; nil where a table does.
    public var json: JSONValue?
    /// The same as arrays, row-major.
    public var arrays: [(name: String, shape: [Int], values: [Float])]

    /// The same numbers in each form that the figure has.
    public init(
        table: String? = nil, json: JSONValue? = nil, arrays: [(name: String, shape: [Int], values: [Float])] = []
    ) {
        (self.table, self.json, self.arrays) = (table, json, arrays)
    }
}

/// What a figure is made from.
public enum FigureSubject: Sendable {
    /// Exactly one.
    case oneModel
    /// One model or several.
    case models
    /// Logs of trainings.
    case logs
}

/// What sets a figure's size.
public enum FigureExtent: Sendable, Equatable {
    /// Whole pixels a cell; this many where the user says nothing.
    case cells(scale: Int)
    /// The width of the page; so many pixels where the user says nothing.
    case page(width: Int)
}

/// Something that users may say about a figure and that not every kind takes. The raw value is its name.
public enum FigureOption: String, Sendable, CaseIterable {
    /// What happens before the figure is drawn.
    case step, steps, grid, damage, angle
    /// Of many runs.
    case scenario, trials
    /// How often cells update.
    case fireRate = "fire-rate"
    /// Which cells fire, and random damage.
    case randomSeed = "random-seed"
    /// What is shown of it, and how.
    case target, channels, columns, scale, gap, caption
    /// Cells alone.
    case noCaptions = "no-captions"
    /// Which cuts an atlas tries.
    case radii, moments, stride
    /// Whether its trials run to their end.
    case fullTrials = "full-trials"
    /// Where the figure's numbers go.
    case data

    /// What running an automaton takes.
    public static let running: [FigureOption] = [.grid, .fireRate, .randomSeed]
    /// What placing panels takes.
    public static let panels: [FigureOption] = [.scale, .gap, .noCaptions]
}

/// The kinds of figure that come with this module.
public enum Figures {
    /// All of them, in the order in which they are listed.
    public static let all: [any Figure.Type] = [
        StripFigure.self, ChannelsFigure.self, RotationFigure.self, RecoveryFigure.self, CompareFigure.self,
        FiltersFigure.self, MaskFigure.self, QualityFigure.self, AtlasFigure.self, RatesFigure.self,
        CurvesFigure.self, PortraitFigure.self, LineageFigure.self, LossFigure.self, ArchitectureFigure.self,
    ]

    /// The figure called `name` among `known`. Throws `RenderError.unknown`.
    public static func named(
        _ name: String, among known: [any Figure.Type] = all
    ) throws(RenderError) -> any Figure.Type {
        try RenderError.find(name, "figure", in: known) { $0.name }
    }
}
