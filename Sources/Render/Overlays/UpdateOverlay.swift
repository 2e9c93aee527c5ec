import GNCARaster

/// How far the last step moved each cell.
struct UpdateOverlay: PanelOverlay, PictureOverlay, TracingOverlay {
    static let name = "update"
    static let summary = "length of the last update of each cell, all channels together"

    /// Full colour. A grown pattern at rest stays below a tenth of it, growth and healing reach it.
    private static let limit: Float = 0.25

    private let palette: ThemeColors

    init(_ setup: OverlaySetup) { palette = setup.palette }

    var panel: PanelContent {
        var panel = PanelContent(title: "Update")
        panel.legend = .sequential(limit: "0.25")
        return panel
    }

    func painter(of snapshot: Snapshot) -> TilePainter {
        { _, mosaic in
            guard let trace = snapshot.trace else { return mosaic.fade(to: palette.sequential.table[0], by: 1) }
            mosaic.paint(trace.update, limit: UpdateOverlay.limit, palette.sequential)
        }
    }

    func mark(_ picture: inout MarkedPicture, with snapshot: Snapshot) {
        guard let trace = snapshot.trace else { return }
        picture.cells.glow(trace.update, limit: UpdateOverlay.limit, palette.fire)
    }
}

extension Mosaic {
    /// Paints a number a cell (`[H * W]`) in the colours of a map, at its end from `limit` on.
    public mutating func paint(_ values: [Float], limit: Float, _ map: Colormap) {
        for cell in values.indices { pixels[cell] = map.pixel(for: values[cell] / limit) }
    }

    /// Lays `colour` over every pixel, the stronger the nearer `values` (`[H * W]`) come to `limit`.
    public mutating func glow(_ values: [Float], limit: Float, _ colour: Color) {
        for cell in values.indices where values[cell] > 0 {
            blend(colour.opacity(0.85 * (values[cell] / limit).unit), at: cell)
        }
    }
}
