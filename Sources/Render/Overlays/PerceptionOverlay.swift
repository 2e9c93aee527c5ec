import GNCABasics
import GNCACells
import GNCARaster

/// What cells perceive: a few channels as they are, and their gradients along x and y.
///
/// Gradients are drawn in the Distill article's measure (Sobel / 8) whatever factor the rule has, turned by the
/// snapshot's angle, by the code that the automaton runs.
struct PerceptionOverlay: PanelOverlay {
    static let name = "perception"
    static let summary = "identity, Sobel x and Sobel y of a few channels"

    /// Beyond it: the end's colour. Half of `ChannelMaps.limit`, for gradients are small.
    private static let limit: Float = 1

    private let channels: [Int]
    private let palette: ThemeColors

    init(_ setup: OverlaySetup) throws(RenderError) {
        let count = setup.rule.channels
        channels = setup.perceptionChannels ?? [3, 0, 4].filter { $0 < count }
        palette = setup.palette
        guard !channels.isEmpty else { throw .invalid("overlay perception needs at least one channel") }
        for channel in channels where !(0..<count).contains(channel) {
            throw .invalid("perception channel \(channel) does not exist (the model has channels 0...\(count - 1))")
        }
    }

    var panel: PanelContent {
        var panel = PanelContent(title: "Perception", columns: 3, tileCount: 3 * channels.count)
        panel.columnLabels = ["identity", "Sobel x", "Sobel y"]
        panel.rowLabels = channels.map(ChannelMaps.name)
        panel.legend = .diverging(limit: "1")
        return panel
    }

    /// `[H * W * 3K]`, filter-major, for the K channels shown (and as many more as a grid must have).
    private func perception(of snapshot: Snapshot) -> [Float] {
        let whole = snapshot.grid
        var grid = CellGrid(height: whole.height, width: whole.width, channels: shownChannels)
        for cell in 0..<(grid.width * grid.height) {
            for (index, channel) in channels.enumerated() {
                grid.values[cell * grid.channels + index] = whole.values[cell * whole.channels + channel]
            }
        }
        return perceive(grid, angle: snapshot.angle, sobelScale: 0.125, padding: snapshot.edges)
    }

    func painter(of snapshot: Snapshot) -> TilePainter {
        let values = perception(of: snapshot)
        return { tile, mosaic in
            let (row, filter) = (tile / 3, tile % 3)
            var index = filter * shownChannels + row
            for cell in mosaic.pixels.indices {
                mosaic.pixels[cell] = palette.diverging.pixel(for: values[index] / PerceptionOverlay.limit)
                index += 3 * shownChannels
            }
        }
    }

    private var shownChannels: Int { max(4, channels.count) }
}
