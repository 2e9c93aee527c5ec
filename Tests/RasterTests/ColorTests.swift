import GNCARaster
import Testing

@Suite struct ColorTests {
    @Test(
        arguments: [
            ("white", 0xFFFFFF), ("Black", 0), ("green", 0x008000), ("rebeccapurple", 0x663399), ("#abc", 0xAABBCC),
            ("#A0b1C2", 0xA0B1C2), ("grey", 0x808080),
        ] as [(String, UInt32)])
    func namesAndNumbersAreColoursAsInCSS(text: String, hex: UInt32) {
        #expect(Color(parsing: text) == Color(hex: hex))
    }

    @Test(arguments: [
        "", "#", "tael", "#12", "#1234", "#+12345", "#aabbccdd", "#aaabbbccc", "light blue", "transparent", "abc",
    ])
    func othersAreNone(text: String) { #expect(Color(parsing: text) == nil) }
}
