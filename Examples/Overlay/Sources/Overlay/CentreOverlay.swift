import GNCACells
import GNCARaster
import GNCARender

/// The middle of the pattern: the mean place of its cells, weighed by alpha.
struct CentreOverlay: PictureOverlay, WordsOverlay {
    static let name = "centre"
    static let summary = "the middle of the pattern as a cross, and its place"

    private let color: Color

    init(_ setup: OverlaySetup) { color = setup.palette.damage }

    /// A cross of five cells.
    func mark(_ picture: inout MarkedPicture, with snapshot: Snapshot) {
        guard let centre = centre(of: snapshot) else { return }
        let (column, row) = (Int(centre.x.rounded()), Int(centre.y.rounded()))
        let size = (width: picture.cells.width, height: picture.cells.height)
        for (x, y) in [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)].map({ (column + $0, row + $1) })
        where x >= 0 && y >= 0 && x < size.width && y < size.height {
            picture.cells.blend(color, at: y * size.width + x)
        }
    }

    var widestWords: [String] { ["centre 0000, 0000"] }

    func words(for snapshot: Snapshot) -> [String] {
        guard let centre = centre(of: snapshot) else { return ["no pattern"] }
        return ["centre \(Int(centre.x.rounded())), \(Int(centre.y.rounded()))"]
    }

    /// Cells from the top left; nil where nothing lives.
    private func centre(of snapshot: Snapshot) -> (x: Float, y: Float)? {
        let (grid, alphaChannel) = (snapshot.grid, snapshot.rule.appearance.alpha)
        var sum: (x: Float, y: Float, alpha: Float) = (0, 0, 0)
        for y in 0..<grid.height {
            for x in 0..<grid.width {
                let alpha = grid.values[grid.offset(x: x, y: y) + alphaChannel].unit
                sum = (sum.x + alpha * Float(x), sum.y + alpha * Float(y), sum.alpha + alpha)
            }
        }
        return sum.alpha > 0 ? (sum.x / sum.alpha, sum.y / sum.alpha) : nil
    }
}
