/// As regenerating, and most of the damage goes on while the pattern recovers.
///
/// The pool has two halves. States of the first, at even places, are damaged: of a batch, the best `damaged`, though the
/// worst of them always rests. One in three is damaged once before the run; the others get 2...8 circles, one every
/// 2...12 steps from the first step on, and none in the last 20 steps. A state that has not healed is not given up: it
/// returns until it has. States of the second half are never damaged, so that some grow old, and patterns that drift are
/// seen; the worst of them begins again as a seed.
enum Temporal: Regime {
    static let name = "temporal"
    static let summary = "grows, stays, and repairs damage that goes on while it recovers"
    static let usesPool = true

    private static let calmSteps = 20

    static func start(_ pool: SamplePool, _ context: RegimeContext) -> [Sample] {
        var samples = Persistent.drawn(pool, context)
        let exposed = samples.indices.filter { samples[$0].index.map { $0 % 2 == 0 } == true }
        if context.settings.reseed == .worst {
            samples[samples.indices.first { !exposed.contains($0) } ?? 0].state = pool.seed
        }
        // Nothing grows from a state without cells.
        for sample in samples.indices where samples[sample].state.cells.isEmpty { samples[sample].state = pool.seed }
        for (order, sample) in exposed.dropFirst().suffix(context.settings.damaged).enumerated() {
            var draws = context.draws(sample: sample)
            samples[sample].damage = order % 3 == 0 ? [(0, context.damage(&draws))] : series(context, &draws)
        }
        return samples
    }

    private static func series(_ context: RegimeContext, _ draws: inout DamageDraws) -> [(step: Int, erased: [UInt8])] {
        let count = draws.whole(2...8)
        let interval = draws.whole(2...12)
        return (0..<count).map { 1 + $0 * interval }.filter { $0 <= context.steps - calmSteps }.map { step in
            (step, CutoutShape.circle.erased(width: context.width, height: context.height, &draws))
        }
    }
}
