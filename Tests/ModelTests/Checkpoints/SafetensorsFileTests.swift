import Testing

@testable import GNCABasics
@testable import GNCACheckpoints

@Suite struct SafetensorsFileTests {
    @Test func whatWasWrittenIsReadAgain() throws {
        let bytes = SafetensorsFile.encode(
            metadata: ["b": "2", "a": "é\n\""],
            tensors: [("y", [2, 1], [1.5, -0.0]), ("x", [], [.greatestFiniteMagnitude]), ("empty", [0, 3], [])])
        let file = try SafetensorsFile(bytes)
        #expect(file.metadata == ["a": "é\n\"", "b": "2"])
        #expect(file.tensors.map(\.name) == ["empty", "x", "y"])
        #expect(file.tensors.map(\.shape) == [[0, 3], [], [2, 1]])
        #expect(file.tensors.map { file.floats($0) } == [[], [.greatestFiniteMagnitude], [1.5, -0.0]])
        #expect(file.tensor("z") == nil)
    }

    @Test func theDataBeginsAtAMultipleOfEightBytes() {
        for length in 0..<9 {
            let bytes = SafetensorsFile.encode(
                metadata: ["k": String(repeating: "v", count: length)], tensors: [("x", [1], [1])])
            #expect(bytes[0] % 8 == 0 && bytes[1] == 0)
            #expect(bytes.count == 8 + Int(bytes[0]) + 4)
        }
    }

    @Test(arguments: [
        ("[]", 0, "the header does not begin with {"),
        (" {}", 0, "the header does not begin with {"),
        ("{}", 1, "there is something after the last tensor (got 1 bytes of data, expected 0)"),
        (#"{"a":1}"#, 0, #"tensor "a" is not described as expected (dtype, shape and two data_offsets)"#),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 0,
            "the file is cut off (got 0 bytes of data, expected 4)"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8,
            #"tensor "a" leaves a gap or overlaps another (got offset 4, expected 0)"#
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
            4, #"tensor "b" leaves a gap or overlaps another (got offset 0, expected 4)"#
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            8, #"the name "a" stands twice (byte 54)"#
        ),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4,
            #"tensor "a" has shape [2] of F32, which does not fit its bytes (got [0, 4], expected 8 bytes)"#
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4,
            #"tensor "a" has shape [1] of F32, which does not fit its bytes (got [4, 0], expected 4 bytes)"#
        ),
        (
            #"{"a":{"dtype":"F4","shape":[1],"data_offsets":[0,4]}}"#, 4,
            #"tensor "a" has a type that is not known (got "F4")"#
        ),
        (
            #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4,
            #"tensor "a" is not described as expected (dtype, shape and two data_offsets)"#
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#, 4,
            #"tensor "a" is not described as expected (dtype, shape and two data_offsets)"#
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":0}}"#, 4,
            #"tensor "a" is not described as expected (dtype, shape and two data_offsets)"#
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}"#, 4,
            #"tensor "a" has too many dimensions (got 9, limit 8)"#
        ),
        (
            #"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#, 0,
            #"tensor "a" is too large (got shape [4294967296, 4294967296], limit 4194304 elements)"#
        ),
        (
            #"{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807],"data_offsets":[0,4]}}"#, 4,
            #"tensor "a" is too large (got shape [9223372036854775807, 9223372036854775807], limit 4194304 elements)"#
        ),
        (
            #"{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,4]}}"#, 4,
            #"tensor "a" is not described as expected (dtype, shape and two data_offsets)"#
        ),
        (#"{"__metadata__":[]}"#, 0, "__metadata__ is a list (expected an object)"),
        (#"{"__metadata__":{"a":1}}"#, 0, #"the metadata entry "a" is a number (expected a text)"#),
        (#"{"__metadata__":{"a":"1","a":"1"}}"#, 0, #"the name "a" stands twice (byte 25)"#),
    ])
    func headersThatDoNotFitTheirDataAreRefused(header: String, data: Int, reason: String) {
        #expect(throws: FormatFault(reason: reason)) {
            try SafetensorsFile(CheckpointSamples.safetensors(header, data: data))
        }
    }

    @Test func tooManyTensorsAreRefused() {
        let entries = (0..<258).map { #""t\#($0)":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}"# }
        let bytes = CheckpointSamples.safetensors("{" + entries.joined(separator: ",") + "}")
        #expect(throws: FormatFault(reason: "too many tensors (got 258, limit 256)")) { try SafetensorsFile(bytes) }
    }

    @Test(
        arguments: [
            ([], "too short for a safetensors file (got 0 bytes, expected more than 8)"),
            ([2, 0, 0, 0, 0, 0, 0, 0], "too short for a safetensors file (got 8 bytes, expected more than 8)"),
            ([3, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x7D], "the file is cut off (got 10 bytes, expected at least 11)"),
            (
                [255, 255, 255, 255, 255, 255, 255, 255, 0x7B, 0x7D],
                "the header is too long (got 18446744073709551615 bytes, limit 1048576)"
            ),
            ([1, 0, 16, 0, 0, 0, 0, 0, 0x7B, 0x7D], "the header is too long (got 1048577 bytes, limit 1048576)"),
        ] as [([UInt8], String)])
    func headersOfTheWrongLengthAreRefused(bytes: [UInt8], reason: String) {
        #expect(throws: FormatFault(reason: reason)) { try SafetensorsFile(bytes) }
    }
}
