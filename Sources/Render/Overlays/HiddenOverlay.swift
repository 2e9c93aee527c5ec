import GNCARaster

/// The channels that no picture shows, each in a tile.
struct HiddenOverlay: PanelOverlay {
    static let name = "hidden"
    static let summary = "the hidden channels (4...), each a tile from blue (negative) to red (positive)"

    private let maps: ChannelMaps

    init(_ setup: OverlaySetup) throws(RenderError) {
        guard setup.rule.channels > 4 else {
            throw .invalid("overlay hidden has nothing to show: the model has red, green, blue and alpha only")
        }
        maps = ChannelMaps(channels: Array(4..<setup.rule.channels), palette: setup.palette)
    }

    var panel: PanelContent { maps.panel(title: "Hidden channels") }

    func painter(of snapshot: Snapshot) -> TilePainter {
        { tile, mosaic in maps.paint(snapshot.grid, tile: tile, into: &mosaic) }
    }
}
