import Testing

@testable import GNCABasics
@testable import GNCACheckpoints

/// What torch.save writes where it is asked for a later protocol than 2.
@Suite struct PickleProtocolTests {
    private static let names = ["fc0.weight", "fc0.bias", "fc1.weight"]

    @Test(arguments: [3, 4, 5] as [UInt8])
    func aStateDictionaryOfALaterProtocolIsReadAsOneOfProtocol2(version: UInt8) throws {
        let tensors = try SmallLayers(outputBias: false).tensors(Self.names)
        let pickle = version == 3 ? Pickle.stateDictionary(tensors) : LaterPickle.stateDictionary(tensors)
        let zip = ModelFiles.torchZip(
            pickle: [0x80, version] + pickle[2...], storages: tensors.map { ModelFiles.floats($0.values) })
        let file = try CheckpointFile(bytes: zip.bytes, path: "x")
        #expect(file.reading.family == "chenmingxiang110" && file.reading.tensors == tensors)
    }

    @Test func everyCutOffOfALaterProtocolIsRefused() throws {
        let whole = LaterPickle.stateDictionary([NamedTensor("a", [2], [1, 2])])
        for length in 0..<whole.count {
            #expect(throws: FormatFault.self) { try PickleMachine(whole[..<length]) }
        }
    }

    @Test(
        arguments: [
            Pickle.program([0x8F], Pickle.op("("), Pickle.text("a"), [0x90]),
            Pickle.program(Pickle.op("("), Pickle.text("a"), [0x91]), Pickle.program(Pickle.op("C"), [2, 0xFF, 0]),
            Pickle.program(Pickle.op("B"), [1, 0, 0, 0, 7]), Pickle.program([0x8E, 1, 0, 0, 0, 0, 0, 0, 0, 7]),
            Pickle.program([0x96, 1, 0, 0, 0, 0, 0, 0, 0, 7]), Pickle.program([0x8B, 2, 0, 0, 0, 1, 1]),
            Pickle.program([0x8D, 1, 0, 0, 0, 0, 0, 0, 0], Pickle.op("a")), Pickle.program(Pickle.op("NN0")),
            Pickle.program(Pickle.op("N(NNN1")), Pickle.program(Pickle.op("N(0")),
            Pickle.program(Pickle.op("N2"), [0x86]),
        ] as [[UInt8]])
    func whatStandsBesideTensorsIsPassedOver(pickle: [UInt8]) throws {
        let machine = try PickleMachine(pickle[...])
        #expect(machine.length == pickle.count)
        #expect(try machine.namedTensors().isEmpty)
    }

    @Test func textsAndIntegersOfEveryLengthHaveTheirValue() throws {
        func value(_ pickle: [UInt8]) throws -> PickleValue {
            let machine = try PickleMachine(pickle[...])
            return machine.values[machine.root]
        }
        guard case .text("é") = try value(Pickle.program([0x8C, 2, 0xC3, 0xA9])) else { return try #require(nil) }
        guard case .int(-2) = try value(Pickle.program([0x8B, 2, 0, 0, 0, 0xFE, 0xFF])) else {
            return try #require(nil)
        }
    }
}

/// Pickles of protocol 4: a frame, short texts, names on the stack, every value remembered.
enum LaterPickle {
    static func text(_ text: String) -> [UInt8] { [0x8C, UInt8(text.utf8.count)] + Array(text.utf8) + [0x94] }
    static func global(_ module: String, _ name: String) -> [UInt8] { text(module) + text(name) + [0x93, 0x94] }
    static let orderedDict = global("collections", "OrderedDict") + Pickle.op(")R") + [0x94]

    static func program(_ parts: [UInt8]...) -> [UInt8] {
        let code = parts.flatMap { $0 } + Pickle.op(".")
        return [0x80, 4, 0x95] + Pickle.bytes(code.count, 8) + code
    }

    static func tensor(key: String, shape: [Int]) -> [UInt8] {
        let remember: [UInt8] = [0x94]
        let count = Pickle.int(shape.reduce(1, *))
        let id: [[UInt8]] = [
            Pickle.op("("), text("storage"), global("torch", "FloatStorage"), text(key), text("cpu"), count,
            Pickle.op("t"), remember, Pickle.op("Q"),
        ]
        let strides = shape.indices.map { shape[($0 + 1)...].reduce(1, *) }
        let isTrained: [UInt8] = [0x89]
        let call: [[UInt8]] = [
            global("torch._utils", "_rebuild_tensor_v2"), Pickle.op("("), id.flatMap { $0 }, Pickle.int(0),
            Pickle.ints(shape), Pickle.ints(strides), isTrained, orderedDict, Pickle.op("t"), remember,
            Pickle.op("R"), remember,
        ]
        return call.flatMap { $0 }
    }

    static func stateDictionary(_ tensors: [NamedTensor]) -> [UInt8] {
        let items = tensors.enumerated().flatMap { index, tensor in
            text(tensor.name) + Self.tensor(key: "\(index)", shape: tensor.shape)
        }
        return program(orderedDict, Pickle.op("("), items, Pickle.op("u"))
    }
}
