import Foundation
import Testing

@testable import GNCABasics
@testable import GNCACells
@testable import GNCACheckpoints

/// Whatever harmless things a training left beside the weights, the weights are read.
@Suite struct LeftoverTests {
    /// One value as PyTorch pickles it. Fixtures/leftovers.py writes them.
    struct Leftover: Sendable, CustomTestStringConvertible {
        let name: String
        let version: UInt8
        let pickle: [UInt8]
        let storages: [(key: String, bytes: [UInt8])]
        var testDescription: String { "\(name), protocol \(version)" }

        /// What stands between the number of the protocol and the end.
        var value: [UInt8] { Array(pickle[2...].dropLast()) }

        init(_ line: Substring) throws {
            let fields = line.split(separator: "\t").map(String.init)
            name = fields[0]
            version = try #require(UInt8(fields[1]))
            pickle = try #require(Base64.decode(fields[2]))
            storages = try fields.dropFirst(3).map { field in
                let end = try #require(field.firstIndex(of: "="))
                return (String(field[..<end]), try #require(Base64.decode(String(field[field.index(after: end)...]))))
            }
        }
    }

    static func leftovers() throws -> [Leftover] {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/leftovers", withExtension: "txt"))
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map { try Leftover($0) }
    }

    private static let names = ["fc0.weight", "fc0.bias", "fc1.weight"]
    private static func tensors() throws -> [NamedTensor] { try SmallLayers(outputBias: false).tensors(names) }

    /// A state dictionary without end; its storages are called "w0", "w1", ...
    private static func weights(_ more: [UInt8] = []) throws -> [UInt8] {
        let items = try tensors().enumerated().flatMap { index, tensor in
            Pickle.text(tensor.name)
                + Pickle.tensor(
                    storage: Pickle.storage("w\(index)", count: tensor.values.count), shape: tensor.shape)
        }
        return Pickle.orderedDict + Pickle.op("(") + items + more + Pickle.op("u")
    }

    private static func zip(_ pickle: [UInt8], _ leftover: Leftover? = nil) throws -> [UInt8] {
        let own = try tensors().enumerated().map { ("m/data/w\($0)", ModelFiles.floats($1.values)) }
        let others = (leftover?.storages ?? []).map { ("m/data/\($0.key)", $0.bytes) }
        return TestZip([("m/data.pkl", pickle), ("m/byteorder", Array("little".utf8))] + own + others).bytes
    }

    @Test func theWeightsBesideAnythingAreReadAsAlone() throws {
        let alone = try CheckpointFile(bytes: Self.zip(Pickle.program(Self.weights())), path: "x")
        let leftovers = try Self.leftovers()
        #expect(leftovers.count > 300)
        for leftover in leftovers {
            let dictionary =
                try Pickle.op("}(") + Pickle.text("model") + Self.weights() + Pickle.text("extra") + leftover.value
                + Pickle.op("u.")
            let zip = try Self.zip([0x80, leftover.version] + dictionary, leftover)
            let file = Result { try CheckpointFile(bytes: zip, path: "x") }
            #expect(
                (try? file.get().checkpoint) == alone.checkpoint, "\(leftover.testDescription): \(file)")
        }
    }

    /// Other numbers among the weights could be a part of the model, which is told or refused.
    @Test(
        arguments: [
            ("losses", [5], true), ("train_loss", [5], true), ("best_loss", [1], true), ("a", [], true),
            ("a", [1, 1], true), ("a", [4, 6, 6], true), ("a", [2, 4, 6, 6], true), ("a", [5], true),
            ("a", [5, 7], true), ("a", [8], false), ("a", [16, 48], false), ("a", [8, 8], false),
            ("a", [3, 3], false), ("a", [3, 3, 3], false), ("a", [5, 5], false), ("glosses", [8], false),
        ] as [(String, [Int], Bool)])
    func aTensorAmongTheWeightsIsLeftOutWhereNoLayerIsLikeIt(name: String, shape: [Int], isRead: Bool) throws {
        let extra = NamedTensor(name, shape, [Float](repeating: 1, count: shape.reduce(1, *)))
        let set = try TensorSet(Self.tensors() + [extra])
        guard isRead else {
            #expect(throws: FormatFault.self) { try Reading(set, .family) }
            return
        }
        let reading = try Reading(set, .family)
        #expect(try reading.checkpoint == Reading(TensorSet(Self.tensors()), .family).checkpoint)
        #expect(
            reading.warnings.map(\.text) == [
                "among the weights, \"\(name)\" \(shape) is not used: no layer is made of that"
            ])
    }

    @Test func numbersThatAreNotFiniteMatterOnlyInWeights() throws {
        let broken = NamedTensor("value", [], [.nan])
        #expect(try Reading(TensorSet(Self.tensors() + [broken]), .family).family == "chenmingxiang110")
        var tensors = try Self.tensors()
        tensors[0].values[3] = .infinity
        #expect(throws: FormatFault(reason: #"tensor "fc0.weight" has 1 non-finite value"#)) {
            try Reading(TensorSet(tensors + [broken]), .family)
        }
    }

    /// `{"model": ..., "other": ...}`: the one that is a model is read, and what could belong to it is named.
    @Test func theDictionaryThatIsAModelIsFound() throws {
        let other = Pickle.dictionary([
            ("gate", Pickle.tensor(storage: Pickle.storage("w2", count: 128), shape: [8, 16])),
            ("scale", Pickle.tensor(storage: Pickle.storage("w1", count: 8), shape: [8])),
        ])
        let pickle = try Pickle.program(Pickle.dictionary([("other", other), ("model", Self.weights())]))
        let reading = try CheckpointFile(bytes: Self.zip(pickle), path: "x").reading
        #expect(reading.warnings == [Notice(#"beside the model, "other.gate" [8, 16] is not used"#, remedy: .tensors)])
        #expect(reading.folded.contains(#"2 tensors outside "model." left aside"#))
    }

    @Test func twoDictionariesThatAreModelsAreNamedAndNoneIsChosen() throws {
        let other = Pickle.dictionary([("x", Pickle.tensor(storage: Pickle.storage("w1", count: 8), shape: [8]))])
        let pickle = try Pickle.program(
            Pickle.dictionary([("a", Self.weights()), ("b", Self.weights()), ("other", other)]))
        #expect(
            throws: ModelError.unsettled(
                file: "x", reason: #"the file holds 2 models (under "a.", under "b.")"#, missing: .tensors)
        ) { try CheckpointFile(bytes: Self.zip(pickle), path: "x") }
        let options = ReadingOptions(tensors: "b")
        #expect(try CheckpointFile(bytes: Self.zip(pickle), path: "x", options: options).reading.tensors.count == 7)
    }

    /// Another part of the file that is no model must not be taken for one that was damaged.
    @Test func aModelThatLacksATensorIsNoModel() throws {
        let less = Pickle.dictionary([
            ("fc0.weight", Pickle.tensor(storage: Pickle.storage("w0", count: 384), shape: [8, 48])),
            ("fc0.bias", Pickle.tensor(storage: Pickle.storage("w1", count: 8), shape: [8])),
        ])
        let pickle = Pickle.program(Pickle.dictionary([("model", less), ("epoch", Pickle.int(3))]))
        #expect(throws: ModelError.self) { try CheckpointFile(bytes: Self.zip(pickle), path: "x") }
    }

    @Test(arguments: [2, 3, 4, 5] as [UInt8])
    func filesBeforePyTorch16AreReadInEveryProtocol(version: UInt8) throws {
        let old = try ModelFiles.torchLegacy(Self.tensors())
        let frame: [UInt8] = version < 4 ? [] : [0x95] + Pickle.bytes(13, 8)
        let bytes = [0x80, version] + frame + old[2...]
        #expect(PyTorchLegacy.recognises(bytes))
        #expect(try CheckpointFile(bytes: bytes, path: "x").reading == CheckpointFile(bytes: old, path: "x").reading)
    }

    @Test(
        arguments: [
            ("<U6", "text"), ("|S6", "text"), ("|O", "Python objects"), ("<M8[D]", "times"), ("<m8[s]", "times"),
            ("<c8", "complex numbers"), ("|V4", "bytes"), ("<u2", "whole numbers"), (">i4", "whole numbers"),
        ])
    func arraysOfOtherKindsInAnNpzAreSetAside(type: String, kind: String) throws {
        let extra = ModelFiles.npy("{'descr': '\(type)', 'fortran_order': False, 'shape': (1,), }", [0, 0, 0, 0])
        try expectSetAside(extra, kind)
    }

    @Test func recordsInAnNpzAreSetAside() throws {
        let header = "{'descr': [('a', '<i4'), ('b', [('c', '<f8')])], 'fortran_order': False, 'shape': (2,), }"
        try expectSetAside(ModelFiles.npy(header, [0]), "records")
    }

    private func expectSetAside(_ extra: [UInt8], _ kind: String) throws {
        let arrays = try Self.tensors().map { tensor in
            let header = "{'descr': '<f4', 'fortran_order': False, 'shape': \(Self.tuple(tensor.shape)), }"
            return ("\(tensor.name).npy", ModelFiles.npy(header, ModelFiles.floats(tensor.values)))
        }
        let reading = try CheckpointFile(bytes: TestZip(arrays + [("extra.npy", extra)]).bytes, path: "x").reading
        #expect(reading.family == "chenmingxiang110" && reading.folded.contains("\(kind) \"extra\" left aside"))
    }

    private static func tuple(_ shape: [Int]) -> String { "(" + shape.map { "\($0), " }.joined() + ")" }

    @Test func pythonObjectsThatWouldRunSomethingAreRefusedInAnNpz() throws {
        let pickle = Pickle.program(
            Pickle.global("os", "system"), Pickle.op("("), Pickle.text("ls"), Pickle.op("tR"))
        let evil = ModelFiles.npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", pickle)
        #expect(throws: FormatFault(reason: #""extra" is refused: calls os.system (this file may be malicious)"#)) {
            try Npz.tensors(TestZip([("extra.npy", evil)]).bytes)
        }
    }
}
