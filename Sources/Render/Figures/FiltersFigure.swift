import GNCACells
import GNCARaster

/// The filters of perception, and what they see of some channels.
///
/// Filters are drawn as `Filter.shown` has them (Sobel / 8 whatever factor the rule has), as the overlay "perception"
/// draws them. Where every channel has filters of its own, those of the first channel shown are drawn.
struct FiltersFigure: PanelFigure {
    static let name = "filters"
    static let summary = "every filter of perception, and what it sees of some channels"
    static let subject = FigureSubject.oneModel
    static let options: [FigureOption] =
        [.step, .channels, .angle, .caption] + FigureOption.running + FigureOption.panels
    static let extent = FigureExtent.cells(scale: 4)

    /// Beyond it: the end's colour.
    private static let limit: Float = 1

    let panels: PanelGrid

    init(_ request: FigureRequest) throws {
        let model = request.models[0]
        let rule = model.rule
        let filters = rule.perception.filters
        let channels = try request.channels(default: rule.appearance.channels.suffix(1), of: model)
        var run = FigureRun(model, request)
        let degrees = try request.single(request.angles, .angle)
        run.angle = degrees
        run.fireRate = try request.single(request.fireRates, .fireRate)
        let names = try request.captions("channel", channels.map { rule.appearance.name(of: $0) })
        try request.checkRoom(columns: filters.count, rows: channels.count + 1)
        let snapshot = try run.snapshot(at: try request.step(default: 100))
        let seen = Perception(filters: filters.map(\.shown))
            .values(of: snapshot.grid, angle: snapshot.angle, edges: snapshot.edges)
        let (width, height) = (request.grid.width, request.grid.height)
        let pictures = filters.map {
            $0.picture(angle: snapshot.angle, channel: channels[0], channels: rule.channels)
        }
        // Full colour is the largest number of the filter as it stands, whatever the angle.
        let limits = filters.map { filter in
            let upright = filter.picture(angle: 0, channel: channels[0], channels: rule.channels).numbers
            return upright.map(abs).max() ?? 1
        }
        var content: [PanelGrid.Panel] = zip(pictures, limits).map {
            .filter($0.numbers, limit: $1 > 0 ? $1 : 1)
        }
        for channel in channels {
            for filter in filters.indices {
                let column = filter * rule.channels + channel
                let values = (0..<(width * height)).lazy.map { seen[$0 * filters.count * rule.channels + column] }
                content.append(.cells(request.map(values, limit: Self.limit, width: width, height: height)))
            }
        }
        var panels = PanelGrid(request, columns: filters.count, panels: content)
        if request.showsCaptions {
            panels.columnTitles = filters.indices.map { index in
                Self.title(filters[index], index, divisor: pictures[index].divisor, degrees)
            }
            panels.rowTitles = ["filter"] + names
            panels.key = .diverging(limit: Self.limit.figureText)
        }
        self.panels = panels
    }

    /// "Sobel x × 8, turned by 30°"
    private static func title(_ filter: Filter, _ index: Int, divisor: Float, _ degrees: Double?) -> String {
        let measure = divisor == 1 ? "" : " × \(divisor.figureText)"
        let turned = filter.turns ? degrees.map { $0 == 0 ? "" : ", turned by \(Float($0).figureText)°" } ?? "" : ""
        return filter.title(index: index) + measure + turned
    }
}
