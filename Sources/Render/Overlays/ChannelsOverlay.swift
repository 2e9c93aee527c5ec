import GNCARaster

/// The whole state, each channel in a tile.
struct ChannelsOverlay: PanelOverlay {
    static let name = "channels"
    static let summary = "all channels, each a tile from blue (negative) to red (positive)"

    private let maps: ChannelMaps

    init(_ setup: OverlaySetup) {
        maps = ChannelMaps(
            channels: Array(0..<setup.rule.channels), appearance: setup.rule.appearance, palette: setup.palette)
    }

    var panel: PanelContent { maps.panel(title: "Channels") }

    func painter(of snapshot: Snapshot) -> TilePainter {
        { tile, mosaic in maps.paint(snapshot.grid, tile: tile, into: &mosaic) }
    }
}
