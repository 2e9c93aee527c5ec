import GNCARaster

/// Patterns grown with perception turned: models x angles.
struct RotationFigure: PanelFigure {
    static let name = "rotation"
    static let summary = "models grown with perception turned by several angles"
    static let subject = FigureSubject.models
    static let options: [FigureOption] =
        [.steps, .angle, .caption] + FigureOption.running + FigureOption.panels
    static let extent = FigureExtent.cells(scale: 4)

    private static let defaultAngles = [0.0, 45, 90, 135]

    let panels: PanelGrid

    init(_ request: FigureRequest) throws {
        let step = try request.length(default: 500)
        let angles = request.angles.isEmpty ? Self.defaultAngles : request.angles
        try request.checkRoom(columns: angles.count, rows: request.models.count)
        let names = try request.captions("model", request.models.map(\.name))
        let fireRate = try request.single(request.fireRates, .fireRate)
        var pictures: [PanelGrid.Panel] = []
        for model in request.models {
            for angle in angles {
                var run = FigureRun(model, request)
                run.angle = angle
                run.fireRate = fireRate
                pictures += try run.pictures(at: [step])
            }
        }
        var panels = PanelGrid(
            request, columns: angles.count, panels: pictures)
        if request.showsCaptions {
            panels.columnTitles = angles.map { Float($0).figureText + "°" }
            panels.rowTitles = names
        }
        self.panels = panels
    }
}
