import GNCARaster

/// Growth as a row of pictures.
struct StripFigure: PanelFigure {
    static let name = "strip"
    static let summary = "one model at chosen steps, side by side"
    static let subject = FigureSubject.oneModel
    static let options: [FigureOption] =
        [.steps, .angle, .columns, .caption] + FigureOption.running + FigureOption.panels
    static let extent = FigureExtent.cells(scale: 4)

    private static let defaultSteps = [0, 10, 20, 40, 60, 80, 120, 200]

    let panels: PanelGrid

    init(_ request: FigureRequest) throws {
        let steps = try request.steps(default: Self.defaultSteps)
        let run = try FigureRun(asAsked: request.models[0], request)
        let titles = try request.captions("step", steps.map { "step \($0)" })
        let columns = try request.columns(steps.count, most: 8)
        var panels = PanelGrid(
            request, columns: columns,
            panels: try run.pictures(at: steps))
        panels.titles = titles
        self.panels = panels
    }
}
