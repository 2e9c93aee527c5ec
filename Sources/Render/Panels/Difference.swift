import GNCACells
import GNCARaster

/// Two pictures compared: the squared difference of each pixel, the mean over red, green, blue and alpha, as they are drawn.
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

    /// The difference of two pictures of one size, and its mean in words.
    func picture(_ one: Snapshot, _ other: Snapshot) -> (Mosaic, String) {
        var mosaic = Mosaic(width: one.pictureSize.width, height: one.pictureSize.height)
        var (left, right) = (mosaic, mosaic)
        picture.paint(one, into: &left)
        picture.paint(other, into: &right)
        let errors = zip(left.pixels, right.pixels).map { Self.error($0.pixel, $1.pixel) }
        mosaic.paint(errors, limit: Self.limit, palette.sequential)
        // Summed in double precision: the error of a large grid is the sum of many small ones.
        let mean = errors.reduce(0.0) { $0 + Double($1) } / Double(max(1, errors.count))
        return (mosaic, "mean \(ErrorOverlay.decimal(mean))")
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
