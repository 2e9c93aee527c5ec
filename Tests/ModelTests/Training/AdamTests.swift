import Testing

@testable import GNCACells
@testable import GNCATraining

@Suite struct AdamTests {
    /// The formula of the paper in double precision, with epsilon where Keras has it.
    @Test func stepsAreThoseOfThePaper() {
        let settings = TrainingSettings()
        var adam = Adam(count: 2)
        var (mean, square) = ([0.0, 0.0], [0.0, 0.0])
        for step in 1...50 {
            let gradient: [Float] = [Float(step % 7) - 3, 0.001 * Float(step)]
            let change = adam.step(gradient: gradient, rate: 0.002, settings)
            var (decay1, decay2) = (1.0, 1.0)
            for _ in 0..<step {
                decay1 *= 0.9
                decay2 *= 0.999
            }
            for index in 0..<2 {
                let g = Double(gradient[index])
                mean[index] = 0.9 * mean[index] + 0.1 * g
                square[index] = 0.999 * square[index] + 0.001 * g * g
                let expected =
                    0.002 * (1 - decay2).squareRoot() / (1 - decay1) * mean[index]
                    / (square[index].squareRoot() + 1e-7)
                #expect(abs(Double(change[index]) - expected) < 1e-3 * abs(expected) + 1e-8)
            }
        }
    }

    private static func gradient(_ values: [Float]...) -> WeightGradient {
        WeightGradient(
            tensors: zip(["w1", "b1", "w2", "b2"], values).map {
                RuleTensor(name: $0, shape: [$1.count], values: $1)
            })
    }

    @Test func gradientsAreNormalisedAndClipped() {
        var gradient = Self.gradient([3, 4], [0, 0], [0, -2], [1])
        gradient.normalise()
        #expect(abs(gradient.w1[0] - 0.6) < 1e-6 && gradient.b1 == [0, 0] && abs(gradient.w2[1] + 1) < 1e-6)
        var large = Self.gradient([3, 0], [0], [4], [0])
        large.clip(norm: 1)
        #expect(abs(large.w1[0] - 0.6) < 1e-5 && abs(large.w2[0] - 0.8) < 1e-5)
        var small = Self.gradient([0.3, 0], [0], [0.4], [0])
        small.clip(norm: 1)
        #expect(small.w1[0] == 0.3)
    }
}
