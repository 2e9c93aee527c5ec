import Testing

@testable import GNCABasics
@testable import GNCACheckpoints

@Suite struct JSONListsTests {
    private static func reason(_ text: String) -> String? {
        do throws(FormatFault) {
            _ = try JSONLists.tensors(Array(text.utf8))
            return nil
        } catch {
            return error.reason
        }
    }

    /// A tensor as `tolist()` gives it.
    static func list(_ shape: ArraySlice<Int>, _ values: ArraySlice<Float>) -> String {
        guard let count = shape.first else { return values.first.map { "\($0)" } ?? "" }
        let size = values.count / max(count, 1)
        let items = (0..<count).map {
            list(shape.dropFirst(), values[(values.startIndex + $0 * size)..<(values.startIndex + ($0 + 1) * size)])
        }
        return "[" + items.joined(separator: ", ") + "]"
    }

    static func text(_ tensors: [NamedTensor]) -> String {
        let members = tensors.map { "\(JSONText.quoted($0.name)): \(list($0.shape[...], $0.values[...]))" }
        return "{" + members.joined(separator: ", ") + "}"
    }

    @Test func aDictionaryOfListsIsReadWithItsFamily() throws {
        let tensors = try SmallLayers(outputBias: false).tensors(
            ["fc0.weight", "fc0.bias", "fc1.weight"], shapeEnd: [1, 1])
        let file = try CheckpointFile(bytes: Array(Self.text(tensors).utf8), path: "x")
        #expect(file.format.name == "json-lists" && file.reading.family == "json-lists")
        #expect(file.reading.tensors == tensors)
    }

    @Test func listsAreFoundInsideObjectsAndOtherThingsAreSetAside() throws {
        let text =
            #" {"model": {"a": [[1, 2], [3, 4]], "more": [{"b": [5]}]}, "by": "me", "epoch": 7, "empty": [], "words": ["a"]}"#
        let set = try JSONLists.tensors(Array(text.utf8))
        #expect(
            set.tensors == [
                NamedTensor("model.a", [2, 2], [1, 2, 3, 4]), NamedTensor("model.more.0.b", [1], [5]),
                NamedTensor("epoch", [], [7]), NamedTensor("empty", [0], []),
            ])
        #expect(set.setAside == ["texts and the like beside the tensors"])
    }

    /// Names of members in each other are joined: a long one before many would fill the memory.
    @Test func namesAreLimited() {
        let name = String(repeating: "a", count: 4096)
        #expect(Self.reason(#"{"\#(name)": {"b": [1]}}"#) == "a tensor has too long a name")
        #expect(Self.reason(#"{"\#(name)": [1]}"#) == nil)
    }

    @Test func raggedListsAreRefused() {
        #expect(
            Self.reason(#"{"a": [[1, 2], [3]]}"#)
                == #"tensor "a" is ragged (got 1 values where another list has 2 values)"#)
        #expect(
            Self.reason(#"{"a": [[1, 2], 3]}"#)
                == #"tensor "a" is ragged (got a number where another list has 2 values)"#)
        #expect(Self.reason(#"{"a": [1, [2]]}"#) == #"tensor "a" holds a list among its numbers"#)
        #expect(Self.reason(#"{"a": [[1, null]]}"#) == #"tensor "a" holds null among its numbers"#)
        #expect(throws: FormatFault(reason: #"tensor "a" has 1 non-finite value"#)) {
            try JSONLists.tensors(Array(#"{"a": [1e300]}"#.utf8)).checkNumbers()
        }
        #expect(Self.reason(#"{"a": [[[[[[[[[1]]]]]]]]]}"#) == #"tensor "a" has too many dimensions (got 9, limit 8)"#)
        #expect(Self.reason(#"{"a": "b", "c": []}"#) == nil)
        #expect(Self.reason(#"{"a": "[1]"}"#) == "there is no tensor in this file")
    }

    @Test(arguments: [
        #"{"a": [[1]]}"#, #"{"a":[ -1]}"#, " {\n\"epoch\": 3, \"a\": [ [1] ] }",
    ])
    func listsOfNumbersAreRecognised(text: String) { #expect(JSONLists.recognises(Array(text.utf8))) }

    @Test(arguments: [
        #"{"a": ["b"]}"#, #"{"a": 1}"#, #"[[1]]"#, #"{"a": [{"b": 1}]}"#, #"{"modelTopology": [1]}"#,
        #"{"model_names": [1]}"#, "{", "",
    ])
    func otherJSONIsNot(text: String) { #expect(!JSONLists.recognises(Array(text.utf8))) }
}
