import GNCARaster

/// The channels that no picture shows, each in a tile.
struct HiddenOverlay: PanelOverlay {
    static let name = "hidden"
    static let summary = "the channels that no picture shows, each a tile from blue (negative) to red (positive)"

    private let maps: ChannelMaps

    init(_ setup: OverlaySetup) throws(RenderError) {
        let appearance = setup.rule.appearance
        let hidden = appearance.hidden(of: setup.rule.channels)
        guard !hidden.isEmpty else {
            let names = appearance.channels.map { appearance.name(of: $0) }
            let listed =
                names.count > 1 ? names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1] : names[0]
            throw .invalid("overlay hidden has nothing to show: the model has \(listed) only")
        }
        maps = ChannelMaps(channels: hidden, appearance: appearance, palette: setup.palette)
    }

    var panel: PanelContent { maps.panel(title: "Hidden channels") }

    func painter(of snapshot: Snapshot) -> TilePainter {
        { tile, mosaic in maps.paint(snapshot.grid, tile: tile, into: &mosaic) }
    }
}
