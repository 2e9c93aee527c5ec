import GNCABasics
import Testing

@Suite struct FrameRateTests {
    @Test(arguments: [
        ("30", 30, 1), ("12.5", 25, 2), ("30000/1001", 30000, 1001), ("60/2", 30, 1), ("29.97", 30000, 1001),
        ("23.976", 24000, 1001), ("23.98", 24000, 1001), ("59.94", 60000, 1001), ("119.88", 120_000, 1001),
        ("0.5", 1, 2), ("14.985", 15000, 1001),
    ])
    func whatPeopleWriteIsReadExactly(text: String, frames: Int, seconds: Int) throws {
        let rate = try #require(FrameRate(parsing: text))
        #expect(rate.frames == frames && rate.seconds == seconds)
    }

    @Test(arguments: [
        "", "0", "-30", "30fps", "30/0", "0/5", "1/2/3", "nan", "inf", "1e3", "0x1e", "2000", "1/9999999",
    ])
    func otherTextsAreNoRates(text: String) {
        #expect(FrameRate(parsing: text) == nil)
    }

    @Test(arguments: [
        ("30", "30"), ("30000/1001", "29.97"), ("24000/1001", "23.976"), ("60000/1001", "59.94"), ("25/2", "12.5"),
        ("100/7", "100/7"),
    ])
    func aRateIsSpelledAsPeopleWriteIt(text: String, spelled: String) throws {
        #expect(try #require(FrameRate(parsing: text)).description == spelled)
    }

    @Test func timesDoNotDrift() {
        #expect(FrameRate(30000, in: 1001).time(of: 30000) == 1001)
    }
}
