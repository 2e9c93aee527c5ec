import GNCABasics

/// One tensor out of a file, as 32-bit floats whatever its numbers are there.
public struct NamedTensor: Sendable, Equatable {
    /// As the file names it.
    public var name: String
    /// As the file has it, the slowest dimension first; empty for one number.
    public var shape: [Int]
    /// Kind of number in the file: "F32", "F16", "I64".
    public var type: String
    /// Row-major; empty where `unread` says why.
    public var values: [Float]
    /// Why the numbers were not read, as "is a sparse tensor"; nil where they were.
    var unread: String?

    init(
        _ name: String, _ shape: [Int], _ values: [Float], type: String = ElementType.f32.rawValue,
        unread: String? = nil
    ) {
        (self.name, self.shape, self.type, self.values) = (name, shape, type, values)
        self.unread = unread
    }

    /// As messages and `inspect` name its kind: "[128, 48] F32".
    public var description: String { "\(shape) \(type)" }

    /// Whether it is one number, of however many dimensions.
    var isSingle: Bool { shape.allSatisfy { $0 == 1 } }

    /// Whether no layer or filter is like it: single numbers, complex ones, pictures, batches and pools of states.
    var isOfNoLayer: Bool { isSingle || !Self.fitsLayers(shape) || type == "C64" || type.holds("Complex") }

    /// Whether it may be one of a filter, or several.
    static func isKernel(_ shape: [Int]) -> Bool {
        shape.count >= 2 && [[3, 3], [5, 5], [7, 7]].contains(shape.suffix(2))
    }

    /// Rows, matrices, kernels, and convolutions of 1x1 and 3x3.
    static func fitsLayers(_ shape: [Int]) -> Bool {
        if isKernel(shape) { return true }
        return switch shape.count {
        case 1, 2: true
        case 4: shape[2...] == [1, 1] || shape[2...] == [3, 3] || shape[..<2] == [1, 1]
        default: false
        }
    }
}

/// The tensors of a file in the file's order, before anybody asks what they mean.
struct TensorSet: Equatable {
    var tensors: [NamedTensor]
    /// How the tensors are joined, where the file says that.
    var network: DescribedNetwork?
    /// What the file passes over or holds besides, in words for `inspect`: "2 NumPy arrays".
    var setAside: [String]
    /// The family that files of this kind belong to, where names alone would say another one, or too little.
    var family: String?
    /// Beginnings of names that are dictionaries or objects of their own in the file, the outer ones first. What stands in
    /// one of them can be a model by itself, with other things beside it.
    var containers: [String] = []
    /// What stands among the weights and is left out, in words.
    var strangers: [String] = []
    /// What stands beside the part of the file that is read and could be a layer, in words.
    var outsiders: [String] = []

    /// Throws where names repeat.
    init(
        _ tensors: [NamedTensor], network: DescribedNetwork? = nil, setAside: [String] = []
    ) throws(FormatFault) {
        var names: Set<String> = []
        for tensor in tensors {
            guard names.insert(tensor.name).inserted else {
                throw FormatFault(reason: "there are two tensors \(JSONText.shown(tensor.name))")
            }
        }
        self.tensors = tensors
        self.network = network
        self.setAside = setAside
    }

    func tensor(_ name: String) -> NamedTensor? { tensors.first { $0.name == name } }

    /// Throws where there are too many tensors, or one of them was not read or has a number that is NaN or infinite. Only
    /// those that are used need be sound: losses that became NaN stand beside good weights.
    func checkNumbers() throws(FormatFault) {
        guard tensors.count <= TensorLimits.tensors else {
            throw FormatFault(reason: "too many tensors (got \(tensors.count), limit \(TensorLimits.tensors))")
        }
        for tensor in tensors {
            if let unread = tensor.unread {
                throw FormatFault(reason: "tensor \(JSONText.shown(tensor.name)) \(unread)")
            }
            let broken = tensor.values.count { !$0.isFinite }
            guard broken == 0 else {
                throw FormatFault(
                    reason: "tensor \(JSONText.shown(tensor.name)) has \(broken) non-finite "
                        + "value\(broken == 1 ? "" : "s")")
            }
        }
    }
}
