import Testing

@testable import GNCABasics

@Suite struct CSVTextTests {
    @Test(arguments: [
        ("turtle.ckpt", "turtle.ckpt"), ("a b", "a b"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""),
        ("a\nb", "\"a\nb\""), ("a\r\nb", "\"a\r\nb\""), ("", ""), ("🐢", "🐢"),
    ])
    func aFieldIsInQuotesWhereItMustBe(text: String, field: String) {
        #expect(CSVText.field(text) == field)
    }

    @Test func aPathThatIsNoTextIsSpelledOut() {
        #expect(CSVText.field(SystemText.text([0x61, 0xFF])) == "a\\xff")
    }
}
