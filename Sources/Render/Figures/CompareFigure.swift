import GNCARaster

/// Several models at the same steps, each in a row.
struct CompareFigure: PanelFigure {
    static let name = "compare"
    static let summary = "several models at the same steps, each in a row"
    static let subject = FigureSubject.models
    static let options: [FigureOption] =
        [.steps, .angle, .caption] + FigureOption.running + FigureOption.panels
    static let extent = FigureExtent.cells(scale: 3)

    private static let defaultSteps = [20, 50, 100, 200, 500]

    let panels: PanelGrid

    init(_ request: FigureRequest) throws {
        let steps = try request.steps(default: Self.defaultSteps)
        try request.checkRoom(columns: steps.count, rows: request.models.count)
        let names = try request.captions("model", request.models.map(\.name))
        var pictures: [PanelGrid.Panel] = []
        for model in request.models {
            let run = try FigureRun(asAsked: model, request)
            pictures += try run.pictures(at: steps)
        }
        var panels = PanelGrid(
            request, columns: steps.count, panels: pictures)
        if request.showsCaptions {
            panels.columnTitles = steps.map { "step \($0)" }
            panels.rowTitles = names
        }
        self.panels = panels
    }
}
