import GNCABasics
import GNCACells
import GNCARaster

/// A grown pattern, cut in several ways, and what it becomes: damages x time.
struct RecoveryFigure: PanelFigure {
    static let name = "recovery"
    static let summary = "a pattern before a cut, after it and while it heals, each damage in a row"
    static let subject = FigureSubject.oneModel
    static let options: [FigureOption] =
        [.step, .steps, .damage, .angle, .caption] + FigureOption.running + FigureOption.panels
    static let extent = FigureExtent.cells(scale: 3)

    private static let defaultDamage = [
        "circle:50%,50%,15%", "half:left", "half:right", "half:top", "half:bottom",
    ]
    /// Steps after the cut.
    private static let defaultSteps = [20, 50, 100, 200]

    let panels: PanelGrid

    init(_ request: FigureRequest) throws {
        let damage =
            request.damage.isEmpty ? try Self.defaultDamage.map { try FigureDamage(parsing: $0) } : request.damage
        let cut = try request.step(default: 200)
        let later = try request.steps(default: Self.defaultSteps)
        try request.checkRoom(columns: later.count + 2, rows: damage.count)
        let run = try FigureRun(asAsked: request.models[0], request)
        let names = try request.captions("damage", damage.map { Self.name($0.shape, on: request) })
        var pictures: [PanelGrid.Panel] = []
        for kind in damage {
            pictures += try run.recovery(from: kind, at: cut, later: later)
        }
        var panels = PanelGrid(
            request, columns: later.count + 2,
            panels: pictures)
        if request.showsCaptions {
            panels.columnTitles = ["before", "cut"] + later.map { "+\($0)" }
            panels.rowTitles = names
        }
        self.panels = panels
    }

    /// "left half", "circle of radius 10.8"
    private static func name(_ shape: DamageShape, on request: FigureRequest) -> String {
        let words = shape.eventName(on: request.grid)
        return words.without(ending: " removed") ?? words
    }
}
