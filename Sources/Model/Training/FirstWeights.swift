import GNCACells

extension TrainingSettings {
    /// The untrained rule: weights of every layer but the last uniform in +-sqrt(6 / (inputs + outputs)) (Glorot and
    /// Bengio 2010), all else zero, so that an untrained automaton does nothing, and an untrained decoder adds nothing.
    func firstRule() -> Rule {
        let random = RandomSource(seed: randomSeed, stream: .weights)
        var rule = rule
        if learnsFilters { rule = rule.withLearnableFilters }
        rule.perception.filters = rule.perception.filters.map {
            $0 == .taps([]) ? .taps([Float](repeating: 0, count: 9 * rule.channels)) : $0
        }
        let widths = [rule.perception.inputs(channels: rule.channels)] + hidden + [rule.channels]
        rule.network.layers = Self.firstLayers(widths, random, step: 0)
        if let decoder = rule.decoder {
            rule.decoder?.layers = Self.firstLayers(decoder.widths(channels: rule.channels), random, step: 1)
        }
        return rule
    }

    /// Layers between so many numbers. `step`: a number of its own for each network, of which the random ones are a function.
    private static func firstLayers(_ widths: [Int], _ random: RandomSource, step: UInt32) -> [DenseLayer] {
        zip(widths, widths.dropFirst()).enumerated().compactMap { index, sizes in
            let (inputs, outputs) = sizes
            let limit = index + 2 < widths.count ? (6 / Float(inputs + outputs)).squareRoot() : 0
            let weights = (0..<(outputs * inputs)).map { place in
                limit == 0 ? 0 : (2 * random.fraction(step: step, x: UInt32(place), y: UInt32(index)) - 1) * limit
            }
            // Sizes that follow from each other cannot be refused.
            return try? DenseLayer(
                inputs: inputs, outputs: outputs, weights: weights, bias: [Float](repeating: 0, count: outputs))
        }
    }

    /// The rule of these settings with the layers of `start`, as training changes it: every layer has biases, and the
    /// filters taps of their own where they are learned. Throws `ModelError.outOfRange` where the sizes differ.
    func prepared(_ start: Rule) throws(ModelError) -> Rule {
        let sizes = [
            ("channels", "\(rule.channels)", "\(start.channels)"),
            ("filters", "\(rule.perception.filters.count)", "\(start.perception.filters.count)"),
            (
                "hidden", hidden.map(String.init).joined(separator: ","),
                start.network.hidden.map(String.init).joined(separator: ",")
            ),
            ("decoder", rule.decoder?.description ?? "none", (start.decoder ?? rule.decoder)?.description ?? "none"),
        ]
        for (what, got, expected) in sizes where got != expected {
            throw .outOfRange(what: what, value: got, expected: "\(expected), as the first model has")
        }
        var prepared = rule
        prepared.network.layers = start.network.layers
        // A model that drew cells can learn to draw pixels.
        prepared.decoder = start.decoder ?? firstRule().decoder
        // Filters that are only called learned have no taps.
        if rule.perception.filters.contains(.taps([])) { prepared.perception = start.perception }
        if learnsFilters { prepared = prepared.withLearnableFilters }
        for index in prepared.network.layers.indices where prepared.network.layers[index].bias == nil {
            prepared.network.layers[index].bias = [Float](
                repeating: 0, count: prepared.network.layers[index].outputs)
        }
        return prepared
    }

    /// Takes over the sizes and settings of `start`.
    public mutating func adopt(_ start: Rule) {
        rule = start
        hidden = start.network.hidden
        rule.network.layers = []
        rule.decoder?.layers = []
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
