import GNCACells
import GNCARaster

/// Turns shapes into masks: `[H * W]`, row-major, 1 = erased. Cell (x, y) is the point (x, y).
struct DamageMask: Equatable {
    let grid: GridSize
    private(set) var cells: [UInt8]

    /// Nothing is erased.
    init(grid: GridSize) {
        self.grid = grid
        cells = [UInt8](repeating: 0, count: grid.width * grid.height)
    }

    var isEmpty: Bool { !cells.contains(1) }

    /// Cells closer than `radius` to (x, y), which may lie outside the grid.
    mutating func addCircle(x: Double, y: Double, radius: Double) {
        addEllipse(x: x, y: y, radiusX: radius, radiusY: radius)
    }

    /// Cells from (x, y) on, up to but not including (x + width, y + height).
    mutating func addRectangle(x: Double, y: Double, width: Double, height: Double) {
        for row in indices(from: y, below: y + height, count: grid.height) {
            for column in indices(from: x, below: x + width, count: grid.width) { cells[row * grid.width + column] = 1 }
        }
    }

    mutating func add(_ half: Half) {
        let middleX = Double(grid.width / 2)
        let middleY = Double(grid.height / 2)
        let width = Double(grid.width)
        let height = Double(grid.height)
        switch half {
        case .left: addRectangle(x: 0, y: 0, width: middleX, height: height)
        case .right: addRectangle(x: middleX, y: 0, width: width - middleX, height: height)
        case .top: addRectangle(x: 0, y: 0, width: width, height: middleY)
        case .bottom: addRectangle(x: 0, y: middleY, width: width, height: height - middleY)
        }
    }

    /// One circle of Distill's training recipe on coordinates -1...1 along both sides: centre uniform in -0.5...0.5,
    /// radius uniform in 0.1...0.4. On a grid that is not square it is an ellipse, as it is there.
    ///
    /// - Parameters:
    ///   - step: steps done when it falls.
    ///   - entry: index of the damage among all entries of the film, 0...
    ///   - index: of the circle among those of the entry, 0...
    mutating func addRandomCircle(_ random: RandomSource, step: Int, entry: Int, index: Int) {
        func fraction(_ number: Int) -> Double {
            Double(
                random.fraction(
                    step: UInt32(truncatingIfNeeded: step), x: UInt32(truncatingIfNeeded: entry),
                    y: UInt32(truncatingIfNeeded: 3 * index + number)))
        }
        let halfWidth = Double(grid.width - 1) / 2
        let halfHeight = Double(grid.height - 1) / 2
        let radius = 0.1 + 0.3 * fraction(2)
        // So wide that it meets a cell on a tiny grid, too.
        addEllipse(
            x: (fraction(0) + 0.5) * halfWidth, y: (fraction(1) + 0.5) * halfHeight,
            radiusX: max(radius * halfWidth, 0.75), radiusY: max(radius * halfHeight, 0.75))
    }

    /// Where the picture, stretched over the grid and laid on white, is darker than mid-grey at a cell's centre.
    mutating func add(_ picture: Frame) {
        for row in 0..<grid.height {
            let y = (2 * row + 1) * picture.height / (2 * grid.height)
            for column in 0..<grid.width {
                let pixel = picture[(2 * column + 1) * picture.width / (2 * grid.width), y]
                if pixel.lumaOnWhite < 128 { cells[row * grid.width + column] = 1 }
            }
        }
    }

    private mutating func addEllipse(x: Double, y: Double, radiusX: Double, radiusY: Double) {
        for row in indices(from: y - radiusY, below: y + radiusY, count: grid.height) {
            let dy = (Double(row) - y) / radiusY
            for column in indices(from: x - radiusX, below: x + radiusX, count: grid.width) {
                let dx = (Double(column) - x) / radiusX
                if dx * dx + dy * dy < 1 { cells[row * grid.width + column] = 1 }
            }
        }
    }

    /// The whole numbers of 0..<count that are at least `start` and below `end`.
    private func indices(from start: Double, below end: Double, count: Int) -> Range<Int> {
        let limit = Double(count)
        let first = Int(min(max(start.rounded(.up), 0), limit))
        return first..<max(first, Int(min(max(end.rounded(.up), 0), limit)))
    }
}

extension Pixel {
    /// 0...255, Rec. 709 weights on the encoded values.
    fileprivate var lumaOnWhite: Int {
        let white = 255 - Int(alpha)
        return (2126 * (Int(red) + white) + 7152 * (Int(green) + white) + 722 * (Int(blue) + white)) / 10_000
    }
}
