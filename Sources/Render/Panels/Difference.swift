import GNCACells
import GNCARaster

/// Two pictures compared: the squared difference of each cell, the mean over red, green, blue and alpha, as they are drawn.
struct Difference {
    /// Full colour, as of the error overlay.
    private static let limit: Float = 0.1

    private let palette: ThemeColors
    private let picture = CellPicture(background: .transparent, scale: 1)

    init(_ palette: ThemeColors) { self.palette = palette }

    /// What stands beside the two.
    var panel: PanelContent {
        var panel = PanelContent(title: "Difference")
        panel.widestReading = "mean 0.0000"
        panel.legend = .sequential(limit: "0.1")
        return panel
    }

    /// Paints the difference into `mosaic`, which has the grids' size, and returns its mean in words.
    func paint(_ one: Snapshot, _ other: Snapshot, into mosaic: inout Mosaic) -> String {
        var left = mosaic
        var right = mosaic
        picture.paint(one.grid, one.rule.appearance, into: &left)
        picture.paint(other.grid, other.rule.appearance, into: &right)
        let errors = zip(left.pixels, right.pixels).map { Self.error($0.pixel, $1.pixel) }
        mosaic.paint(errors, limit: Self.limit, palette.sequential)
        // Summed in double precision: the error of a large grid is the sum of many small ones.
        let mean = errors.reduce(0.0) { $0 + Double($1) } / Double(max(1, errors.count))
        return "mean \(ErrorOverlay.decimal(mean))"
    }

    private static func error(_ one: Pixel, _ other: Pixel) -> Float {
        func square(_ one: UInt8, _ other: UInt8) -> Float {
            let difference = (Float(one) - Float(other)) / 255
            return difference * difference
        }
        let colours = square(one.red, other.red) + square(one.green, other.green) + square(one.blue, other.blue)
        return (colours + square(one.alpha, other.alpha)) / 4
    }
}
