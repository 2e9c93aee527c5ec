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
    case record(PickleRecord)

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
        case .record(let record): "an object of \(record.maker.name)"
        }
    }

    /// The values inside.
    var contents: [Int] {
        switch self {
        case .tuple(let items), .list(let items), .set(let items): items
        case .dictionary(let pairs, _): pairs.flatMap { [$0.key, $0.value] }
        case .record(let record): record.contents
        default: []
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
