import CGNCAKernels
import Testing

@testable import GNCACells
@testable import GNCATraining

@Suite struct UnrollingTests {
    /// Norm of the difference over the norm.
    private func distance(_ a: [Float], _ b: [Float]) -> Double {
        let difference = zip(a, b).reduce(0.0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
        return difference.squareRoot() / b.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    @Test(
        "PyTorch's gradients are reproduced, twice from the same memory",
        arguments: [
            "distill", "rotated", "blog", "narrow", "laplacian", "three-layers", "learned-filters", "appended-control",
            "added-control", "texture",
        ])
    func golden(name: String) throws {
        let trajectory = try Trajectory(name)
        let unrolling = try Unrolling(rule: trajectory.rule, state: trajectory.start)
        unrolling.automaton.angle = trajectory.angle
        let target = try #require(trajectory.tensors["target"])
        for _ in 0..<2 {
            unrolling.begin(state: trajectory.start.resized(channels: unrolling.channels), randomSeed: 0)
            for fire in trajectory.fire { try unrolling.automaton.step(fire: fire) }
            let picture = trajectory.rule.appearance.channels
            let (loss, gradient): (Double, [Float]) = Loss.meanSquare(
                unrolling.automaton.state, target: target, channels: picture)
            #expect(distance([Float(loss)], trajectory.tensors["loss"]!) < 1e-4)
            let sums = unrolling.zeroSums
            unrolling.backward(gradient, into: sums)
            for tensor in sums.gradient(of: trajectory.rule).tensors {
                let expected = try #require(trajectory.tensors["g_\(tensor.name)"])
                #expect(tensor.values.count == expected.count)
                #expect(distance(tensor.values, expected) < 1e-4, "\(tensor.name)")
            }
            var start = trajectory.start.resized(channels: unrolling.channels)
            start.values = unrolling.stateGradient
            #expect(
                distance(start.resized(channels: trajectory.rule.channels).values, trajectory.tensors["g_x0"]!) < 1e-4)
        }
    }

    @Test(
        "the gradient is that of the naive reference, with erasures and every kind of rule",
        arguments: [
            (Life(), Edges.zero, 16), (Life(), .torus, 12), (Life(before: false), .zero, 20),
            (Life(after: false), .torus, 12), (Life(before: false, after: false), .torus, 5),
        ], 5..<8)
    func reference(kind: (Life, Edges, Int), seed: Int) throws {
        let (life, edges, channels) = kind
        let rule = try Rule.random(seed, channels: channels, hidden: 40, life: life, edges: edges)
        let start = CellGrid.blob(4, height: 9, width: 11, channels: channels)
        var random = TestRandom(seed)
        let fires = (0..<6).map { _ in random.mask(99) }
        let target = random.numbers(99 * 4, 0...1)
        let erased = (0..<99).map { $0 % 11 == 1 ? 1 : 0 as UInt8 }
        let unrolling = try Unrolling(rule: rule, state: start)
        unrolling.begin(state: start.resized(channels: unrolling.channels), randomSeed: 0)
        var states = [start]
        func remember() { states.append(unrolling.automaton.state.resized(channels: channels)) }
        for (step, fire) in fires.enumerated() {
            try unrolling.automaton.step(fire: fire)
            remember()
            if step == 2 { unrolling.automaton.erase(erased) }
            if step == 2 { remember() }
        }
        let sums = unrolling.zeroSums
        unrolling.backward(Loss.meanSquare(unrolling.automaton.state, target: target).gradient, into: sums)
        let weights = sums.gradient(of: rule)

        var expected = ReferenceGradient(rule: rule, state: Loss.meanSquare(states[7], target: target).gradient)
        for step in fires.indices.reversed() {
            if step == 2 { expected.back(erased: erased) }
            let before = step > 2 ? step + 1 : step
            let after = states[before + 1].values
            // A cell that is zero was emptied: random weights do not make one by chance.
            let kept = (0..<99).map { cell in
                life == Life(before: false, after: false)
                    || after[(cell * channels)..<((cell + 1) * channels)].contains { $0 != 0 }
            }
            expected.back(before: states[before], fire: fires[step], kept: kept)
        }
        #expect(distance(weights.w1, expected.w1.map(Float.init)) < 1e-5)
        #expect(distance(weights.b1, expected.b1.map(Float.init)) < 1e-5)
        #expect(distance(weights.w2, expected.w2.map(Float.init)) < 1e-5)
        #expect(distance(weights.b2, expected.b2.map(Float.init)) < 1e-5)
    }

    /// The derivative of the loss along a random direction in the space of all weights, by central differences.
    @Test(
        "the gradient is what finite differences say, with erasures and every kind of rule",
        arguments: [
            (Life(), Edges.zero, 16), (Life(), .torus, 16), (Life(before: false), .zero, 20),
            (Life(after: false), .torus, 12), (Life(before: false, after: false), .zero, 5),
        ])
    func finiteDifferences(life: Life, edges: Edges, channels: Int) throws {
        let rule = try Rule.random(6, channels: channels, hidden: 40, life: life, edges: edges)
        let start = CellGrid.blob(4, height: 9, width: 11, channels: channels)
        var random = TestRandom(9)
        let fires = (0..<5).map { _ in random.mask(99) }
        let target = random.numbers(99 * 4, 0...1)
        let erased = (0..<99).map { $0 % 11 == 1 ? 1 : 0 as UInt8 }
        func run(_ rule: Rule) throws -> (Double, WeightGradient) {
            let unrolling = try Unrolling(rule: rule, state: start)
            unrolling.begin(state: start.resized(channels: unrolling.channels), randomSeed: 0)
            for (step, fire) in fires.enumerated() {
                try unrolling.automaton.step(fire: fire)
                if step == 2 { unrolling.automaton.erase(erased) }
            }
            let (loss, gradient) = Loss.meanSquare(unrolling.automaton.state, target: target)
            let sums = unrolling.zeroSums
            unrolling.backward(gradient, into: sums)
            return (loss, sums.gradient(of: rule))
        }
        let gradient = try run(rule).1
        for (tensor, values) in [gradient.w1, gradient.b1, gradient.w2, gradient.b2].enumerated() {
            let direction = random.numbers(values.count, -1...1)
            func moved(_ step: Float) throws -> Double {
                var tensors = [rule.w1, rule.b1, rule.w2, try #require(rule.b2)]
                for index in direction.indices { tensors[tensor][index] += step * direction[index] }
                return try run(
                    Rule(
                        channels: channels, hidden: 40, w1: tensors[0], b1: tensors[1], w2: tensors[2], b2: tensors[3],
                        life: life, edges: edges)
                ).0
            }
            let step: Float = 1e-4
            let measured = (try moved(step) - moved(-step)) / Double(2 * step)
            let computed = zip(values, direction).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
            // Float32 states leave about three digits; a kink (relu, life) on the way would cost more.
            #expect(
                abs(measured - computed) <= 0.01 * abs(computed) + 2e-4, "tensor \(tensor): \(measured) \(computed)")
        }
    }

    @Test
    func everyInstructionSetThatFusesGivesTheSameGradientTheOthersNearly() throws {
        let trajectory = try Trajectory("distill")
        var expected: WeightGradient?
        var index = 0
        while let kernels = ck_kernels_at(index) {
            let unrolling = try Unrolling(rule: trajectory.rule, state: trajectory.start, instructionSet: index)
            unrolling.begin(state: trajectory.start, randomSeed: 0)
            for fire in trajectory.fire { try unrolling.automaton.step(fire: fire) }
            let sums = unrolling.zeroSums
            unrolling.backward(
                Loss.meanSquare(unrolling.automaton.state, target: trajectory.tensors["target"]!).gradient, into: sums)
            let gradient = sums.gradient(of: trajectory.rule)
            if let expected, kernels.pointee.fuses == 1 { #expect(gradient == expected) }
            if let expected { #expect(distance(gradient.w1, expected.w1) < 1e-4) }
            expected = expected ?? gradient
            index += 1
        }
    }
}
