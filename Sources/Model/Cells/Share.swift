/// In how many of a number of trials something happened.
public struct Share: Sendable, Equatable {
    /// Trials in which it did.
    public let count: Int
    /// All trials, at least one.
    public let trials: Int

    /// `count` of `trials`, 0...trials.
    public init(_ count: Int, of trials: Int) {
        precondition((0...trials).contains(count) && trials > 0, "\(count) of \(trials) trials")
        (self.count, self.trials) = (count, trials)
    }

    /// The share, 0...1.
    public var value: Double { Double(count) / Double(trials) }

    /// Where the probability behind the share lies, with a confidence of 95 %: Wilson's score interval, within 0...1. It
    /// says something for 100 of 100, too.
    public var interval: ClosedRange<Double> {
        // The quantile of the normal distribution that leaves 2.5 % on each side.
        let (z, trials) = (1.959963984540054, Double(trials))
        let (square, share) = (z * z, value)
        let middle = (share + square / (2 * trials)) / (1 + square / trials)
        let spread = (share * (1 - share) / trials + square / (4 * trials * trials)).squareRoot()
        let half = z * spread / (1 + square / trials)
        // At the ends, rounding must not leave the range.
        return (count == 0 ? 0 : max(0, middle - half))...(count == self.trials ? 1 : min(1, middle + half))
    }
}
