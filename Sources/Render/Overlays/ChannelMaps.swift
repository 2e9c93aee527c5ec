import GNCACells
import GNCARaster

/// Channels as tiles in diverging colours: what `hidden` and `channels` have in common.
struct ChannelMaps: Sendable {
    /// States beyond it are drawn in the end's colour: 1 of 100 hidden states of grown published models.
    static let limit: Float = 2
    static let limitText = "2"

    /// Channel (index, 0...) of each tile.
    let channels: [Int]
    let appearance: Appearance
    let palette: ThemeColors

    func panel(title: String) -> PanelContent {
        // Near 4:3 as the picture with its margins is: 12 channels as 4 x 3, 16 as 4 x 4.
        let columns = PanelLayout.columns(for: channels.count, width: 4, height: 3)
        var panel = PanelContent(title: title, columns: columns, tileCount: channels.count)
        panel.columnsAreFree = true
        panel.tileLabels = channels.map { appearance.shortName(of: $0) }
        panel.legend = .diverging(limit: ChannelMaps.limitText)
        return panel
    }

    func paint(_ grid: CellGrid, tile: Int, into mosaic: inout Mosaic) {
        var index = channels[tile]
        for cell in mosaic.pixels.indices {
            mosaic.pixels[cell] = palette.diverging.pixel(for: grid.values[index] / ChannelMaps.limit)
            index += grid.channels
        }
    }
}
