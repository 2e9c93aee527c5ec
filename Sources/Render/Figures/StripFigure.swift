import GNCARaster

/// Growth as a row of pictures.
public struct StripFigure: Figure {
    public static let name = "strip"
    public static let summary = "one model at chosen steps, side by side"
    public static let subject = FigureSubject.oneModel
    public static let options: [FigureOption] =
        [.steps, .angle, .columns, .caption] + FigureOption.running + FigureOption.panels
    public static let extent = FigureExtent.cells(scale: 4)

    private static let defaultSteps = [0, 10, 20, 40, 60, 80, 120, 200]

    private let panels: PanelGrid

    public init(_ request: FigureRequest) throws {
        let steps = try request.steps(default: Self.defaultSteps)
        var run = FigureRun(request.models[0], request)
        run.angle = try request.single(request.angles, .angle)
        run.fireRate = try request.single(request.fireRates, .fireRate)
        let titles = try request.captions("step", steps.map { "step \($0)" })
        let columns = try request.columns(steps.count, most: 8)
        var panels = PanelGrid(
            request, width: request.grid.width, height: request.grid.height, columns: columns,
            panels: try run.pictures(at: steps))
        panels.titles = titles
        self.panels = panels
    }

    public func drawing(length: Int, fontSize: Int) throws -> Drawing {
        try panels.drawing(length: length, fontSize: fontSize)
    }
}
