/// The picture that a model is trained to grow, on the grid it is trained on. Its pixels are cells, or, for a rule with a
/// decoder, what stands below as cells are pixels of which a cell has `Rule.pictureScale` a side.
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

    /// Both sizes.
    public var size: GridSize { GridSize(width: width, height: height) }

    /// Steps that a pattern needs at least to cover the picture from a seed in the middle, (W/2, H/2), since it grows a cell
    /// a step at most, in any of eight directions: the distance of the farthest cell whose alpha is above 0.1. `edges`: on a
    /// torus there is a way around. `scale`: pixels along a side of a cell.
    public func leastSteps(edges: Edges, scale: Int = 1) -> Int {
        let (columns, rows) = (width / scale, height / scale)
        var farthest = 0
        for y in 0..<height {
            for x in 0..<width where values[(y * width + x) * 4 + 3] > 0.1 {
                var (dx, dy) = (abs(x / scale - columns / 2), abs(y / scale - rows / 2))
                if edges == .torus { (dx, dy) = (min(dx, columns - dx), min(dy, rows - dy)) }
                farthest = max(farthest, dx, dy)
            }
        }
        return farthest
    }

    /// The same about the seed in the middle of a grid with empty cells around it; nil where the grid is smaller. `scale`:
    /// pixels along a side of a cell.
    public func inTheMiddle(of grid: GridSize, scale: Int = 1) -> Target? {
        guard grid.width * scale >= width, grid.height * scale >= height else { return nil }
        let left = (grid.width / 2 - width / scale / 2) * scale
        let top = (grid.height / 2 - height / scale / 2) * scale
        var cells = CellGrid(height: grid.height * scale, width: grid.width * scale, channels: 4)
        for y in 0..<height {
            let (from, to) = (y * width * 4, cells.offset(x: left, y: top + y))
            cells.values.replaceSubrange(to..<(to + width * 4), with: values[from..<(from + width * 4)])
        }
        return Target(width: cells.width, height: cells.height, values: cells.values)
    }

    /// The mean over cells and the picture's channels of (state - target)^2. `state`: of the target's size.
    public func loss(of state: CellGrid, appearance: Appearance = Appearance()) -> Double {
        precondition(state.width == width && state.height == height, "a state of the target's size")
        return Loss.meanSquare(state, target: values(for: appearance), channels: appearance.channels)
    }

    /// The same of a state of `rule`, whose picture has the target's size.
    public func loss(of state: CellGrid, rule: Rule) -> Double {
        loss(of: rule.picture(of: state), appearance: rule.pictureAppearance)
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
