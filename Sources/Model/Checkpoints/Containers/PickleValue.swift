/// What a pickle of tensors can hold. Containers name their contents by index into `PickleMachine.values`, so that
/// nothing is nested in memory: releasing a value deep inside others cannot exhaust the stack, and a value that
/// contains itself is only a number that comes back.
enum PickleValue {
    case none
    case bool(Bool)
    case int(Int)
    /// An integer of more than 8 bytes, little-endian as it stands.
    case bigInt(ArraySlice<UInt8>)
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
    indirect case storage(TorchStorage)
    indirect case tensor(TorchTensor)
    /// A tensor of a kind that is not read; the text says which.
    indirect case unread(kind: String, shape: [Int])
    indirect case record(PickleRecord)

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
        case .tensor, .unread: "a tensor"
        case .record(let record): "an object of \(record.maker.name)"
        }
    }

    /// Whether this is a tensor, or something that may hold some.
    var leadsOn: Bool {
        switch self {
        case .tuple, .list, .dictionary, .record, .tensor, .unread: true
        default: false
        }
    }
}

/// A run of numbers that stands elsewhere in the file.
struct TorchStorage: Equatable {
    var key: String
    var type: TorchNumbers
    /// Numbers.
    var count: Int
}

/// What a storage is made of.
enum TorchNumbers: Equatable {
    case read(ElementType)
    /// Numbers that no weight here is made of: complex and quantised ones, or bytes whose type the tensor says.
    case unread(name: String, size: Int)

    private static let unread = [
        "torch.ComplexFloatStorage": 8, "torch.ComplexDoubleStorage": 16, "torch.QInt8Storage": 1,
        "torch.QUInt8Storage": 1, "torch.QInt32Storage": 4, "torch.QUInt4x2Storage": 1, "torch.QUInt2x4Storage": 1,
        "torch.UntypedStorage": 1, "torch.storage.UntypedStorage": 1,
    ]

    /// nil where the name is none of PyTorch's storages.
    init?(_ global: PickleGlobal) {
        if case .storage(let type) = global {
            self = .read(type)
        } else if let size = Self.unread[global.name] {
            self = .unread(name: global.name, size: size)
        } else {
            return nil
        }
    }

    /// Bytes a number.
    var size: Int {
        switch self {
        case .read(let type): type.size
        case .unread(_, let size): size
        }
    }
}

/// A tensor: where in a storage its numbers stand.
struct TorchTensor: Equatable {
    var storage: TorchStorage
    var type: ElementType
    var layout: StridedLayout
}
