import GNCABasics
import GNCACells
import GNCARaster

/// A line over a tile of a figure, which lies between cells or across them.
public struct PanelMark: Sendable {
    /// Cells from the tile's top left; of a closed line the last is the first.
    public var points: [Point]
    /// Of the line.
    public var color: Color
    /// Of the line, in hairlines.
    public var weight: Double

    /// A line through `points`, `weight` times as wide as a hairline.
    public init(_ points: [Point], _ color: Color, weight: Double = 1) {
        (self.points, self.color, self.weight) = (points, color, weight)
    }

    /// The same elsewhere, cells.
    public func moved(x dx: Double, y dy: Double) -> PanelMark {
        PanelMark(points.map { Point($0.x + dx, $0.y + dy) }, color, weight: weight)
    }

    /// A circle, in cells.
    public static func circle(_ centre: Point, radius: Double, _ color: Color, weight: Double = 1) -> PanelMark {
        let count = 96
        // Beyond the first point, so that the line has no end to be seen.
        let points = (0...count + 1).map { index in
            let angle = 2 * Double.pi * Double(index % count) / Double(count)
            return Point(centre.x + radius * cos(angle), centre.y + radius * sin(angle))
        }
        return PanelMark(points, color, weight: weight)
    }

    /// Lines between cells of a set and cells outside of it. `mask`: `[H * W]`, not 0 = inside.
    public static func edges(of mask: [UInt8], _ grid: GridSize, _ color: Color, weight: Double = 1) -> [PanelMark] {
        func isInside(_ x: Int, _ y: Int) -> Bool {
            x >= 0 && y >= 0 && x < grid.width && y < grid.height && mask[y * grid.width + x] != 0
        }
        func point(_ along: Int, _ across: Int, _ isRow: Bool) -> Point {
            isRow ? Point(Double(along), Double(across)) : Point(Double(across), Double(along))
        }
        var marks: [PanelMark] = []
        for isRow in [true, false] {
            let (length, lines) = isRow ? (grid.width, grid.height) : (grid.height, grid.width)
            for across in 0...lines {
                var start: Int?
                for along in 0...length {
                    let (x, y) = isRow ? (along, across) : (across, along)
                    let isEdge =
                        along < length && isInside(x, y) != (isRow ? isInside(x, y - 1) : isInside(x - 1, y))
                    if isEdge, start == nil { start = along }
                    if !isEdge, let first = start {
                        marks.append(
                            PanelMark(
                                [point(first, across, isRow), point(along, across, isRow)], color, weight: weight))
                        start = nil
                    }
                }
            }
        }
        return marks
    }
}
