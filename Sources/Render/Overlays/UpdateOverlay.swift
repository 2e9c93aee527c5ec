import GNCARaster

/// How far the last step moved each cell.
struct UpdateOverlay: Overlay {
    static let name = "update"
    static let summary = "length of the last update of each cell, all channels together"
    static let placement = OverlayPlacement.panelOrPicture
    static let needsTrace = true

    /// Full colour. A grown pattern at rest stays below a tenth of it, growth and healing reach it.
    private static let limit: Float = 0.25

    private let palette: Palette
    private let onPicture: Bool

    init(_ setup: OverlaySetup) {
        palette = setup.palette
        onPicture = setup.onPicture
    }

    var panel: PanelContent? {
        guard !onPicture else { return nil }
        var panel = PanelContent(title: "Update")
        panel.legend = .sequential(limit: "0.25")
        return panel
    }

    func paint(_ snapshot: Snapshot, _ values: [Float], tile: Int, into mosaic: inout Mosaic) {
        guard let trace = snapshot.trace else { return mosaic.fade(to: palette.sequential.table[0], by: 1) }
        for cell in trace.update.indices {
            mosaic.pixels[cell] = palette.sequential.pixel(for: trace.update[cell] / UpdateOverlay.limit)
        }
    }

    func tint(_ mosaic: inout Mosaic, with snapshot: Snapshot) {
        guard onPicture, let trace = snapshot.trace else { return }
        mosaic.glow(trace.update, limit: UpdateOverlay.limit, palette.fire)
    }
}

extension Mosaic {
    /// Lays `colour` over every pixel, the stronger the nearer `values` come to `limit`.
    mutating func glow(_ values: [Float], limit: Float, _ colour: Color) {
        for cell in values.indices where values[cell] > 0 {
            blend(colour.opacity(0.85 * (values[cell] / limit).unit), at: cell)
        }
    }
}
