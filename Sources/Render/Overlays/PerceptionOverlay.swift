import GNCABasics
import GNCACells
import GNCARaster

/// What cells perceive: a few channels through every filter.
///
/// Filters are drawn as `Filter.shown` has them (Sobel / 8 whatever factor the rule has), turned by the snapshot's angle,
/// by the code that the automaton runs.
struct PerceptionOverlay: PanelOverlay {
    static let name = "perception"
    static let summary = "a few channels through every filter, as identity, Sobel x and Sobel y"

    /// Beyond it: the end's colour. Half of `ChannelMaps.limit`, for gradients are small.
    private static let limit: Float = 1

    private let channels: [Int]
    private let rule: Rule
    private let palette: ThemeColors

    init(_ setup: OverlaySetup) throws(RenderError) {
        let count = setup.rule.channels
        rule = setup.rule
        let appearance = rule.appearance
        let alpha = appearance.picture.hasAlpha ? [appearance.alpha] : []
        channels = setup.perceptionChannels ?? alpha + [appearance.first] + appearance.hidden(of: count).prefix(1)
        palette = setup.palette
        guard !channels.isEmpty else { throw .invalid("overlay perception needs at least one channel") }
        for channel in channels where !(0..<count).contains(channel) {
            throw .invalid("perception channel \(channel) does not exist (the model has channels 0...\(count - 1))")
        }
    }

    var panel: PanelContent {
        let filters = rule.perception.filters
        var panel = PanelContent(
            title: "Perception", columns: filters.count, tileCount: filters.count * channels.count)
        panel.columnLabels = filters.enumerated().map { $1.title(index: $0) }
        panel.rowLabels = channels.map { rule.appearance.name(of: $0) }
        panel.legend = .diverging(limit: "1")
        return panel
    }

    func painter(of snapshot: Snapshot) -> TilePainter {
        let filters = rule.perception.filters.map(\.shown)
        let values = Perception(filters: filters).values(
            of: snapshot.grid, angle: snapshot.angle, edges: snapshot.edges)
        return { tile, mosaic in
            let (row, filter) = (tile / filters.count, tile % filters.count)
            var index = filter * rule.channels + channels[row]
            for cell in mosaic.pixels.indices {
                mosaic.pixels[cell] = palette.diverging.pixel(for: values[index] / PerceptionOverlay.limit)
                index += filters.count * rule.channels
            }
        }
    }
}
