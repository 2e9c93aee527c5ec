@testable import GNCACells

/// Small models and damaged files for the tests of checkpoint formats.
enum CheckpointSamples {
    /// 4 channels and 2 hidden units, weights from a fixed sequence with awkward bit patterns among them.
    static func rule(
        hidden: Int = 2, channels: Int = 4, outputBias: Bool = true, sobelScale: Float = 0.125,
        life: Life = Life(), fireRate: Float = 0.5, edges: Edges = .zero,
        seed: Seed = Seed()
    ) throws -> Rule {
        var state: UInt32 = 1
        func numbers(_ count: Int) -> [Float] {
            (0..<count).map { _ in
                state = state &* 1_664_525 &+ 1_013_904_223
                return Float(Int32(bitPattern: state)) / Float(1 << 31)
            }
        }
        var w1 = numbers(hidden * 3 * channels)
        w1[0] = -0.0
        w1[1] = .leastNonzeroMagnitude
        w1[2] = 0.1
        return try Rule(
            channels: channels, hidden: hidden, w1: w1, b1: numbers(hidden), w2: numbers(channels * hidden),
            b2: outputBias ? numbers(channels) : nil, sobelScale: sobelScale, life: life, fireRate: fireRate,
            edges: edges, seed: seed)
    }

    /// The bit patterns of all weights: `==` on Float cannot tell -0 from 0.
    static func bits(_ rule: Rule) -> [UInt32] {
        (rule.w1 + rule.b1 + rule.w2 + (rule.b2 ?? [])).map(\.bitPattern)
    }

    /// A safetensors file with the given header, spelled as it is, and `data` bytes of zeros.
    static func safetensors(_ header: String, data: Int = 0) -> [UInt8] {
        let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
        return length + Array(header.utf8) + [UInt8](repeating: 0, count: data)
    }
}
