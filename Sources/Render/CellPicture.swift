import GNCACells
import GNCARaster

/// The colours of cells: one pixel a cell, or those that a decoder draws in its place, before they are enlarged.
///
/// Of a premultiplied state, colour = rgb + (1 - alpha) * background with alpha held to 0...1, then the sum held to
/// 0...1, as the Distill article draws it. The numbers are taken for sRGB as they are. v * 255 is rounded half up; NaN
/// counts as 0. On a transparent background alpha is kept and colour is held to at most alpha, so that pixels are valid.
struct CellPicture: Sendable {
    private let background: Background
    /// Cells to a square of the checker; pixels, where a decoder draws them.
    private let square: Int

    /// `scale`: pixels of the frame to one that is painted.
    init(background: Background, scale: Int) {
        self.background = background
        square = max(1, (16 + scale - 1) / scale)
    }

    /// Paints what is to be seen of a state into `mosaic`, which has the size of `Snapshot.pictureSize`.
    func paint(_ snapshot: Snapshot, into mosaic: inout Mosaic) {
        let rule = snapshot.rule
        paint(rule.picture(of: snapshot.grid, edges: snapshot.edges), rule.pictureAppearance, into: &mosaic)
    }

    /// Paints every cell of `grid` as `appearance` reads it into `mosaic`, which has the grid's size.
    func paint(_ grid: CellGrid, _ appearance: Appearance, into mosaic: inout Mosaic) {
        switch appearance.picture {
        case .premultiplied, .straight:
            let straight = appearance.picture == .straight
            if background == .transparent {
                paintTransparent(grid, appearance, straight: straight, into: &mosaic)
            } else {
                paintOver(grid, appearance, straight: straight, into: &mosaic)
            }
        case .opaque: paintOpaque(grid, first: appearance.first, into: &mosaic)
        case .channel:
            let map: Colormap = appearance.colormap == .diverging ? .divergingLight : .sequentialLight
            var index = appearance.first
            for cell in mosaic.pixels.indices {
                mosaic.pixels[cell] = map.pixel(for: grid.values[index])
                index += grid.channels
            }
        }
    }

    private func paintOver(_ grid: CellGrid, _ appearance: Appearance, straight: Bool, into mosaic: inout Mosaic) {
        let (even, odd) = background.colours
        let (emptyEven, emptyOdd) = (even.packed, odd.packed)
        let channels = grid.channels
        let alphaPlace = appearance.alpha - appearance.first
        let isChecker = background == .checker
        var cell = 0
        var start = appearance.first
        for y in 0..<grid.height {
            for x in 0..<grid.width {
                let isOdd = isChecker && (x / square + y / square) % 2 == 1
                let (red, green, blue) = (grid.values[start], grid.values[start + 1], grid.values[start + 2])
                let alpha = grid.values[start + alphaPlace]
                if alpha == 0 && (straight || (red == 0 && green == 0 && blue == 0)) {
                    mosaic.pixels[cell] = isOdd ? emptyOdd : emptyEven
                } else {
                    let behind = isOdd ? odd : even
                    let rest = 1 - alpha.unit
                    let share = straight ? alpha.unit : 1
                    mosaic.pixels[cell] = PackedPixel(
                        red: (share * red + rest * behind.red).unit, green: (share * green + rest * behind.green).unit,
                        blue: (share * blue + rest * behind.blue).unit, alpha: 1)
                }
                cell += 1
                start += channels
            }
        }
    }

    private func paintTransparent(
        _ grid: CellGrid, _ appearance: Appearance, straight: Bool, into mosaic: inout Mosaic
    ) {
        var start = appearance.first
        let alphaPlace = appearance.alpha - appearance.first
        for cell in 0..<(grid.width * grid.height) {
            let alpha = grid.values[start + alphaPlace].unit
            let share = straight ? alpha : 1
            mosaic.pixels[cell] = PackedPixel(
                red: min((share * grid.values[start]).unit, alpha),
                green: min((share * grid.values[start + 1]).unit, alpha),
                blue: min((share * grid.values[start + 2]).unit, alpha), alpha: alpha)
            start += grid.channels
        }
    }

    private func paintOpaque(_ grid: CellGrid, first: Int, into mosaic: inout Mosaic) {
        var start = first
        for cell in mosaic.pixels.indices {
            mosaic.pixels[cell] = PackedPixel(
                red: (grid.values[start] + 0.5).unit, green: (grid.values[start + 1] + 0.5).unit,
                blue: (grid.values[start + 2] + 0.5).unit, alpha: 1)
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

extension Snapshot {
    /// Pixels of what is to be seen of the state, before they are enlarged.
    var pictureSize: GridSize {
        GridSize(width: grid.width * rule.pictureScale, height: grid.height * rule.pictureScale)
    }
}

extension PixelRect {
    /// The same part of a picture that is `scale` times as large.
    func enlarged(by scale: Int) -> PixelRect {
        PixelRect(x: x * scale, y: y * scale, width: width * scale, height: height * scale)
    }
}

extension Mosaic {
    /// Makes every pixel clear.
    mutating func clear() {
        for index in pixels.indices { pixels[index] = PackedPixel(bits: 0) }
    }

    /// Lays each pixel of `marks` over the square of as many pixels of this mosaic as stand in its place.
    mutating func lay(_ marks: Mosaic) {
        let scale = width / marks.width
        for y in 0..<height {
            for x in 0..<width {
                let mark = marks.pixels[y / scale * marks.width + x / scale]
                if mark.bits != 0 { pixels[y * width + x] = pixels[y * width + x].under(mark) }
            }
        }
    }

    /// Takes every pixel `amount` (0...1) of the way to `pixel`.
    public mutating func fade(to pixel: PackedPixel, by amount: Float) {
        for index in pixels.indices { pixels[index] = pixels[index].mixed(with: pixel, amount) }
    }
}
