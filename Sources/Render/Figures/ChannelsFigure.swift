import GNCARaster

/// A state channel by channel, as the Distill article draws it: 16 channels as 8 x 2.
struct ChannelsFigure: PanelFigure {
    static let name = "channels"
    static let summary = "every channel of one state, from blue (negative) to red (positive)"
    static let subject = FigureSubject.oneModel
    static let options: [FigureOption] =
        [.step, .channels, .angle, .columns, .caption] + FigureOption.running + FigureOption.panels
    static let extent = FigureExtent.cells(scale: 3)

    let panels: PanelGrid

    init(_ request: FigureRequest) throws {
        let model = request.models[0]
        let channels = try request.channels(default: Array(0..<model.rule.channels), of: model)
        let run = try FigureRun(asAsked: model, request)
        let titles = try request.captions("channel", channels.map { model.rule.appearance.shortName(of: $0) })
        let columns = try request.columns(channels.count, most: 8)
        let snapshot = try run.snapshot(at: try request.step(default: 100))
        let maps = ChannelMaps(channels: channels, appearance: model.rule.appearance, palette: request.palette)
        var panels = PanelGrid(
            request, columns: columns,
            panels: channels.indices.map { tile in
                var mosaic = Mosaic(width: request.grid.width, height: request.grid.height)
                maps.paint(snapshot.grid, tile: tile, into: &mosaic)
                return .cells(mosaic)
            })
        panels.titles = titles
        if request.showsCaptions { panels.key = .diverging(limit: ChannelMaps.limitText) }
        self.panels = panels
    }
}
