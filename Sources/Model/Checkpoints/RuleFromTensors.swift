import GNCABasics
import GNCACells

extension Rule {
    /// The rule with these settings whose numbers are `tensors`, called and shaped as `Rule.tensors` has them. Throws
    /// where one is missing, not expected or of the wrong shape.
    init(settings: Rule, tensors: [RuleTensor]) throws(FormatFault) {
        var rest = tensors
        func take(_ name: String) -> RuleTensor? {
            rest.firstIndex { $0.name == name }.map { rest.remove(at: $0) }
        }
        var rule = settings
        rule.network.layers = []
        repeat {
            rule.network.layers.append(try Self.layer(rule.network.layers.count + 1, take))
        } while rest.contains { $0.name == "w\(rule.network.layers.count + 1)" }
            && rule.network.layers.count < Rule.layerLimit
        rule.channels = rule.network.layers.last?.outputs ?? 0
        try rule.takeFilters(take("filters"))
        try rule.takeControl(take("control"))
        try rule.takeDecoder(take)
        if let extra = rest.first {
            throw FormatFault(
                reason: "tensor \(JSONText.shown(extra.name)) is not expected (expected w1, b1, w2, b2, ...)")
        }
        do throws(ModelError) {
            try rule.check()
        } catch {
            throw FormatFault(error)
        }
        self = rule
    }

    private mutating func takeFilters(_ tensor: RuleTensor?) throws(FormatFault) {
        // "learned" filters have no taps yet.
        guard perception.filters.contains(.taps([])) else {
            guard tensor == nil else { throw FormatFault(reason: "tensor filters is not expected") }
            return
        }
        let shape = [perception.filters.count, channels, 9]
        guard let tensor, tensor.shape == shape else {
            throw FormatFault(
                reason:
                    "tensor filters is missing or has the wrong shape (got \(tensor?.shape ?? []), expected \(shape))")
        }
        for filter in perception.filters.indices where perception.filters[filter] == .taps([]) {
            let size = channels * 9
            perception.filters[filter] = .taps(Array(tensor.values[(filter * size)..<((filter + 1) * size)]))
        }
    }

    private mutating func takeDecoder(_ take: (String) -> RuleTensor?) throws(FormatFault) {
        guard let setting = decoder else { return }
        decoder?.layers = []
        for number in 1...(setting.hidden.count + 1) {
            decoder?.layers.append(try Self.layer(number, prefix: RuleTensor.decoderPrefix, take))
        }
    }

    /// One layer: its weights, and its bias where there is one.
    private static func layer(
        _ number: Int, prefix: String = "", _ take: (String) -> RuleTensor?
    ) throws(FormatFault) -> DenseLayer {
        let (name, biasName) = ("\(prefix)w\(number)", "\(prefix)b\(number)")
        guard let weights = take(name) else { throw FormatFault(reason: "tensor \(name) is missing") }
        guard weights.shape.count == 2 else {
            throw FormatFault(
                reason: "tensor \(name) has the wrong shape (got \(weights.shape), expected [outputs, inputs])")
        }
        let bias = take(biasName)
        if let bias, bias.shape != [weights.shape[0]] {
            throw FormatFault(
                reason: "tensor \(biasName) has the wrong shape (got \(bias.shape), expected [\(weights.shape[0])])")
        }
        do {
            return try DenseLayer(
                inputs: weights.shape[1], outputs: weights.shape[0], weights: weights.values, bias: bias?.values)
        } catch {
            throw FormatFault(error)
        }
    }

    private mutating func takeControl(_ tensor: RuleTensor?) throws(FormatFault) {
        guard let control = perception.control else {
            guard tensor == nil else { throw FormatFault(reason: "tensor control is not expected") }
            return
        }
        guard let tensor, tensor.shape == [control.values.count] else {
            throw FormatFault(
                reason: "tensor control is missing or has the wrong shape (got \(tensor?.shape ?? []), expected "
                    + "[\(control.values.count)])")
        }
        perception.control?.values = tensor.values
    }
}
