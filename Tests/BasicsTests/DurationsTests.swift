import Testing

@testable import GNCABasics

@Suite struct DurationsTests {
    @Test(arguments: [("90", 90.0), ("60s", 60), ("10m", 600), ("1h30m", 5400), ("1.5m5", 95), ("1h1m1s", 3661)])
    func whatPeopleWriteIsRead(text: String, seconds: Double) { #expect(Durations.seconds(text) == seconds) }

    @Test(arguments: ["", "s", "10ms", "1e3", "inf", "-5", "1.2.3", "5 m", "5d", "m5", "0x10", "5\u{301}"])
    func everythingElseIsNone(text: String) { #expect(Durations.seconds(text) == nil) }

    @Test(arguments: [
        (0.4, "0 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (664, "11 min 4 s"), (.infinity, "?"), (.nan, "?"),
    ])
    func secondsAreSpelled(seconds: Double, text: String) { #expect(Durations.spelled(seconds: seconds) == text) }

    @Test func reportsHaveHundredths() {
        #expect(Duration.milliseconds(1234).hundredths == 1.23)
        #expect(Duration.milliseconds(1500).seconds == 1.5)
    }
}
