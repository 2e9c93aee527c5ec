/// How far a state is from its target.
package enum Loss {
    /// The mean over cells and the picture's channels of (state - target)^2, and its gradient with respect to the state,
    /// `[H * W][C]`. `target`: `[H * W * channels.count]`; `channels`: where the state has them.
    package static func meanSquare(
        _ state: CellGrid, target: [Float], channels: [Int] = [0, 1, 2, 3]
    ) -> (loss: Double, gradient: [Float]) {
        var gradient = [Float](repeating: 0, count: state.values.count)
        let loss = meanSquare(state, target: target, channels: channels, gradient: &gradient)
        return (loss, gradient)
    }

    /// The loss alone.
    package static func meanSquare(_ state: CellGrid, target: [Float], channels: [Int] = [0, 1, 2, 3]) -> Double {
        var sum = 0.0
        let (cells, size, count) = (state.height * state.width, state.channels, channels.count)
        state.values.withUnsafeBufferPointer { values in
            for cell in 0..<cells {
                for (index, channel) in channels.enumerated() {
                    let difference = values[cell * size + channel] - target[cell * count + index]
                    sum += Double(difference * difference)
                }
            }
        }
        return sum / Double(cells * count)
    }

    /// The same; of `gradient`, only the picture's channels are written.
    package static func meanSquare(
        _ state: CellGrid, target: [Float], channels: [Int] = [0, 1, 2, 3], gradient: inout [Float]
    ) -> Double {
        let (cells, size, count) = (state.height * state.width, state.channels, channels.count)
        let scale = 2 / Float(cells * count)
        var sum = 0.0
        state.values.withUnsafeBufferPointer { values in
            for cell in 0..<cells {
                for (index, channel) in channels.enumerated() {
                    let difference = values[cell * size + channel] - target[cell * count + index]
                    sum += Double(difference * difference)
                    gradient[cell * size + channel] = scale * difference
                }
            }
        }
        return sum / Double(cells * count)
    }

    /// Makes of a gradient of the mean squared error `loss` that of log(`loss` + `floor`). Of `gradient`, `[H * W][C]`, only
    /// the picture's channels are changed.
    package static func makeLogarithmic(
        _ gradient: inout [Float], of loss: Double, floor: Double, stride: Int, channels: [Int]
    ) {
        let scale = Float(1 / (loss + floor))
        for start in Swift.stride(from: 0, to: gradient.count, by: stride) {
            for channel in channels { gradient[start + channel] *= scale }
        }
    }
}
