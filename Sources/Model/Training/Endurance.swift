import GNCACells

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How much damage that never stops a pattern bears: the highest probability of a cell's death in a step at which half of
/// the runs keep their picture.
///
/// A run grows for 150 steps, and keeps its picture where its box PSNR is at least `level` after every hundredth of the
/// 1,000 steps in which cells then die. Cells that died a moment ago count as they look.
public struct Endurance: Sendable, Equatable {
    /// One of `rates`; 0 where most runs do not bear the least of them.
    public let rate: Double
    /// Where the rate lies that half of all runs would bear, with the confidence of `Share.interval`.
    public let interval: ClosedRange<Double>

    /// Box PSNR that is to be kept, dB.
    public static let level = Evaluation.levels[0]
    /// Steps with deaths.
    public static let steps = 1000
    static let lookEvery = 100
    /// Probabilities that are tried: a dozen for each power of ten.
    static let rates = (0...60).map { 1e-6 * pow(10, Double($0) / 12) }
    /// Bisections between that many rates, for the rate and both ends of its interval.
    static let mostRounds = 3 * 6

    /// `kept`: how many of a number of runs keep their picture at one of `rates`, of which a higher one is no easier.
    init(_ kept: (Double) -> Share) {
        var known: [Int: Share] = [:]
        func last(where holds: (Share) -> Bool) -> Double {
            var (good, bad) = (-1, Self.rates.count)
            while bad - good > 1 {
                let middle = (good + bad) / 2
                let share = known[middle] ?? kept(Self.rates[middle])
                known[middle] = share
                if holds(share) { good = middle } else { bad = middle }
            }
            return good < 0 ? 0 : Self.rates[good]
        }
        let rate = last { $0.value >= 0.5 }
        self.rate = rate
        interval = min(rate, last { $0.interval.lowerBound > 0.5 })...max(rate, last { $0.interval.upperBound >= 0.5 })
    }
}
