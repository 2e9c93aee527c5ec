import Testing

@testable import GNCABasics
@testable import GNCACells
@testable import GNCACheckpoints

@Suite struct NpzTests {
    private static func reason(_ header: String, data: [UInt8] = [], name: String = "a.npy") -> String {
        let bytes = TestZip([(name, ModelFiles.npy(header, data))]).bytes
        do {
            _ = try Npz.read(bytes, file: "x", options: ReadingOptions())
            return "read"
        } catch {
            return "\(error)"
        }
    }

    @Test(
        arguments: [
            (
                "{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }",
                #"is big-endian (got type ">f4", expected "<f4")"#
            ),
            (
                "{'descr': '<f16', 'fortran_order': False, 'shape': (1,), }",
                #"has a type that is not known (got "<f16", expected "<f4")"#
            ),
            (
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }",
                "has shape [3] of F32, which does not fit its bytes (got 4, expected 12)"
            ),
            (
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999, 99999999), }",
                "is too large (got shape [99999999, 99999999], limit 4194304 elements)"
            ),
            (
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1), }",
                "has too many dimensions (got 9, limit 8)"
            ),
        ])
    func arraysThatAreNotReadAreNamed(header: String, reason: String) {
        #expect(Self.reason(header, data: [0, 0, 0, 0]) == "x: tensor \"a\" \(reason)")
    }

    @Test(arguments: [
        "{'descr': __import__('os').system('ls'), 'fortran_order': False, 'shape': (1,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2*3,)}", "{'descr': '<f4', 'fortran_order': False}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}", "['<f4', False, (1,)]",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}", "{'descr': '<f4', 'fortran_order': False, 'shape': (1)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x",
        "{'descr': '\\x3cf4', 'fortran_order': False, 'shape': (1,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}", "",
    ])
    func headersAreLiteralsAndNothingElse(header: String) {
        #expect(
            Self.reason(header, data: [0, 0, 0, 0])
                == "x: tensor \"a\" has a header that is not read (expected a dictionary of descr, fortran_order and shape)"
        )
    }

    @Test func everythingInTheArchiveIsAnArray() {
        let bytes = TestZip([
            ("a.npy", ModelFiles.npy("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", [0, 0, 0, 0])),
            ("b.txt", []),
        ]).bytes
        #expect(
            throws: ModelError.badCheckpoint(
                file: "x", reason: #""b.txt" is no array (expected a name that ends in .npy)"#)
        ) {
            try Npz.read(bytes, file: "x")
        }
        #expect(Self.reason("", name: "a.npy").contains("header"))
        let none = TestZip([("a.npy", Array("no array".utf8))]).bytes
        #expect(throws: ModelError.badCheckpoint(file: "x", reason: #"tensor "a" is no NumPy array"#)) {
            try Npz.read(none, file: "x")
        }
    }

    @Test func columnMajorArraysAreTurned() throws {
        let header = "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }"
        let array = try NumpyArray(ModelFiles.npy(header, ModelFiles.floats([1, 2, 3, 4, 5, 6])), shown: "a")
        #expect(array.shape == [2, 3] && array.values == [1, 3, 5, 2, 4, 6])
    }

    @Test(
        arguments: [
            ("<f8", [0, 0, 0, 0, 0, 0, 0xF8, 0x3F], 1.5), ("<f2", [0x00, 0x3E], 1.5), ("<f2", [0x01, 0x80], -0x1p-24),
            ("|i1", [0xFF], -1), ("|u1", [0xFF], 255), ("|b1", [1], 1), ("<i2", [0, 0x80], -32768),
            ("<i4", [1, 0, 0, 0], 1), ("<i8", [0xFE, 255, 255, 255, 255, 255, 255, 255], -2),
        ] as [(String, [UInt8], Float)])
    func numbersOfAllKindsAreRead(type: String, bytes: [UInt8], value: Float) throws {
        let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (1,), }"
        #expect(try NumpyArray(ModelFiles.npy(header, bytes), shown: "a").values == [value])
    }

    @Test func writtenArraysComeBack() throws {
        let bytes = Npz.encode([("a", [2, 3], [1, 2, 3, 4, 5, -0.5]), ("b", [], [7]), ("c", [0], [])])
        let arrays = try Npz.tensors(bytes).tensors
        #expect(arrays.map(\.name) == ["a", "b", "c"] && arrays.map(\.shape) == [[2, 3], [], [0]])
        #expect(arrays.map(\.values) == [[1, 2, 3, 4, 5, -0.5], [7], []])
    }

    @Test func writtenModelsComeBackWithEverySetting() throws {
        let rule = try CheckpointSamples.rule(
            outputBias: false, sobelScale: 0.25, life: Life(before: false, after: true, threshold: 0.05),
            fireRate: 0.7, edges: .torus, seed: Seed(.alpha))
        let checkpoint = Checkpoint(rule: rule, gridSize: GridSize(width: 40, height: 48))
        for format in [Npz.self, PlainSafetensors.self] as [any CheckpointFormat.Type] {
            let bytes = try format.write(checkpoint, file: "x")
            let file = try CheckpointFile(bytes: bytes, path: "x")
            #expect(file.format.name == format.name && file.checkpoint == checkpoint)
            #expect(CheckpointSamples.bits(file.checkpoint.rule) == CheckpointSamples.bits(rule))
            #expect(try format.write(file.checkpoint, file: "x") == bytes)
            #expect(throws: ModelError.badCheckpoint(file: "x", reason: FormatFault.holdsSettings.reason)) {
                try CheckpointFile(bytes: bytes, path: "x", dialect: .guess)
            }
        }
        #expect(
            Npz.losses(writing: Checkpoint(rule: rule, dialect: ["one"], provenance: ["by": "me"])) == [
                "the dialect of the original is not stored", "provenance is not stored",
            ])
    }

    @Test func everyTruncationIsRefusedAndEveryFlippedByteHarmless() throws {
        let rule = try Rule(channels: 4, hidden: 1, w1: (0..<12).map { Float($0) }, b1: [1], w2: [1, 2, 3, 4], b2: nil)
        let whole = try Npz.write(Checkpoint(rule: rule), file: "x")
        for length in 0..<whole.count {
            #expect(throws: ModelError.self) { try CheckpointFile(bytes: Array(whole.prefix(length)), path: "x") }
        }
        try expectHarmless(whole)
    }
}
