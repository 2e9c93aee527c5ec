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

extension Rule {
    /// Weights and biases of the first layer.
    var firstLayerCount: Int { w1.count + b1.count }
    /// Weights and biases of the second layer.
    var secondLayerCount: Int { w2.count + (b2?.count ?? 0) }
}

extension LifeMask {
    /// As the figure has it, a line each.
    var lines: [String] {
        switch (before, after) {
        case (false, false): ["none: every cell", "may change"]
        case (true, true): ["alpha of 3 × 3 > \(threshold.figureText)", "before and after"]
        case (true, false): ["alpha of 3 × 3 > \(threshold.figureText)", "before the update"]
        case (false, true): ["alpha of 3 × 3 > \(threshold.figureText)", "after the update"]
        }
    }
}
