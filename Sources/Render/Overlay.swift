import GNCACells
import GNCARaster

/// Something to see besides the cells' colours. Immutable: everything is drawn from the snapshot at hand.
///
/// What an overlay conforms to says where it stands: a `PictureOverlay` on the cells, a `PanelOverlay` in a panel of its
/// own, and one that is both in a panel, but with `PanelLayout.over` on the cells. The words of a `WordsOverlay` stand
/// above its panel or the picture; where it has neither, below all pictures.
public protocol Overlay: Sendable {
    /// As films ask for it: "alive".
    static var name: String { get }
    /// One line for lists of overlays.
    static var summary: String { get }

    /// Throws `RenderError` where the model or the options give nothing to show.
    init(_ setup: OverlaySetup) throws(RenderError)
}

/// An overlay on the picture's cells.
public protocol PictureOverlay: Overlay {
    /// Colours cells, and outlines some of them.
    func mark(_ picture: inout MarkedPicture, with snapshot: Snapshot)
}

/// An overlay in a panel of its own.
public protocol PanelOverlay: Overlay {
    /// Tiles, labels and legend.
    var panel: PanelContent { get }
    /// What paints the tiles of one frame. Numbers that they share are worked out here, once.
    func painter(of snapshot: Snapshot) -> TilePainter
}

/// Paints one tile (index, 0...) of a panel into a mosaic of the grid's size, every pixel of it.
public typealias TilePainter = (_ tile: Int, _ mosaic: inout Mosaic) -> Void

/// An overlay that says something.
public protocol WordsOverlay: Overlay {
    /// The widest that each of `words` can become; as many as `words` returns.
    var widestWords: [String] { get }
    /// Empty words take their room and show nothing.
    func words(for snapshot: Snapshot) -> [String]
}

/// An overlay that shows what the last step did: its snapshots carry a `StepTrace`, but for the first.
public protocol TracingOverlay: Overlay {}

/// An overlay that shows whose children cells are: its snapshots carry a `Lineage`.
public protocol KinOverlay: Overlay {}

/// The picture of one model's cells, which overlays mark.
public struct MarkedPicture: Sendable {
    /// The cells' colours, one pixel a cell, before they are enlarged; of a model with a decoder clear, and what is drawn here
    /// is laid over the pixels of each cell.
    public var cells: Mosaic
    /// Drawn on the enlarged picture.
    var outlines: [(mask: [UInt8], color: Color)] = []

    /// Draws the edge of a set of cells (`[H * W]`, not 0 = inside) inside its outermost cells.
    public mutating func outline(_ mask: [UInt8], _ color: Color) { outlines.append((mask, color)) }
}

/// What an overlay is made from.
public struct OverlaySetup: Sendable {
    /// The model's rule.
    public var rule: Rule
    /// What happens in the film.
    public var timeline: Timeline
    /// The colours of the film's theme.
    public var palette: ThemeColors
    /// Whether overlays that could have a panel stand on the picture.
    public var onPicture: Bool
    /// The picture to compare with, of the grid's size, or of that which a decoder draws; nil where there is none.
    public var target: Mosaic?
    /// Channels (index, 0...) that perception shows; nil for its own choice.
    public var perceptionChannels: [Int]?
    /// Steps at which training compared the model with its target; nil = unknown.
    public var trainedSteps: ClosedRange<Int>?
    /// Whether training went on from what its earlier runs had left.
    public var trainedFromPool: Bool

    /// Whatever is left out nobody knows or asked for.
    public init(
        rule: Rule, timeline: Timeline, palette: ThemeColors, onPicture: Bool = false, target: Mosaic? = nil,
        perceptionChannels: [Int]? = nil, trainedSteps: ClosedRange<Int>? = nil, trainedFromPool: Bool = false
    ) {
        self.rule = rule
        self.timeline = timeline
        self.palette = palette
        self.onPicture = onPicture
        self.target = target
        self.perceptionChannels = perceptionChannels
        self.trainedSteps = trainedSteps
        self.trainedFromPool = trainedFromPool
    }
}

/// The overlays that come with this module.
public enum Overlays {
    /// All of them, in the order in which they are listed. `CompositionOptions.knownOverlays` takes more.
    public static let all: [any Overlay.Type] = [
        AliveOverlay.self, HiddenOverlay.self, PCAOverlay.self, ChannelsOverlay.self, FireOverlay.self,
        PerceptionOverlay.self,
        UpdateOverlay.self, DamageOverlay.self, CounterOverlay.self, TimeOverlay.self, ErrorOverlay.self,
        InfluenceOverlay.self, LineageOverlay.self,
    ]

    /// The overlay called `name` among `known`. Throws `RenderError.unknown`.
    public static func named(
        _ name: String, among known: [any Overlay.Type] = all
    ) throws(RenderError) -> any Overlay.Type {
        try RenderError.find(name, "overlay", in: known) { $0.name }
    }
}
