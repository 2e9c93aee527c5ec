import GNCACells

extension TrainingSettings {
    /// The untrained rule: weights of every layer but the last uniform in +-sqrt(6 / (inputs + outputs)) (Glorot and
    /// Bengio 2010), all else zero, so that an untrained automaton does nothing.
    func firstRule() -> Rule {
        let random = RandomSource(seed: randomSeed, stream: .weights)
        var rule = rule
        if learnsFilters { rule = rule.withLearnableFilters }
        rule.perception.filters = rule.perception.filters.map {
            $0 == .taps([]) ? .taps([Float](repeating: 0, count: 9 * rule.channels)) : $0
        }
        let widths = [rule.perception.inputs(channels: rule.channels)] + hidden + [rule.channels]
        rule.network.layers = zip(widths, widths.dropFirst()).enumerated().compactMap { index, sizes in
            let (inputs, outputs) = sizes
            let limit = index < hidden.count ? (6 / Float(inputs + outputs)).squareRoot() : 0
            let weights = (0..<(outputs * inputs)).map { place in
                limit == 0 ? 0 : (2 * random.fraction(step: 0, x: UInt32(place), y: UInt32(index)) - 1) * limit
            }
            // Sizes that follow from each other cannot be refused.
            return try? DenseLayer(
                inputs: inputs, outputs: outputs, weights: weights, bias: [Float](repeating: 0, count: outputs))
        }
        return rule
    }

    /// `start` as training changes it: every layer has biases, and the filters taps of their own where they are learned.
    /// Throws `ModelError.outOfRange` where it has other sizes than these settings.
    func prepared(_ start: Rule) throws(ModelError) -> Rule {
        let sizes = [
            ("channels", "\(rule.channels)", "\(start.channels)"),
            (
                "hidden", hidden.map(String.init).joined(separator: ","),
                start.network.hidden.map(String.init).joined(separator: ",")
            ),
        ]
        for (what, got, expected) in sizes where got != expected {
            throw .outOfRange(what: what, value: got, expected: "\(expected), as the first model has")
        }
        var prepared = learnsFilters ? start.withLearnableFilters : start
        for index in prepared.network.layers.indices where prepared.network.layers[index].bias == nil {
            prepared.network.layers[index].bias = [Float](
                repeating: 0, count: prepared.network.layers[index].outputs)
        }
        (prepared.fireRate, prepared.edges, prepared.life) = (rule.fireRate, rule.edges, rule.life)
        prepared.network.activation = rule.network.activation
        return prepared
    }

    /// Takes over the sizes and settings of `start`.
    public mutating func adopt(_ start: Rule) {
        rule = start
        hidden = start.network.hidden
        rule.network.layers = []
    }
}

extension Rule {
    /// All numbers of the rule's tensors, one tensor after the other.
    var parameters: [Float] { tensors.flatMap(\.values) }

    /// The same rule with these numbers; nil where there are more or fewer.
    func with(parameters: [Float]) -> Rule? {
        guard parameters.count == parameterCount else { return nil }
        var start = 0
        return replacing(
            tensors.map { tensor in
                defer { start += tensor.values.count }
                return RuleTensor(
                    name: tensor.name, shape: tensor.shape,
                    values: Array(parameters[start..<(start + tensor.values.count)]))
            })
    }
}
