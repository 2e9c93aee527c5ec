/// As regenerating, and a quarter of the states is never damaged.
///
/// What heals well is damaged soon: without them no state would grow old, and patterns would drift. The recipes
/// damage more states of a batch, and more of them on and on (`TrainingSettings.ongoingDamage`).
enum Temporal: Regime {
    static let name = "temporal"
    static let summary = "grows, stays, and repairs damage that goes on while it recovers"
    static let usesPool = true
    static let damages = true

    static func start(_ pool: SamplePool, _ context: RegimeContext) -> [Sample] {
        var samples = Persistent.start(pool, context)
        let exposed = samples.indices.filter { sample in
            sample > 0 && samples[sample].index.map { $0 % 4 != 0 } == true
        }
        for sample in exposed.suffix(context.settings.damaged) {
            samples[sample].damage = context.damage(sample: sample)
        }
        return samples
    }
}
