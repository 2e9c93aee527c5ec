import GNCACells

/// How far a state is from its target.
package enum Loss {
    /// The mean over pixels and their four channels (red, green, blue, alpha, premultiplied) of (state - target)^2, and
    /// its gradient with respect to the state, `[H * W][C]`. `target`: `[H * W * 4]`.
    package static func meanSquare(_ state: CellGrid, target: [Float]) -> (loss: Double, gradient: [Float]) {
        var gradient = [Float](repeating: 0, count: state.values.count)
        let loss = meanSquare(state, target: target, gradient: &gradient)
        return (loss, gradient)
    }

    /// The loss alone.
    package static func meanSquare(_ state: CellGrid, target: [Float]) -> Double {
        var sum = 0.0
        state.values.withUnsafeBufferPointer { values in
            for cell in 0..<(state.height * state.width) {
                for channel in 0..<4 {
                    let difference = values[cell * state.channels + channel] - target[cell * 4 + channel]
                    sum += Double(difference * difference)
                }
            }
        }
        return sum / Double(state.height * state.width * 4)
    }

    /// The same; of `gradient`, only channels 0...3 are written.
    package static func meanSquare(_ state: CellGrid, target: [Float], gradient: inout [Float]) -> Double {
        let cells = state.height * state.width
        let channels = state.channels
        let scale = 2 / Float(cells * 4)
        var sum = 0.0
        state.values.withUnsafeBufferPointer { values in
            for cell in 0..<cells {
                for channel in 0..<4 {
                    let difference = values[cell * channels + channel] - target[cell * 4 + channel]
                    sum += Double(difference * difference)
                    gradient[cell * channels + channel] = scale * difference
                }
            }
        }
        return sum / Double(cells * 4)
    }
}
