import GNCACells
import GNCARaster

/// How far each cell is from the target.
///
/// A cell's error is the mean over the picture's channels (red, green, blue and alpha, premultiplied, for most rules) of
/// (state - target)^2; the number is its mean over the grid, as in training.
struct ErrorOverlay: PanelOverlay, PictureOverlay, WordsOverlay {
    static let name = "error"
    static let summary = "squared difference from the target, and its mean"

    /// Full colour. A cell that should be empty and is green has about 0.4, a tenth off in every channel 0.01.
    private static let limit: Float = 0.1

    private let palette: ThemeColors
    private let onPicture: Bool
    private let appearance: Appearance
    /// Of every pixel of the picture, `[H * W][channels of the picture]`
    private let target: [Float]

    init(_ setup: OverlaySetup) throws(RenderError) {
        guard let target = setup.target else {
            throw .invalid("overlay error needs a picture to compare with", remedy: .target)
        }
        palette = setup.palette
        onPicture = setup.onPicture
        appearance = setup.rule.pictureAppearance
        self.target = Target(target).values(for: appearance)
    }

    var panel: PanelContent {
        var panel = PanelContent(title: "Squared error")
        panel.widestReading = widestWords.first
        panel.legend = .sequential(limit: "0.1")
        return panel
    }

    var widestWords: [String] { [noun + " 0.0000"] }

    /// In a panel the title says of what it is the mean.
    private var noun: String { onPicture ? "error" : "mean" }

    func words(for snapshot: Snapshot) -> [String] {
        let errors = errors(of: snapshot)
        // Summed in double precision: the error of a large grid is the sum of many small ones.
        let mean = errors.reduce(0.0) { $0 + Double($1) } / Double(errors.count)
        return ["\(noun) \(ErrorOverlay.decimal(mean))"]
    }

    func painter(of snapshot: Snapshot) -> TilePainter {
        let errors = errors(of: snapshot)
        return { _, mosaic in mosaic.paint(errors, limit: ErrorOverlay.limit, palette.sequential) }
    }

    func mark(_ picture: inout MarkedPicture, with snapshot: Snapshot) {
        picture.cells.glow(errors(of: snapshot), limit: ErrorOverlay.limit, palette.damage)
    }

    /// `[H * W]`: of every cell, the mean over its pixels where a decoder draws several.
    private func errors(of snapshot: Snapshot) -> [Float] {
        let (grid, scale) = (snapshot.grid, snapshot.rule.pictureScale)
        let (picture, channels) = (snapshot.rule.picture(of: grid, edges: snapshot.edges), appearance.channels)
        var errors = [Float](repeating: 0, count: grid.width * grid.height)
        for pixel in 0..<(picture.width * picture.height) {
            var sum: Float = 0
            for (index, channel) in channels.enumerated() {
                let difference =
                    picture.values[pixel * picture.channels + channel] - target[pixel * channels.count + index]
                sum += difference * difference
            }
            let (x, y) = (pixel % picture.width / scale, pixel / picture.width / scale)
            errors[y * grid.width + x] += sum / Float(channels.count)
        }
        return scale == 1 ? errors : errors.map { $0 / Float(scale * scale) }
    }

    /// With four places behind the point; "> 9" beyond what has room, "–" for NaN.
    static func decimal(_ value: Double) -> String {
        guard value == value else { return "–" }
        guard value < 9.99995 else { return "> 9" }
        let scaled = Int(max(0, value) * 10_000 + 0.5)
        let digits = String(scaled % 10_000)
        return "\(scaled / 10_000)." + String(repeating: "0", count: 4 - digits.count) + digits
    }
}

extension Target {
    /// A picture of the grid's size.
    init(_ mosaic: Mosaic) {
        let values = mosaic.pixels.flatMap { packed in
            let pixel = packed.pixel
            return [pixel.red, pixel.green, pixel.blue, pixel.alpha].map { Float($0) / 255 }
        }
        self.init(width: mosaic.width, height: mosaic.height, values: values)
    }
}
