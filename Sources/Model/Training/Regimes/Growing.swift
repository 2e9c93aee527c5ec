/// Every run begins with the seed.
enum Growing: Regime {
    static let name = "growing"
    static let summary = "grows from the seed; what comes after the training's steps is left to chance"
    static let usesPool = false
    static let damages = false

    static func start(_ pool: SamplePool, _ context: RegimeContext) -> [Sample] {
        (0..<context.settings.batch).map { _ in Sample(index: nil, state: pool.seed) }
    }
}
