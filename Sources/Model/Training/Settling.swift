/// What follows a regime with a pool towards the end of a training: a few states of the pool are left in peace and grow old.
///
/// Whatever heals is damaged soon, and half of a small batch begins again, so that hardly a state of the pool is older than
/// a few hundred steps. A pattern that drifts apart later has never been seen by then. So every fourth iteration goes on
/// with an old state beside its batch, and does it no harm.
enum Settling {
    /// States of the pool that grow old: its first ones, which no other iteration draws.
    static let states = 4
    /// Iterations from one with an old state to the next.
    private static let period = 4
    /// An old state begins again after so many visits, of 64 to 95 steps with the usual settings.
    private static let visits = 32

    /// Whether `settings` have old states when `progress` (0...1) of the training is done.
    static func isOn(_ settings: TrainingSettings, progress: Double) -> Bool {
        settings.settle > 0 && progress >= 1 - settings.settle && settings.hasRoomToSettle
    }

    /// The old state whose turn it is, if it is one's turn. Where it has fallen apart, it begins again.
    static func sample(_ pool: SamplePool, iteration: Int) -> Sample? {
        guard iteration % period == 0 else { return nil }
        let turn = iteration / period
        let index = turn % states
        let state = pool.states[index]
        let ends = turn / states % visits == 0 || state.cells.isEmpty || Double(state.loss) > Evaluation.survival
        return Sample(index: index, state: ends ? pool.seed : state)
    }
}

extension TrainingSettings {
    /// Whether the pool has states that can grow old beside those of a batch.
    public var hasRoomToSettle: Bool { pool >= batch + Settling.states }
}
