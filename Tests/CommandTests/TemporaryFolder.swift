import GNCACells
import GNCACheckpoints
import GNCATestSupport

extension TemporaryFolder {
    /// Writes a model and returns its path.
    func add(_ name: String, _ checkpoint: Checkpoint) throws -> String {
        try write(NativeCheckpoint.write(checkpoint, file: name), name)
    }

    /// Settings that are not the default where `distill` is false.
    static func checkpoint(distill: Bool = false) throws -> Checkpoint {
        let weights = (0..<12).map { Float($0) / 7 }
        let rule =
            distill
            ? try Rule(channels: 4, hidden: 1, w1: weights, b1: [0.5], w2: [1, 2, 3, -3], b2: [0, 0, 0, 1])
            : try Rule(
                channels: 4, hidden: 1, w1: weights, b1: [0.5], w2: [1, 2, 3, -3], b2: nil,
                life: Life(before: false, after: true, threshold: 0.05), edges: .torus,
                seed: Seed(.alpha))
        return Checkpoint(
            rule: rule, gridSize: GridSize(width: 40, height: 40), dialect: ["one", "two"],
            provenance: ["by": "\"me\"\u{1B}"])
    }
}
