import Model

/// Which cells live and which are mature, for pictures.
enum LivingCells {
    /// `[H * W]`, 1 = the highest alpha of the 3x3 neighbourhood is above the rule's threshold.
    static func alive(in snapshot: Snapshot) -> [UInt8] {
        let grid = snapshot.grid
        let mature = mature(in: snapshot)
        var alive = [UInt8](repeating: 0, count: mature.count)
        for y in 0..<grid.height {
            for x in 0..<grid.width where mature[y * grid.width + x] != 0 {
                for dy in -1...1 {
                    for dx in -1...1 {
                        guard let index = neighbour(x + dx, y + dy, grid, snapshot.padding) else { continue }
                        alive[index] = 1
                    }
                }
            }
        }
        return alive
    }

    /// `[H * W]`, 1 = the cell may change by firing: it lives, or the rule asks for no life at all.
    static func active(in snapshot: Snapshot) -> [UInt8] {
        let mask = snapshot.rule.lifeMask
        guard mask.before || mask.after else {
            return [UInt8](repeating: 1, count: snapshot.grid.width * snapshot.grid.height)
        }
        return alive(in: snapshot)
    }

    /// `[H * W]`, 1 = the cell's own alpha is above the rule's threshold.
    static func mature(in snapshot: Snapshot) -> [UInt8] {
        let grid = snapshot.grid
        let threshold = snapshot.rule.lifeMask.threshold
        return (0..<(grid.width * grid.height)).map { cell in
            grid.values[cell * grid.channels + CellGrid.alphaChannel] > threshold ? 1 : 0
        }
    }

    /// The index of cell (x, y), around the edge on a torus; nil outside of the grid.
    static func neighbour(_ x: Int, _ y: Int, _ grid: CellGrid, _ padding: Padding) -> Int? {
        switch padding {
        case .zero:
            guard x >= 0, y >= 0, x < grid.width, y < grid.height else { return nil }
            return y * grid.width + x
        case .torus:
            return (y + grid.height) % grid.height * grid.width + (x + grid.width) % grid.width
        }
    }
}
