import GNCABasics

/// Runs go on from where earlier ones ended; the worst of a batch begins again.
enum Persistent: Regime {
    static let name = "persistent"
    static let summary = "grows and stays"
    static let usesPool = true
    static let damages = false

    /// The best state comes last, so that whoever damages the best counts from the end.
    static func start(_ pool: SamplePool, _ context: RegimeContext) -> [Sample] {
        let drawn = pool.draw(
            context.settings.batch, from: context.old, random: context.random, iteration: context.iteration)
        var samples = drawn.map { Sample(index: $0, state: pool.states[$0]) }
        if context.settings.reseed == .first { samples[0].state = pool.seed }
        // Equal losses stay in the order in which they were drawn.
        samples = samples.inOrder { -$0.state.loss }
        if context.settings.reseed == .worst { samples[0].state = pool.seed }
        return samples
    }
}
