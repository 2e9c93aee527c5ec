import GNCABasics

/// One tensor out of a file, as 32-bit floats whatever its numbers are there.
public struct NamedTensor: Sendable, Equatable {
    /// As the file names it.
    public var name: String
    /// As the file has it, the slowest dimension first; empty for one number.
    public var shape: [Int]
    /// Kind of number in the file: "F32", "F16", "I64".
    public var type: String
    /// Row-major.
    public var values: [Float]

    init(_ name: String, _ shape: [Int], _ values: [Float], type: String = ElementType.f32.rawValue) {
        (self.name, self.shape, self.type, self.values) = (name, shape, type, values)
    }

    /// As messages and `inspect` name its kind: "[128, 48] F32".
    public var description: String { "\(shape) \(type)" }
}

/// The tensors of a file in the file's order, before anybody asks what they mean.
struct TensorSet: Equatable {
    var tensors: [NamedTensor]
    /// How the tensors are joined, where the file says that.
    var network: DescribedNetwork?
    /// What the file passes over or holds besides, in words for `inspect`: "2 NumPy arrays".
    var setAside: [String]
    /// The family that files of this kind belong to, where names alone would say another one.
    var family: String?

    /// Throws where names repeat, there are too many, or a number is NaN or infinite.
    init(
        _ tensors: [NamedTensor], network: DescribedNetwork? = nil, setAside: [String] = []
    ) throws(FormatFault) {
        guard tensors.count <= TensorLimits.tensors else {
            throw FormatFault(reason: "too many tensors (got \(tensors.count), limit \(TensorLimits.tensors))")
        }
        var names: Set<String> = []
        for tensor in tensors {
            guard names.insert(tensor.name).inserted else {
                throw FormatFault(reason: "there are two tensors \(JSONText.shown(tensor.name))")
            }
            let broken = tensor.values.count { !$0.isFinite }
            guard broken == 0 else {
                throw FormatFault(
                    reason: "tensor \(JSONText.shown(tensor.name)) has \(broken) non-finite "
                        + "value\(broken == 1 ? "" : "s")")
            }
        }
        self.tensors = tensors
        self.network = network
        self.setAside = setAside
    }

    func tensor(_ name: String) -> NamedTensor? { tensors.first { $0.name == name } }
}
