import Testing

@testable import GNCABasics

@Suite struct StrictJSONTests {
    @Test func everyKindOfValueIsRead() throws {
        let text = #" {"a": [1, -2.5e3, 0, true, false, null], "b": {}, "c": [], "d": "é\u00e9\ud83d\ude00\n\/"} "#
        #expect(
            try StrictJSON.parse(text.utf8)
                == .object([
                    JSONMember(
                        name: "a",
                        value: .array([
                            .number("1"), .number("-2.5e3"), .number("0"), .bool(true), .bool(false), .null,
                        ])),
                    JSONMember(name: "b", value: .object([])), JSONMember(name: "c", value: .array([])),
                    JSONMember(name: "d", value: .string("éé😀\n/")),
                ]))
    }

    @Test(arguments: [
        (#"{"a":1,"a":2}"#, #"the name "a" stands twice (byte 7)"#),
        (#"{"a":1,"\u0061":2}"#, #"the name "a" stands twice (byte 7)"#),
        ("NaN", "expected a value (byte 0)"),
        ("[Infinity]", "expected a value (byte 1)"),
        ("[1e400]", "a number too large or too long (byte 1)"),
        ("[-1e400]", "a number too large or too long (byte 1)"),
        ("[" + String(repeating: "1", count: 1001) + "]", "a number too large or too long (byte 1)"),
        ("[01]", "expected a comma or the end of the list (byte 2)"),
        ("[+1]", "expected a value (byte 1)"),
        ("[1.]", "expected a digit (byte 3)"),
        ("[.5]", "expected a value (byte 1)"),
        ("[1e]", "expected a digit (byte 3)"),
        ("[-]", "expected a digit (byte 2)"),
        ("[0x10]", "expected a comma or the end of the list (byte 2)"),
        ("[1,]", "expected a value (byte 3)"),
        ("[1 2]", "expected a comma or the end of the list (byte 3)"),
        (#"{"a" 1}"#, #"expected a colon after the name "a" (byte 5)"#),
        ("{a:1}", "expected a name in quotes (byte 1)"),
        (#"{"a":1,}"#, "expected a name in quotes (byte 7)"),
        ("{} x", "there is something after the end of the JSON text (byte 3)"),
        ("{}\0", "there is something after the end of the JSON text (byte 2)"),
        ("", "the text ends where a value should stand (byte 0)"),
        ("[", "the text ends where a value should stand (byte 1)"),
        (#"{"a":"#, "the text ends where a value should stand (byte 5)"),
        (#"["abc"#, "the text ends inside quotes that opened before (byte 1)"),
        (#"["\"#, "the text ends inside an escape (byte 3)"),
        (#"["\x"]"#, "an unknown escape (byte 2)"),
        (#"["\u12g4"]"#, "expected four hexadecimal digits (byte 6)"),
        (#"["\ud800"]"#, "half a surrogate pair (byte 2)"),
        (#"["\udc00"]"#, "half a surrogate pair (byte 2)"),
        (#"["\ud800\ud800"]"#, "half a surrogate pair (byte 2)"),
        ("[\"a\nb\"]", "a control character inside quotes (byte 3)"),
        ("\u{FEFF}{}", "expected a value (byte 0)"),
        ("'a'", "expected a value (byte 0)"),
        ("tru", "expected a value (byte 0)"),
        ("/* */1", "expected a value (byte 0)"),
        (String(repeating: "[", count: 65), "nested deeper than 64 levels (byte 64)"),
        (String(repeating: "[", count: 1_000_000), "nested deeper than 64 levels (byte 64)"),
        (String(repeating: #"{"a":"#, count: 100_000), "nested deeper than 64 levels (byte 320)"),
    ])
    func whateverCouldBeReadInTwoWaysIsRefused(text: String, reason: String) {
        #expect(throws: FormatFault(reason: reason)) { try StrictJSON.parse(text.utf8) }
    }

    @Test(
        arguments: [
            [0xFF], [0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82],
        ] as [[UInt8]])
    func bytesThatAreNotUTF8AreRefused(bytes: [UInt8]) {
        let text = Array("[\"a".utf8) + bytes + Array("\"]".utf8)
        #expect(throws: FormatFault(reason: "not UTF-8 (byte 3)")) { try StrictJSON.parse(text) }
    }

    @Test func theDeepestPermittedNestingIsRead() throws {
        let text = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        _ = try StrictJSON.parse(text.utf8)
    }

    @Test func tooMuchIsRefused() {
        let long = [UInt8](repeating: 0x20, count: StrictJSON.byteLimit + 1)
        #expect(throws: FormatFault(reason: "the JSON text is too long (got 16777217 bytes, limit 16777216)")) {
            try StrictJSON.parse(long)
        }
        let many = "[" + String(repeating: "1,", count: StrictJSON.valueLimit) + "1]"
        #expect(throws: FormatFault(reason: "more than 1000000 values (byte 1999999)")) {
            try StrictJSON.parse(many.utf8)
        }
    }

    @Test func whatAFileSaysCannotCommandATerminal() {
        let text = "{\"\\u001b[2J\\u202e\":1,\"\\u001b[2J\\u202e\":2}"
        #expect(throws: FormatFault(reason: #"the name "\u001b[2J\u202e" stands twice (byte 21)"#)) {
            try StrictJSON.parse(text.utf8)
        }
        let long = String(repeating: "x", count: 200)
        #expect(JSONText.shown(long) == "\"" + String(repeating: "x", count: 64) + "\"...")
    }

    @Test(arguments: ["", "plain", "\"\\/\n\r\t\u{0}\u{1F}\u{7F}\u{85}\u{202E}", "é😀\u{0301}"])
    func quotedTextIsReadAgain(text: String) throws {
        #expect(try StrictJSON.parse(JSONText.quoted(text).utf8) == .string(text))
    }
}
