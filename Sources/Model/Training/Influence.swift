import GNCACells

/// Which cells of a state decide how near it comes to its target: the gradient of the error some steps later, with respect to
/// the state as it is now, times that state.
public enum Influence {
    /// Steps after which the loss is looked at: a wound of a few cells closes in about so many.
    public static let steps = 20
    /// Runs that are averaged; they differ in which cells fire.
    public static let runs = 4

    /// Bytes, roughly, of `values` on so many cells: a run, and what it remembers. The memory for that grows by half at a time.
    public static func bytes(of rule: Rule, cells: Int) -> Int {
        let tape = RunMemory.bytesOfTape(of: rule, cells: cells, steps: steps, runs: 1)
        let overwritten = RunMemory.bytes(of: rule, cells: cells, runs: steps / 4)
        return RunMemory.bytes(of: rule, cells: cells) + tape + tape / 2 + overwritten
    }

    /// For every cell, `[H * W]`, by how much the error would change, to first order, if the cell were erased: the sum over its
    /// channels of gradient times state, without its sign, as the root of its mean square over the runs; zeros where the runs
    /// blow up. The error is the sum, not the mean, over cells and the picture's channels of (state - target)^2, so that the grid's
    /// margin does not count.
    ///
    /// The length of the gradient alone is largest at the rim of a wound, but erasing the cells where it is large does little
    /// more harm than erasing any others; where this is large, it does several times as much.
    ///
    /// `state` and `target`: of one size, but for a decoder's scale. `angle`, radians, and `edges`: as the automaton runs
    /// with. Throws `ModelError` where the state has not the rule's channels.
    public static func values(
        of state: CellGrid, rule: Rule, target: Target, angle: Float = 0, edges: Edges? = nil, steps: Int = steps,
        runs: Int = runs
    ) throws(ModelError) -> [Float] {
        precondition(
            state.width * rule.pictureScale == target.width && state.height * rule.pictureScale == target.height,
            "a state of the target's size")
        let unrolling = try Unrolling(rule: rule, state: state)
        let channels = unrolling.channels
        let start = state.resized(channels: channels)
        let picture = rule.appearance.channels
        let values = target.values(for: rule.appearance)
        var gradient = [Float](repeating: 0, count: start.values.count)
        let sums = unrolling.zeroSums
        let decoding = Decoding(rule, height: state.height, width: state.width, goesBack: true)
        var squares = [Double](repeating: 0, count: state.width * state.height)
        for run in 0..<runs {
            unrolling.begin(state: start, randomSeed: UInt32(run))
            unrolling.automaton.angle = angle
            if let edges { unrolling.automaton.edges = edges }
            do {
                for _ in 0..<steps { try unrolling.automaton.step() }
            } catch {
                return [Float](repeating: 0, count: squares.count)
            }
            if let decoding {
                gradient.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
                decoding.compare(unrolling.automaton, values, into: &gradient, sums)
            } else {
                _ = Loss.meanSquare(unrolling.automaton.state, target: values, channels: picture, gradient: &gradient)
            }
            unrolling.backward(gradient, into: sums)
            for cell in squares.indices {
                var change = 0.0
                for number in (cell * channels)..<((cell + 1) * channels) {
                    change += Double(unrolling.stateGradient[number] * start.values[number])
                }
                squares[cell] += change * change
            }
        }
        let terms = Double(values.count)
        return squares.map { Float(($0 / Double(runs)).squareRoot() * terms) }
    }
}

extension Decoding {
    /// Adds to `gradient` that of the mean squared error of what is to be seen of a state.
    fileprivate func compare(
        _ automaton: Automaton, _ target: [Float], into gradient: inout [Float], _ sums: WeightSums
    ) {
        decode(automaton.state, edges: automaton.edges)
        _ = Loss.meanSquare(picture, target: target, gradient: &pictureGradient)
        backward(automaton.state, edges: automaton.edges, into: &gradient, sums)
    }
}
