import Testing

@testable import GNCACells

@Suite struct RandomSourceTests {
    /// Computed by a Python script of the formula.
    @Test(
        "the test vectors of docs/random-numbers.md",
        arguments: [
            (0x0, 0, 0, 0, 0x8a6b_65e8),
            (0x0, 0, 1, 0, 0xda14_b885),
            (0x0, 0, 0, 1, 0x607d_c2bd),
            (0x0, 1, 0, 0, 0x07e3_dab5),
            (0x1, 0, 0, 0, 0x1b44_7c78),
            (0x2a, 199, 35, 36, 0xdcea_a18a),
            (0xffff_ffff, 4_294_967_295, 65535, 65535, 0x4819_848f),
        ] as [(seed: UInt32, step: UInt32, x: UInt32, y: UInt32, bits: UInt32)])
    func vectors(_ vector: (seed: UInt32, step: UInt32, x: UInt32, y: UInt32, bits: UInt32)) {
        let source = RandomSource(seed: vector.seed, stream: .fire)
        #expect(source.bits(step: vector.step, x: vector.x, y: vector.y) == vector.bits)
    }

    @Test
    func streamsDiffer() {
        #expect(
            RandomSource(seed: 1, stream: .fire).bits(step: 2, x: 3, y: 4)
                != RandomSource(seed: 1, stream: .damage).bits(step: 2, x: 3, y: 4))
    }

    @Test(
        "a rate's limit splits the fractions exactly there",
        arguments: [(0, 0), (-1, 0), (.nan, 0), (0.5, 1 << 23), (1, 1 << 24), (7, 1 << 24), (0x1p-25, 1)]
            as [(Float, UInt32)])
    func limit(rate: Float, limit: UInt32) {
        #expect(RandomSource.limit(rate: rate) == limit)
        if limit > 0 { #expect(Float(limit - 1) * 0x1p-24 < rate) }
        if limit < 1 << 24 { #expect(!(Float(limit) * 0x1p-24 < rate)) }
    }

    @Test
    func cellsFireAsOftenAsTheRateSaysIndependentOfTheirNeighboursAndOfTheStepBefore() {
        let size: UInt32 = 96
        let steps: UInt32 = 10
        var fired = 0
        var agree = [0, 0, 0, 0]
        for seed in [0, 1] as [UInt32] {
            let source = RandomSource(seed: seed, stream: .fire)
            let other = RandomSource(seed: seed + 2, stream: .fire)
            for step in 0..<steps {
                for y in 0..<size {
                    for x in 0..<size {
                        let one = source.fraction(step: step, x: x, y: y) < 0.5
                        fired += one ? 1 : 0
                        agree[0] += one == (source.fraction(step: step, x: x + 1, y: y) < 0.5) ? 1 : 0
                        agree[1] += one == (source.fraction(step: step, x: x, y: y + 1) < 0.5) ? 1 : 0
                        agree[2] += one == (source.fraction(step: step + 1, x: x, y: y) < 0.5) ? 1 : 0
                        agree[3] += one == (other.fraction(step: step, x: x, y: y) < 0.5) ? 1 : 0
                    }
                }
            }
        }
        let draws = Double(2 * size * size * steps)
        // Four standard deviations of a fair coin.
        let allowed = 4 * (draws / 4).squareRoot()
        for count in [fired] + agree { #expect(abs(Double(count) - draws / 2) < allowed, "\(count) of \(draws)") }
    }
}
