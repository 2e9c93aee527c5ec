import GNCARaster

/// The cells that applied their update in the last step.
struct FireOverlay: PanelOverlay, PictureOverlay, TracingOverlay {
    static let name = "fire"
    static let summary = "living cells that fired in the last step; in empty ones firing changes nothing"

    private let palette: ThemeColors

    init(_ setup: OverlaySetup) { palette = setup.palette }

    var panel: PanelContent {
        var panel = PanelContent(title: "Fired")
        panel.legend = .swatches([
            Legend.Swatch(color: palette.fire, name: "fired"),
            Legend.Swatch(color: palette.resting, name: "alive, at rest"),
        ])
        return panel
    }

    func painter(of snapshot: Snapshot) -> TilePainter {
        let alive = snapshot.active
        let (fire, resting, page) = (palette.fire.packed, palette.resting.packed, palette.page.packed)
        return { _, mosaic in
            for cell in alive.indices {
                let fired = snapshot.trace.map { $0.fired[cell] != 0 } ?? false
                mosaic.pixels[cell] = alive[cell] != 0 ? (fired ? fire : resting) : page
            }
        }
    }

    func mark(_ picture: inout MarkedPicture, with snapshot: Snapshot) {
        guard let trace = snapshot.trace else { return }
        let alive = snapshot.active
        let tint = palette.fire.opacity(0.5)
        for cell in alive.indices where alive[cell] != 0 && trace.fired[cell] != 0 {
            picture.cells.blend(tint, at: cell)
        }
    }
}
