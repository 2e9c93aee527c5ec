#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What an erasing event takes away, wherever it is named: in scenarios, figures, training and evaluation. Lengths may
/// be cells or shares of the grid.
public enum DamageShape: Sendable, Equatable {
    /// Cells closer than the radius to (x, y). A share counts the width for x, the height for y, the shorter side for
    /// the radius.
    case circle(x: Length, y: Length, radius: Length)
    /// Cells from (x, y), right and down.
    case rectangle(x: Length, y: Length, width: Length, height: Length)
    /// The union of these halves. Of an odd side the middle belongs to right and bottom.
    case halves([Half])
    /// Circles as `RandomDamage.circle` draws them.
    case random(count: Int)
    /// Where this picture, stretched over the grid and laid on white, is darker than mid-grey.
    case image(file: String)
}

/// Half of a grid.
public enum Half: String, Sendable, CaseIterable {
    /// Named by the side that is erased.
    case left, right, top, bottom
}

/// A length along one side of the grid.
public enum Length: Sendable, Equatable {
    /// So many cells.
    case cells(Double)
    /// A share of the side: 0...100 lies within the grid.
    case percent(Double)

    /// In cells, where the whole side has `side` cells.
    public func cells(of side: Int) -> Double {
        switch self {
        case .cells(let cells): cells
        case .percent(let percent): percent * Double(side) / 100
        }
    }
}

/// Shapes that are drawn at random, on coordinates -1...1 along both sides of the grid: on one that is not square, a
/// circle is an ellipse. The raw value is the word for it.
public enum RandomDamage: String, Sendable, CaseIterable {
    /// Centre uniform in +-0.5, radius uniform in 0.1...0.4 (Distill).
    case circle
    /// One side of a line at any angle through a point within 0.15 of the middle.
    case half
    /// Centre uniform in +-0.5, both sides uniform in 0.2...0.8.
    case rectangle = "rect"

    /// Every word.
    public static let names = allCases.map(\.rawValue).joined(separator: ", ")

    /// Reads "circle,half"; nil for anything else. Release 1 wrote "rectangle".
    public static func list(_ text: String) -> [RandomDamage]? {
        let shapes = text.unicodeScalars.split(separator: ",", omittingEmptySubsequences: false).map { word in
            String(word) == "rectangle" ? .rectangle : RandomDamage(rawValue: String(word))
        }
        return shapes.contains { $0 == nil } ? nil : shapes.compactMap { $0 }
    }
}

/// Cells to erase. Cell (x, y) is the point (x, y).
public struct DamageMask: Sendable, Equatable {
    /// The size of the grid.
    public let grid: GridSize
    /// `[H * W]`, row-major, 1 = erased.
    public private(set) var cells: [UInt8]

    /// Nothing is erased.
    public init(grid: GridSize) {
        self.grid = grid
        cells = [UInt8](repeating: 0, count: grid.width * grid.height)
    }

    /// Whether nothing is erased.
    public var isEmpty: Bool { !cells.contains(1) }

    /// Cells closer than `radius` to (x, y), which may lie outside the grid.
    public mutating func addCircle(x: Double, y: Double, radius: Double) {
        for row in indices(from: y - radius, below: y + radius, count: grid.height) {
            let dy = (Double(row) - y) / radius
            for column in indices(from: x - radius, below: x + radius, count: grid.width) {
                let dx = (Double(column) - x) / radius
                if dx * dx + dy * dy < 1 { cells[row * grid.width + column] = 1 }
            }
        }
    }

    /// Cells from (x, y) on, up to but not including (x + width, y + height).
    public mutating func addRectangle(x: Double, y: Double, width: Double, height: Double) {
        for row in indices(from: y, below: y + height, count: grid.height) {
            for column in indices(from: x, below: x + width, count: grid.width) { cells[row * grid.width + column] = 1 }
        }
    }

    /// Half of the grid; of an odd side the middle belongs to right and bottom.
    public mutating func add(_ half: Half) {
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

    /// Cells of which `isErased` says so, told their indices.
    public mutating func add(where isErased: (_ x: Int, _ y: Int) -> Bool) {
        for y in 0..<grid.height {
            for x in 0..<grid.width where isErased(x, y) { cells[y * grid.width + x] = 1 }
        }
    }

    /// A shape drawn at random: `draw` gives one number after the other, uniform in its range. `reach`: cells that a
    /// circle extends at least from its centre; from 0.75 on it meets a cell of every grid.
    public mutating func add(
        _ shape: RandomDamage, reach: Double = 0, drawing draw: (ClosedRange<Double>) -> Double
    ) {
        switch shape {
        case .circle:
            let (x, y, radius) = (draw(-0.5...0.5), draw(-0.5...0.5), draw(0.1...0.4))
            let radiusX = max(radius, reach * 2 / Double(max(1, grid.width - 1)))
            let radiusY = max(radius, reach * 2 / Double(max(1, grid.height - 1)))
            addPlaces { cellX, cellY in
                let (dx, dy) = ((cellX - x) / radiusX, (cellY - y) / radiusY)
                return dx * dx + dy * dy < 1
            }
        case .half:
            let (angle, shift) = (draw(0...(2 * Double.pi)), draw(-0.15...0.15))
            addPlaces { x, y in x * cos(angle) + y * sin(angle) > shift }
        case .rectangle:
            let (x, y) = (draw(-0.5...0.5), draw(-0.5...0.5))
            let (halfWidth, halfHeight) = (draw(0.1...0.4), draw(0.1...0.4))
            addPlaces { abs($0 - x) < halfWidth && abs($1 - y) < halfHeight }
        }
    }

    /// Cells of which `isErased` says so, told their coordinates, -1...1 along both sides.
    private mutating func addPlaces(_ isErased: (_ x: Double, _ y: Double) -> Bool) {
        func coordinate(_ index: Int, _ count: Int) -> Double {
            count > 1 ? 2 * Double(index) / Double(count - 1) - 1 : 0
        }
        let xs = (0..<grid.width).map { coordinate($0, grid.width) }
        let ys = (0..<grid.height).map { coordinate($0, grid.height) }
        add { x, y in isErased(xs[x], ys[y]) }
    }

    /// The whole numbers of 0..<count that are at least `start` and below `end`.
    private func indices(from start: Double, below end: Double, count: Int) -> Range<Int> {
        let limit = Double(count)
        let first = Int(min(max(start.rounded(.up), 0), limit))
        return first..<max(first, Int(min(max(end.rounded(.up), 0), limit)))
    }
}
