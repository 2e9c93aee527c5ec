/// What a pickle of tensors can hold. Containers name their contents by index into `PickleMachine.values`, so that
/// nothing is nested in memory: releasing a value deep inside others cannot exhaust the stack, and a value that
/// contains itself is only a number that comes back.
enum PickleValue {
    case none
    case bool(Bool)
    case int(Int)
    /// An integer of more than 8 bytes, little-endian as it stands.
    case bigInt([UInt8])
    case float
    case text(String)
    /// Bytes, which no tensor is made of here.
    case bytes
    case global(PickleGlobal)
    case tuple([Int])
    case list([Int])
    case set([Int])
    /// Python's dict and OrderedDict.
    case dictionary([(key: Int, value: Int)], ordered: Bool)
    case storage(TorchStorage)
    case tensor(TorchTensor)

    /// As messages name it.
    var kind: String {
        switch self {
        case .none: "None"
        case .bool: "a truth value"
        case .int, .bigInt: "an integer"
        case .float: "a number"
        case .text: "a text"
        case .bytes: "bytes"
        case .global(let global): global.name
        case .tuple: "a tuple"
        case .list: "a list"
        case .set: "a set"
        case .dictionary(_, let ordered): ordered ? "an OrderedDict" : "a dictionary"
        case .storage: "a storage"
        case .tensor: "a tensor"
        }
    }

    /// The values inside.
    var contents: [Int] {
        switch self {
        case .tuple(let items), .list(let items), .set(let items): items
        case .dictionary(let pairs, _): pairs.flatMap { [$0.key, $0.value] }
        default: []
        }
    }
}

/// Everything that a pickle may name. It stands for what Python would call, and is never called.
enum PickleGlobal: Equatable {
    case orderedDict
    case rebuildTensor
    case rebuildParameter
    case storage(ElementType)

    private static let storages: [String: ElementType] = [
        "DoubleStorage": .f64, "FloatStorage": .f32, "HalfStorage": .f16, "BFloat16Storage": .bf16,
        "LongStorage": .i64, "IntStorage": .i32, "ShortStorage": .i16, "CharStorage": .i8, "ByteStorage": .u8,
        "BoolStorage": .bool,
    ]

    /// nil for everything else.
    init?(module: String, name: String) {
        switch (module, name) {
        case ("collections", "OrderedDict"): self = .orderedDict
        case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensor
        case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
        case ("torch", _):
            guard let type = Self.storages[name] else { return nil }
            self = .storage(type)
        default: return nil
        }
    }

    var name: String {
        switch self {
        case .orderedDict: "collections.OrderedDict"
        case .rebuildTensor: "torch._utils._rebuild_tensor_v2"
        case .rebuildParameter: "torch._utils._rebuild_parameter"
        case .storage(let type): "torch storage of \(type.rawValue)"
        }
    }
}

/// A run of numbers that stands elsewhere in the file.
struct TorchStorage: Equatable {
    var key: String
    var type: ElementType
    /// Numbers.
    var count: Int
}

/// A tensor: where in a storage its numbers stand.
struct TorchTensor: Equatable {
    var storage: TorchStorage
    var layout: StridedLayout
}
