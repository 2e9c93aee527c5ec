import GNCARaster

/// The cells that applied their update in the last step.
struct FireOverlay: Overlay {
    static let name = "fire"
    static let summary = "living cells that fired in the last step; in empty ones firing changes nothing"
    static let placement = OverlayPlacement.panelOrPicture
    static let needsTrace = true

    private let palette: Palette
    private let onPicture: Bool

    init(_ setup: OverlaySetup) {
        palette = setup.palette
        onPicture = setup.onPicture
    }

    var panel: PanelContent? {
        guard !onPicture else { return nil }
        var panel = PanelContent(title: "Fired")
        panel.legend = .swatches([
            Legend.Swatch(color: palette.fire, name: "fired"),
            Legend.Swatch(color: palette.resting, name: "alive, at rest"),
        ])
        return panel
    }

    func paint(_ snapshot: Snapshot, _ values: [Float], tile: Int, into mosaic: inout Mosaic) {
        let alive = snapshot.active
        let (fire, resting, page) = (palette.fire.packed, palette.resting.packed, palette.page.packed)
        for cell in alive.indices {
            let fired = snapshot.trace.map { $0.fired[cell] != 0 } ?? false
            mosaic.pixels[cell] = alive[cell] != 0 ? (fired ? fire : resting) : page
        }
    }

    func tint(_ mosaic: inout Mosaic, with snapshot: Snapshot) {
        guard onPicture, let trace = snapshot.trace else { return }
        let alive = snapshot.active
        let tint = palette.fire.opacity(0.5)
        for cell in alive.indices where alive[cell] != 0 && trace.fired[cell] != 0 {
            mosaic.blend(tint, at: cell)
        }
    }
}
