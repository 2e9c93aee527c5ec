import CGNCAKernels

/// The gradient of a loss with respect to a rule's numbers: names and shapes as in `Rule.tensors`.
public struct WeightGradient: Sendable, Equatable {
    /// In the order of `Rule.tensors`.
    public var tensors: [RuleTensor]

    /// The values of one tensor; empty where there is none of that name.
    public subscript(_ name: String) -> [Float] { tensors.first { $0.name == name }?.values ?? [] }
}

/// Sums of gradients in the order in which the kernels write them.
package final class WeightSums {
    private let layers: KernelLayers
    /// Those of the fused kernels, which own their memory.
    let plainSums: UnsafeMutablePointer<ck_sums>?
    /// `[count]`
    let numbers: UnsafeMutablePointer<Float>
    private let count: Int
    /// Of a control vector that is added to living cells, `[C]`.
    package var control: [Float]
    /// Of the first layer's weights on the means of the grid's parts, `[outputs][regions * C]`.
    private var global: [Float]
    /// Of a decoder's layers, weights and bias one layer after the other.
    var decoder: [Float]

    /// Zeros.
    init(_ layers: KernelLayers) {
        self.layers = layers
        let shared = layers.rule.perception.global.regions * layers.rule.channels
        global = [Float](repeating: 0, count: shared * layers.rule.network.layers[0].outputs)
        control = [Float](repeating: 0, count: layers.rule.channels)
        decoder = [Float](repeating: 0, count: layers.rule.decoder?.parameterCount ?? 0)
        switch layers.form {
        case .plain(let plain):
            guard let sums = ck_sums_create(plain), let first = sums.pointee.w1 else {
                preconditionFailure("no memory for gradients")
            }
            (plainSums, numbers, count) = (sums, first, sums.pointee.count)
        case .network(let network):
            plainSums = nil
            count = ck_network_sum_count(network)
            let memory = UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64)
            numbers = memory.bindMemory(to: Float.self, capacity: count)
            numbers.initialize(repeating: 0, count: count)
        }
    }

    deinit {
        if let plainSums { ck_sums_free(plainSums) } else { UnsafeMutableRawPointer(numbers).deallocate() }
    }

    package func clear() {
        numbers.update(repeating: 0, count: count)
        for index in control.indices { control[index] = 0 }
        for index in global.indices { global[index] = 0 }
        for index in decoder.indices { decoder[index] = 0 }
    }

    package func add(_ other: WeightSums) {
        for index in 0..<count { numbers[index] += other.numbers[index] }
        for index in control.indices { control[index] += other.control[index] }
        for index in global.indices { global[index] += other.global[index] }
        for index in decoder.indices { decoder[index] += other.decoder[index] }
    }

    /// Of the first layer's biases, `[outputs]`.
    package var firstBias: UnsafeMutableBufferPointer<Float> {
        let outputs = layers.rule.network.layers[0].outputs
        switch layers.form {
        case .network(let network):
            return UnsafeMutableBufferPointer(start: numbers + ck_network_sums(network, 0).bias, count: outputs)
        case .plain: return UnsafeMutableBufferPointer(start: plainSums?.pointee.b1, count: outputs)
        }
    }

    /// Adds what a step's first layer got by the means that all cells perceived: `bias` times `means`.
    package func addGlobal(bias: [Float], means: ArraySlice<Float>) {
        global.withUnsafeMutableBufferPointer { global in
            means.withUnsafeBufferPointer { means in
                for (unit, value) in bias.enumerated() {
                    for index in means.indices { global[unit * means.count + index] += value * means[index] }
                }
            }
        }
    }

    /// The part that belongs to `rule`, which has the sums' shapes but for channels that were added to fill vectors.
    package func gradient(of rule: Rule) -> WeightGradient {
        let first = firstLayer(of: rule)
        var decoder = decoder[...]
        let gradient = WeightGradient(
            tensors: rule.tensors.map { tensor in
                if tensor.isOfDecoder {
                    defer { decoder = decoder.dropFirst(tensor.values.count) }
                    return RuleTensor(
                        name: tensor.name, shape: tensor.shape, values: Array(decoder.prefix(tensor.values.count)))
                }
                let layer = (Int(tensor.name.dropFirst()) ?? 0) - 1
                let values: [Float] =
                    switch tensor.name {
                    case "filters": filters(of: rule)
                    case "control": controlGradient(of: rule, bias: first.bias)
                    case "w1": first.weights
                    case "b1": first.bias
                    default:
                        tensor.name.utf8.first == UInt8(ascii: "w") ? weights(layer, of: rule) : bias(layer, of: rule)
                    }
                return RuleTensor(name: tensor.name, shape: tensor.shape, values: values)
            })
        return gradient
    }

    private func rows(_ start: UnsafeMutablePointer<Float>, _ count: Int, stride: Int, length: Int) -> [Float] {
        (0..<count).flatMap { UnsafeBufferPointer(start: start + $0 * stride, count: length) }
    }

    /// The first layer's, with the columns of an appended control vector, where every cell has the same inputs, and those of
    /// the grid's means.
    private func firstLayer(of rule: Rule) -> (weights: [Float], bias: [Float]) {
        let layer = rule.network.layers[0]
        let bias = bias(0, of: rule)
        let inputs = rule.perception.filters.count * rule.channels
        let weights = weights(0, of: rule)
        guard rule.perception.shared(channels: rule.channels) > 0 else { return (weights, bias) }
        let control = rule.perception.control?.place == .appended ? rule.perception.control?.values ?? [] : []
        var all: [Float] = []
        for unit in 0..<layer.outputs {
            all += weights[(unit * inputs)..<((unit + 1) * inputs)]
            all += control.map { $0 * bias[unit] }
            all += globalRow(unit, of: rule)
        }
        return (all, bias)
    }

    /// `[regions][C]`, without the channels that were added.
    private func globalRow(_ unit: Int, of rule: Rule) -> [Float] {
        let (regions, padded) = (rule.perception.global.regions, layers.rule.channels)
        return (0..<regions).flatMap { region in
            global[((unit * regions + region) * padded)...].prefix(rule.channels)
        }
    }

    private func weights(_ index: Int, of rule: Rule) -> [Float] {
        let layer = rule.network.layers[index]
        let inputs = index == 0 ? rule.perception.filters.count * rule.channels : layer.inputs
        switch layers.form {
        case .network(let network):
            let place = ck_network_sums(network, Int32(index))
            return rows(numbers + place.weights, layer.outputs, stride: place.row, length: inputs)
        case .plain:
            guard let w1 = plainSums?.pointee.w1, let w2 = plainSums?.pointee.w2 else { return [] }
            let padded = layers.rule.channels
            if index == 0 { return rows(w1, layer.outputs * 3, stride: padded, length: rule.channels) }
            return (0..<rule.channels).flatMap { channel in (0..<layer.inputs).map { w2[$0 * padded + channel] } }
        }
    }

    private func bias(_ index: Int, of rule: Rule) -> [Float] {
        let outputs = rule.network.layers[index].outputs
        switch layers.form {
        case .network(let network):
            return rows(numbers + ck_network_sums(network, Int32(index)).bias, 1, stride: 0, length: outputs)
        case .plain:
            guard let b1 = plainSums?.pointee.b1, let b2 = plainSums?.pointee.b2 else { return [] }
            return rows(index == 0 ? b1 : b2, 1, stride: 0, length: outputs)
        }
    }

    /// `[K, C, 9]`
    private func filters(of rule: Rule) -> [Float] {
        guard case .network(let network) = layers.form else { return [] }
        let (start, channels) = (numbers + ck_network_filter_sums(network), rule.channels)
        return rule.perception.filters.indices.flatMap { filter in
            (0..<channels).flatMap { channel in
                (0..<9).map { start[(filter * 9 + $0) * channels + channel] }
            }
        }
    }

    private func controlGradient(of rule: Rule, bias: [Float]) -> [Float] {
        guard let vector = rule.perception.control else { return [] }
        if vector.place == .added { return control.suffix(vector.values.count).map { $0 } }
        let layer = rule.network.layers[0]
        return vector.values.indices.map { index in
            let column = rule.perception.filters.count * rule.channels + index
            return bias.indices.reduce(0) { $0 + layer.weights[$1 * layer.inputs + column] * bias[$1] }
        }
    }
}

extension Rule {
    /// The same rule for training: the fused kernels go back through full vectors only, and get channels that are always
    /// zero up to a multiple of 16.
    package func paddedToVectors() -> Rule {
        let padded = (channels + 15) / 16 * 16
        guard padded != channels, KernelLayers.isPlain(self) else { return self }
        var rule = self
        let (first, last) = (network.layers[0], network.layers[1])
        let regions = perception.global.regions
        let control = first.inputs - (3 + regions) * channels
        func widened(_ row: ArraySlice<Float>) -> [Float] {
            row + [Float](repeating: 0, count: padded - channels)
        }
        var w1: [Float] = []
        for unit in 0..<first.outputs {
            let row = first.weights[(unit * first.inputs)..<((unit + 1) * first.inputs)]
            for filter in 0..<3 { w1 += widened(row.dropFirst(filter * channels).prefix(channels)) }
            w1 += row.dropFirst(3 * channels).prefix(control)
            let means = row.suffix(regions * channels)
            for region in 0..<regions { w1 += widened(means.dropFirst(region * channels).prefix(channels)) }
        }
        let zeros = [Float](repeating: 0, count: padded - channels)
        let w2 = last.weights + [Float](repeating: 0, count: zeros.count * last.inputs)
        // Sizes that follow from each other cannot be refused.
        guard
            let wider = try? DenseLayer(
                inputs: (3 + regions) * padded + control, outputs: first.outputs, weights: w1, bias: first.bias),
            let longer = try? DenseLayer(
                inputs: last.inputs, outputs: padded, weights: w2, bias: last.bias.map { $0 + zeros })
        else { return self }
        rule.channels = padded
        rule.network.layers = [wider, longer]
        return rule
    }
}

extension CellGrid {
    /// The same cells with another number of channels: what is added is zero, what is dropped is lost.
    public func resized(channels newChannels: Int) -> CellGrid {
        guard newChannels != channels else { return self }
        var result = CellGrid(height: height, width: width, channels: newChannels)
        for cell in 0..<(height * width) {
            for channel in 0..<min(channels, newChannels) {
                result.values[cell * newChannels + channel] = values[cell * channels + channel]
            }
        }
        return result
    }
}
