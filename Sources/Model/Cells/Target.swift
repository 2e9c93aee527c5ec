/// The picture that a model is trained to grow, on the grid it is trained on.
public struct Target: Sendable, Equatable {
    /// Cells, margin included.
    public let width: Int
    public let height: Int
    /// `[H * W * 4]`: red, green, blue premultiplied by alpha, and alpha, 0...1.
    public let values: [Float]

    /// `values`: as above, for every cell.
    public init(width: Int, height: Int, values: [Float]) {
        self.width = width
        self.height = height
        self.values = values
    }

    /// The mean over pixels and their four channels of (state - target)^2. `state`: of the target's size.
    public func loss(of state: CellGrid) -> Double {
        precondition(state.width == width && state.height == height, "a state of the target's size")
        return Loss.meanSquare(state, target: values)
    }
}
