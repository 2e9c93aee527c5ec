import CGNCAKernels

/// Draws the pixels of states of one size by one decoder, and takes gradients back. Used by one thread at a time.
package final class Decoding {
    /// What was drawn last, `[H s][W s][4]`, premultiplied.
    package private(set) var picture: CellGrid
    /// The gradient with respect to `picture`, for whoever has one; `[H s][W s][4]`.
    package var pictureGradient: [Float]

    private var decoder: PixelDecoder
    private var kernel: OpaquePointer
    private let width: Int
    private let height: Int
    /// Cells that were drawn last, and `[H * W]` where each stands among them; `cells.count` for all others.
    private var cells: [UInt32] = []
    private var rows: [UInt32]
    /// `[cells + CK_ROWS + 1][stride]`: what the first layer makes of each state, and the gradient of that.
    private var first: [Float] = []
    private var firstGradient: [Float] = []
    private var scratch: [Float]
    private let channels: [Int32]
    /// Gradients in the kernel's order.
    private let sums: UnsafeMutablePointer<Float>
    private let sumCount: Int

    /// nil where the rule has no decoder. `height`, `width`: cells; `goesBack`: whether there is a gradient to take back.
    package init?(_ rule: Rule, height: Int, width: Int, goesBack: Bool = false) {
        guard let decoder = rule.decoder else { return nil }
        self.decoder = decoder
        (self.width, self.height) = (width, height)
        picture = CellGrid(height: height * decoder.scale, width: width * decoder.scale, channels: 4)
        pictureGradient = [Float](repeating: 0, count: goesBack ? picture.values.count : 0)
        channels = rule.appearance.channels.map { Int32($0) }
        kernel = Self.kernel(decoder, channels)
        rows = [UInt32](repeating: 0, count: height * width)
        scratch = [Float](repeating: 0, count: ck_decoder_scratch(kernel))
        sumCount = ck_decoder_sum_count(kernel)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: sumCount * 4, alignment: 64)
        sums = memory.bindMemory(to: Float.self, capacity: sumCount)
    }

    deinit {
        ck_decoder_free(kernel)
        UnsafeMutableRawPointer(sums).deallocate()
    }

    /// Takes over a decoder of the same shape.
    package func replace(_ decoder: PixelDecoder) {
        ck_decoder_free(kernel)
        self.decoder = decoder
        kernel = Self.kernel(decoder, channels)
    }

    private static func kernel(_ decoder: PixelDecoder, _ channels: [Int32]) -> OpaquePointer {
        let layers = decoder.layers
        let state = layers[0].inputs - PixelDecoder.placeInputs
        var numbers = decoder.stateWeights
        var parts = [(inputs: state, outputs: layers[0].outputs, weights: 0, bias: Int?.none)]
        for layer in layers.dropFirst() {
            let start = numbers.count
            numbers += layer.weights + (layer.bias ?? [Float](repeating: 0, count: layer.outputs))
            parts.append((layer.inputs, layer.outputs, start, start + layer.weights.count))
        }
        let kernel = numbers.withUnsafeBufferPointer { numbers -> OpaquePointer? in
            let last = parts.count - 1
            let layers = parts.enumerated().map { index, part in
                ck_layer(
                    inputs: Int32(part.inputs), outputs: Int32(part.outputs),
                    weights: numbers.baseAddress.map { $0 + part.weights },
                    bias: part.bias.flatMap { place in numbers.baseAddress.map { $0 + place } },
                    activation: Int32(index == last ? Activation.none.code.kind : Activation.relu.code.kind), low: 0,
                    high: 0)
            }
            return ck_decoder_create(
                Int32(decoder.scale), channels, decoder.blends.map { ck_blend($0) }, decoder.placeSums, layers,
                Int32(layers.count))
        }
        guard let kernel else { preconditionFailure("no memory for the decoder") }
        return kernel
    }

    /// Draws `state`, of the size and of at least as many channels as the decoder reads, into `picture`.
    package func decode(_ state: CellGrid, edges: Edges) {
        var cells: [UInt32] = []
        cells.reserveCapacity(self.cells.count)
        state.values.withUnsafeBufferPointer { values in
            for cell in 0..<(width * height) {
                let start = cell * state.channels
                if values[start..<(start + state.channels)].contains(where: { $0 != 0 }) { cells.append(UInt32(cell)) }
            }
        }
        place(cells)
        picture.values.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        guard !cells.isEmpty else { return }
        let grid = ck_grid(state, edges: edges)
        withUnsafePointer(to: grid) {
            UpdateKernel.bestKernels.pointee.decode(
                kernel, $0, state.values, cells, cells.count, rows, &first, &scratch, &picture.values)
        }
    }

    private func place(_ cells: [UInt32]) {
        self.cells = cells
        rows.withUnsafeMutableBufferPointer { $0.update(repeating: UInt32(cells.count)) }
        for (row, cell) in cells.enumerated() { rows[Int(cell)] = UInt32(row) }
        let size = (cells.count + UpdateKernel.rowsBeyond + 1) * ck_decoder_stride(kernel)
        if first.count < size {
            first = [Float](repeating: 0, count: size)
            if !pictureGradient.isEmpty { firstGradient = first }
        }
    }

    /// Takes `pictureGradient` back through the last `decode`, which drew `state`. Adds to `gradient`, `[H * W][C]`, and to
    /// `sums`.
    package func backward(_ state: CellGrid, edges: Edges, into gradient: inout [Float], _ sums: WeightSums) {
        guard !cells.isEmpty else { return }
        self.sums.update(repeating: 0, count: sumCount)
        let grid = ck_grid(state, edges: edges)
        withUnsafePointer(to: grid) {
            UpdateKernel.bestKernels.pointee.decode_back(
                kernel, $0, state.values, cells, cells.count, rows, first, &firstGradient, &scratch, pictureGradient,
                self.sums, &gradient)
        }
        addSums(to: sums)
    }

    /// Makes of the kernel's sums those of `PixelDecoder.layers`, weights and bias one layer after the other.
    private func addSums(to sums: WeightSums) {
        var start = 0
        for (index, layer) in decoder.layers.enumerated() {
            let place = ck_decoder_sums(kernel, Int32(index))
            let weights = self.sums + place.weights
            let read = index == 0 ? layer.inputs - PixelDecoder.placeInputs : layer.inputs
            for unit in 0..<layer.outputs {
                for input in 0..<read {
                    sums.decoder[start + unit * layer.inputs + input] += weights[unit * place.row + input]
                }
            }
            let bias = start + layer.weights.count
            if index == 0 {
                addPlaces(layer, self.sums + place.bias, start: start, bias: bias, to: sums)
            } else {
                for unit in 0..<layer.outputs { sums.decoder[bias + unit] += self.sums[place.bias + unit] }
            }
            start = bias + layer.outputs
        }
    }

    /// `places`: the gradient of what each place adds to the first layer, `[s * s][stride]`.
    private func addPlaces(
        _ layer: DenseLayer, _ places: UnsafeMutablePointer<Float>, start: Int, bias: Int, to sums: WeightSums
    ) {
        let (stride, state) = (ck_decoder_stride(kernel), layer.inputs - PixelDecoder.placeInputs)
        for (place, features) in decoder.places.enumerated() {
            for unit in 0..<layer.outputs {
                let value = places[place * stride + unit]
                sums.decoder[bias + unit] += value
                for (index, feature) in features.enumerated() {
                    sums.decoder[start + unit * layer.inputs + state + index] += value * feature
                }
            }
        }
    }
}

extension PixelDecoder {
    /// The columns of the first layer that read the state, `[hidden[0]][C]`.
    package var stateWeights: [Float] {
        let layer = layers[0]
        return (0..<layer.outputs).flatMap { unit in
            layer.weights[(unit * layer.inputs)...].prefix(layer.inputs - Self.placeInputs)
        }
    }

    /// What each place in a cell adds to the first layer, its bias included, the same for every cell: `[s * s][hidden[0]]`.
    package var placeSums: [Float] {
        let layer = layers[0]
        let state = layer.inputs - PixelDecoder.placeInputs
        return places.flatMap { features in
            (0..<layer.outputs).map { unit in
                let row = layer.weights[(unit * layer.inputs + state)...]
                return zip(row, features).reduce(layer.bias?[unit] ?? 0) { $0 + $1.0 * $1.1 }
            }
        }
    }

    /// Numbers of all layers, weights and biases.
    public var parameterCount: Int { layers.reduce(0) { $0 + $1.weights.count + $1.outputs } }
}

extension ck_blend {
    fileprivate init(_ blend: PixelDecoder.Blend) {
        let cells = blend.cells.map { Int32($0) }
        self.init(
            cells: (cells[0], cells[1], cells[2], cells[3]),
            shares: (blend.shares[0], blend.shares[1], blend.shares[2], blend.shares[3]))
    }
}
