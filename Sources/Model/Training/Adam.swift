/// The optimiser: Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2014.
struct Adam: Equatable {
    /// Running means of the gradient and of its square, one number a weight.
    var mean: [Float]
    var square: [Float]
    /// Updates made.
    var updates = 0

    init(count: Int) {
        mean = [Float](repeating: 0, count: count)
        square = mean
    }

    /// What to subtract from the weights.
    mutating func step(gradient: [Float], rate: Float, _ settings: TrainingSettings) -> [Float] {
        updates += 1
        let first = 1 - power(settings.beta1, updates)
        let second = 1 - power(settings.beta2, updates)
        let (beta1, beta2, epsilon) = (settings.beta1, settings.beta2, settings.epsilon)
        let step = Float(Double(rate) * second.squareRoot() / first)
        return gradient.indices.map { index in
            let g = gradient[index]
            mean[index] = beta1 * mean[index] + (1 - beta1) * g
            square[index] = beta2 * square[index] + (1 - beta2) * g * g
            return step * mean[index] / (square[index].squareRoot() + epsilon)
        }
    }

    /// base^exponent by squaring, so that no mathematics library's last digit matters.
    private func power(_ base: Float, _ exponent: Int) -> Double {
        var (result, factor, rest) = (1.0, Double(base), exponent)
        while rest > 0 {
            if rest & 1 == 1 { result *= factor }
            factor *= factor
            rest >>= 1
        }
        return result
    }
}
