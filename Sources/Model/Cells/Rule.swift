/// One automaton: what a cell perceives, what it makes of it, which cells live, and how the state looks.
public struct Rule: Sendable, Equatable {
    /// C, numbers a cell.
    public var channels: Int
    /// What a cell sees of its neighbourhood.
    public var perception: Perception
    /// What it makes of that: the update of every channel.
    public var network: Network
    /// Which cells live after a step.
    public var life: Life
    /// How a state looks, and how it begins.
    public var appearance: Appearance
    /// What draws several pixels in the place of every cell; nil where a cell is a pixel.
    public var decoder: PixelDecoder?
    /// Probability that a cell applies its update in a step, 0...1.
    public var fireRate: Float
    /// What perception finds outside the grid.
    public var edges: Edges

    /// Throws `ModelError` where the parts do not fit each other (`check`).
    public init(
        channels: Int, perception: Perception = Perception(), network: Network, life: Life = Life(),
        appearance: Appearance = Appearance(), decoder: PixelDecoder? = nil, fireRate: Float = 0.5, edges: Edges = .zero
    ) throws(ModelError) {
        self.init(
            unchecked: channels, perception: perception, network: network, life: life, appearance: appearance,
            decoder: decoder, fireRate: fireRate, edges: edges)
        try check()
    }

    private init(
        unchecked channels: Int, perception: Perception, network: Network, life: Life, appearance: Appearance,
        decoder: PixelDecoder?, fireRate: Float, edges: Edges
    ) {
        self.channels = channels
        self.perception = perception
        self.network = network
        self.life = life
        self.appearance = appearance
        self.decoder = decoder
        self.fireRate = fireRate
        self.edges = edges
    }

    /// The Distill article's rule but for its weights: every setting has its value, and there is no layer yet.
    public static let blank = Rule(
        unchecked: 16, perception: Perception(), network: Network(layers: []), life: Life(), appearance: Appearance(),
        decoder: nil, fireRate: 0.5, edges: .zero)

    /// The article's kind of rule: identity and two Sobel filters, one hidden layer with relu.
    ///
    /// `w1`: `[N, 3C]`, columns filter-major; `b1`: `[N]`; `w2`: `[C, N]`; `b2`: `[C]`, or nil for no output bias.
    /// Throws `ModelError`.
    public init(
        channels: Int, hidden: Int, w1: [Float], b1: [Float], w2: [Float], b2: [Float]?, sobelScale: Float = 0.125,
        life: Life = Life(), fireRate: Float = 0.5, edges: Edges = .zero, seed: Seed = Seed()
    ) throws(ModelError) {
        guard hidden >= 1 else { throw .outOfRange(what: "hidden units", value: "\(hidden)", expected: "at least 1") }
        let shapes = [("w1", w1, hidden * 3 * channels), ("b1", b1, hidden), ("w2", w2, channels * hidden)]
        for (name, values, count) in shapes where values.count != count {
            throw .wrongShape(tensor: name, got: values.count, expected: count)
        }
        if let b2, b2.count != channels { throw .wrongShape(tensor: "b2", got: b2.count, expected: channels) }
        let first = try DenseLayer(inputs: 3 * channels, outputs: hidden, weights: w1, bias: b1)
        let second = try DenseLayer(inputs: hidden, outputs: channels, weights: w2, bias: b2)
        try self.init(
            channels: channels, perception: Perception(filters: Filter.sobel(scale: sobelScale)),
            network: Network(layers: [first, second]), life: life, appearance: Appearance(seed: seed),
            fireRate: fireRate, edges: edges)
    }

    /// Throws `ModelError.wrongShape` where a layer does not fit the one before it, the filters or the channels,
    /// `.outOfRange` for sizes, channels and rates that are, `.nonFiniteWeights` where a weight is NaN or infinite.
    public func check() throws(ModelError) {
        let least = max(
            1, (appearance.channels.max() ?? 0) + 1, life.isTested ? life.channel + 1 : 0,
            appearance.seed.channels.least)
        guard channels >= least, channels <= Rule.channelLimit, life.channel >= 0, appearance.first >= 0,
            appearance.alpha >= 0
        else {
            throw .outOfRange(
                what: "channels", value: "\(channels)",
                expected: channels < least ? "at least \(least)" : "at most \(Rule.channelLimit)")
        }
        guard (1...Rule.filterLimit).contains(perception.filters.count) else {
            throw .outOfRange(
                what: "filters", value: "\(perception.filters.count)", expected: "1...\(Rule.filterLimit)")
        }
        guard (1...Rule.layerLimit).contains(network.layers.count) else {
            throw .outOfRange(what: "layers", value: "\(network.layers.count)", expected: "1...\(Rule.layerLimit)")
        }
        guard (0...1).contains(fireRate) else {
            throw .outOfRange(what: "fire rate", value: "\(fireRate)", expected: "0...1")
        }
        var inputs = perception.inputs(channels: channels)
        for (number, layer) in network.layers.enumerated() {
            guard layer.inputs == inputs else {
                throw .wrongShape(
                    tensor: "w\(number + 1)", got: layer.weights.count, expected: layer.outputs * inputs)
            }
            guard layer.outputs >= 1 else {
                throw .outOfRange(what: "hidden units", value: "0", expected: "at least 1")
            }
            inputs = layer.outputs
        }
        guard inputs == channels else {
            throw .wrongShape(
                tensor: "w\(network.layers.count)", got: inputs * (network.layers.last?.inputs ?? 0),
                expected: channels * (network.layers.last?.inputs ?? 0))
        }
        try checkControl()
        try checkBirth()
        try checkDecoder()
        try checkNumbers()
    }

    private func checkControl() throws(ModelError) {
        guard let control = perception.control else { return }
        let limit = control.place == .added ? channels : Rule.channelLimit
        guard (1...limit).contains(control.values.count) else {
            throw .outOfRange(what: "control", value: "\(control.values.count) numbers", expected: "1...\(limit)")
        }
        // It is added to living cells, which a rule without life does not have.
        guard control.place == .appended || life.isTested else {
            throw .outOfRange(what: "control", value: "added", expected: "appended, for a rule without a life mask")
        }
    }

    private func checkNumbers() throws(ModelError) {
        for tensor in tensors {
            let broken = tensor.values.count { !$0.isFinite }
            guard broken == 0 else { throw .nonFiniteWeights(tensor: tensor.name, count: broken) }
        }
        for filter in perception.filters {
            guard case .taps(let values) = filter else { continue }
            guard values.count == 9 || values.count == 9 * channels else {
                throw .wrongShape(tensor: "filters", got: values.count, expected: 9 * channels)
            }
        }
    }

    /// The most channels that a rule may have, and the longest appended control vector.
    public static let channelLimit = 512
    /// The most filters.
    public static let filterLimit = 16
    /// The most dense layers.
    public static let layerLimit = 8
}

// MARK: - What training changes

/// A rule's numbers by name: one of the tensors that checkpoints keep and training changes.
public struct RuleTensor: Sendable, Equatable {
    /// "w1", "b1", "w2", ..., "filters", "control", "decoder_w1", "decoder_b1", ...
    public let name: String
    /// Its sizes, the slowest dimension first.
    public let shape: [Int]
    /// Row-major
    public var values: [Float]

    /// `values`: as many as the product of `shape`; nothing is checked.
    public init(name: String, shape: [Int], values: [Float]) {
        self.name = name
        self.shape = shape
        self.values = values
    }
}

extension RuleTensor {
    /// What the names of a decoder's tensors begin with.
    public static let decoderPrefix = "decoder_"

    fileprivate static func tensors(of layers: [DenseLayer], prefix: String = "") -> [RuleTensor] {
        layers.enumerated().flatMap { index, layer -> [RuleTensor] in
            let weights = RuleTensor(
                name: "\(prefix)w\(index + 1)", shape: [layer.outputs, layer.inputs], values: layer.weights)
            guard let bias = layer.bias else { return [weights] }
            return [weights, RuleTensor(name: "\(prefix)b\(index + 1)", shape: [layer.outputs], values: bias)]
        }
    }

    /// Whether it belongs to a decoder.
    var isOfDecoder: Bool { name.utf8.starts(with: Self.decoderPrefix.utf8) }
}

extension Rule {
    /// Weights and biases layer by layer (w1 `[outputs, inputs]`, b1 `[outputs]` where there is one, w2, ...), then
    /// `filters` `[K, C, 9]` where a filter has taps of its own for every channel, then `control` `[n]`, then the decoder's
    /// layers (decoder_w1, decoder_b1, ...) in the same shapes.
    public var tensors: [RuleTensor] {
        var tensors = RuleTensor.tensors(of: network.layers)
        if perception.filters.contains(where: \.isPerChannel) {
            let values = perception.filters.flatMap { Rule.byChannel($0.taps(channels: channels), channels) }
            tensors.append(RuleTensor(name: "filters", shape: [perception.filters.count, channels, 9], values: values))
        }
        if let control = perception.control {
            tensors.append(RuleTensor(name: "control", shape: [control.values.count], values: control.values))
        }
        if let decoder { tensors += RuleTensor.tensors(of: decoder.layers, prefix: RuleTensor.decoderPrefix) }
        return tensors
    }

    /// `[9][C]` as `[C][9]`.
    private static func byChannel(_ taps: [Float], _ channels: Int) -> [Float] {
        (0..<channels).flatMap { channel in (0..<9).map { taps[$0 * channels + channel] } }
    }

    /// The same rule with the values of `tensors`, which has its tensors' names and shapes.
    public func replacing(_ tensors: [RuleTensor]) -> Rule {
        var rule = self
        for tensor in tensors {
            let number = (Int(tensor.name.dropFirst()) ?? 0) - 1
            switch tensor.name.first {
            case "w" where rule.network.layers.indices.contains(number):
                rule.network.layers[number].weights = tensor.values
            case "b" where rule.network.layers.indices.contains(number):
                rule.network.layers[number].bias = tensor.values
            case "d": rule.decoder?.take(tensor)
            case "f":
                rule.perception.filters = rule.perception.filters.indices.map {
                    .taps(Array(tensor.values[($0 * channels * 9)..<(($0 + 1) * channels * 9)]))
                }
            default: rule.perception.control?.values = tensor.values
            }
        }
        return rule
    }

    /// The same rule without its decoder: cells are its pixels.
    public var withoutDecoder: Rule {
        var rule = self
        rule.decoder = nil
        return rule
    }

    /// The same rule whose filters have taps of their own for every channel, so that training can change them.
    public var withLearnableFilters: Rule {
        var rule = self
        rule.perception.filters = perception.filters.map {
            .taps(Rule.byChannel($0.taps(channels: channels), channels))
        }
        return rule
    }

    /// Numbers that training changes.
    public var parameterCount: Int { tensors.reduce(0) { $0 + $1.values.count } }
}
