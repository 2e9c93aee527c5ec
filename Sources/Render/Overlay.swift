import GNCACells
import GNCARaster

/// Something to see besides the cells' colours. Immutable: everything is drawn from the snapshot at hand.
///
/// An overlay is told on creation whether it stands in a panel of its own or on the picture, and implements what its
/// place needs; the rest does nothing.
public protocol Overlay: Sendable {
    /// As `--overlay` names it.
    static var name: String { get }
    /// One line for `list`.
    static var summary: String { get }
    static var placement: OverlayPlacement { get }
    /// Whether snapshots must carry a `StepTrace`.
    static var needsTrace: Bool { get }

    /// Throws `RenderError.invalid` where the model or the options give nothing to show.
    init(_ setup: OverlaySetup) throws(RenderError)

    /// The bar along the film's time; nil for all overlays but that one.
    var timeBar: TimeBar? { get }
    /// Tiles, labels and legend; nil where the overlay stands on the picture or in the footer.
    var panel: PanelContent? { get }
    /// The widest that each of `words` can become; as many as `words` returns.
    var widestWords: [String] { get }

    /// What stands above the panel or picture (one number), or in the footer.
    func words(for snapshot: Snapshot) -> [String]
    /// Numbers that all tiles share, worked out once a frame.
    func values(for snapshot: Snapshot) -> [Float]
    /// Paints one tile of the panel, one pixel a cell.
    func paint(_ snapshot: Snapshot, _ values: [Float], tile: Int, into mosaic: inout Mosaic)
    /// Colours the picture's cells before they are enlarged.
    func tint(_ mosaic: inout Mosaic, with snapshot: Snapshot)
    /// Draws on the enlarged picture, which stands in `area` with `scale` pixels a cell.
    func draw(_ snapshot: Snapshot, over area: PixelRect, scale: Int, on frame: inout Frame)
}

extension Overlay {
    public static var needsTrace: Bool { false }
    public var timeBar: TimeBar? { nil }
    public var panel: PanelContent? { nil }
    public var widestWords: [String] { [] }
    public func words(for snapshot: Snapshot) -> [String] { [] }
    public func values(for snapshot: Snapshot) -> [Float] { [] }
    public func paint(_ snapshot: Snapshot, _ values: [Float], tile: Int, into mosaic: inout Mosaic) {}
    public func tint(_ mosaic: inout Mosaic, with snapshot: Snapshot) {}
    public func draw(_ snapshot: Snapshot, over area: PixelRect, scale: Int, on frame: inout Frame) {}
}

/// Where an overlay can stand.
public enum OverlayPlacement: Sendable {
    /// On the picture's cells.
    case picture
    /// In a panel of its own.
    case panel
    /// In a panel, or with `PanelLayout.over` on the cells.
    case panelOrPicture
    /// In the strip below all pictures.
    case footer
    /// As a bar along the film's time, below everything.
    case timeBar
}

/// What an overlay is made from.
public struct OverlaySetup: Sendable {
    public var rule: Rule
    public var timeline: Timeline
    public var palette: Palette
    /// Whether to draw on the cells what could stand in a panel.
    public var onPicture: Bool
    /// The picture to compare with, of the grid's size.
    public var target: Mosaic?
    /// Channels (index, 0...) that perception shows; nil for its own choice.
    public var perceptionChannels: [Int]?
    /// Steps at which training compared the model with its target; nil = unknown.
    public var trainedSteps: ClosedRange<Int>?
}

/// Every overlay, in the order in which they are listed.
public enum Overlays {
    public static let all: [any Overlay.Type] = [
        AliveOverlay.self, HiddenOverlay.self, ChannelsOverlay.self, FireOverlay.self, PerceptionOverlay.self,
        UpdateOverlay.self, DamageOverlay.self, CounterOverlay.self, TimeOverlay.self, ErrorOverlay.self,
    ]

    /// The overlay called `name`. Throws `RenderError.unknown`.
    public static func named(_ name: String) throws(RenderError) -> any Overlay.Type {
        guard let overlay = all.first(where: { $0.name == name }) else {
            throw .unknown(kind: "overlay", name: name, known: all.map { $0.name })
        }
        return overlay
    }
}
