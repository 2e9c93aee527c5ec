import Testing

@testable import GNCACells

@Suite struct ShareTests {
    /// Wilson's interval as published tables have it.
    @Test(
        arguments: [
            (100, 100, 0.9630, 1), (0, 100, 0, 0.0370), (10, 10, 0.7225, 1), (0, 1, 0, 0.7935),
            (50, 100, 0.4038, 0.5962),
            (1, 29, 0.0061, 0.1718), (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605),
        ] as [(Int, Int, Double, Double)])
    func theIntervalIsWilsons(count: Int, trials: Int, low: Double, high: Double) {
        let interval = Share(count, of: trials).interval
        #expect(abs(interval.lowerBound - low) < 1e-4 && abs(interval.upperBound - high) < 1e-4, "\(interval)")
    }

    @Test(arguments: [1, 2, 3, 10, 37, 100, 100_000])
    func theIntervalHoldsTheShareAndStaysWithin0And1(trials: Int) {
        for count in Set([0, 1, trials / 3, trials / 2, trials - 1, trials]) {
            let share = Share(count, of: trials)
            #expect(share.interval.contains(share.value))
            #expect((0...1).contains(share.interval.lowerBound) && (0...1).contains(share.interval.upperBound))
            #expect((share.interval.lowerBound == 0) == (count == 0))
            #expect((share.interval.upperBound == 1) == (count == trials))
        }
    }
}
