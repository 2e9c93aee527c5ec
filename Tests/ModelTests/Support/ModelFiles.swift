@testable import GNCABasics
@testable import GNCACells
@testable import GNCACheckpoints

/// Two small layers whose patterns grow from a seed, as tensors of any file.
struct SmallLayers {
    let layers: FileLayers

    init(outputBias: Bool = true, seed: Int = 11) throws {
        let rule = try Rule.random(seed, response: .none, outputBias: outputBias)
        layers = FileLayers(rule.network.layers)
    }

    /// The tensors under these names (the last is left out where there is no output bias), followed by `shapeEnd` as
    /// 1 x 1 convolutions have it.
    func tensors(_ names: [String], shapeEnd: [Int] = []) -> [NamedTensor] {
        var tensors = [
            NamedTensor(names[0], [layers.hidden, 3 * layers.channels] + shapeEnd, layers.w1),
            NamedTensor(names[1], [layers.hidden], layers.b1),
            NamedTensor(names[2], [layers.channels, layers.hidden] + shapeEnd, layers.w2),
        ]
        if let b2 = layers.b2, names.count > 3 { tensors.append(NamedTensor(names[3], [layers.channels], b2)) }
        return tensors
    }
}

/// Pickles of protocol 2, opcode by opcode.
enum Pickle {
    static func program(_ parts: [UInt8]...) -> [UInt8] { [0x80, 2] + parts.flatMap { $0 } + Array(".".utf8) }
    static func op(_ text: String) -> [UInt8] { Array(text.utf8) }
    static func global(_ module: String, _ name: String) -> [UInt8] { op("c\(module)\n\(name)\n") }
    static func text(_ text: String) -> [UInt8] { op("X") + bytes(text.utf8.count, 4) + Array(text.utf8) }
    static func int(_ value: Int) -> [UInt8] { op("J") + bytes(value, 4) }
    static func tuple(_ items: [UInt8]...) -> [UInt8] { op("(") + items.flatMap { $0 } + op("t") }
    static func ints(_ values: [Int]) -> [UInt8] { op("(") + values.flatMap(int) + op("t") }
    static let orderedDict = global("collections", "OrderedDict") + op(")R")
    /// An object without arguments, before its attributes are set.
    static func object(_ module: String, _ name: String) -> [UInt8] { global(module, name) + op(")") + [0x81] }
    /// A dictionary of texts and values.
    static func dictionary(_ items: [(String, [UInt8])]) -> [UInt8] {
        op("}(") + items.flatMap { text($0.0) + $0.1 } + op("u")
    }

    static func bytes(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    static func storage(_ key: String, count: Int, type: String = "FloatStorage", legacy: Bool = false) -> [UInt8] {
        op("(") + text("storage") + global("torch", type) + text(key) + text("cpu") + int(count)
            + (legacy ? op("N") : []) + op("tQ")
    }

    static func tensor(
        storage: [UInt8], shape: [Int], strides: [Int]? = nil, offset: Int = 0
    ) -> [UInt8] {
        let rowMajor = shape.indices.map { shape[($0 + 1)...].reduce(1, *) }
        return global("torch._utils", "_rebuild_tensor_v2")
            + tuple(storage, int(offset), ints(shape), ints(strides ?? rowMajor), [0x89], orderedDict) + op("R")
    }

    /// A state dictionary whose storages are called "0", "1", ...
    static func stateDictionary(_ tensors: [NamedTensor], legacy: Bool = false) -> [UInt8] {
        let items = tensors.enumerated().flatMap { index, tensor in
            text(tensor.name)
                + Pickle.tensor(
                    storage: storage("\(index)", count: tensor.values.count, legacy: legacy), shape: tensor.shape)
        }
        let metadata = op("}") + text("_metadata") + orderedDict + op("sb")
        return program(orderedDict, op("("), items, op("u"), metadata)
    }
}

/// A zip archive whose every field can be wrong.
struct TestZip {
    struct Member {
        var name: String
        var data: [UInt8]
        var localName: String?
        var flags = 0
        var method = 0
        var crc = 0
        var localCRC: Int?
        var size: Int?
        /// Bytes between this member and the one before it.
        var gap = 0
        var offset: Int?
    }

    var members: [Member]
    var disk = 0
    var comment = ""

    init(_ members: [(String, [UInt8])]) { self.members = members.map { Member(name: $0.0, data: $0.1) } }

    var bytes: [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for member in members {
            file += [UInt8](repeating: 0, count: member.gap)
            let size = member.size ?? member.data.count
            func fields(_ name: String, crc: Int) -> [UInt8] {
                number(20, 2) + number(member.flags, 2) + number(member.method, 2) + number(0, 4) + number(crc, 4)
                    + number(member.data.count, 4) + number(size, 4) + number(name.utf8.count, 2) + number(0, 2)
            }
            directory += number(0x0201_4B50, 4) + number(20, 2) + fields(member.name, crc: member.crc)
            directory += number(0, 10) + number(member.offset ?? file.count, 4) + Array(member.name.utf8)
            let local = member.localName ?? member.name
            file += number(0x0403_4B50, 4) + fields(local, crc: member.localCRC ?? member.crc)
            file += Array(local.utf8) + member.data
        }
        let end: [[UInt8]] = [
            number(0x0605_4B50, 4), number(disk, 4), number(members.count, 2), number(members.count, 2),
            number(directory.count, 4), number(file.count, 4), number(comment.utf8.count, 2), Array(comment.utf8),
        ]
        return file + directory + end.flatMap { $0 }
    }

    private func number(_ value: Int, _ count: Int) -> [UInt8] {
        Pickle.bytes(value, min(count, 8)) + [UInt8](repeating: 0, count: max(0, count - 8))
    }
}

/// Files of every kind with the same small model in them.
enum ModelFiles {
    static func floats(_ values: [Float]) -> [UInt8] { values.flatMap { Pickle.bytes(Int($0.bitPattern), 4) } }

    static func torchZip(_ tensors: [NamedTensor]) -> [UInt8] {
        torchZip(pickle: Pickle.stateDictionary(tensors), storages: tensors.map { floats($0.values) }).bytes
    }

    static func torchZip(pickle: [UInt8], storages: [[UInt8]] = []) -> TestZip {
        var members: [(String, [UInt8])] = [("m/data.pkl", pickle), ("m/byteorder", Array("little".utf8))]
        for (index, storage) in storages.enumerated() { members.append(("m/data/\(index)", storage)) }
        members.append(("m/version", Array("3\n".utf8)))
        return TestZip(members)
    }

    static func torchLegacy(_ tensors: [NamedTensor]) -> [UInt8] {
        let magic: [UInt8] = [0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]
        let machine = Pickle.program(Pickle.op("}("), Pickle.text("little_endian"), [0x88], Pickle.op("u"))
        let keys = Pickle.program(
            Pickle.op("]("), tensors.indices.flatMap { Pickle.text("\($0)") }, Pickle.op("e"))
        let version = Pickle.program(Pickle.op("M"), [0xE9, 3])
        let storages: [UInt8] = tensors.flatMap { Pickle.bytes($0.values.count, 8) + floats($0.values) }
        let pickles: [[UInt8]] = [
            Pickle.program(magic), version, machine, Pickle.stateDictionary(tensors, legacy: true), keys,
        ]
        return pickles.flatMap { $0 } + storages
    }

    static func npy(_ header: String, _ data: [UInt8]) -> [UInt8] {
        let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
        return magic + Pickle.bytes(header.utf8.count, 2) + Array(header.utf8) + data
    }

    static func npz(_ tensors: [NamedTensor]) -> [UInt8] {
        TestZip(
            tensors.map { tensor in
                let shape = tensor.shape.map { "\($0)," }.joined()
                let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(shape)), }\n"
                return (tensor.name + ".npy", npy(header, floats(tensor.values)))
            }
        ).bytes
    }

    static func safetensors(_ tensors: [NamedTensor]) -> [UInt8] {
        SafetensorsFile.encode(metadata: ["format": "pt"], tensors: tensors.map { ($0.name, $0.shape, $0.values) })
    }

    /// `[1, 1, in, out]` as TensorFlow has it.
    static func tfjsGraph(_ small: SmallLayers, prefix: String = "sequential/") -> [UInt8] {
        let layers = small.layers
        func transposed(_ values: [Float], _ rows: Int, _ columns: Int) -> [Float] {
            (0..<columns).flatMap { column in (0..<rows).map { values[$0 * columns + column] } }
        }
        func node(_ name: String, _ shape: [Int], _ values: [Float]) -> String {
            let sizes = shape.map { #"{"size":"\#($0)"}"# }.joined(separator: ",")
            return
                #"{"name":"\#(prefix)\#(name)/ReadVariableOp/resource","op":"Const","attr":{"dtype":{"type":"DT_FLOAT"},"#
                + #""value":{"tensor":{"dtype":"DT_FLOAT","tensorShape":{"dim":[\#(sizes)]},"#
                + #""tensorContent":"\#(Base64.encode(floats(values)))"}}}}"#
        }
        let (channels, hidden) = (layers.channels, layers.hidden)
        let nodes = [
            #"{"name":"x","op":"Placeholder","attr":{}}"#,
            node("conv2d/Conv2D", [1, 1, 3 * channels, hidden], transposed(layers.w1, hidden, 3 * channels)),
            node("conv2d/BiasAdd", [hidden], layers.b1),
            node("conv2d_1/Conv2D", [1, 1, hidden, channels], transposed(layers.w2, channels, hidden)),
            node("conv2d_1/BiasAdd", [channels], layers.b2 ?? []),
        ]
        return Array(
            (#"{"format":"graph-model","modelTopology":{"node":["# + nodes.joined(separator: ",") + "]}}").utf8)
    }

    static func raw(_ small: SmallLayers) -> [UInt8] {
        floats(small.layers.w1 + small.layers.b1 + small.layers.w2 + (small.layers.b2 ?? []))
    }
}
