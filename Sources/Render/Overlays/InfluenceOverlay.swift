import GNCACells
import GNCARaster
import GNCATraining

/// Which cells decide how near the pattern will come to the target: while a wound heals, those that heal it.
///
/// A cell's influence is by how much the error `Influence.steps` steps later would change if it were erased, as `Influence` tells.
struct InfluenceOverlay: PanelOverlay, PictureOverlay {
    static let name = "influence"
    static let summary =
        "how much each cell decides the error \(Influence.steps) steps later: which cells do the healing"

    /// Full colour.
    private static let limit: Float = 1

    private let palette: ThemeColors
    private let rule: Rule
    private let target: Target

    init(_ setup: OverlaySetup) throws(RenderError) {
        guard let target = setup.target else {
            throw .invalid("overlay influence needs a picture to compare with", remedy: .target)
        }
        palette = setup.palette
        rule = setup.rule
        self.target = Target(target)
    }

    var panel: PanelContent {
        var panel = PanelContent(title: "Influence")
        panel.legend = .sequential(limit: "\(Int(Self.limit))")
        return panel
    }

    func painter(of snapshot: Snapshot) -> TilePainter {
        let influence = influence(in: snapshot)
        return { _, mosaic in mosaic.paint(influence, limit: Self.limit, palette.sequential) }
    }

    func mark(_ picture: inout MarkedPicture, with snapshot: Snapshot) {
        picture.cells.glow(influence(in: snapshot), limit: Self.limit, palette.damage)
    }

    /// `[H * W]`.
    private func influence(in snapshot: Snapshot) -> [Float] {
        let values = try? Influence.values(
            of: snapshot.grid, rule: snapshot.rule, target: target, angle: snapshot.angle, edges: snapshot.edges)
        return values ?? [Float](repeating: 0, count: snapshot.grid.width * snapshot.grid.height)
    }
}
