import GNCARaster

/// The whole state, each channel in a tile.
struct ChannelsOverlay: Overlay {
    static let name = "channels"
    static let summary = "all channels, each a tile from blue (negative) to red (positive)"
    static let placement = OverlayPlacement.panel

    private let maps: ChannelMaps

    init(_ setup: OverlaySetup) {
        maps = ChannelMaps(channels: Array(0..<setup.rule.channels), palette: setup.palette)
    }

    var panel: PanelContent? { maps.panel(title: "Channels") }

    func paint(_ snapshot: Snapshot, _ values: [Float], tile: Int, into mosaic: inout Mosaic) {
        maps.paint(snapshot.grid, tile: tile, into: &mosaic)
    }
}
