import GNCABasics
import GNCACells
import GNCARaster

/// The three filters of perception, and what they see of some channels.
///
/// Gradients are drawn in the Distill article's measure (Sobel / 8) whatever factor the rule has, as the overlay
/// "perception" draws them.
public struct FiltersFigure: Figure {
    public static let name = "filters"
    public static let summary = "identity, Sobel x and Sobel y: the filters, and what they see of some channels"
    public static let subject = FigureSubject.oneModel
    public static let options: [FigureOption] =
        [.step, .channels, .angle, .caption] + FigureOption.running + FigureOption.panels
    public static let extent = FigureExtent.cells(scale: 4)

    /// Beyond it: the end's colour.
    private static let limit: Float = 1

    private let panels: PanelGrid

    public init(_ request: FigureRequest) throws {
        let model = request.models[0]
        let channels = try request.channels(default: [CellGrid.alphaChannel], of: model)
        var run = FigureRun(model, request)
        let degrees = try request.single(request.angles, .angle)
        run.angle = degrees
        run.fireRate = try request.single(request.fireRates, .fireRate)
        let names = try request.captions("channel", channels.map(ChannelMaps.name))
        let snapshot = try run.snapshot(at: try request.step(default: 100))
        let seen = perceive(
            snapshot.grid, angle: snapshot.angle, sobelScale: 0.125, padding: snapshot.edges)
        let (width, height) = (request.grid.width, request.grid.height)
        var content: [PanelGrid.Panel] = Self.filters(angle: snapshot.angle).map {
            .filter($0.numbers, limit: $0.limit)
        }
        let depth = model.rule.channels
        for channel in channels {
            for filter in 0..<3 {
                let column: Int = filter * depth + channel
                let values = (0..<(width * height)).lazy.map { (cell: Int) -> Float in seen[cell * 3 * depth + column] }
                content.append(.cells(request.map(values, limit: Self.limit, width: width, height: height)))
            }
        }
        var panels = PanelGrid(request, width: width, height: height, columns: 3, panels: content)
        if request.showsCaptions {
            let turned = degrees.map { $0 == 0 ? "" : ", turned by \(Float($0).figureText)°" } ?? ""
            panels.columnTitles = ["identity", "Sobel x × 8\(turned)", "Sobel y × 8\(turned)"]
            panels.rowTitles = ["filter"] + names
            panels.key = .diverging(limit: Self.limit.figureText)
        }
        self.panels = panels
    }

    /// The filters' numbers, the Sobel ones in eighths: x' = cos x - sin y, y' = sin x + cos y.
    static func filters(angle: Float) -> [(numbers: [Float], limit: Float)] {
        let x: [Float] = [-1, 0, 1, -2, 0, 2, -1, 0, 1]
        let y: [Float] = [-1, -2, -1, 0, 0, 0, 1, 2, 1]
        let (cosine, sine) = (Float(cos(Double(angle))), Float(sin(Double(angle))))
        return [
            ([0, 0, 0, 0, 1, 0, 0, 0, 0], 1),
            (zip(x, y).map { cosine * $0 - sine * $1 }, 2),
            (zip(x, y).map { sine * $0 + cosine * $1 }, 2),
        ]
    }

    public func drawing(length: Int, fontSize: Int) throws -> Drawing {
        try panels.drawing(length: length, fontSize: fontSize)
    }
}
