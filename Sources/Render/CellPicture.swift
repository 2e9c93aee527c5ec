import GNCACells
import GNCARaster

/// The colours of cells: one pixel a cell, before it is enlarged.
///
/// State is premultiplied: colour = rgb + (1 - alpha) * background with alpha held to 0...1, then the sum held to 0...1,
/// as the Distill article draws it. The numbers are taken for sRGB as they are. v * 255 is rounded half up; NaN counts
/// as 0. On a transparent background alpha is kept and colour is held to at most alpha, so that pixels are valid.
struct CellPicture: Sendable {
    private let background: Background
    /// Cells to a square of the checker.
    private let square: Int

    init(background: Background, scale: Int) {
        self.background = background
        square = max(1, (16 + scale - 1) / scale)
    }

    /// Paints every cell of `grid` into `mosaic`, which has the grid's size.
    func paint(_ grid: CellGrid, into mosaic: inout Mosaic) {
        if background == .transparent {
            paintTransparent(grid, into: &mosaic)
            return
        }
        let (even, odd) = background.colours
        let (emptyEven, emptyOdd) = (even.packed, odd.packed)
        let channels = grid.channels
        let isChecker = background == .checker
        var cell = 0
        var start = 0
        for y in 0..<grid.height {
            for x in 0..<grid.width {
                let isOdd = isChecker && (x / square + y / square) % 2 == 1
                let (red, green, blue) = (grid.values[start], grid.values[start + 1], grid.values[start + 2])
                let alpha = grid.values[start + CellGrid.alphaChannel]
                if red == 0 && green == 0 && blue == 0 && alpha == 0 {
                    mosaic.pixels[cell] = isOdd ? emptyOdd : emptyEven
                } else {
                    let behind = isOdd ? odd : even
                    let rest = 1 - alpha.unit
                    mosaic.pixels[cell] = PackedPixel(
                        red: (red + rest * behind.red).unit, green: (green + rest * behind.green).unit,
                        blue: (blue + rest * behind.blue).unit, alpha: 1)
                }
                cell += 1
                start += channels
            }
        }
    }

    private func paintTransparent(_ grid: CellGrid, into mosaic: inout Mosaic) {
        var start = 0
        for cell in 0..<(grid.width * grid.height) {
            let alpha = grid.values[start + CellGrid.alphaChannel].unit
            mosaic.pixels[cell] = PackedPixel(
                red: min(grid.values[start].unit, alpha), green: min(grid.values[start + 1].unit, alpha),
                blue: min(grid.values[start + 2].unit, alpha), alpha: alpha)
            start += grid.channels
        }
    }

    /// Takes the picture `amount` (0...1) of the way to nothing but background.
    func fade(_ mosaic: inout Mosaic, by amount: Float) {
        let (even, odd) = background.colours
        let (emptyEven, emptyOdd) = (even.packed, odd.packed)
        for cell in mosaic.pixels.indices {
            let (x, y) = (cell % mosaic.width, cell / mosaic.width)
            let empty = (x / square + y / square) % 2 == 1 ? emptyOdd : emptyEven
            mosaic.pixels[cell] = mosaic.pixels[cell].mixed(with: empty, amount)
        }
    }
}

extension Mosaic {
    /// Takes every pixel `amount` (0...1) of the way to `pixel`.
    public mutating func fade(to pixel: PackedPixel, by amount: Float) {
        for index in pixels.indices { pixels[index] = pixels[index].mixed(with: pixel, amount) }
    }
}
