import GNCABasics
import GNCACells

/// The dense layers of a file, `[outputs, inputs]` row-major, and the filters it brings along: all in the file's dialect.
struct FileLayers: Equatable {
    /// C, the outputs of the last layer.
    var channels: Int { layers.last?.outputs ?? 0 }
    var layers: [DenseLayer]
    /// Filters that the file holds, in its order; nil where it says nothing of them.
    var filters: [Filter]?
    /// Whether the first layer was a 3 x 3 convolution, whose columns stand channel by channel.
    var isConvolution = false
    /// Whether the filters come as one grouped convolution, behind which columns stand channel by channel, too.
    var isGrouped = false

    init(_ layers: [DenseLayer], filters: [Filter]? = nil) {
        self.layers = layers
        self.filters = filters
    }

    /// Layers given as a weight and perhaps a bias each, in their order. Matrices may be transposed, all or none.
    init(_ parts: [LayerTensors]) throws(FormatFault) {
        for rowsAreOutputs in [true, false] {
            let matrices = parts.compactMap { Matrix($0.weight) }
            // Shapes come first: turning a matrix costs a copy of it.
            let sizes = matrices.compactMap { $0.size(rowsAreOutputs: rowsAreOutputs) }
            guard sizes.count == parts.count, FileLayers.fit(sizes, parts) else { continue }
            let oriented = matrices.compactMap { $0.oriented(rowsAreOutputs: rowsAreOutputs) }
            var layers: [DenseLayer] = []
            for (matrix, part) in zip(oriented, parts) {
                do {
                    layers.append(
                        try DenseLayer(
                            inputs: matrix.inputs, outputs: matrix.outputs, weights: matrix.values,
                            bias: part.bias?.values))
                } catch {
                    throw FormatFault(error)
                }
            }
            self.init(layers)
            isConvolution = parts[0].weight.shape.suffix(2) == [3, 3]
            return
        }
        let named = parts.flatMap { [$0.weight, $0.bias].compactMap { $0 } }
        throw FormatFault(
            reason: "the layers do not fit each other (got "
                + named.map { "\(JSONText.shown($0.name)) \($0.shape)" }.joined(separator: ", ")
                + "; expected [N, inputs], [N], ..., [C, N], [C])")
    }

    /// Whether each layer reads what the one before writes, and the first what the last one's channels can give.
    private static func fit(_ matrices: [(outputs: Int, inputs: Int)], _ parts: [LayerTensors]) -> Bool {
        guard let last = matrices.last, last.outputs >= 1, matrices[0].inputs >= last.outputs else { return false }
        for (matrix, next) in zip(matrices, matrices.dropFirst()) where matrix.outputs != next.inputs { return false }
        return zip(matrices, parts).allSatisfy { matrix, part in
            part.bias.map { $0.shape == [matrix.outputs] } ?? true
        }
    }
}

extension FileLayers {
    /// The layers that the file itself describes.
    init(_ network: DescribedNetwork) throws(FormatFault) {
        try self.init(network.layers.map { LayerTensors(weight: $0.weight, bias: $0.bias) })
        if let described = network.filters { try takeFilters([described]) }
    }
}

/// One layer's tensors, shaped as in the file.
struct LayerTensors: Equatable {
    var weight: NamedTensor
    var bias: NamedTensor?
}

extension FileLayers {
    /// The layers of a file of no known family, told by shapes: every matrix is a layer, in the order of the file or,
    /// where only that fits, the reverse. Tensors of shape [k, 1, 3, 3] are filters.
    init(guessing set: TensorSet) throws(FormatFault) {
        let filters = set.tensors.filter { FileFilters.holds($0) }
        let matrices = set.tensors.filter { Matrix($0) != nil && !FileFilters.holds($0) }
        let rows = set.tensors.filter { $0.shape.count == 1 }
        guard !matrices.isEmpty, matrices.count <= Rule.layerLimit, rows.count <= matrices.count,
            matrices.count + rows.count + filters.count == set.tensors.count
        else {
            let shown = set.tensors.prefix(6).map { "\(JSONText.shown($0.name)) \($0.shape)" }.joined(separator: ", ")
            throw FormatFault(
                reason: "these tensors are not dense layers (got \(shown)\(set.tensors.count > 6 ? ", ..." : ""); "
                    + "expected matrices and their biases)")
        }
        for order in [matrices, matrices.reversed()] {
            for biases in FileLayers.pairings(order, rows) {
                let parts = zip(order, biases).map { LayerTensors(weight: $0, bias: $1) }
                guard let found = try? FileLayers(parts) else { continue }
                self = found
                try takeFilters(filters)
                return
            }
        }
        throw FormatFault(
            reason: "the layers do not fit each other (got "
                + matrices.map { "\($0.shape)" }.joined(separator: " and ")
                + ", expected [N, inputs], ..., [C, N], or all transposed)")
    }

    /// Which row may be which layer's bias: by name where names tell ("net.0.weight", "net.0.bias"), else in every order
    /// that leaves them in theirs.
    private static func pairings(_ matrices: [NamedTensor], _ rows: [NamedTensor]) -> [[NamedTensor?]] {
        func stem(_ name: String) -> String { name.parts(at: ".").dropLast().joined(separator: ".") }
        let named = matrices.map { matrix in
            rows.first { !stem(matrix.name).isEmpty && stem($0.name) == stem(matrix.name) }
        }
        if named.compactMap({ $0 }).count == rows.count, Set(named.compactMap { $0?.name }).count == rows.count {
            return [named]
        }
        var results: [[NamedTensor?]] = [[]]
        for index in matrices.indices {
            results = results.flatMap { chosen -> [[NamedTensor?]] in
                let used = chosen.compactMap { $0?.name }
                let free = rows.filter { !used.contains($0.name) }
                let left = matrices.count - index
                var next = free.prefix(2).map { chosen + [$0] }
                if left > free.count { next.append(chosen + [nil]) }
                return next
            }
        }
        return results.filter { $0.compactMap { $0 }.count == rows.count }
    }
}

extension FileLayers {
    /// Takes over what the file holds of its filters.
    mutating func takeFilters(_ tensors: [NamedTensor]) throws(FormatFault) {
        guard let first = tensors.first else { return }
        filters = try FileFilters.read(tensors, channels: channels)
        isGrouped = tensors.count == 1 && first.shape[0] > channels && first.shape[0] % channels == 0
    }
}

/// A matrix whose rows are outputs.
struct OrientedMatrix {
    let outputs: Int
    let inputs: Int
    let values: [Float]
}

/// A tensor that multiplies: a matrix, a 1 x 1 convolution, or a 3 x 3 convolution as a matrix of nine inputs a channel.
struct Matrix {
    let rows: Int
    let columns: Int
    let values: [Float]
    /// Whether the rows are the outputs; nil where the shape does not tell.
    let rowsAreOutputs: Bool?

    init?(_ tensor: NamedTensor) {
        let shape = tensor.shape
        switch shape.count {
        case 2: (rows, columns, rowsAreOutputs) = (shape[0], shape[1], nil)
        // PyTorch: [out, in, 1, 1]; TensorFlow: [1, 1, in, out].
        case 4 where shape[2] == 1 && shape[3] == 1: (rows, columns, rowsAreOutputs) = (shape[0], shape[1], true)
        case 4 where shape[0] == 1 && shape[1] == 1: (rows, columns, rowsAreOutputs) = (shape[2], shape[3], false)
        case 4 where shape[2] == 3 && shape[3] == 3: (rows, columns, rowsAreOutputs) = (shape[0], 9 * shape[1], true)
        default: return nil
        }
        values = tensor.values
    }

    /// nil where the shape says that the other side are the outputs.
    func size(rowsAreOutputs: Bool) -> (outputs: Int, inputs: Int)? {
        // A 3 x 3 convolution may stand before transposed matrices nowhere; 1 x 1 ones say which side is which.
        guard self.rowsAreOutputs == nil || self.rowsAreOutputs == rowsAreOutputs else { return nil }
        return rowsAreOutputs ? (rows, columns) : (columns, rows)
    }

    func oriented(rowsAreOutputs: Bool) -> OrientedMatrix? {
        guard size(rowsAreOutputs: rowsAreOutputs) != nil else { return nil }
        if rowsAreOutputs { return OrientedMatrix(outputs: rows, inputs: columns, values: values) }
        let layout = StridedLayout(shape: [columns, rows], strides: [1, columns])
        return OrientedMatrix(outputs: columns, inputs: rows, values: layout.gather(values))
    }
}

/// Perception filters as files bring them along.
enum FileFilters {
    /// `[k, 1, 3, 3]`
    static func holds(_ tensor: NamedTensor) -> Bool {
        tensor.shape.count == 4 && tensor.shape[1] == 1 && tensor.shape[2] == 3 && tensor.shape[3] == 3
    }

    /// One tensor of K filters `[K, 1, 3, 3]` or of K a channel `[C * K, 1, 3, 3]`, channel by channel; or several of one
    /// filter each, `[1 or C, 1, 3, 3]`, before which the identity stands where none of them is it.
    static func read(_ tensors: [NamedTensor], channels: Int) throws(FormatFault) -> [Filter] {
        if tensors.count == 1, tensors[0].shape[0] != channels || channels == 1 {
            let (count, values) = (tensors[0].shape[0], tensors[0].values)
            guard count % channels == 0 else {
                return (0..<count).map { Filter.recognised(Array(values[($0 * 9)..<($0 * 9 + 9)])) }
            }
            let filters = count / channels
            return (0..<filters).map { filter in
                shared(
                    (0..<channels).flatMap { channel -> [Float] in
                        let start = (channel * filters + filter) * 9
                        return Array(values[start..<(start + 9)])
                    })
            }
        }
        var filters: [Filter] = []
        for tensor in tensors {
            guard tensor.shape[0] == 1 || tensor.shape[0] == channels else {
                throw FormatFault(
                    reason: "the filters in \(JSONText.shown(tensor.name)) fit neither one nor \(channels) channels "
                        + "(got \(tensor.shape))")
            }
            filters.append(shared(tensor.values))
        }
        return filters.contains(.named(.identity, 1)) ? filters : [.named(.identity, 1)] + filters
    }

    /// `[C][9]` as one filter: with a name, shared, or one set a channel.
    private static func shared(_ values: [Float]) -> Filter {
        let first = Array(values.prefix(9))
        let isShared = values.indices.allSatisfy { values[$0] == first[$0 % 9] }
        return isShared ? Filter.recognised(first) : .taps(values)
    }
}
