import GNCABasics

/// Tensors of a PyTorch file whose pickle has been read, put together with the storages that hold their numbers.
enum TorchTensors {
    /// The tensors of a whole file's pickle. `storage` finds the bytes of a storage by its key.
    static func resolve(
        _ pickle: PickleMachine, storage: (TorchStorage) throws(FormatFault) -> ArraySlice<UInt8>
    ) throws(FormatFault) -> TensorSet {
        let found = try PickleWalk.tensors(of: pickle)
        guard !found.isEmpty else { throw FormatFault(reason: "there is no tensor in this file") }
        var storages = TorchStorages()
        var tensors: [NamedTensor] = []
        for tensor in found { tensors.append(try named(tensor, &storages, storage)) }
        var set = try TensorSet(tensors)
        set.containers = containers(found)
        let arrays = pickle.arrays
        if arrays > 0 { set.setAside.append("\(arrays) NumPy array\(arrays == 1 ? "" : "s")") }
        return set
    }

    /// Each once, the outer ones first.
    private static func containers(_ found: [FoundTensor]) -> [String] {
        var seen: Set<String> = []
        var levels: [[String]] = []
        for tensor in found.prefix(TensorLimits.tensors) {
            for (level, length) in tensor.containers.prefix(TensorSet.containerLevels).enumerated() {
                let container = String(decoding: tensor.name.utf8.prefix(length), as: UTF8.self)
                guard seen.insert(container).inserted else { continue }
                if levels.count <= level { levels.append([]) }
                levels[level].append(container)
            }
        }
        return levels.flatMap { $0 }
    }

    private static func named(
        _ found: FoundTensor, _ storages: inout TorchStorages,
        _ find: (TorchStorage) throws(FormatFault) -> ArraySlice<UInt8>
    ) throws(FormatFault) -> NamedTensor {
        guard case .tensor(let tensor) = found.value else {
            guard case .unread(let kind, let shape) = found.value else {
                throw FormatFault(reason: "there is no tensor under \(JSONText.shown(found.name))")
            }
            return NamedTensor(found.name, shape, [], type: kind, unread: "is of a kind that is not read (\(kind))")
        }
        let bytes = try storages.bytes(tensor.storage, find)
        let shape = tensor.layout.shape
        var named = NamedTensor(found.name, shape, [], type: tensor.type.rawValue)
        let count = shape.reduce(1, *)
        // What is set aside by its name, kind or shape need not be read.
        guard count > 0, !named.isWhole, tensor.type != .u8, !OptimiserState.holds(named) else {
            named.unread = "holds whole numbers, or belongs to an optimiser"
            return named
        }
        guard named.isSingle || NamedTensor.fitsLayers(shape) else {
            named.unread = "has the shape \(shape), which no layer has"
            return named
        }
        guard count <= TensorLimits.elements, tensor.storage.count <= TensorLimits.totalElements else {
            named.unread = "is too large (got shape \(shape), limit \(TensorLimits.elements) elements)"
            return named
        }
        named.values = try storages.values(of: tensor, bytes)
        return named
    }
}

/// The storages of a file, each found once, and its numbers read once.
private struct TorchStorages {
    private var known: [String: (description: TorchStorage, bytes: ArraySlice<UInt8>)] = [:]
    private var numbers: [String: [Float]] = [:]
    private var total = 0

    /// The bytes of a storage, as many as the pickle says.
    mutating func bytes(
        _ storage: TorchStorage, _ find: (TorchStorage) throws(FormatFault) -> ArraySlice<UInt8>
    ) throws(FormatFault) -> ArraySlice<UInt8> {
        let shown = "storage \(JSONText.shown(storage.key))"
        if let known = self.known[storage.key] {
            guard known.description == storage else { throw FormatFault(reason: "\(shown) is described in two ways") }
            return known.bytes
        }
        let bytes = try find(storage)
        let expected = storage.count * storage.type.size
        guard bytes.count == expected else {
            throw FormatFault(
                reason: "\(shown) does not have the size that the pickle names (got \(bytes.count) bytes, expected "
                    + "\(expected))")
        }
        known[storage.key] = (storage, bytes)
        return bytes
    }

    mutating func values(of tensor: TorchTensor, _ bytes: ArraySlice<UInt8>) throws(FormatFault) -> [Float] {
        total += tensor.layout.shape.reduce(1, *)
        guard total <= TensorLimits.totalElements else {
            throw FormatFault(
                reason:
                    "the tensors are too large together (got \(total) elements, limit \(TensorLimits.totalElements))"
            )
        }
        let key = tensor.storage.key
        if numbers[key] == nil { numbers[key] = tensor.type.floats(bytes) }
        return tensor.layout.gather(numbers[key] ?? [])
    }
}
