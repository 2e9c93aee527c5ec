import GNCACells
import GNCARaster

/// Several states of one size in rows and columns, over white: the figures of a training.
public struct StateSheet: Sendable {
    /// States a row.
    public let columns: Int
    /// Rows of states.
    public let rows: Int
    /// Cells of one state.
    public let width: Int
    /// Cells of one state.
    public let height: Int
    /// Pixels a cell.
    public let scale: Int
    /// Pixels along a side of a cell before they are enlarged: 1, or those that a decoder draws.
    private let pixels: Int
    /// Cells along the sheet's edge that fade to white.
    public let fadedEdge: Int
    private let cells = CellPicture(background: .white, scale: 1)

    /// `width`, `height`: cells of one state; `scale`: pixels a cell, at least those that a decoder draws, of which they become a
    /// multiple.
    public init(
        columns: Int, rows: Int, width: Int, height: Int, scale: Int, fadedEdge: Int = 0, pictureScale: Int = 1
    ) {
        self.columns = columns
        self.rows = rows
        self.width = width
        self.height = height
        pixels = pictureScale
        self.scale = max(1, scale / pictureScale) * pictureScale
        self.fadedEdge = fadedEdge
    }

    /// Pixels.
    public var pixelWidth: Int { columns * width * scale }
    /// Pixels.
    public var pixelHeight: Int { rows * height * scale }

    /// The sheet with these states of `rules`, of each its own or of all the only one, row by row; places without a state
    /// stay white.
    public func frame(_ states: [CellGrid], _ rules: [Rule]) -> Frame {
        let (width, height) = (width * pixels, height * pixels)
        let white = PackedPixel(red: 1, green: 1, blue: 1, alpha: 1)
        var sheet = Mosaic(width: columns * width, height: rows * height)
        for index in sheet.pixels.indices { sheet.pixels[index] = white }
        var tile = Mosaic(width: width, height: height)
        for (index, state) in states.prefix(columns * rows).enumerated() {
            let rule = rules[min(index, rules.count - 1)]
            cells.paint(rule.picture(of: state), rule.pictureAppearance, into: &tile)
            let (column, row) = (index % columns, index / columns)
            for y in 0..<height {
                for x in 0..<width {
                    sheet.pixels[(row * height + y) * sheet.width + column * width + x] = tile.pixels[y * width + x]
                }
            }
        }
        if fadedEdge > 0 { fade(&sheet, to: white) }
        var frame = Frame(width: pixelWidth, height: pixelHeight)
        frame.draw(sheet, scale: scale / pixels, x: 0, y: 0)
        return frame
    }

    private func fade(_ sheet: inout Mosaic, to white: PackedPixel) {
        for y in 0..<sheet.height {
            for x in 0..<sheet.width {
                let distance = min(min(x, sheet.width - 1 - x), min(y, sheet.height - 1 - y))
                guard distance < fadedEdge * pixels else { continue }
                let index = y * sheet.width + x
                let amount = 1 - (Float(distance) + 0.5) / Float(fadedEdge * pixels)
                sheet.pixels[index] = sheet.pixels[index].mixed(with: white, amount)
            }
        }
    }
}
