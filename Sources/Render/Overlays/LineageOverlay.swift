import GNCACells
import GNCARaster

/// Which of the seed's first children every cell descends from.
struct LineageOverlay: PanelOverlay, PictureOverlay, KinOverlay {
    static let name = "lineage"
    static let summary = "families of cells: a colour for the descendants of each of the seed's children"

    private let colours: LineageColours

    init(_ setup: OverlaySetup) throws(RenderError) {
        do throws(ModelError) {
            _ = try Lineage(rule: setup.rule, grid: GridSize(width: 1, height: 1))
        } catch {
            throw .invalid("overlay lineage: \(error)")
        }
        colours = LineageColours(setup.palette)
    }

    var panel: PanelContent {
        var panel = PanelContent(title: "Lineage")
        panel.legend = .swatches(colours.swatches)
        return panel
    }

    func painter(of snapshot: Snapshot) -> TilePainter { { _, mosaic in colours.paint(snapshot, into: &mosaic) } }

    func mark(_ picture: inout MarkedPicture, with snapshot: Snapshot) {
        guard let lineage = snapshot.lineage else { return }
        for (cell, member) in lineage.living.enumerated() where member >= 0 {
            picture.cells.blend(colours.colour(of: lineage.members[member]).opacity(0.6), at: cell)
        }
    }
}

/// The colours of families.
struct LineageColours: Sendable {
    private let palette: ThemeColors
    /// The colours of curves, and two that are none of these: a cell has eight neighbours.
    private let families: [Color]
    /// How much paler than the last generation's the first one's colour is.
    private static let paleness: Float = 0.35
    /// Generations after which colours do not change.
    private static let generations: Float = 30

    init(_ palette: ThemeColors) {
        self.palette = palette
        families = palette.series + [Color(hex: 0x8C6BB1), Color(hex: 0x8A8F98)]
    }

    var swatches: [Legend.Swatch] {
        [Legend.Swatch(color: palette.ink, name: "seed")]
            + families.enumerated().map { index, colour in
                Legend.Swatch(color: colour, name: index == 0 ? "from its child 1" : "\(index + 1)")
            }
    }

    /// Families beyond the eighth begin again.
    func colour(of member: Lineage.Member) -> Color {
        guard let clan = member.clan else { return palette.ink }
        let age = min(Float(member.generation) / Self.generations, 1)
        return families[clan % families.count].mixed(with: palette.page, Self.paleness * (1 - age))
    }

    /// Dead cells are the page.
    func paint(_ snapshot: Snapshot, into mosaic: inout Mosaic) {
        guard let lineage = snapshot.lineage else { return }
        for (cell, member) in lineage.living.enumerated() {
            mosaic.pixels[cell] = member < 0 ? palette.page.packed : colour(of: lineage.members[member]).packed
        }
    }
}
