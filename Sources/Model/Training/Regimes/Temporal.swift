/// As regenerating, and most of the damage goes on while the pattern recovers.
///
/// Of the damaged states, one in three is damaged once before the run; the others get 2...8 circles, one every
/// 4...15 steps from the first step on, and none in the last 20 steps.
enum Temporal: Regime {
    static let name = "temporal"
    static let summary = "grows, stays, and repairs damage that goes on while it recovers"
    static let usesPool = true

    private static let calmSteps = 20

    static func start(_ pool: SamplePool, _ context: RegimeContext) -> [Sample] {
        var samples = Persistent.start(pool, context)
        for (order, sample) in samples.indices.suffix(context.settings.damaged).enumerated() where sample > 0 {
            var draws = context.draws(sample: sample)
            samples[sample].damage = order % 3 == 0 ? [(0, context.damage(&draws))] : series(context, &draws)
        }
        return samples
    }

    private static func series(_ context: RegimeContext, _ draws: inout DamageDraws) -> [(step: Int, erased: [UInt8])] {
        let count = draws.whole(2...8)
        let interval = draws.whole(4...15)
        return (0..<count).map { 1 + $0 * interval }.filter { $0 <= context.steps - calmSteps }.map { step in
            (step, CutoutShape.circle.erased(width: context.width, height: context.height, &draws))
        }
    }
}
