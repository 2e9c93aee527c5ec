import GNCACells
import GNCACheckpoints

extension TrainingSettings {
    /// w1, b1, w2, b2, one after the other: W1 uniform in +-sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010), all
    /// else zero, so that an untrained automaton does nothing.
    func firstWeights() -> [Float] {
        let random = RandomSource(seed: randomSeed, stream: .weights)
        let limit = (6 / Float(3 * channels + hidden)).squareRoot()
        let w1 = (0..<(hidden * 3 * channels)).map { index in
            (2 * random.fraction(step: 0, x: UInt32(index), y: 0) - 1) * limit
        }
        return w1 + [Float](repeating: 0, count: hidden + channels * hidden + channels)
    }

    /// The weights of `rule` in the same order, its Sobel filters scaled as training has them. Throws
    /// `ModelError.outOfRange` where it has other sizes than these settings.
    func weights(of rule: Rule) throws(ModelError) -> [Float] {
        for (what, got, expected) in [("channels", channels, rule.channels), ("hidden", hidden, rule.hidden)] {
            guard got == expected else {
                throw .outOfRange(what: what, value: "\(got)", expected: "\(expected), as the first model has")
            }
        }
        let scale = rule.sobelScale / 0.125
        let w1 = rule.w1.enumerated().map { $0.offset % (3 * channels) < channels ? $0.element : $0.element * scale }
        return w1 + rule.b1 + rule.w2 + (rule.b2 ?? [Float](repeating: 0, count: channels))
    }

    /// Takes over the sizes and settings of `rule`.
    public mutating func adopt(_ rule: Rule) {
        channels = rule.channels
        hidden = rule.hidden
        fireRate = rule.fireRate
        lifeMask = rule.lifeMask.moments
        lifeThreshold = rule.lifeMask.threshold
        edges = rule.padding
    }

    /// The rule with these weights, one tensor after the other. Throws as `Rule.init`.
    func rule(_ weights: [Float]) throws(ModelError) -> Rule {
        let sizes = [hidden * 3 * channels, hidden, channels * hidden, channels]
        guard weights.count == sizes.reduce(0, +) else {
            throw .wrongShape(tensor: "weights", got: weights.count, expected: sizes.reduce(0, +))
        }
        var start = 0
        let tensors = sizes.map { size in
            defer { start += size }
            return Array(weights[start..<(start + size)])
        }
        var mask = LifeMask(moments: lifeMask) ?? LifeMask()
        mask.threshold = lifeThreshold
        return try Rule(
            channels: channels, hidden: hidden, w1: tensors[0], b1: tensors[1], w2: tensors[2], b2: tensors[3],
            lifeMask: mask, fireRate: fireRate, padding: edges)
    }
}

extension WeightGradient {
    private func norm(_ tensor: [Float]) -> Double {
        tensor.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    var isFinite: Bool { [w1, b1, w2, b2].allSatisfy { $0.allSatisfy(\.isFinite) } }

    mutating func scale(by factor: Float) {
        w1 = w1.map { $0 * factor }
        b1 = b1.map { $0 * factor }
        w2 = w2.map { $0 * factor }
        b2 = b2.map { $0 * factor }
    }

    /// Every tensor is divided by (its norm + 1e-8).
    mutating func normalise() {
        func normalised(_ tensor: [Float]) -> [Float] {
            let factor = Float(1 / (norm(tensor) + 1e-8))
            return tensor.map { $0 * factor }
        }
        (w1, b1, w2, b2) = (normalised(w1), normalised(b1), normalised(w2), normalised(b2))
    }

    /// Scaled down as a whole where the norm of all tensors together is above `limit`.
    mutating func clip(norm limit: Float) {
        let whole = [w1, b1, w2, b2].reduce(0.0) { $0 + norm($1) * norm($1) }.squareRoot()
        if whole > Double(limit) { scale(by: Float(Double(limit) / (whole + 1e-6))) }
    }
}

extension Trainer {
    /// The model as it is now, with everything that makes it again. `program`: name and version.
    public func checkpoint(program: String) -> Checkpoint {
        var provenance = ["program": program, "training.iterations_done": "\(iteration)"]
        for (key, value) in settings.texts { provenance["training.\(key)"] = value }
        return Checkpoint(
            rule: rule, gridSize: GridSize(width: target.width, height: target.height), dialect: [],
            provenance: provenance)
    }
}
