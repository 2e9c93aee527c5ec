import Model
import Raster

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What cells perceive: a few channels as they are, and their gradients along x and y.
///
/// Gradients are drawn in the Distill article's measure (Sobel / 8) whatever factor the rule has, turned by the
/// snapshot's angle: x' = x cos a - y sin a, y' = x sin a + y cos a.
struct PerceptionOverlay: Overlay {
    static let name = "perception"
    static let summary = "identity, Sobel x and Sobel y of a few channels"
    static let placement = OverlayPlacement.panel

    /// Beyond it: the end's colour. Half of `ChannelMaps.limit`, for gradients are small.
    private static let limit: Float = 1

    private let channels: [Int]
    private let palette: Palette

    init(_ setup: OverlaySetup) throws(RenderError) {
        let count = setup.rule.channels
        channels = setup.perceptionChannels ?? [3, 0, 4].filter { $0 < count }
        palette = setup.palette
        guard !channels.isEmpty else { throw .invalid("overlay perception needs at least one channel") }
        for channel in channels where !(0..<count).contains(channel) {
            throw .invalid("perception channel \(channel) does not exist (the model has channels 0...\(count - 1))")
        }
    }

    var panel: PanelContent? {
        var panel = PanelContent(title: "Perception", columns: 3, tileCount: 3 * channels.count)
        panel.columnLabels = ["identity", "Sobel x", "Sobel y"]
        panel.rowLabels = channels.map(ChannelMaps.name)
        panel.legend = .diverging(limit: "1")
        return panel
    }

    func paint(_ snapshot: Snapshot, tile: Int, into mosaic: inout Mosaic) {
        let grid = snapshot.grid
        let channel = channels[tile / 3]
        // Weights of the x- and the y-gradient in what this tile shows.
        let (alongX, alongY): (Float, Float) =
            tile % 3 == 1 ? (cos(snapshot.angle), -sin(snapshot.angle)) : (sin(snapshot.angle), cos(snapshot.angle))
        for y in 0..<grid.height {
            for x in 0..<grid.width {
                let cell = y * grid.width + x
                var value = grid.values[cell * grid.channels + channel]
                if tile % 3 > 0 {
                    let gradient = gradient(of: channel, x, y, grid, snapshot.padding)
                    value = alongX * gradient.x + alongY * gradient.y
                }
                mosaic.pixels[cell] = palette.diverging.pixel(for: value / PerceptionOverlay.limit)
            }
        }
    }

    /// Sobel / 8 around one cell.
    private func gradient(
        of channel: Int, _ x: Int, _ y: Int, _ grid: CellGrid, _ padding: Padding
    ) -> (x: Float, y: Float) {
        func value(_ dx: Int, _ dy: Int) -> Float {
            guard let cell = LivingCells.neighbour(x + dx, y + dy, grid, padding) else { return 0 }
            return grid.values[cell * grid.channels + channel]
        }
        let (a, b, c) = (value(-1, -1), value(0, -1), value(1, -1))
        let (d, e) = (value(-1, 0), value(1, 0))
        let (f, g, h) = (value(-1, 1), value(0, 1), value(1, 1))
        return ((c - a + 2 * (e - d) + h - f) / 8, (f - a + 2 * (g - b) + h - c) / 8)
    }
}
