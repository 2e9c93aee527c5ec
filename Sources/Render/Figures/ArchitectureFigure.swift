import GNCACells
import GNCARaster

/// The update rule, drawn from the checkpoint's own shapes and settings.
public struct ArchitectureFigure: Figure {
    public static let name = "architecture"
    public static let summary = "the update rule with its real shapes: perception, dense layers, fire and life mask"
    public static let subject = FigureSubject.oneModel
    public static let options: [FigureOption] = []
    public static let extent = FigureExtent.page(width: 1320)

    private let rule: Rule
    private let palette: ThemeColors
    private let ground: Color

    public init(_ request: FigureRequest) throws {
        rule = request.models[0].rule
        palette = request.palette
        ground = request.ground.colours.even
    }

    public func drawing(length: Int, fontSize: Int) throws -> Drawing {
        try ArchitecturePage(rule, palette, ground, width: length, fontSize: fontSize).drawing
    }
}
