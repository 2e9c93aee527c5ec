import GNCARaster

/// Patterns grown with perception turned: models x angles.
public struct RotationFigure: Figure {
    public static let name = "rotation"
    public static let summary = "models grown with perception turned by several angles"
    public static let subject = FigureSubject.models
    public static let options: [FigureOption] =
        [.steps, .angle, .caption] + FigureOption.running + FigureOption.panels
    public static let extent = FigureExtent.cells(scale: 4)

    private static let defaultAngles = [0.0, 45, 90, 135]

    private let panels: PanelGrid

    public init(_ request: FigureRequest) throws {
        let step = try request.length(default: 500)
        let angles = request.angles.isEmpty ? Self.defaultAngles : request.angles
        try request.checkRoom(columns: angles.count, rows: request.models.count)
        let names = try request.captions("model", request.models.map(\.name))
        var pictures: [PanelGrid.Panel] = []
        for model in request.models {
            for angle in angles {
                var run = FigureRun(model, request)
                run.angle = angle
                run.fireRate = try request.single(request.fireRates, .fireRate)
                pictures += try run.pictures(at: [step])
            }
        }
        var panels = PanelGrid(
            request, width: request.grid.width, height: request.grid.height, columns: angles.count, panels: pictures)
        if request.showsCaptions {
            panels.columnTitles = angles.map { Float($0).figureText + "°" }
            panels.rowTitles = names
        }
        self.panels = panels
    }

    public func drawing(length: Int, fontSize: Int) throws -> Drawing {
        try panels.drawing(length: length, fontSize: fontSize)
    }
}
