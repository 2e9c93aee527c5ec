import CGNCAKernels

/// How cells come to life.
public enum Birth: String, Sendable, CaseIterable {
    /// By their own updates, from nothing, where a neighbour is mature: as in the Distill article.
    case free
    /// As children: an empty cell beside a mature one takes over the hidden channels of its mother, the neighbour with the highest
    /// value of life's channel. The picture's channels and life's are 0.
    case inherit
    /// As copies: all channels of the mother times her divide channel, the first hidden one, held to 0...1. Where that is not
    /// above 0, no cell is born.
    case copy
}

extension Rule {
    /// What a mother's child takes over.
    package var inheritedChannels: [Int] {
        switch life.birth {
        case .free: []
        case .inherit: appearance.hidden(of: channels).filter { $0 != life.channel }
        case .copy: Array(0..<channels)
        }
    }

    /// The channel that says whether a cell divides, where cells are born as copies.
    package var divideChannel: Int? {
        life.birth == .copy ? appearance.hidden(of: channels).first { $0 != life.channel } : nil
    }

    /// Throws `ModelError.outOfRange` where cells cannot be born as `life.birth` says.
    func checkBirth() throws(ModelError) {
        guard life.birth != .free else { return }
        guard life.before, life.reach == .neighbourhood, life.threshold >= 0 else {
            throw .outOfRange(
                what: "birth", value: life.birth.rawValue,
                expected: "free, for a rule that does not test the 3x3 neighbourhood's life before the update")
        }
        guard !inheritedChannels.isEmpty, life.birth != .copy || divideChannel != nil else {
            throw .outOfRange(
                what: "birth", value: life.birth.rawValue, expected: "free, for a rule without hidden channels")
        }
    }

    /// The neighbour by which the cell lives: the one with the highest value of life's channel, if that is above the threshold;
    /// of several, the first one row by row. `state`: `[H * W][C]`.
    package func mother(of cell: Int, in state: UnsafeBufferPointer<Float>, on grid: ck_grid) -> Int? {
        let (width, height) = (Int(grid.width), Int(grid.height))
        let (x, y) = (cell % width, cell / width)
        var (mother, highest): (Int?, Float) = (nil, life.threshold)
        for dy in -1...1 {
            for dx in -1...1 where dx != 0 || dy != 0 {
                var (nx, ny) = (x + dx, y + dy)
                if grid.torus == 1 { (nx, ny) = ((nx + width) % width, (ny + height) % height) }
                guard nx >= 0, nx < width, ny >= 0, ny < height else { continue }
                let neighbour = ny * width + nx
                let value = state[neighbour * channels + life.channel]
                if value > highest { (mother, highest) = (neighbour, value) }
            }
        }
        return mother
    }

    /// The part of a mother that her child takes over: 1, or what her divide channel says; 0 = none is born.
    package func dividing(_ mother: Int, in state: UnsafeBufferPointer<Float>) -> Float {
        guard let divideChannel else { return 1 }
        return min(max(state[mother * channels + divideChannel], 0), 1)
    }
}

extension Automaton {
    /// Fills the empty cells of `alive` as children of their neighbours; those that get no mother do not fire.
    func giveBirth() {
        guard rule.life.birth != .free, spare.subtract(occupied, from: alive, on: grid) else { return }
        children.removeAll(keepingCapacity: true)
        mothers.removeAll(keepingCapacity: true)
        state.values.withUnsafeBufferPointer { values in
            spare.forEach(on: grid) { cell in
                guard let mother = rule.mother(of: cell, in: values, on: grid), rule.dividing(mother, in: values) > 0
                else { return }
                children.append(UInt32(cell))
                mothers.append(UInt32(mother))
            }
        }
        for child in children { spare.remove(Int(child), on: grid) }
        // Who stays unborn does nothing.
        maturing.copy(firing, on: grid)
        _ = firing.subtract(spare, from: maturing, on: grid)
        tape?.recordBirths(children, mothers, grid: grid)
        for (child, mother) in zip(children, mothers) { fill(Int(child), from: Int(mother)) }
    }

    private func fill(_ child: Int, from mother: Int) {
        let channels = rule.channels
        let share = state.values.withUnsafeBufferPointer { rule.dividing(mother, in: $0) }
        var isEmpty = true
        for channel in inherited {
            let value = share * state.values[mother * channels + channel]
            state.values[child * channels + channel] = value
            if value != 0 { isEmpty = false }
        }
        if !isEmpty { occupied.insert(child, on: grid) }
        if state.values[child * channels + rule.life.channel] > rule.life.threshold { mature.insert(child, on: grid) }
    }
}
