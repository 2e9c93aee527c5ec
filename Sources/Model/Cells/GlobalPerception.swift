import CGNCAKernels

/// What a cell perceives of the whole grid, behind its filters and an appended control vector: the same for all cells.
public enum GlobalPerception: String, Sendable, CaseIterable {
    /// Nothing: all that a cell knows comes from its neighbours.
    case none
    /// The mean state of the living cells, `[C]`.
    case mean
    /// The mean state of the living cells in each of 4 x 4 equal parts of the grid, row by row, `[16][C]`.
    case pool

    /// Parts of the grid that have a mean of their own.
    public var regions: Int { side * side }

    /// Parts in a row.
    package var side: Int {
        switch self {
        case .none: 0
        case .mean: 1
        case .pool: 4
        }
    }

    /// The part that a cell lies in.
    func region(ofCell cell: Int, on grid: ck_grid) -> Int {
        let (width, height) = (Int(grid.width), Int(grid.height))
        return cell / width * side / height * side + cell % width * side / width
    }
}

/// The means that all cells perceive in a step, and how a gradient goes back through them.
package struct GlobalMeans {
    private let perception: GlobalPerception
    private let channels: Int
    /// `[regions][C]`; zeros of a region where nothing lives.
    private(set) var values: [Float]
    /// `[regions]`, living cells.
    private var counts: [Int]
    /// `[regions][C]`
    private var sums: [Double]

    package init(_ rule: Rule) {
        perception = rule.perception.global
        channels = rule.channels
        values = [Float](repeating: 0, count: perception.regions * channels)
        sums = [Double](repeating: 0, count: values.count)
        counts = [Int](repeating: 0, count: perception.regions)
    }

    /// Becomes the means of `state` (`[H * W][C]`) over the members of `alive`, summed cell after cell.
    mutating func take(_ state: [Float], where alive: CellMask, on grid: ck_grid) {
        for index in sums.indices { sums[index] = 0 }
        for region in counts.indices { counts[region] = 0 }
        alive.forEach(on: grid) { cell in
            let region = perception.region(ofCell: cell, on: grid)
            counts[region] += 1
            for channel in 0..<channels {
                sums[region * channels + channel] += Double(state[cell * channels + channel])
            }
        }
        for index in sums.indices {
            values[index] = Float(sums[index] / Double(max(1, counts[index / channels])))
        }
    }

    /// Adds to `gradient` (`[H * W][C]`, of the loss with respect to the state) what comes through the means of the cells of
    /// `alive`, with respect to which it is `means`.
    package mutating func handOn(
        _ means: [Float], where alive: CellMask, on grid: ck_grid, to gradient: inout [Float]
    ) {
        for region in counts.indices { counts[region] = 0 }
        alive.forEach(on: grid) { counts[perception.region(ofCell: $0, on: grid)] += 1 }
        alive.forEach(on: grid) { cell in
            let region = perception.region(ofCell: cell, on: grid)
            let share = 1 / Float(counts[region])
            for channel in 0..<channels {
                gradient[cell * channels + channel] += means[region * channels + channel] * share
            }
        }
    }
}
