import Testing

@testable import GNCACells
@testable import GNCACheckpoints

@Suite struct PyTorchLegacyTests {
    private static let names = ["fc0.weight", "fc0.bias", "fc1.weight"]

    @Test func aStateDictionaryIsReadWithItsFamily() throws {
        let tensors = try SmallLayers(outputBias: false).tensors(Self.names)
        let file = try CheckpointFile(bytes: ModelFiles.torchLegacy(tensors), path: "x")
        #expect(file.format.name == "pytorch-legacy" && file.reading.family == "chenmingxiang110")
        #expect(file.reading.tensors == tensors)
    }

    @Test func whatDoesNotBelongTogetherIsRefused() throws {
        let good = ModelFiles.torchLegacy(PyTorchZipTests.small())
        func reason(_ bytes: [UInt8]) -> String? {
            do {
                _ = try CheckpointFile(bytes: bytes, path: "x")
                return nil
            } catch {
                return "\(error)"
            }
        }
        func replaced(_ old: [UInt8], _ new: [UInt8]) throws -> [UInt8] {
            let start = try #require(good.indices.first { good[$0...].starts(with: old) })
            return Array(good[..<start]) + new + Array(good[(start + old.count)...])
        }
        #expect(reason(good) == nil)
        #expect(reason(good + [0]) == "x: there is something after the last storage (got 1 bytes)")
        #expect(reason(Array(good.dropLast())) == #"x: the file is cut off in storage "2""#)
        #expect(reason(Array(good.dropLast(20))) == #"x: the file is cut off before storage "2""#)
        #expect(
            reason(try replaced([0x4D, 0xE9, 3], [0x4D, 0xE8, 3])) == "x: the version is not known (expected 1001)")
        #expect(reason(try replaced([0x88], [0x89])) == "x: the numbers are not little-endian")
        let count = Pickle.bytes(12, 8)
        #expect(
            reason(try replaced(count, Pickle.bytes(13, 8)))
                == #"x: storage "0" does not have the size that the pickle names (got 13 numbers, expected 12)"#)
        let keys = Pickle.op("](") + Pickle.text("0")
        #expect(
            reason(try replaced(keys, Pickle.op("](") + Pickle.text("7"))) == #"x: storage "7" belongs to no tensor"#)
        #expect(
            reason(try replaced(keys, Pickle.op("](") + Pickle.text("1")))
                == "x: the list of storages is not a list of texts, each once")
    }

    @Test func everyTruncationIsRefused() throws {
        let whole = ModelFiles.torchLegacy(PyTorchZipTests.small())
        for length in 0..<whole.count {
            #expect(throws: ModelError.self) { try CheckpointFile(bytes: Array(whole.prefix(length)), path: "x") }
        }
    }

    @Test func everyFlippedByteIsRefusedOrHarmless() throws {
        try expectHarmless(ModelFiles.torchLegacy(PyTorchZipTests.small()))
    }
}
