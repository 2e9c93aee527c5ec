import GNCACells

/// Rules that are not the article's kind. Their weights are random and the last ones next to nothing, so that a pattern
/// stays as it is: arithmetic costs the same whatever the numbers are.
enum OtherRule: String {
    /// Identity, both Sobel filters and a Laplacian; 128 hidden units.
    case laplacian
    /// Identity and both Sobel filters; 48 -> 64 -> 64 -> 16.
    case layers

    func rule() throws -> Rule {
        var perception = Perception()
        if self == .laplacian { perception.filters.append(.named(.laplacian8, 1 / 16)) }
        let widths = [perception.inputs(channels: 16)] + (self == .laplacian ? [128] : [64, 64]) + [16]
        let random = RandomSource(seed: 0, stream: .damage)
        var drawn: UInt32 = 0
        func numbers(_ count: Int, _ scale: Float) -> [Float] {
            (0..<count).map { _ in
                drawn += 1
                return (random.fraction(step: 0, x: drawn, y: 0) - 0.5) * scale
            }
        }
        var layers: [DenseLayer] = []
        for (inputs, outputs) in zip(widths, widths.dropFirst()) {
            let isLast = layers.count == widths.count - 2
            var weights = numbers(inputs * outputs, isLast ? 1e-6 : 0.5)
            let bias = isLast ? [Float](repeating: 0, count: outputs) : numbers(outputs, 0.5)
            // Alpha stays.
            if isLast { for input in 0..<inputs { weights[3 * inputs + input] = 0 } }
            layers.append(try DenseLayer(inputs: inputs, outputs: outputs, weights: weights, bias: bias))
        }
        return try Rule(channels: 16, perception: perception, network: Network(layers: layers))
    }
}
