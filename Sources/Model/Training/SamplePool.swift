import GNCACells

/// A state without its empty cells, and how far it was from the target.
struct CompactState: Equatable {
    /// Indexes of the cells that are not zero, in order.
    var cells: [UInt32] = []
    /// `[cells][C]`
    var values: [Float] = []
    var loss: Float = 0

    init(cells: [UInt32], values: [Float], loss: Float) {
        self.cells = cells
        self.values = values
        self.loss = loss
    }

    init(_ grid: CellGrid, loss: Float) {
        self.loss = loss
        let channels = grid.channels
        grid.values.withUnsafeBufferPointer { all in
            for cell in 0..<(grid.height * grid.width) {
                let start = cell * channels
                var occupied = false
                for index in start..<(start + channels) where all[index] != 0 {
                    occupied = true
                    break
                }
                guard occupied else { continue }
                cells.append(UInt32(cell))
                values.append(contentsOf: all[start..<(start + channels)])
            }
        }
    }

    /// Makes `grid` this state.
    func expand(into grid: inout CellGrid) {
        let channels = grid.channels
        grid.values.withUnsafeMutableBufferPointer { all in
            all.update(repeating: 0)
            for (row, cell) in cells.enumerated() {
                for channel in 0..<channels { all[Int(cell) * channels + channel] = values[row * channels + channel] }
            }
        }
    }
}

/// The states that training has brought so far, kept without their empty cells: about 60 KB for a 40-cell picture.
struct SamplePool {
    let seed: CompactState
    var states: [CompactState]

    init(seed: CompactState, count: Int) {
        self.seed = seed
        states = [CompactState](repeating: seed, count: count)
    }

    /// Different indexes from `first` on, drawn evenly.
    func draw(_ count: Int, from first: Int = 0, random: TrainingRandom, iteration: Int) -> [Int] {
        var drawn: [Int] = []
        var attempt = 0
        while drawn.count < count {
            let index = random.whole(first...(states.count - 1), .batch, iteration: iteration, attempt)
            attempt += 1
            if !drawn.contains(index) { drawn.append(index) }
        }
        return drawn
    }

    var isDead: Bool { states.allSatisfy { $0.cells.isEmpty } }
}
