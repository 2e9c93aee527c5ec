/// As persistent, and the best states of a batch are damaged.
enum Regenerating: Regime {
    static let name = "regenerating"
    static let summary = "grows, stays, and repairs damage"
    static let usesPool = true
    static let damages = true

    static func start(_ pool: SamplePool, _ context: RegimeContext) -> [Sample] {
        var samples = Persistent.start(pool, context)
        for sample in samples.indices.suffix(context.settings.damaged) where sample > 0 {
            samples[sample].damage = context.damage(sample: sample)
        }
        return samples
    }
}
