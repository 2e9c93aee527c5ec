import GNCACells
import GNCARaster

/// The update rule, drawn from the checkpoint's own shapes and settings.
struct ArchitectureFigure: Figure {
    static let name = "architecture"
    static let summary = "the update rule with its real shapes: perception, dense layers, fire and life mask"
    static let subject = FigureSubject.oneModel
    static let options: [FigureOption] = []
    static let extent = FigureExtent.page(width: 1320)

    private let rule: Rule
    private let palette: ThemeColors
    private let ground: Color

    init(_ request: FigureRequest) throws {
        rule = request.models[0].rule
        palette = request.palette
        ground = request.ground.colours.even
    }

    func drawing(length: Int, fontSize: Int) throws -> Drawing {
        // A rule of many layers has more to say: its text may be smaller, down to half.
        for size in stride(from: fontSize, to: max(1, fontSize / 2), by: -1) {
            if let page = try? ArchitecturePage(rule, palette, ground, width: length, fontSize: size) {
                return page.drawing
            }
        }
        return try ArchitecturePage(rule, palette, ground, width: length, fontSize: fontSize).drawing
    }
}
