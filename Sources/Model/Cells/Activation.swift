import CGNCAKernels

/// What a layer does to its sums.
public enum Activation: Sendable, Equatable {
    /// The sum as it is.
    case none
    /// max(0, x)
    case relu
    /// x, and below zero times the slope.
    case leakyRelu(slope: Float)
    /// The hyperbolic tangent, -1 to 1.
    case tanh
    /// 1 / (1 + e^-x), 0 to 1.
    case sigmoid
    /// x times the normal distribution's integral up to x.
    case gelu
    /// x, and below zero e^x - 1.
    case elu
    /// The sum without its sign.
    case abs
    /// Held within the limits.
    case clamp(ClosedRange<Float>)

    /// Every spelling, with the parameters that programs use most.
    public static let names = ["none", "relu", "leaky-relu:0.01", "tanh", "sigmoid", "gelu", "elu", "abs", "clamp:0:2"]

    /// As the kernels know it: kind and its two parameters.
    package var code: (kind: Int, low: Float, high: Float) {
        switch self {
        case .none: (CK_NONE, 0, 0)
        case .relu: (CK_RELU, 0, 0)
        case .leakyRelu(let slope): (CK_LEAKY_RELU, slope, 0)
        case .tanh: (CK_TANH, 0, 0)
        case .sigmoid: (CK_SIGMOID, 0, 0)
        case .gelu: (CK_GELU, 0, 0)
        case .elu: (CK_ELU, 0, 0)
        case .abs: (CK_ABS, 0, 0)
        case .clamp(let range): (CK_CLAMP, range.lowerBound, range.upperBound)
        }
    }
}

extension Activation: LosslessStringConvertible {
    /// "relu", "leaky-relu:0.01", "clamp:0:2"
    public var description: String {
        switch self {
        case .none: "none"
        case .relu: "relu"
        case .leakyRelu(let slope): "leaky-relu:\(slope)"
        case .tanh: "tanh"
        case .sigmoid: "sigmoid"
        case .gelu: "gelu"
        case .elu: "elu"
        case .abs: "abs"
        case .clamp(let range): "clamp:\(range.lowerBound):\(range.upperBound)"
        }
    }

    /// Reads a description; "leaky-relu" alone has the slope 0.01.
    public init?(_ text: String) {
        let words = text.unicodeScalars.split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
        let numbers = words.dropFirst().map { Float($0) ?? .nan }
        guard numbers.allSatisfy(\.isFinite) else { return nil }
        switch (words.first, numbers.count) {
        case ("leaky-relu", 0): self = .leakyRelu(slope: 0.01)
        case ("leaky-relu", 1): self = .leakyRelu(slope: numbers[0])
        case ("clamp", 2) where numbers[0] < numbers[1]: self = .clamp(numbers[0]...numbers[1])
        case (let name?, 0):
            let plain: [Activation] = [.none, .relu, .tanh, .sigmoid, .gelu, .elu, .abs]
            guard let found = plain.first(where: { $0.description == name }) else { return nil }
            self = found
        default: return nil
        }
    }
}
