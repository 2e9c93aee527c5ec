import GNCARaster

/// Several models at the same steps, each in a row.
public struct CompareFigure: Figure {
    public static let name = "compare"
    public static let summary = "several models at the same steps, each in a row"
    public static let subject = FigureSubject.models
    public static let options: [FigureOption] =
        [.steps, .angle, .caption] + FigureOption.running + FigureOption.panels
    public static let extent = FigureExtent.cells(scale: 3)

    private static let defaultSteps = [20, 50, 100, 200, 500]

    private let panels: PanelGrid

    public init(_ request: FigureRequest) throws {
        let steps = try request.steps(default: Self.defaultSteps)
        try request.checkRoom(columns: steps.count, rows: request.models.count)
        let names = try request.captions("model", request.models.map(\.name))
        var pictures: [PanelGrid.Panel] = []
        for model in request.models {
            var run = FigureRun(model, request)
            run.angle = try request.single(request.angles, .angle)
            run.fireRate = try request.single(request.fireRates, .fireRate)
            pictures += try run.pictures(at: steps)
        }
        var panels = PanelGrid(
            request, width: request.grid.width, height: request.grid.height, columns: steps.count, panels: pictures)
        if request.showsCaptions {
            panels.columnTitles = steps.map { "step \($0)" }
            panels.rowTitles = names
        }
        self.panels = panels
    }

    public func drawing(length: Int, fontSize: Int) throws -> Drawing {
        try panels.drawing(length: length, fontSize: fontSize)
    }
}
