/// Random numbers without a state: each is a function of (seed, stream, step, x, y) alone, so that they do not depend
/// on the order in which cells are visited, on threads, or on which cells are skipped.
///
/// 32-bit integer operations only; docs/random-numbers.md has the same in GLSL, and test vectors. The hash is PCG4D:
/// Jarzynski and Olano, "Hash Functions for GPU Rendering", Journal of Computer Graphics Techniques 9(3), 2020.
public struct RandomSource: Sendable, Equatable {
    /// What the numbers are for. The raw values are part of the numbers: never change one.
    public enum Stream: UInt32, Sendable {
        /// Which cells apply their update.
        case fire = 0
        /// Where damage falls.
        case damage = 1
        /// Training: which samples make a batch, and the seeds of their runs.
        case batch = 2
        /// Training: how many steps an iteration takes.
        case steps = 3
        /// Training: the first weights.
        case weights = 4
        /// Training: where damage falls on the samples.
        case trainingDamage = 5
        /// The state that a rule which starts from noise begins with; the step is the channel.
        case noise = 6
        /// What noise puts into cells between two steps; x is the cell's index, y the channel.
        case noiseDamage = 7
        /// Which cells die after a step; the step counts those that are done.
        case deaths = 8
    }

    /// What the user chose: `--random-seed`.
    public let seed: UInt32
    /// What the numbers are for.
    public let stream: Stream

    /// Two sources of the same seed and stream give the same numbers.
    public init(seed: UInt32, stream: Stream) {
        self.seed = seed
        self.stream = stream
    }

    /// 32 random bits for cell (x, y) in a step (index, 0...).
    public func bits(step: UInt32, x: UInt32, y: UInt32) -> UInt32 {
        let key = key(step: step)
        return RandomSource.pcg4d(x, y, key.0, key.1).0
    }

    /// A multiple of 2^-24 in 0..<1: the upper 24 bits of `bits`.
    public func fraction(step: UInt32, x: UInt32, y: UInt32) -> Float {
        Float(bits(step: step, x: x, y: y) >> 8) * 0x1p-24
    }

    /// The seed of one of several runs. `kind`: what is done to them, 0 for nothing.
    package static func seed(ofRun run: Int, kind: Int = 0, randomSeed: UInt32) -> UInt32 {
        RandomSource(seed: randomSeed, stream: .damage).bits(step: UInt32(kind), x: UInt32(run), y: 0)
    }

    /// What all cells of a step share.
    package func key(step: UInt32) -> (UInt32, UInt32) {
        let key = RandomSource.pcg4d(seed, stream.rawValue, step, 0)
        return (key.0, key.1)
    }

    /// `fraction < rate` is the same as `bits >> 8 < limit(rate:)`. A rate of 1 or more is always met, 0, less and
    /// NaN never.
    package static func limit(rate: Float) -> UInt32 {
        guard rate > 0 else { return 0 }
        return UInt32((min(rate, 1) * 0x1p24).rounded(.up))
    }

    static func pcg4d(_ x: UInt32, _ y: UInt32, _ z: UInt32, _ w: UInt32) -> (UInt32, UInt32, UInt32, UInt32) {
        var x = x &* 1_664_525 &+ 1_013_904_223
        var y = y &* 1_664_525 &+ 1_013_904_223
        var z = z &* 1_664_525 &+ 1_013_904_223
        var w = w &* 1_664_525 &+ 1_013_904_223
        func mix() {
            x &+= y &* w
            y &+= z &* x
            z &+= x &* y
            w &+= y &* z
        }
        mix()
        x ^= x >> 16
        y ^= y >> 16
        z ^= z >> 16
        w ^= w >> 16
        mix()
        return (x, y, z, w)
    }
}
