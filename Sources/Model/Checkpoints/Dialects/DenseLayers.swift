import GNCABasics

/// Tensors by what they do in the two layers, shaped as in the file.
struct LayerTensors {
    var w1: NamedTensor
    var b1: NamedTensor?
    var w2: NamedTensor
    var b2: NamedTensor?
    /// `[3, 1, 3, 3]`
    var filters: NamedTensor?

    /// The two layers of a file of no known family, told by their shapes.
    init(guessing set: TensorSet) throws(FormatFault) {
        let matrices = set.tensors.filter { Matrix($0) != nil }
        let rows = set.tensors.filter { $0.shape.count == 1 }
        guard matrices.count == 2, rows.count <= 2, matrices.count + rows.count == set.tensors.count else {
            let shown = set.tensors.prefix(6).map { "\(JSONText.shown($0.name)) \($0.shape)" }.joined(separator: ", ")
            throw FormatFault(
                reason: "these tensors are not two dense layers (got \(shown)\(set.tensors.count > 6 ? ", ..." : ""); "
                    + "expected two matrices and their biases)")
        }
        // The layer that comes first has as many outputs as the other one has inputs; its bias tells how many.
        for (first, second) in [(matrices[0], matrices[1]), (matrices[1], matrices[0])] {
            for (b1, b2) in Self.pairings(rows) {
                (w1, w2, self.b1, self.b2) = (first, second, b1, b2)
                if (try? DenseLayers(self)) != nil { return }
            }
        }
        throw FormatFault(
            reason: "the layers do not fit each other (got \(matrices[0].shape) and \(matrices[1].shape), expected "
                + "[N, 3 C] and [C, N], or both transposed)")
    }

    init(w1: NamedTensor, b1: NamedTensor?, w2: NamedTensor, b2: NamedTensor?, filters: NamedTensor? = nil) {
        (self.w1, self.b1, self.w2, self.b2, self.filters) = (w1, b1, w2, b2, filters)
    }

    private static func pairings(_ rows: [NamedTensor]) -> [(NamedTensor?, NamedTensor?)] {
        switch rows.count {
        case 0: [(nil, nil)]
        case 1: [(rows[0], nil), (nil, rows[0])]
        default: [(rows[0], rows[1]), (rows[1], rows[0])]
        }
    }
}

/// A tensor that multiplies: a matrix, or a 1 x 1 convolution.
private struct Matrix {
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
        default: return nil
        }
        values = tensor.values
    }

    /// `[outputs, inputs]` row-major, where that is `outputs` and `inputs`.
    func oriented(rowsAreOutputs: Bool) -> (outputs: Int, inputs: Int, values: [Float])? {
        guard self.rowsAreOutputs == nil || self.rowsAreOutputs == rowsAreOutputs else { return nil }
        if rowsAreOutputs { return (rows, columns, values) }
        let layout = StridedLayout(shape: [columns, rows], strides: [1, columns])
        return (columns, rows, layout.gather(values))
    }
}

/// The two layers of a rule, `[outputs, inputs]` row-major, in the dialect of the file.
struct DenseLayers: Equatable {
    let channels: Int
    let hidden: Int
    /// `[N, 3C]`
    var w1: [Float]
    /// `[N]`
    var b1: [Float]
    /// `[C, N]`
    var w2: [Float]
    /// `[C]`
    var b2: [Float]?

    /// Throws where the shapes do not belong together. Matrices may be transposed, both or none.
    init(_ tensors: LayerTensors) throws(FormatFault) {
        for rowsAreOutputs in [true, false] {
            guard let first = Matrix(tensors.w1)?.oriented(rowsAreOutputs: rowsAreOutputs),
                let second = Matrix(tensors.w2)?.oriented(rowsAreOutputs: rowsAreOutputs),
                first.outputs == second.inputs, first.inputs == 3 * second.outputs, second.outputs >= 1,
                first.outputs >= 1, tensors.b1.map({ $0.shape == [first.outputs] }) ?? true,
                tensors.b2.map({ $0.shape == [second.outputs] }) ?? true
            else { continue }
            (channels, hidden) = (second.outputs, first.outputs)
            (w1, w2) = (first.values, second.values)
            b1 = tensors.b1?.values ?? [Float](repeating: 0, count: hidden)
            b2 = tensors.b2?.values
            return
        }
        let named = [tensors.w1, tensors.b1, tensors.w2, tensors.b2].compactMap { $0 }
        throw FormatFault(
            reason: "the layers do not fit each other (got "
                + named.map { "\(JSONText.shown($0.name)) \($0.shape)" }.joined(separator: ", ")
                + "; expected [N, 3 C], [N], [C, N], [C])")
    }
}
