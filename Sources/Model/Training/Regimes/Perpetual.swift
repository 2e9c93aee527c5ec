#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// As regenerating, and cells die at random in every step: each state of a batch but the new seed has a rate of its own,
/// drawn so that every order of magnitude is as likely.
enum Perpetual: Regime {
    static let name = "perpetual"
    static let summary = "grows, stays, and repairs damage that never stops"
    static let usesPool = true
    static let damages = true
    static let kills = true

    static func start(_ pool: SamplePool, _ context: RegimeContext) -> [Sample] {
        var samples = Regenerating.start(pool, context)
        let rates = context.settings.deathRate
        for sample in samples.indices where sample > 0 {
            let share = context.random.fraction(.deaths, iteration: context.iteration, sample)
            samples[sample].deathRate = Float(rates.lowerBound * pow(rates.upperBound / rates.lowerBound, share))
        }
        return samples
    }
}
