import GNCARaster

/// A kind of still. Immutable: everything is resolved, and every simulation run, when it is made; drawing only places it.
public protocol Figure: Sendable {
    /// As `figure` and `list` name it: "strip".
    static var name: String { get }
    /// One line for `list`.
    static var summary: String { get }
    static var subject: FigureSubject { get }
    /// What a user may say about it, besides size, theme and background.
    static var options: [FigureOption] { get }
    static var extent: FigureExtent { get }

    /// Throws `RenderError` and `ModelError` where the request gives nothing to show.
    init(_ request: FigureRequest) throws
    /// The page, with `length` pixels a cell (or, where the kind has no cells, a page of that width) and text of
    /// `fontSize` pixels.
    func drawing(length: Int, fontSize: Int) throws -> Drawing
}

/// What a figure is made from.
public enum FigureSubject: Sendable {
    case oneModel
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

/// An option that not every kind takes; the raw value is its flag.
public enum FigureOption: String, Sendable, CaseIterable {
    case step = "--step"
    case steps = "--steps"
    case grid = "--grid"
    case damage = "--damage"
    case angle = "--angle"
    case fireRate = "--fire-rate"
    case randomSeed = "--random-seed"
    case target = "--target"
    case channels = "--channels"
    case columns = "--columns"
    case scale = "--scale"
    case gap = "--gap"
    case caption = "--caption"
    case noCaptions = "--no-captions"

    /// What running an automaton takes.
    static let running: [FigureOption] = [.grid, .fireRate, .randomSeed]
    /// What placing panels takes.
    static let panels: [FigureOption] = [.scale, .gap, .noCaptions]
}

/// Every kind of figure, in the order of `list`.
public enum Figures {
    public static let all: [any Figure.Type] = [
        StripFigure.self, ChannelsFigure.self, RotationFigure.self, RecoveryFigure.self, CompareFigure.self,
        FiltersFigure.self, MaskFigure.self, RatesFigure.self, LossFigure.self, ArchitectureFigure.self,
    ]

    /// The figure called `name`. Throws `RenderError.unknown`.
    public static func named(_ name: String) throws(RenderError) -> any Figure.Type {
        guard let figure = all.first(where: { $0.name == name }) else {
            throw .unknown(kind: "figure", name: name, known: all.map { $0.name })
        }
        return figure
    }
}
