import GNCABasics

extension ONNXGraph {
    /// What a cell perceives, as it is put together.
    private indirect enum Piece {
        /// The state itself.
        case state(source: String)
        /// Filters, each on one channel where there are as many groups as channels, else every one on all channels.
        case filters([[Float]], groups: Int?, source: String)
        /// One after the other.
        case joined([Piece])
        /// The first number of each, then the second of each.
        case stacked([Piece])

        var parts: [Piece] {
            switch self {
            case .joined(let parts), .stacked(let parts): parts.flatMap(\.parts)
            default: [self]
            }
        }
    }

    /// Filters and states that are joined; numbers that a cell perceives.
    private static let pieceLimit = 256
    private static let inputLimit = 65_536

    private typealias Column = (channel: Int, kernel: [Float])
    private static let identity: [Float] = [0, 0, 0, 0, 1, 0, 0, 0, 0]

    /// The filters before the first layer, `[K * C, 1, 3, 3]`, whose columns are put in their order; nil where the graph
    /// begins with what is perceived, or the layer is a convolution that sees the neighbours itself.
    func perceive(_ layer: inout Dense) throws(FormatFault) -> NamedTensor? {
        if layer.weight.shape.count == 4 {
            let source = try source(layer.input)
            if source.isTurned { layer.weight.values = Self.turned(layer.weight.values) }
            return nil
        }
        var budget = Self.pieceLimit
        let piece = try piece(layer.input, depth: 8, &budget)
        if case .state = piece { return nil }
        let parts = piece.parts
        let sources = Set(parts.map(Self.source))
        guard sources.count == 1 else {
            throw FormatFault(reason: "the first layer of the graph does not perceive one state alone")
        }
        let inputs = layer.weight.shape[1]
        let wrong = FormatFault(reason: "what the graph perceives does not fit its first layer (got \(inputs) inputs)")
        guard inputs <= Self.inputLimit, let channels = Self.channels(parts, inputs: inputs),
            Self.count(parts, channels: channels) == inputs, let columns = Self.columns(piece, channels: channels),
            columns.count == inputs
        else { throw wrong }
        let order = columns.indices.sorted { (columns[$0].channel, $0) < (columns[$1].channel, $1) }
        let each = inputs / channels
        guard order.enumerated().allSatisfy({ columns[$1].channel == $0 / each }) else { throw wrong }
        layer.weight.values = stride(from: 0, to: layer.weight.values.count, by: inputs).flatMap { row in
            order.map { layer.weight.values[row + $0] }
        }
        return NamedTensor("perception", [inputs, 1, 3, 3], order.flatMap { columns[$0].kernel })
    }

    private static func source(_ piece: Piece) -> String {
        switch piece {
        case .state(let source), .filters(_, _, let source): source
        case .joined, .stacked: ""
        }
    }

    // MARK: columns

    /// How many channels the state has: as many as there are groups, or as fit the inputs of the first layer.
    private static func channels(_ parts: [Piece], inputs: Int) -> Int? {
        var each = 0
        for part in parts {
            switch part {
            case .filters(_, let groups?, _): return groups
            case .filters(let kernels, nil, _): each += kernels.count
            default: each += 1
            }
        }
        return each > 0 && inputs >= each && inputs % each == 0 ? inputs / each : nil
    }

    /// How many numbers a cell perceives. Neither factor is larger than a tensor, nor are there many parts.
    private static func count(_ parts: [Piece], channels: Int) -> Int {
        parts.reduce(0) { sum, part in
            switch part {
            case .filters(let kernels, nil, _): sum + kernels.count * channels
            case .filters(let kernels, _?, _): sum + kernels.count
            default: sum + channels
            }
        }
    }

    private static func columns(_ piece: Piece, channels: Int) -> [Column]? {
        switch piece {
        case .state: return (0..<channels).map { ($0, identity) }
        case .filters(let kernels, let groups?, _):
            guard groups == channels else { return nil }
            let each = kernels.count / groups
            return kernels.enumerated().map { ($0 / each, $1) }
        case .filters(let kernels, nil, _): return (0..<channels).flatMap { channel in kernels.map { (channel, $0) } }
        case .joined(let parts):
            let columns = parts.compactMap { Self.columns($0, channels: channels) }
            return columns.count == parts.count ? columns.flatMap { $0 } : nil
        case .stacked(let parts):
            let columns = parts.compactMap { Self.columns($0, channels: channels) }
            guard columns.count == parts.count, columns.allSatisfy({ $0.count == channels }) else { return nil }
            return (0..<channels).flatMap { channel in columns.map { $0[channel] } }
        }
    }

    // MARK: walking back

    private func piece(_ value: String, depth: Int, _ budget: inout Int) throws(FormatFault) -> Piece {
        budget -= 1
        guard depth > 0, budget >= 0 else {
            throw FormatFault(reason: "what the graph perceives is put together of too many things")
        }
        var value = value
        while let node = maker(value), Self.passing.contains(node.operation), let input = node.inputs.first {
            value = input
        }
        guard let node = maker(value) else { return .state(source: value) }
        if node.operation == "Concat", padded(node) == nil {
            var pieces: [Piece] = []
            for input in node.inputs { pieces.append(try piece(input, depth: depth - 1, &budget)) }
            let isStack = node.inputs.allSatisfy { maker($0)?.operation == "Unsqueeze" }
            return isStack ? .stacked(pieces) : .joined(pieces)
        }
        if node.operation == "Conv" { return try filters(node) }
        return .state(source: try source(value).value)
    }

    private func filters(_ node: Node) throws(FormatFault) -> Piece {
        guard node.inputs.count >= 2, let weight = constants[node.inputs[1]], weight.shape.count == 4,
            weight.shape[1...] == [1, 3, 3]
        else {
            throw FormatFault(reason: "the graph perceives with a convolution that is not read (expected 3x3 filters)")
        }
        let ones = (node.integers["strides"] ?? []) + (node.integers["dilations"] ?? [])
        let bias = node.inputs.count > 2 ? constants[node.inputs[2]]?.values ?? [1] : []
        guard (ones + bias.map { $0 == 0 ? 1 : 0 }).allSatisfy({ $0 == 1 }) else {
            throw FormatFault(reason: "the graph perceives with filters that have strides, dilations or a bias")
        }
        let source = try source(node.inputs[0])
        let values = source.isTurned ? Self.turned(weight.values) : weight.values
        let kernels = stride(from: 0, to: values.count, by: 9).map { Array(values[$0..<($0 + 9)]) }
        let groups = node.integers["group"]?.first ?? 1
        guard groups >= 1, !kernels.isEmpty, kernels.count % groups == 0 else {
            throw FormatFault(reason: "the graph perceives with \(kernels.count) filters in \(groups) groups")
        }
        return .filters(kernels, groups: groups == 1 ? nil : groups, source: source.value)
    }

    /// The value that is perceived, and whether its rows and columns are exchanged on the way from the input of the
    /// graph to here, as where a picture `[1, H, W, C]` becomes `[1, C, W, H]`.
    private func source(_ value: String) throws(FormatFault) -> (value: String, isTurned: Bool) {
        var value = value
        /// Which dimension of `value` each of the last one is.
        var turn = [0, 1, 2, 3]
        while let node = maker(value), let input = node.inputs.first {
            if let inner = padded(node) {
                value = inner
                continue
            }
            guard Self.passing.contains(node.operation) || node.operation == "Pad" else { break }
            if node.operation == "Transpose", let step = node.integers["perm"], step.sorted() == [0, 1, 2, 3] {
                turn = turn.map { step[$0] }
            }
            value = input
        }
        // A mask may stand before perception; anything else would be lost.
        if let node = maker(value), !["Mul", "Where", "Clip"].contains(node.operation) {
            throw FormatFault(reason: "something stands before perception in the graph (got \(shown(node)))")
        }
        return (value, turn[2] > turn[3])
    }

    /// What older exporters make of padding around a torus: pieces of one value, put around it.
    private func padded(_ node: Node) -> String? {
        guard node.operation == "Concat", node.inputs.count > 1 else { return nil }
        let sliced = node.inputs.map { input in
            maker(input).flatMap { $0.operation == "Slice" ? $0.inputs.first : nil }
        }
        guard let inner = sliced.compactMap({ $0 }).first,
            zip(node.inputs, sliced).allSatisfy({ $0 == inner || $1 == inner })
        else { return nil }
        return inner
    }

    /// Every 3x3 kernel with rows and columns exchanged.
    private static func turned(_ kernels: [Float]) -> [Float] {
        kernels.indices.map { index in
            let (place, start) = (index % 9, index - index % 9)
            return kernels[start + place % 3 * 3 + place / 3]
        }
    }
}
