/// As regenerating, and most of the damage goes on while the pattern recovers.
///
/// Of the damaged states, one in three is damaged once before the run; the others get 4...8 circles, one every
/// 3...7 steps from the first step on, and none in the last 20 steps. Every fourth state of the pool is never damaged:
/// what heals well is damaged soon, so that without them no state would grow old, and patterns would drift.
enum Temporal: Regime {
    static let name = "temporal"
    static let summary = "grows, stays, and repairs damage that goes on while it recovers"
    static let usesPool = true
    static let damages = true

    private static let calmSteps = 20

    static func start(_ pool: SamplePool, _ context: RegimeContext) -> [Sample] {
        var samples = Persistent.start(pool, context)
        let exposed = samples.indices.filter { sample in
            sample > 0 && samples[sample].index.map { $0 % 4 != 0 } == true
        }
        for (order, sample) in exposed.suffix(context.settings.damaged).enumerated() {
            var draws = context.draws(sample: sample)
            samples[sample].damage = order % 3 == 0 ? [(0, context.damage(&draws))] : series(context, &draws)
        }
        return samples
    }

    private static func series(_ context: RegimeContext, _ draws: inout DamageDraws) -> [(step: Int, erased: [UInt8])] {
        let count = draws.whole(4...8)
        let interval = draws.whole(3...7)
        return (0..<count).map { 1 + $0 * interval }.filter { $0 <= context.steps - calmSteps }.map { step in
            (step, context.erased(.circle, &draws))
        }
    }
}
