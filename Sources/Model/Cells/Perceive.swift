import CGNCAKernels

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Perception {
    /// What every cell perceives through the filters: `[H * W][K][C]`, by the very code that the automaton runs. `angle`
    /// is in radians.
    public func values(of grid: CellGrid, angle: Float, edges: Edges) -> [Float] {
        let shape = ck_grid(grid, edges: edges)
        let cells = (0..<UInt32(grid.height * grid.width)).map { $0 }
        var perception = [Float](repeating: 0, count: grid.values.count * filters.count)
        let kernels = UpdateKernel.bestKernels.pointee
        withUnsafePointer(to: shape) { shape in
            if let sobelScale {
                kernels.perceive(
                    shape, ck_turn(angle: angle, sobelScale: sobelScale), grid.values, cells, cells.count, &perception)
                return
            }
            let (taps, used) = KernelLayers.taps(filters, channels: grid.channels, angle: angle)
            taps.withUnsafeBufferPointer { taps in
                used.withUnsafeBufferPointer { used in
                    var packed = ck_filters(
                        count: Int32(filters.count), learn: 0, values: taps.baseAddress, taps: used.baseAddress)
                    kernels.filter(&packed, shape, grid.values, cells, cells.count, &perception)
                }
            }
        }
        return perception
    }
}

extension Life {
    /// `[H * W]`, 1 = alive: the channel is above the threshold somewhere in the cell's 3 x 3 neighbourhood, or in the
    /// cell itself, as `reach` says.
    public func alive(in grid: CellGrid, edges: Edges) -> [UInt8] {
        let shape = ck_grid(grid, edges: edges)
        let mature = matureCells(in: grid, shape)
        guard reach == .neighbourhood else { return mature.bytes(on: shape) }
        var alive = CellMask(shape)
        alive.dilate(mature, on: shape)
        return alive.bytes(on: shape)
    }

    /// `[H * W]`, 1 = mature: the cell's own channel is above the threshold.
    public func mature(in grid: CellGrid) -> [UInt8] {
        let shape = ck_grid(grid, edges: .zero)
        return matureCells(in: grid, shape).bytes(on: shape)
    }

    private func matureCells(in grid: CellGrid, _ shape: ck_grid) -> CellMask {
        var mature = CellMask(shape)
        var occupied = mature
        withUnsafePointer(to: shape) {
            ck_mask_scan(
                $0, grid.values, Int32(channel(among: grid.channels)), threshold, &mature.words, &occupied.words)
        }
        return mature
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
