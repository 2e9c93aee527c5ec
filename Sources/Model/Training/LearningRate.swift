extension TrainingSettings {
    /// A learning rate whose highest value is `highest` when `progress` (0...1) of the training is done.
    func learningRate(_ highest: Float, progress: Double) -> Float {
        // A share of whole iterations is whole again, whatever the number it is a share of.
        let exact = progress * Double(iterations)
        let done = abs(exact - exact.rounded()) < 1e-6 ? exact.rounded() : exact
        let rate =
            switch schedule {
            case .steps: decayAt.reduce(highest) { done < Double($1) ? $0 : $0 * decayFactor }
            case .cosine: highest * Float(Self.halfWave(progress))
            }
        guard done < Double(rateWarmUp) else { return rate }
        return rate * Float(min(1, (done + 1) / Double(rateWarmUp)))
    }

    /// (1 + cos(pi * progress)) / 2, by its series, so that no mathematics library's last digit matters. `progress`: 0...1.
    private static func halfWave(_ progress: Double) -> Double {
        let x = Double.pi / 2 * progress
        var (term, cosine) = (1.0, 1.0)
        for order in stride(from: 2.0, through: 24, by: 2) {
            term *= -x * x / (order * (order - 1))
            cosine += term
        }
        return cosine * cosine
    }
}
