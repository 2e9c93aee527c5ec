import GNCABasics
import GNCACells

/// What `torch.save` wrote before PyTorch 1.6: five pickles (magic number, version, machine, content, keys of storages),
/// then every storage as its count (8 bytes) and its numbers.
public enum PyTorchLegacy: CheckpointFormat {
    public static let name = "pytorch-legacy"
    public static let summary = "PyTorch state dictionary before version 1.6: read only"

    private static let magic: [UInt8] = [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]

    public static func recognises(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 13, bytes[0] == 0x80, (2...5).contains(bytes[1]) else { return false }
        // From protocol 4 on, pickles begin with a frame.
        let rest = bytes[2...].dropFirst(bytes[2] == 0x95 ? 9 : 0)
        return rest.starts(with: [0x8A, 10]) && rest.dropFirst(2).starts(with: magic)
    }

    public static func read(_ bytes: [UInt8], file: String, options: ReadingOptions) throws(ModelError) -> Reading {
        try Reading(file: file, options: options) { () throws(FormatFault) in try tensors(bytes) }
    }

    static func tensors(_ bytes: [UInt8]) throws(FormatFault) -> TensorSet {
        var rest = bytes[...]
        func next() throws(FormatFault) -> PickleMachine {
            let machine = try PickleMachine(rest)
            rest = rest.dropFirst(machine.length)
            return machine
        }
        let number = try next()
        guard case .bigInt(let found) = number.values[number.root], found.elementsEqual(magic) else {
            throw FormatFault(reason: "the magic number is not PyTorch's")
        }
        let version = try next()
        guard case .int(1001) = version.values[version.root] else {
            throw FormatFault(reason: "the version is not known (expected 1001)")
        }
        try checkMachine(try next())
        let content = try next()
        let keys = try keys(try next())
        let storages = try split(rest, keys: keys, storages: storages(of: content))
        return try TorchTensors.resolve(content) { (storage) throws(FormatFault) in
            guard let bytes = storages[storage.key] else {
                throw FormatFault(reason: "storage \(JSONText.shown(storage.key)) is missing from the file")
            }
            return bytes
        }
    }

    /// The description of the machine that wrote the file: only little-endian ones are read.
    private static func checkMachine(_ pickle: PickleMachine) throws(FormatFault) {
        guard case .dictionary(let pairs, _) = pickle.values[pickle.root] else {
            throw FormatFault(reason: "the description of the machine is no dictionary")
        }
        for pair in pairs {
            guard case .text("little_endian") = pickle.values[pair.key] else { continue }
            if case .bool(true) = pickle.values[pair.value] { return }
        }
        throw FormatFault(reason: "the numbers are not little-endian")
    }

    private static func keys(_ pickle: PickleMachine) throws(FormatFault) -> [String] {
        let wrong = FormatFault(reason: "the list of storages is not a list of texts, each once")
        guard case .list(let items) = pickle.values[pickle.root] else { throw wrong }
        var keys: [String] = []
        var seen: Set<String> = []
        for item in items {
            guard case .text(let key) = pickle.values[item], key.utf8.count <= PickleMachine.nameLimit,
                seen.insert(key).inserted
            else { throw wrong }
            keys.append(key)
        }
        return keys
    }

    /// Every storage that the content names, by its key.
    private static func storages(of content: PickleMachine) throws(FormatFault) -> [String: TorchStorage] {
        var storages: [String: TorchStorage] = [:]
        for case .storage(let storage) in content.values {
            guard storages.updateValue(storage, forKey: storage.key) ?? storage == storage else {
                throw FormatFault(reason: "storage \(JSONText.shown(storage.key)) is described in two ways")
            }
        }
        return storages
    }

    /// The bytes of every storage; they fill the rest of the file.
    private static func split(
        _ rest: ArraySlice<UInt8>, keys: [String], storages known: [String: TorchStorage]
    ) throws(FormatFault) -> [String: ArraySlice<UInt8>] {
        var reader = ByteReader(rest)
        var storages: [String: ArraySlice<UInt8>] = [:]
        for key in keys {
            let shown = "storage \(JSONText.shown(key))"
            guard let storage = known[key] else {
                throw FormatFault(reason: "\(shown) belongs to no tensor")
            }
            guard let count = reader.number(8) else { throw FormatFault(reason: "the file is cut off before \(shown)") }
            guard count == UInt64(storage.count) else {
                throw FormatFault(
                    reason: "\(shown) does not have the size that the pickle names (got \(count) numbers, expected "
                        + "\(storage.count))")
            }
            guard let bytes = reader.take(storage.count * storage.type.size) else {
                throw FormatFault(reason: "the file is cut off in \(shown)")
            }
            storages[key] = bytes
        }
        guard reader.rest == 0 else {
            throw FormatFault(reason: "there is something after the last storage (got \(reader.rest) bytes)")
        }
        return storages
    }
}
