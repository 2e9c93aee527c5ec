/// What a cell makes of its perception: dense layers one after the other, whose last one gives the update.
public struct Network: Sendable, Equatable {
    /// At least one: the first reads what is perceived, the last has an output for every channel.
    public var layers: [DenseLayer]
    /// Behind every layer but the last.
    public var activation: Activation
    /// Behind the last layer.
    public var updateActivation: Activation
    /// Factor on the update of a cell that fires.
    public var gain: Float

    public init(
        layers: [DenseLayer], activation: Activation = .relu, updateActivation: Activation = .none, gain: Float = 1
    ) {
        self.layers = layers
        self.activation = activation
        self.updateActivation = updateActivation
        self.gain = gain
    }

    /// Outputs of every layer but the last.
    public var hidden: [Int] { layers.dropLast().map(\.outputs) }
}

/// weights x + bias.
public struct DenseLayer: Sendable, Equatable {
    public let inputs: Int
    public let outputs: Int
    /// `[outputs, inputs]` row-major
    public var weights: [Float]
    /// `[outputs]`; nil where the layer has none.
    public var bias: [Float]?

    /// Throws `ModelError.wrongShape` where the numbers do not fit the sizes.
    public init(inputs: Int, outputs: Int, weights: [Float], bias: [Float]?) throws(ModelError) {
        guard weights.count == inputs * outputs else {
            throw .wrongShape(tensor: "weights", got: weights.count, expected: inputs * outputs)
        }
        guard (bias?.count ?? outputs) == outputs else {
            throw .wrongShape(tensor: "bias", got: bias?.count ?? 0, expected: outputs)
        }
        (self.inputs, self.outputs, self.weights, self.bias) = (inputs, outputs, weights, bias)
    }
}
