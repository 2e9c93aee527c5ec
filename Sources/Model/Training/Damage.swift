import GNCABasics

/// What is cut out of a pattern, on coordinates -1...1 along both sides of the grid.
public enum CutoutShape: String, Sendable, CaseIterable {
    /// Centre uniform in +-0.5, radius uniform in 0.1...0.4 (Distill).
    case circle
    /// One side of a line at any angle through a point within 0.15 of the middle.
    case half
    /// Centre uniform in +-0.5, both sides uniform in 0.2...0.8.
    case rectangle

    public static let names = allCases.map(\.rawValue).joined(separator: ", ")

    /// "circle,half"; nil for anything else.
    public static func list(_ text: String) -> [CutoutShape]? {
        let shapes = text.split(separator: ",", omittingEmptySubsequences: false).map {
            CutoutShape(rawValue: String($0))
        }
        return shapes.contains { $0 == nil } ? nil : shapes.compactMap { $0 }
    }

    /// A random one on a grid: `[H * W]`, 1 = erased.
    func erased(width: Int, height: Int, _ draws: inout DamageDraws) -> [UInt8] {
        switch self {
        case .circle:
            let (x, y) = (draws.number(-0.5...0.5), draws.number(-0.5...0.5))
            return Damage.circle(width: width, height: height, x: x, y: y, radius: draws.number(0.1...0.4))
        case .half:
            let angle = draws.number(0...(2 * Double.pi))
            let shift = draws.number(-0.15...0.15)
            return Damage.cells(width: width, height: height) { x, y in x * cos(angle) + y * sin(angle) > shift }
        case .rectangle:
            let (x, y) = (draws.number(-0.5...0.5), draws.number(-0.5...0.5))
            let (halfWidth, halfHeight) = (draws.number(0.1...0.4), draws.number(0.1...0.4))
            return Damage.cells(width: width, height: height) { abs($0 - x) < halfWidth && abs($1 - y) < halfHeight }
        }
    }
}

/// Cells to erase: `[H * W]`, 1 = erased.
enum Damage {
    /// Those where `isErased` says so of the coordinates of a cell, -1...1 along both sides.
    static func cells(width: Int, height: Int, _ isErased: (_ x: Double, _ y: Double) -> Bool) -> [UInt8] {
        var cells = [UInt8](repeating: 0, count: height * width)
        for row in 0..<height {
            let y = height > 1 ? 2 * Double(row) / Double(height - 1) - 1 : 0
            for column in 0..<width {
                let x = width > 1 ? 2 * Double(column) / Double(width - 1) - 1 : 0
                if isErased(x, y) { cells[row * width + column] = 1 }
            }
        }
        return cells
    }

    static func circle(width: Int, height: Int, x: Double, y: Double, radius: Double) -> [UInt8] {
        cells(width: width, height: height) { cellX, cellY in
            let (dx, dy) = ((cellX - x) / radius, (cellY - y) / radius)
            return dx * dx + dy * dy < 1
        }
    }
}
