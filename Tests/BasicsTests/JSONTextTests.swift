import GNCABasics
import Testing

@Suite struct JSONTextTests {
    @Test func whatFitsStandsInOneLine() {
        let value: JSONValue = ["a": [1, true, .null], "b": "\"\u{301}", "c": [:]]
        #expect(JSONText.indented(value) == "{\"a\": [1, true, null], \"b\": \"\\\"\u{301}\", \"c\": {}}")
    }

    @Test func whatDoesNotFitIsIndented() throws {
        let value: JSONValue = ["long": ["one", "two", "three"], "short": 1, "text": "as long as it likes to be"]
        let text = JSONText.indented(value, width: 20)
        #expect(
            text == """
                {
                  "long": [
                    "one",
                    "two",
                    "three"
                  ],
                  "short": 1,
                  "text": "as long as it likes to be"
                }
                """)
        #expect(try StrictJSON.parse(text.utf8) == value)
    }

    @Test func numbersThatJSONCannotSayAreNull() {
        #expect(JSONText.number(Double.nan) == "null")
        #expect(JSONText.number(-Float.infinity) == "null")
        #expect(JSONText.number(Float(0.1)) == "0.1")
    }
}
