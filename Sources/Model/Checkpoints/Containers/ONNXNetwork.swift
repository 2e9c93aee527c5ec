import GNCABasics

extension ONNXGraph {
    /// A dense layer, and where it stands.
    struct Dense {
        var weight: NamedTensor
        var bias: NamedTensor?
        var input: String
        /// The value after the bias.
        var output: String
        var outputs: Int { weight.shape[0] }
    }

    /// The layers of the graph from what a cell perceives to its update. Throws where the graph does something that is no
    /// automaton of this kind.
    func network() throws(FormatFault) -> DescribedNetwork {
        var layers = try dense()
        guard !layers.isEmpty else {
            throw FormatFault(
                reason: "the graph has no dense layer (expected MatMul, Gemm or Conv with weights in the file)")
        }
        var activations: [String] = []
        for (place, layer) in layers.enumerated().dropFirst() {
            guard layer.weight.shape.count == 2 else {
                throw FormatFault(reason: "a layer of the graph behind the first sees the neighbours of a cell")
            }
            guard let activation = try activation(from: layers[place - 1].output, to: layer.input) else {
                throw FormatFault(
                    reason: "the layers of the graph do not follow each other (got \(shown(maker(layer.input))) before "
                        + "layer \(place + 1))")
            }
            activations.append(activation)
        }
        let (end, last) = try ending(&layers[layers.count - 1])
        activations.append(last)
        let filters = try perceive(&layers[0])
        var network = DescribedNetwork(
            layers: zip(layers, activations).map { .init(weight: $0.weight, bias: $0.bias, activation: $1) },
            filters: filters)
        if let (range, channels) = try clamp(after: end) {
            (network.clamp, network.clampedChannels) = (range, channels)
        }
        return network
    }

    func shown(_ node: Node?) -> String { node.map { JSONText.shown($0.operation) } ?? "an input" }

    // MARK: layers

    /// Every dense layer in order, up to the first that comes back: graphs of several steps repeat the same.
    private func dense() throws(FormatFault) -> [Dense] {
        var layers: [Dense] = []
        var weights: Set<String> = []
        for node in nodes {
            guard let output = node.outputs.first, let (name, layer) = try dense(node, output) else { continue }
            guard weights.insert(name).inserted else { break }
            guard !layer.weight.values.isEmpty else { throw FormatFault(reason: "a layer of the graph is empty") }
            guard layers.count < 64 else { throw FormatFault(reason: "the graph has too many layers (limit 64)") }
            layers.append(biased(layer))
        }
        return layers
    }

    private func dense(_ node: Node, _ output: String) throws(FormatFault) -> (String, Dense)? {
        guard node.inputs.count >= 2, constants[output] == nil else { return nil }
        let (a, b) = (node.inputs[0], node.inputs[1])
        switch node.operation {
        case "MatMul":
            if let weight = constants[b], weight.shape.count == 2 {
                return (b, Dense(weight: Self.transposed(weight), input: a, output: output))
            }
            guard let weight = constants[a], weight.shape.count == 2 else { return nil }
            return (a, Dense(weight: weight, input: b, output: output))
        case "Gemm":
            guard let weight = constants[b], weight.shape.count == 2 else { return nil }
            guard node.numbers["alpha"] ?? 1 == 1, node.numbers["beta"] ?? 1 == 1, node.integers["transA"] ?? [0] == [0]
            else {
                throw FormatFault(reason: "the graph has a Gemm with factors or a transposed input, which is not read")
            }
            let oriented = node.integers["transB"] == [1] ? weight : Self.transposed(weight)
            var layer = Dense(weight: oriented, input: a, output: output)
            layer.bias = try bias(node, outputs: layer.outputs)
            return (b, layer)
        case "Conv":
            guard let weight = constants[b] else {
                throw FormatFault(reason: "the graph has a convolution whose weights the file does not hold")
            }
            guard try !isDepthwise(node, weight) else { return nil }
            try check(node, weight)
            var layer = Dense(weight: weight, input: a, output: output)
            if weight.shape[2...] == [1, 1] { layer.weight.shape = Array(weight.shape[..<2]) }
            layer.bias = try bias(node, outputs: layer.outputs)
            return (b, layer)
        default: return nil
        }
    }

    /// Whether a convolution is one of filters, each on one channel.
    private func isDepthwise(_ node: Node, _ weight: NamedTensor) throws(FormatFault) -> Bool {
        guard weight.shape.count == 4 else {
            throw FormatFault(reason: "the graph has a convolution that is not read (got weights \(weight.shape))")
        }
        let groups = node.integers["group"]?.first ?? 1
        if groups == 1, weight.shape[1] > 1 || weight.shape[2...] == [1, 1] { return false }
        guard weight.shape[1] == 1, groups >= 1, weight.shape[0] > 0, weight.shape[0] % groups == 0 else {
            throw FormatFault(
                reason:
                    "the graph has a convolution of groups that is not read (got weights \(weight.shape), \(groups) "
                    + "groups)")
        }
        return true
    }

    /// Convolutions that see one cell or its eight neighbours, each cell as it is.
    private func check(_ node: Node, _ weight: NamedTensor) throws(FormatFault) {
        let size = Array(weight.shape[2...])
        let ones = (node.integers["strides"] ?? []) + (node.integers["dilations"] ?? [])
        guard size == [1, 1] || size == [3, 3], ones.allSatisfy({ $0 == 1 }) else {
            throw FormatFault(
                reason: "the graph has a convolution that is not read (got \(size) with strides and dilations \(ones), "
                    + "expected [1, 1] or [3, 3] without)")
        }
    }

    private func bias(_ node: Node, outputs: Int) throws(FormatFault) -> NamedTensor? {
        guard node.inputs.count > 2, !node.inputs[2].isEmpty else { return nil }
        guard let bias = constants[node.inputs[2]], let row = Self.row(bias, outputs) else {
            throw FormatFault(reason: "a layer of the graph has a bias that is not read")
        }
        return row
    }

    /// A bias that is added after the layer, where it has none yet.
    private func biased(_ layer: Dense) -> Dense {
        guard layer.bias == nil else { return layer }
        for node in (users[layer.output] ?? []).map({ nodes[$0] })
        where node.operation == "Add" && node.inputs.count == 2 {
            guard let place = node.inputs.firstIndex(of: layer.output), let output = node.outputs.first,
                let bias = constants[node.inputs[1 - place]], let row = Self.row(bias, layer.outputs)
            else { continue }
            var layer = layer
            (layer.bias, layer.output) = (row, output)
            return layer
        }
        return layer
    }

    /// `[outputs]`, however many dimensions of 1 stand around it.
    private static func row(_ tensor: NamedTensor, _ outputs: Int) -> NamedTensor? {
        guard tensor.values.count == outputs, !tensor.shape.isEmpty, tensor.shape.count(where: { $0 != 1 }) <= 1 else {
            return nil
        }
        var row = tensor
        row.shape = [outputs]
        return row
    }

    private static func transposed(_ tensor: NamedTensor) -> NamedTensor {
        var turned = tensor
        turned.shape = tensor.shape.reversed()
        turned.values = StridedLayout(shape: turned.shape, strides: [1, tensor.shape[1]]).gather(tensor.values)
        return turned
    }

    // MARK: what follows the last layer

    /// The activation of the last layer and the value behind it. A factor on the update becomes a part of the layer.
    private func ending(_ layer: inout Dense) throws(FormatFault) -> (value: String, activation: String) {
        var value = layer.output
        while let users = users[value], users.count == 1, let output = nodes[users[0]].outputs.first,
            follows(output, from: layer.output)
        { value = output }
        guard let factor = factor(from: layer.output, to: value) else {
            return (value, try activation(from: layer.output, to: value) ?? "none")
        }
        if factor != 1 {
            layer.weight.values = layer.weight.values.map { $0 * factor }
            if var bias = layer.bias {
                bias.values = bias.values.map { $0 * factor }
                layer.bias = bias
            }
        }
        return (value, "none")
    }

    /// The range of a Clip on the new state, which is the update, masked or not, added to the old one; and how many of the
    /// first channels it is about, where not all.
    private func clamp(after update: String) throws(FormatFault) -> (range: ClosedRange<Float>, channels: Int?)? {
        let through = Self.passing.union(["Mul", "Sub", "Add", "Where"])
        var updates: Set<String> = [update]
        var states: Set<String> = []
        var slices: [String: Int?] = [:]
        for node in nodes {
            guard let output = node.outputs.first, let input = node.inputs.first else { continue }
            if node.operation == "Clip", states.contains(input) || slices[input] != nil {
                guard let low = bound(node, 1, "min"), let high = bound(node, 2, "max"), low <= high else { continue }
                if let channels = slices[input], channels == nil {
                    throw FormatFault(reason: "the graph clamps some channels in a way that is not read")
                }
                return (low...high, slices[input] ?? nil)
            }
            let isState = node.inputs.contains(where: states.contains)
            guard isState || node.inputs.contains(where: updates.contains) else { continue }
            if node.operation == "Slice", states.contains(input) {
                slices.updateValue(firstChannels(node), forKey: output)
            } else if isState || (node.operation == "Add" && node.inputs.allSatisfy { constants[$0] == nil }) {
                if through.contains(node.operation) { states.insert(output) }
            } else if through.contains(node.operation) {
                updates.insert(output)
            }
        }
        return nil
    }

    /// How many channels a Slice leaves, where it begins with the first.
    private func firstChannels(_ node: Node) -> Int? {
        func list(_ place: Int, _ name: String) -> [Float]? {
            if let list = node.integers[name] { return list.map(Float.init) }
            return node.inputs.count > place ? constants[node.inputs[place]]?.values : nil
        }
        guard list(1, "starts") == [0], let ends = list(2, "ends"), ends.count == 1, let end = Int(exactly: ends[0]),
            let axis = list(3, "axes"), axis == [1] || axis == [3] || axis == [-1], (1...4096).contains(end)
        else { return nil }
        return end
    }
}
