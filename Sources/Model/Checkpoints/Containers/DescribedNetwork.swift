/// What a file itself says of how its tensors are joined: a dictionary of tensors says nothing, an ONNX graph does.
struct DescribedNetwork: Equatable {
    struct Layer: Equatable {
        /// `[outputs, inputs]`, or `[outputs, inputs, 3, 3]` for a convolution; rows are outputs, whatever the file has.
        var weight: NamedTensor
        /// `[outputs]`
        var bias: NamedTensor?
        /// What follows the layer: "none", "relu", "leaky-relu", "leaky-relu(0.2)", "tanh", "sigmoid", "gelu", "elu",
        /// "abs", "clamp(0,2)".
        var activation: String
    }

    /// In the order in which they are computed.
    var layers: [Layer]
    /// Depthwise filters `[K * C, 1, 3, 3]`, the K of the first channel first, as a grouped convolution has them; the
    /// columns of the first layer are in the same order. nil where the file does not hold what its cells perceive.
    var filters: NamedTensor?
    /// What the state is clamped to after an update, where the file shows it.
    var clamp: ClosedRange<Float>?
    /// How many of the first channels are clamped; nil where all are.
    var clampedChannels: Int?
}
