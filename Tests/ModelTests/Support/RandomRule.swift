@testable import GNCACells

/// A small repeatable source of test data (SplitMix64).
struct TestRandom {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x2545_F491_4F6C_DD1D &+ 1 }

    mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func number(_ range: ClosedRange<Float>) -> Float {
        range.lowerBound + Float(bits() >> 40) * 0x1p-24 * (range.upperBound - range.lowerBound)
    }

    mutating func numbers(_ count: Int, _ range: ClosedRange<Float>) -> [Float] {
        (0..<count).map { _ in number(range) }
    }

    /// `[count]`, 1 about once in two.
    mutating func mask(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(bits() >> 63) } }
}

/// What a fired cell becomes where nothing is: it decides which cells may be skipped.
enum EmptyResponse: CaseIterable {
    /// Nothing happens.
    case none
    /// Colour appears, but alpha stays below the thresholds used here.
    case colour
    /// Alpha rises above the thresholds.
    case life
}

extension Rule {
    /// Random weights with which patterns both grow and die within a few steps.
    static func random(
        _ seed: Int, channels: Int = 16, hidden: Int = 8, life: Life = Life(), edges: Edges = .zero,
        response: EmptyResponse = .colour, outputBias: Bool = true
    ) throws -> Rule {
        var random = TestRandom(seed)
        var b2 = random.numbers(channels, -0.03...0.03)
        b2[3] = response == .life ? 0.3 : -0.02
        if response == .none { b2 = b2.map { _ in 0 } }
        return try Rule(
            channels: channels, hidden: hidden, w1: random.numbers(hidden * 3 * channels, -1...1),
            // Below zero, so that relu(b1) = 0 and the response is b2.
            b1: random.numbers(hidden, -0.3...(-0.05)),
            w2: random.numbers(channels * hidden, -1...1).map { $0 / Float(hidden).squareRoot() * 0.4 },
            b2: outputBias ? b2 : nil, life: life, edges: edges)
    }
}

extension CellGrid {
    /// A random blob of at most 4 x 3 cells at the left edge, from row `top` on; nothing elsewhere.
    static func blob(_ seed: Int, height: Int, width: Int, channels: Int, top: Int = 0) -> CellGrid {
        var random = TestRandom(seed)
        var grid = CellGrid(height: height, width: width, channels: channels)
        for y in top..<Swift.min(top + 3, height) {
            for x in 0..<Swift.min(4, width) { grid.fill(x: x, y: y, random.numbers(channels, -0.3...0.5)) }
        }
        return grid
    }

    mutating func fill(x: Int, y: Int, _ numbers: [Float]) {
        values.replaceSubrange(offset(x: x, y: y)..<(offset(x: x, y: y) + channels), with: numbers)
    }
}
