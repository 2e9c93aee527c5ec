/// When a damaged pattern has recovered, wherever that is told: in evaluations, in scores, in atlases.
public enum RecoveryLevel {
    /// How far its box PSNR may be below that of unharmed patterns, dB.
    public static let tolerance = 1.0
    /// What it has to have at least, however poor unharmed ones are, dB: below, faces break.
    public static let least = 30.0

    /// What it has to have where unharmed ones have so many dB.
    public static func needed(unharmed: Double) -> Double { max(least, unharmed - tolerance) }
}

extension [Double] {
    /// The middle one, or the mean of the two in the middle; NaN where there is none.
    package var median: Double {
        guard !isEmpty else { return .nan }
        let ordered = sorted()
        let middle = count / 2
        return count % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2
    }
}
