import Testing

@testable import GNCACells
@testable import GNCACheckpoints

@Suite struct PyTorchZipTests {
    private static let names = ["fc0.weight", "fc0.bias", "fc1.weight"]
    private static func tensors() throws -> [NamedTensor] { try SmallLayers(outputBias: false).tensors(names) }

    private static func reason(_ zip: TestZip) -> String? {
        do {
            _ = try CheckpointFile(bytes: zip.bytes, path: "x")
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func aStateDictionaryIsReadWithItsFamily() throws {
        let file = try CheckpointFile(bytes: ModelFiles.torchZip(Self.tensors()), path: "x")
        #expect(file.format.name == "pytorch" && file.reading.family == "chenmingxiang110")
        #expect(try Self.tensors() == file.reading.tensors)
        let small = try SmallLayers(outputBias: false)
        #expect(file.checkpoint.rule.w2 == small.layers.w2 && file.checkpoint.rule.b2 == nil)
    }

    @Test func whatDoesNotBelongTogetherIsRefused() throws {
        let tensors = try Self.tensors()
        let good = ModelFiles.torchZip(
            pickle: Pickle.stateDictionary(tensors), storages: tensors.map { ModelFiles.floats($0.values) })
        func changed(_ change: (inout TestZip) -> Void) -> String? {
            var zip = good
            change(&zip)
            return Self.reason(zip)
        }
        #expect(changed { _ in } == nil)
        #expect(
            changed { $0.members[2].data.removeLast(4) }
                == #"x: storage "0" does not have the size that the pickle names (got 1532 bytes, expected 1536)"#)
        #expect(changed { $0.members[2].name = "m/data/9" } == #"x: storage "0" is missing from the archive"#)
        #expect(
            changed { $0.members[0].data.append(0) }?.hasPrefix("x: there is something after the end of the pickle")
                == true)
        #expect(changed { $0.members[1].data = Array("big".utf8) } == "x: the numbers are not little-endian")
        #expect(
            changed { $0.members[1].name = "n/data.pkl" }
                == "x: the archive holds 2 members called data.pkl (expected one)")
        #expect(
            changed { $0.members[1].name = "m/code/a.py" }
                == "x: this is a TorchScript program, which holds code (save the state dictionary: "
                + "torch.save(model.state_dict(), FILE))")
        #expect(
            changed { $0.members[3].method = 8 } == #"x: "m/data/1" is compressed (got method 8, expected 0, stored)"#)
        #expect(
            changed { $0.members[2].data.replaceSubrange(0..<4, with: [0, 0, 0xC0, 0x7F]) }
                == #"x: tensor "fc0.weight" has 1 non-finite value"#)
    }

    /// Their code comes first and is longer than what is looked at of a file's beginning.
    @Test func aProgramOfTorchScriptIsNamed() throws {
        let zip = TestZip([
            ("m/code/__torch__.py", [UInt8](repeating: 32, count: 10_000)),
            ("m/data.pkl", Pickle.program(Pickle.op("}"))),
        ])
        #expect(Self.reason(zip)?.hasPrefix("x: this is a TorchScript program, which holds code") == true)
        var compressed = zip
        compressed.members[0].method = 8
        #expect(Self.reason(compressed) == Self.reason(zip))
    }

    @Test func oneStorageCannotBeTwoThings() throws {
        let items = ["F": "FloatStorage", "I": "IntStorage"].sorted { $0.key < $1.key }.flatMap {
            Pickle.text($0.key) + Pickle.tensor(storage: Pickle.storage("0", count: 1, type: $0.value), shape: [1])
        }
        let pickle = Pickle.program(Pickle.orderedDict, Pickle.op("("), items, Pickle.op("u"))
        let zip = ModelFiles.torchZip(pickle: pickle, storages: [[0, 0, 0, 0]])
        #expect(Self.reason(zip) == #"x: storage "0" is described in two ways"#)
    }

    @Test func manyTensorsOfOneStorageCannotFillTheMemory() throws {
        let tensor = Pickle.tensor(storage: Pickle.storage("0", count: 1), shape: [2048, 2048], strides: [0, 0])
        let items = (0..<5).flatMap { Pickle.text("\($0)") + tensor }
        let pickle = Pickle.program(Pickle.orderedDict, Pickle.op("("), items, Pickle.op("u"))
        #expect(
            Self.reason(ModelFiles.torchZip(pickle: pickle, storages: [[0, 0, 0, 0]]))
                == "x: the tensors are too large together (got 20971520 elements, limit 16777216)")
    }

    @Test func everyTruncationIsRefused() throws {
        let whole = ModelFiles.torchZip([NamedTensor("a", [2], [1, 2])])
        for length in 0..<whole.count {
            #expect(throws: ModelError.self) { try CheckpointFile(bytes: Array(whole.prefix(length)), path: "x") }
        }
    }

    @Test func everyFlippedByteIsRefusedOrHarmless() throws {
        let whole = ModelFiles.torchZip(Self.small())
        try expectHarmless(whole)
    }

    /// 4 channels, 1 hidden unit.
    static func small() -> [NamedTensor] {
        [
            NamedTensor("fc0.weight", [1, 12], (0..<12).map { Float($0) / 10 }), NamedTensor("fc0.bias", [1], [0.5]),
            NamedTensor("fc1.weight", [4, 1], [1, 2, 3, 4]),
        ]
    }
}

/// Whatever byte is wrong: a refusal, or finite weights.
func expectHarmless(_ whole: [UInt8], dialect: DialectChoice = .family) throws {
    _ = try CheckpointFile(bytes: whole, path: "x", dialect: dialect)
    for index in whole.indices {
        for flip in [0xFF, 1] as [UInt8] {
            var bytes = whole
            bytes[index] ^= flip
            if let rule = try? CheckpointFile(bytes: bytes, path: "x", dialect: dialect).checkpoint.rule {
                #expect((rule.w1 + rule.b1 + rule.w2).allSatisfy { $0.isFinite })
            }
        }
    }
}
