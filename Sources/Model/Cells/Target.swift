/// The picture that a model is trained to grow, on the grid it is trained on.
public struct Target: Sendable, Equatable {
    /// Cells in a row, margin included.
    public let width: Int
    /// Rows, margin included.
    public let height: Int
    /// `[H * W * 4]`: red, green, blue premultiplied by alpha, and alpha, 0...1.
    public let values: [Float]

    /// `values`: as above, for every cell.
    public init(width: Int, height: Int, values: [Float]) {
        self.width = width
        self.height = height
        self.values = values
    }

    /// Steps that a pattern needs at least to cover the picture from a seed in the middle, (W/2, H/2), since it grows a cell
    /// a step at most, in any of eight directions: the distance of the farthest cell whose alpha is above 0.1. `edges`: on a
    /// torus there is a way around.
    public func leastSteps(edges: Edges) -> Int {
        var farthest = 0
        for y in 0..<height {
            for x in 0..<width where values[(y * width + x) * 4 + 3] > 0.1 {
                var (dx, dy) = (abs(x - width / 2), abs(y - height / 2))
                if edges == .torus { (dx, dy) = (min(dx, width - dx), min(dy, height - dy)) }
                farthest = max(farthest, dx, dy)
            }
        }
        return farthest
    }

    /// The same about the seed in the middle of a grid with empty cells around it; nil where the grid is smaller.
    public func inTheMiddle(of grid: GridSize) -> Target? {
        guard grid.width >= width, grid.height >= height else { return nil }
        let (left, top) = (grid.width / 2 - width / 2, grid.height / 2 - height / 2)
        var cells = CellGrid(height: grid.height, width: grid.width, channels: 4)
        for y in 0..<height {
            let (from, to) = (y * width * 4, cells.offset(x: left, y: top + y))
            cells.values.replaceSubrange(to..<(to + width * 4), with: values[from..<(from + width * 4)])
        }
        return Target(width: grid.width, height: grid.height, values: cells.values)
    }

    /// The mean over cells and the picture's channels of (state - target)^2. `state`: of the target's size.
    public func loss(of state: CellGrid, appearance: Appearance = Appearance()) -> Double {
        precondition(state.width == width && state.height == height, "a state of the target's size")
        return Loss.meanSquare(state, target: values(for: appearance), channels: appearance.channels)
    }

    /// What the picture's channels of every cell should be, `[H * W][appearance.channels.count]`.
    public func values(for appearance: Appearance) -> [Float] {
        if appearance.picture == .premultiplied { return values }
        var result: [Float] = []
        result.reserveCapacity(values.count)
        for start in stride(from: 0, to: values.count, by: 4) {
            let (red, green, blue, alpha) = (values[start], values[start + 1], values[start + 2], values[start + 3])
            switch appearance.picture {
            case .premultiplied: break
            case .straight:
                let factor = alpha > 0 ? 1 / alpha : 0
                result += [red * factor, green * factor, blue * factor, alpha]
            case .opaque:
                // On white, as figures show pictures.
                result += [red, green, blue].map { $0 + (1 - alpha) - 0.5 }
            case .channel:
                // Luma of Rec. 709, on white.
                result.append(0.2126 * red + 0.7152 * green + 0.0722 * blue + (1 - alpha))
            }
        }
        return result
    }
}
