import Testing

@testable import GNCARaster

@Suite struct EmojiTests {
    @Test func textsThatCouldBeEmojiAreToldFromFiles() {
        for text in ["🐢", "👩‍🚀", "❤️", "🏳️‍🌈"] { #expect(Emoji.looksLike(text), "\(text)") }
        for text in ["turtle.png", "a", "1", "é.png", "🐢.png", "🐢/a", ""] { #expect(!Emoji.looksLike(text), "\(text)") }
    }

    @Test func aTurtleIsGreenOnTransparentGround() throws {
        let picture = try Emoji.picture("🐢")
        #expect(picture.width >= 120 && picture.height >= 120 && abs(picture.width - picture.height) <= 2)
        #expect(picture[0, 0].alpha == 0)
        let middle = picture[picture.width / 2, picture.height / 2]
        #expect(middle.alpha == 255 && middle.green > middle.red && middle.green > middle.blue)
    }

    @Test func aTextWithoutAPictureIsRefused() {
        #expect(throws: RasterError.self) { try Emoji.picture("A") }
        #expect(throws: RasterError.self) { try Emoji.picture("\u{10FFFD}") }
    }
}
