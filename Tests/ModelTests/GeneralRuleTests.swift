import CGNCAKernels
import Testing

@testable import GNCACells
@testable import GNCATraining

/// Rules that are not the article's: against the naive reference, forward and back.
@Suite struct GeneralRuleTests {
    static let sets: [Int] = Array(UpdateKernelTests.sets.indices)

    @Test(arguments: GeneralRules.names, 0..<3)
    func everyRuleStepsAsIfAllCellsWereComputed(name: String, seed: Int) throws {
        let rule = try GeneralRules.rule(name, seed: seed)
        for set in Self.sets {
            let start = CellGrid.blob(seed, height: 9, width: 11, channels: rule.channels, top: 3 * seed)
            var random = TestRandom(seed)
            var reference = ReferenceAutomaton(rule: rule, state: start)
            reference.fuses = try #require(ck_kernels_at(set)).pointee.fuses == 1
            let automaton = try Automaton(rule: rule, state: start, randomSeed: 0, threads: 1, instructionSet: set)
            var stepsAlive = 0
            for step in 0..<6 {
                reference.angle = [0, 0.7][step / 3]
                automaton.angle = reference.angle
                if step == 3 {
                    let numbers = random.numbers(rule.channels, 0...0.6)
                    func change(_ grid: inout CellGrid) {
                        grid.fill(x: 10, y: 4, numbers)
                        grid.erase(x: 0, y: 0)
                    }
                    change(&reference.state)
                    automaton.edit(change)
                }
                let fire = random.mask(99)
                let finite = reference.step(fire: fire)
                try #require(finite)
                try automaton.step(fire: fire)
                if reference.state.values.contains(where: { $0 != 0 }) { stepsAlive += 1 }
                if GeneralRules.isExact(rule) {
                    try #require(automaton.state == reference.state, "step \(step + 1) of set \(set)")
                } else {
                    let worst = zip(automaton.state.values, reference.state.values).map { abs($0 - $1) }.max() ?? 0
                    try #require(worst < 1e-5, "step \(step + 1) of set \(set)")
                }
            }
            #expect(stepsAlive >= 3, "a pattern that dies proves nothing")
        }
    }

    @Test(arguments: GeneralRules.names)
    func theNumberOfThreadsChangesNothing(name: String) throws {
        let rule = try GeneralRules.rule(name, seed: 1)
        func run(_ threads: Int) throws -> CellGrid {
            let start = CellGrid.blob(1, height: 60, width: 60, channels: rule.channels)
            let automaton = try Automaton(rule: rule, state: start, randomSeed: 5, threads: threads)
            for _ in 0..<12 { try automaton.step() }
            return automaton.state
        }
        #expect(try run(3) == run(1))
    }

    /// Where no test is made, the channel of life may be one that cells do not have: nothing beyond a cell is read.
    @Test
    func aChannelThatCellsDoNotHaveIsTheirLastOne() {
        let life = Life(before: false, after: false, channel: 3)
        var grid = CellGrid(height: 1, width: 3, channels: 3)
        grid.values = [0, 0, 0, 1, 0, 0, 0, 0, 1]
        #expect(life.mature(in: grid) == [0, 0, 1])
    }

    @Test(arguments: GeneralRules.names, 5..<7)
    func theGradientIsThatOfTheNaiveReference(name: String, seed: Int) throws {
        let rule = try GeneralRules.rule(name, seed: seed)
        let channels = rule.channels
        let start = CellGrid.blob(4, height: 9, width: 11, channels: channels)
        var random = TestRandom(seed)
        let fires = (0..<5).map { _ in random.mask(99) }
        let picture = rule.appearance.channels
        let target = random.numbers(99 * picture.count, 0...1)
        let erased = (0..<99).map { $0 % 11 == 1 ? 1 : 0 as UInt8 }
        let unrolling = try Unrolling(rule: rule, state: start)
        unrolling.begin(state: start.resized(channels: unrolling.channels), randomSeed: 0)
        var states = [start]
        func remember() { states.append(unrolling.automaton.state.resized(channels: channels)) }
        for (step, fire) in fires.enumerated() {
            try unrolling.automaton.step(fire: fire)
            remember()
            if step == 2 {
                unrolling.automaton.erase(erased)
                remember()
            }
        }
        let loss: (loss: Double, gradient: [Float]) = Loss.meanSquare(
            unrolling.automaton.state, target: target, channels: picture)
        let sums = unrolling.zeroSums
        unrolling.backward(loss.gradient, into: sums)
        let computed = sums.gradient(of: rule)

        var expected = ReferenceGradient(
            rule: rule, state: Loss.meanSquare(states[6], target: target, channels: picture).gradient)
        for step in fires.indices.reversed() {
            if step == 2 { expected.back(erased: erased) }
            let before = states[step > 2 ? step + 1 : step]
            var automaton = ReferenceAutomaton(rule: rule, state: before)
            _ = automaton.step(fire: fires[step])
            expected.back(
                before: before, fire: fires[step], kept: automaton.kept, mothers: automaton.mothers)
        }
        for tensor in computed.tensors {
            let reference = expected[tensor.name]
            let size = reference.map(abs).max() ?? 0
            let worst = zip(tensor.values, reference).map { abs($0 - $1) }.max() ?? 0
            #expect(worst <= 2e-4 * size + 1e-7, "\(tensor.name): \(worst) of \(size)")
            #expect(tensor.values.count == reference.count)
        }
        let size = expected.state.map(abs).max() ?? 0
        var state = start.resized(channels: unrolling.channels)
        state.values = unrolling.stateGradient
        let worst =
            zip(state.resized(channels: channels).values, expected.state).map { abs(Double($0) - $1) }.max() ?? 0
        #expect(worst <= 2e-4 * size + 1e-7, "state: \(worst) of \(size)")
    }

    @Test(arguments: [
        "gelu", "tanh", "sigmoid", "elu", "learned filters", "appended control", "added control", "mean of the grid",
        "means of its parts", "births", "copies",
    ])
    func theGradientIsWhatTheLossDoesAlongADirection(name: String) throws {
        let rule = try GeneralRules.rule(name, seed: 3)
        let start = CellGrid.blob(4, height: 9, width: 11, channels: rule.channels)
        var random = TestRandom(9)
        let fires = (0..<4).map { _ in random.mask(99) }
        let target = random.numbers(99 * 4, 0...1)
        func run(_ rule: Rule) throws -> (loss: Double, gradient: WeightGradient) {
            let unrolling = try Unrolling(rule: rule, state: start)
            unrolling.begin(state: start.resized(channels: unrolling.channels), randomSeed: 0)
            for fire in fires { try unrolling.automaton.step(fire: fire) }
            let loss: (loss: Double, gradient: [Float]) = Loss.meanSquare(unrolling.automaton.state, target: target)
            let sums = unrolling.zeroSums
            unrolling.backward(loss.gradient, into: sums)
            return (loss.loss, sums.gradient(of: rule))
        }
        let gradient = try run(rule).gradient
        for tensor in gradient.tensors {
            let direction = random.numbers(tensor.values.count, -1...1)
            func moved(_ step: Float) throws -> Double {
                var tensors = rule.tensors
                for index in tensors.indices where tensors[index].name == tensor.name {
                    for place in direction.indices { tensors[index].values[place] += step * direction[place] }
                }
                return try run(rule.replacing(tensors)).loss
            }
            let step: Float = 1e-3
            let measured = (try moved(step) - moved(-step)) / Double(2 * step)
            let computed = zip(tensor.values, direction).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
            #expect(
                abs(measured - computed) <= 0.02 * abs(computed) + 2e-4, "\(tensor.name): \(measured) \(computed)")
        }
    }

    @Test(
        "activations are those of mathematics",
        arguments: [Activation.relu, .leakyRelu(slope: 0.2), .tanh, .sigmoid, .gelu, .elu, .abs, .clamp(-1...2)])
    func activations(activation: Activation) throws {
        let identity = (0..<36).map { $0 % 7 == 0 ? 1 : 0 as Float }
        let layer = try DenseLayer(inputs: 6, outputs: 6, weights: identity, bias: nil)
        let rule = try Rule(
            channels: 6, perception: Perception(filters: [.named(.identity, 1)]),
            network: Network(layers: [layer], updateActivation: activation), life: Life(before: false, after: false))
        var state = CellGrid(height: 40, width: 50, channels: 6)
        state.values = (0..<12000).map { Float($0 - 6000) / 500 }
        state.values[0] = -1e30
        state.values[1] = 1e30
        let automaton = try Automaton(rule: rule, state: state)
        try automaton.step(fire: [UInt8](repeating: 1, count: 2000))
        for (x, y) in zip(state.values, automaton.state.values) {
            let expected = x + activation.reference(x)
            #expect(abs(y - expected) <= 3e-7 * max(1, abs(expected)), "at \(x)")
        }
    }
}
