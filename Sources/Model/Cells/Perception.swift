import CGNCAKernels

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What every cell perceives: `[H * W * 3C]`, filter-major (the cell's own C channels, their x-gradients, their
/// y-gradients), by the very code that the automaton runs. `angle` is in radians.
public func perceive(_ grid: CellGrid, angle: Float, sobelScale: Float, padding: Padding) -> [Float] {
    let shape = ck_grid(grid, padding: padding)
    let cells = (0..<UInt32(grid.height * grid.width)).map { $0 }
    var perception = [Float](repeating: 0, count: grid.values.count * 3)
    withUnsafePointer(to: shape) { shape in
        UpdateKernel.bestKernels.pointee.perceive(
            shape, ck_turn(angle: angle, sobelScale: sobelScale), grid.values, cells, cells.count, &perception)
    }
    return perception
}

extension LifeMask {
    /// `[H * W]`, 1 = alive: somewhere in the cell's 3 x 3 neighbourhood alpha is above the threshold.
    public func alive(in grid: CellGrid, padding: Padding) -> [UInt8] {
        let shape = ck_grid(grid, padding: padding)
        var mature = CellMask(shape)
        var occupied = CellMask(shape)
        withUnsafePointer(to: shape) {
            ck_mask_scan($0, grid.values, threshold, &mature.words, &occupied.words)
        }
        occupied.dilate(mature, on: shape)
        return occupied.bytes(on: shape)
    }
}

extension ck_turn {
    /// x' = cos x - sin y, y' = sin x + cos y on the scaled Sobel filters.
    init(angle: Float, sobelScale: Float) {
        // In double precision: the C library's float results would do, but its double ones round alike everywhere.
        self.init(
            cosine: Float(cos(Double(angle)) * Double(sobelScale)),
            sine: Float(sin(Double(angle)) * Double(sobelScale)))
    }
}
