import GNCABasics

/// The graph of an ONNX model: its nodes in order, and every tensor that is constant.
/// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
struct ONNXGraph {
    static let nodeLimit = 10_000
    /// Numbers of a list in an attribute.
    static let listLimit = 4096
    /// Inputs, outputs and attributes of all nodes.
    private static let wordLimit = 200_000

    struct Node {
        var operation = ""
        var inputs: [String] = []
        var outputs: [String] = []
        var numbers: [String: Float] = [:]
        var integers: [String: [Int]] = [:]
        var tensor: NamedTensor?
        var words: [String: String] = [:]
    }

    private(set) var nodes: [Node] = []
    /// Tensors that stand in the file under `initializer`, in its order.
    private(set) var initialisers: [NamedTensor] = []
    /// Initialisers, and what follows from them alone.
    private(set) var constants: [String: NamedTensor] = [:]
    /// The one number that a constant holds, however often; of others nothing.
    private(set) var singles: [String: Float] = [:]
    private(set) var inputs: Set<String> = []
    /// Index of the node that computes a value.
    private(set) var makers: [String: Int] = [:]
    /// Indices of the nodes that take a value.
    private(set) var users: [String: [Int]] = [:]
    private var elements = 0

    /// Reads a whole model.
    init(_ bytes: [UInt8]) throws(FormatFault) {
        var model = Protobuf(bytes[...])
        var graph: ArraySlice<UInt8>?
        while let (field, value) = try model.next() {
            if field == 7 { graph = try value.bytes }
        }
        guard let graph else { throw FormatFault(reason: "the model has no graph") }
        var fields = Protobuf(graph)
        var words = 0
        while let (field, value) = try fields.next() {
            switch field {
            case 1: try add(Self.node(try value.bytes, words: &words))
            case 5: try add(initialiser: ONNXTensor.read(try value.bytes))
            case 11: inputs.insert(try Self.name(try value.bytes))
            case 15: throw FormatFault(reason: "the graph holds sparse tensors, which are not read")
            default: break
            }
        }
        inputs.subtract(constants.keys)
        try order()
    }

    private mutating func add(_ node: Node) throws(FormatFault) {
        guard nodes.count < Self.nodeLimit else {
            throw FormatFault(reason: "the graph has too many nodes (limit \(Self.nodeLimit))")
        }
        nodes.append(node)
    }

    private mutating func add(initialiser: NamedTensor) throws(FormatFault) {
        guard initialisers.count < Self.nodeLimit else {
            throw FormatFault(reason: "the graph has too many tensors (limit \(Self.nodeLimit))")
        }
        initialisers.append(initialiser)
        try add(constant: initialiser, initialiser.name)
    }

    private mutating func add(constant: NamedTensor, _ name: String) throws(FormatFault) {
        elements += constant.values.count
        guard elements <= TensorLimits.totalElements else {
            throw FormatFault(
                reason: "the tensors are too large together (limit \(TensorLimits.totalElements) elements)")
        }
        guard constants.updateValue(constant, forKey: name) == nil else {
            throw FormatFault(reason: "there are two tensors \(JSONText.shown(name))")
        }
        if let first = constant.values.first, constant.values.allSatisfy({ $0 == first }) { singles[name] = first }
    }

    /// Computes what is constant. Every value must be made before it is used, so that no walk through the graph goes in
    /// a circle.
    private mutating func order() throws(FormatFault) {
        for (index, node) in nodes.enumerated() {
            for input in node.inputs where !input.isEmpty {
                guard inputs.contains(input) || constants[input] != nil || makers[input] != nil else {
                    throw FormatFault(reason: "the graph uses \(JSONText.shown(input)) before it is made")
                }
                if users[input]?.last != index { users[input, default: []].append(index) }
            }
            for output in node.outputs where !output.isEmpty {
                guard makers[output] == nil, constants[output] == nil, !inputs.contains(output) else {
                    throw FormatFault(reason: "the graph makes \(JSONText.shown(output)) twice")
                }
                makers[output] = index
            }
            if let output = node.outputs.first, let constant = folded(node) { try add(constant: constant, output) }
        }
    }

    func maker(_ value: String) -> Node? { makers[value].map { nodes[$0] } }

    /// What the node makes of constants alone, where it only hands them on or turns them.
    private func folded(_ node: Node) -> NamedTensor? {
        if node.operation == "Constant" { return Self.constant(node) }
        guard let first = node.inputs.first, var tensor = constants[first] else { return nil }
        switch node.operation {
        case "Identity": return tensor
        case "Cast": return node.integers["to"] == [1] ? tensor : nil
        case "Transpose":
            let turn = node.integers["perm"] ?? tensor.shape.indices.reversed()
            guard turn.sorted() == Array(tensor.shape.indices) else { return nil }
            let rowMajor = tensor.shape.indices.map { tensor.shape[($0 + 1)...].reduce(1, *) }
            let layout = StridedLayout(shape: turn.map { tensor.shape[$0] }, strides: turn.map { rowMajor[$0] })
            tensor.values = layout.gather(tensor.values)
            tensor.shape = layout.shape
            return tensor
        case "Reshape":
            guard node.inputs.count > 1, let wanted = constants[node.inputs[1]],
                let shape = Self.shape(wanted.values, of: tensor)
            else { return nil }
            tensor.shape = shape
            return tensor
        default: return nil
        }
    }

    private static func constant(_ node: Node) -> NamedTensor? {
        if let tensor = node.tensor { return tensor }
        if let number = node.numbers["value_float"] { return NamedTensor("", [], [number]) }
        let one = node.integers["value_int"]
        guard let integers = one ?? node.integers["value_ints"] else { return nil }
        let shape = one == nil ? [integers.count] : []
        return NamedTensor("", shape, integers.map(Float.init), type: ElementType.i64.rawValue)
    }

    /// The shape that Reshape asks for: 0 keeps a dimension, -1 takes what is left.
    private static func shape(_ wanted: [Float], of tensor: NamedTensor) -> [Int]? {
        guard wanted.count <= TensorLimits.rank else { return nil }
        var shape: [Int] = []
        for (place, length) in wanted.enumerated() {
            guard var length = Int(exactly: length), length >= -1 else { return nil }
            if length == 0 {
                guard tensor.shape.indices.contains(place) else { return nil }
                length = tensor.shape[place]
            }
            shape.append(length)
        }
        let known = shape.filter { $0 != -1 }.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
        if let free = shape.firstIndex(of: -1) {
            guard known > 0, tensor.values.count % known == 0 else { return nil }
            shape[free] = tensor.values.count / known
        }
        guard let count = try? TensorLimits.count(shape, of: ""), count == tensor.values.count else { return nil }
        return shape
    }

    private static func name(_ bytes: ArraySlice<UInt8>) throws(FormatFault) -> String {
        var fields = Protobuf(bytes)
        while let (field, value) = try fields.next() {
            if field == 1 { return try value.text }
        }
        return ""
    }

    /// `words` counts the names of all nodes.
    private static func node(_ bytes: ArraySlice<UInt8>, words: inout Int) throws(FormatFault) -> Node {
        var node = Node()
        var domain = ""
        var fields = Protobuf(bytes)
        while let (field, value) = try fields.next() {
            words += 1
            guard words <= wordLimit else {
                throw FormatFault(
                    reason: "the nodes of the graph have too many inputs and attributes (limit \(wordLimit))")
            }
            switch field {
            case 1: node.inputs.append(try value.text)
            case 2: node.outputs.append(try value.text)
            case 4: node.operation = try value.text
            case 5: try read(attribute: value.bytes, into: &node)
            case 7: domain = try value.text
            default: break
            }
        }
        // An operation of somebody else's may do anything.
        if !domain.isEmpty, domain != "ai.onnx" { node.operation = domain + "." + node.operation }
        return node
    }

    private static func read(attribute bytes: ArraySlice<UInt8>, into node: inout Node) throws(FormatFault) {
        var name = ""
        var fields = Protobuf(bytes)
        var found: [(Int, Protobuf.Value)] = []
        while let (field, value) = try fields.next() {
            if field == 1 { name = try value.text } else { found.append((field, value)) }
            guard found.count <= listLimit else { throw Protobuf.cutOff }
        }
        for (field, value) in found {
            switch field {
            case 2: node.numbers[name] = try value.floats.first
            case 3: node.integers[name] = [try value.integer]
            case 4: node.words[name] = try? value.text
            case 5: node.tensor = try ONNXTensor.read(value.bytes)
            case 7: node.tensor = try list(value.floats, after: node.tensor)
            case 8: node.integers[name, default: []] += try value.integers(limit: listLimit)
            default: break
            }
            guard node.integers[name, default: []].count <= listLimit else { throw Protobuf.cutOff }
        }
    }

    private static func list(_ values: [Float], after tensor: NamedTensor?) throws(FormatFault) -> NamedTensor {
        let all = (tensor?.values ?? []) + values
        guard all.count <= listLimit else { throw Protobuf.cutOff }
        return NamedTensor("", [all.count], all)
    }
}
