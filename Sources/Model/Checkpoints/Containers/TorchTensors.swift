import GNCABasics

/// Tensors of a PyTorch file whose pickle has been read, put together with the storages that hold their numbers.
enum TorchTensors {
    /// The tensors of a whole file's pickle. `storage` finds the bytes of a storage by its key.
    static func resolve(
        _ pickle: PickleMachine, storage: (TorchStorage) throws(FormatFault) -> ArraySlice<UInt8>
    ) throws(FormatFault) -> TensorSet {
        let named = try pickle.namedTensors()
        guard !named.isEmpty else { throw FormatFault(reason: "there is no tensor in this file") }
        var set = try resolve(named, storage: storage)
        let arrays = pickle.arrays
        if arrays > 0 { set.setAside.append("\(arrays) NumPy array\(arrays == 1 ? "" : "s")") }
        return set
    }

    private static func resolve(
        _ named: [(name: String, tensor: TorchTensor)],
        storage: (TorchStorage) throws(FormatFault) -> ArraySlice<UInt8>
    ) throws(FormatFault) -> TensorSet {
        var total = 0
        for (name, tensor) in named {
            total += try TensorLimits.count(tensor.layout.shape, of: "tensor \(JSONText.shown(name))")
        }
        guard total <= TensorLimits.totalElements else {
            throw FormatFault(
                reason:
                    "the tensors are too large together (got \(total) elements, limit \(TensorLimits.totalElements))")
        }
        var storages: [String: (description: TorchStorage, numbers: [Float])] = [:]
        var tensors: [NamedTensor] = []
        for (name, tensor) in named {
            let key = tensor.storage.key
            if storages[key] == nil {
                let bytes = try storage(tensor.storage)
                let expected = tensor.storage.count * tensor.storage.type.size
                guard bytes.count == expected else {
                    throw FormatFault(
                        reason: "storage \(JSONText.shown(key)) does not have the size that the pickle names (got "
                            + "\(bytes.count) bytes, expected \(expected))")
                }
                storages[key] = (tensor.storage, tensor.storage.type.floats(bytes))
            }
            guard let found = storages[key], found.description == tensor.storage else {
                throw FormatFault(reason: "storage \(JSONText.shown(key)) is described in two ways")
            }
            tensors.append(
                NamedTensor(
                    name, tensor.layout.shape, tensor.layout.gather(found.numbers), type: tensor.storage.type.rawValue))
        }
        return try TensorSet(tensors)
    }
}
