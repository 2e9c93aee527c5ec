import CGNCAKernels

/// A rule's filters and layers as the kernels read them.
package final class KernelLayers {
    /// Which kernels compute the rule.
    enum Form {
        /// Identity and both Sobel filters, one hidden layer with relu: both layers fused.
        case plain(OpaquePointer)
        /// Anything else.
        case network(OpaquePointer)
    }

    let form: Form
    let rule: Rule
    /// What the first layer makes of the means of the grid's parts, `[outputs][regions * C]`, and the same by columns.
    private let globalWeights: [Float]
    private let globalColumns: [Float]
    /// The first layer's biases, an appended control vector's part included.
    private let bias: [Float]
    private(set) var plainTurn = ck_turn(cosine: 0, sine: 0)
    private var angle: Float?
    /// `[K][9][C]`
    private var taps: [Float] = []
    /// `[K]`, bit i = tap i is not zero in every channel.
    private var used: [UInt32] = []

    init(_ rule: Rule) {
        self.rule = rule
        let layers = KernelLayers.withoutSharedInputs(rule)
        bias = layers[0].bias ?? [Float](repeating: 0, count: layers[0].outputs)
        let weights = KernelLayers.globalWeights(rule)
        let (outputs, means) = (bias.count, weights.count / bias.count)
        globalWeights = weights
        globalColumns = (0..<means).flatMap { mean in (0..<outputs).map { weights[$0 * means + mean] } }
        if KernelLayers.isPlain(rule) {
            guard
                let plain = ck_layers_create(
                    Int32(rule.channels), Int32(layers[0].outputs), layers[0].weights,
                    layers[0].bias ?? [Float](repeating: 0, count: layers[0].outputs), layers[1].weights,
                    layers[1].bias)
            else { preconditionFailure("no memory for the weights") }
            form = .plain(plain)
        } else {
            form = .network(KernelLayers.network(rule, layers))
        }
    }

    deinit {
        switch form {
        case .plain(let plain): ck_layers_free(plain)
        case .network(let network): ck_network_free(network)
        }
    }

    /// Whether the fused kernels compute the rule.
    package static func isPlain(_ rule: Rule) -> Bool {
        let network = rule.network
        return rule.perception.sobelScale != nil && rule.perception.control?.place != .added
            && network.layers.count == 2 && network.activation == .relu && network.updateActivation == .none
            && network.gain == 1 && rule.life.clamp == nil
    }

    /// What is the same for every cell becomes a part of the first layer's bias: an appended control vector here, the means of
    /// the grid's parts in every step (`perceive`).
    private static func withoutSharedInputs(_ rule: Rule) -> [DenseLayer] {
        var layers = rule.network.layers
        let shared = rule.perception.shared(channels: rule.channels)
        guard shared > 0 else { return layers }
        let control = rule.perception.control?.place == .appended ? rule.perception.control?.values ?? [] : []
        let first = layers[0]
        let inputs = first.inputs - shared
        var bias = first.bias ?? [Float](repeating: 0, count: first.outputs)
        var weights: [Float] = []
        weights.reserveCapacity(inputs * first.outputs)
        for unit in 0..<first.outputs {
            let row = first.weights[(unit * first.inputs)..<((unit + 1) * first.inputs)]
            weights += row.prefix(inputs)
            bias[unit] = zip(row.dropFirst(inputs), control).reduce(bias[unit]) { $0 + $1.0 * $1.1 }
        }
        if let reduced = try? DenseLayer(inputs: inputs, outputs: first.outputs, weights: weights, bias: bias) {
            layers[0] = reduced
        }
        return layers
    }

    private static func globalWeights(_ rule: Rule) -> [Float] {
        let first = rule.network.layers[0]
        let count = rule.perception.global.regions * rule.channels
        return (0..<first.outputs).flatMap { unit in
            first.weights[((unit + 1) * first.inputs - count)..<((unit + 1) * first.inputs)]
        }
    }

    /// Takes what all cells perceive in the next step, the means of the grid's parts, into the first layer's bias.
    func perceive(_ means: [Float]) {
        var bias = bias
        bias.withUnsafeMutableBufferPointer { bias in
            globalColumns.withUnsafeBufferPointer { columns in
                for (index, mean) in means.enumerated() {
                    let column = index * bias.count
                    for unit in bias.indices { bias[unit] += columns[column + unit] * mean }
                }
            }
        }
        switch form {
        case .plain(let plain): ck_layers_set_bias(plain, bias, bias.count)
        case .network(let network): ck_network_set_bias(network, bias, bias.count)
        }
    }

    /// The gradient with respect to the means, `[regions][C]`, that of the first layer's sums over all cells being `bias`.
    func meansGradient(_ bias: [Float]) -> [Float] {
        let count = rule.perception.global.regions * rule.channels
        var gradient = [Float](repeating: 0, count: count)
        gradient.withUnsafeMutableBufferPointer { gradient in
            globalWeights.withUnsafeBufferPointer { weights in
                for (unit, value) in bias.enumerated() {
                    for index in gradient.indices { gradient[index] += weights[unit * count + index] * value }
                }
            }
        }
        return gradient
    }

    private static func network(_ rule: Rule, _ layers: [DenseLayer]) -> OpaquePointer {
        // One array for all numbers, so that their addresses last as long as the call.
        var numbers: [Float] = []
        for layer in layers {
            numbers += layer.weights
            numbers += layer.bias ?? [Float](repeating: 0, count: layer.outputs)
        }
        let clamp = rule.life.clamp
        let network = numbers.withUnsafeBufferPointer { numbers -> OpaquePointer? in
            var start = 0
            let parts = layers.enumerated().map { index, layer -> ck_layer in
                let isLast = index == layers.count - 1
                let code = (isLast ? rule.network.updateActivation : rule.network.activation).code
                let weights = numbers.baseAddress.map { $0 + start }
                start += layer.weights.count
                let bias = numbers.baseAddress.map { $0 + start }
                start += layer.outputs
                return ck_layer(
                    inputs: Int32(layer.inputs), outputs: Int32(layer.outputs), weights: weights, bias: bias,
                    activation: Int32(code.kind), low: code.low, high: code.high)
            }
            return ck_network_create(
                Int32(rule.channels), Int32(rule.perception.filters.count), parts, Int32(parts.count),
                rule.network.gain, Int32(clamp?.count(of: rule.channels) ?? 0), clamp?.range.lowerBound ?? 0,
                clamp?.range.upperBound ?? 0)
        }
        guard let network else { preconditionFailure("no memory for the weights") }
        return network
    }

    // MARK: sizes, in floats

    /// A cell's numbers on the tape.
    var kept: Int {
        switch form {
        case .plain(let plain): ck_layers_hidden(plain)
        case .network(let network): ck_network_kept(network)
        }
    }

    var scratch: Int {
        switch form {
        case .plain(let plain): ck_layers_scratch(plain)
        case .network(let network): ck_network_scratch(network)
        }
    }

    var backwardScratch: Int {
        switch form {
        case .plain(let plain): ck_layers_backward_scratch(plain)
        case .network(let network): ck_network_backward_scratch(network)
        }
    }

    // MARK: filters

    /// Turns the filters; costs nothing where the angle is the last one.
    func turn(_ newAngle: Float) {
        guard angle != newAngle else { return }
        angle = newAngle
        if case .plain = form {
            plainTurn = ck_turn(angle: newAngle, sobelScale: rule.perception.sobelScale ?? 0)
            return
        }
        (taps, used) = KernelLayers.taps(rule.perception.filters, channels: rule.channels, angle: newAngle)
    }

    /// `[K][9][C]`, and for every filter which taps it has.
    static func taps(_ filters: [Filter], channels: Int, angle: Float) -> (taps: [Float], used: [UInt32]) {
        let all = filters.map { $0.taps(channels: channels, angle: angle) }
        return (all.flatMap { $0 }, all.map { usedTaps(of: $0, channels: channels) })
    }

    /// Bit i = tap i of `taps` `[9][channels]` is not zero in every channel.
    private static func usedTaps(of taps: [Float], channels: Int) -> UInt32 {
        var bits: UInt32 = 0
        for tap in 0..<9 {
            let values = taps[(tap * channels)..<((tap + 1) * channels)]
            if values.contains(where: { $0 != 0 }) { bits |= 1 << UInt32(tap) }
        }
        return bits
    }

    func withFilters<Result>(_ body: (UnsafePointer<ck_filters>) -> Result) -> Result {
        taps.withUnsafeBufferPointer { taps in
            used.withUnsafeBufferPointer { used in
                let filters = ck_filters(
                    count: Int32(used.count), learn: rule.perception.filters.contains { $0.isPerChannel } ? 1 : 0,
                    values: taps.baseAddress, taps: used.baseAddress)
                return withUnsafePointer(to: filters, body)
            }
        }
    }
}
