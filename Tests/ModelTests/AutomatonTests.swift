import Testing

@testable import GNCACells

@Suite struct AutomatonTests {
    /// The first four are PyTorch's (float64), the next four numpy's, the others PyTorch's again, of all kinds of rules.
    @Test(
        "recorded trajectories are reproduced",
        arguments: [
            ("distill", 1e-5), ("rotated", 1e-5), ("blog", 1e-4), ("narrow", 1e-5), ("torus", 1e-5), ("before", 1e-5),
            ("unmasked", 1e-5), ("wide", 1e-5), ("laplacian", 1e-5), ("three-layers", 1e-5), ("learned-filters", 1e-5),
            ("appended-control", 1e-5), ("added-control", 1e-5), ("texture", 1e-5),
        ] as [(String, Float)])
    func trajectory(name: String, tolerance: Float) throws {
        let trajectory = try Trajectory(name)
        let automaton = try Automaton(rule: trajectory.rule, state: trajectory.start)
        automaton.angle = trajectory.angle
        var kept = trajectory.states[...]
        for fire in trajectory.fire {
            try automaton.step(fire: fire)
            guard let expected = kept.first, expected.step == automaton.stepsDone else { continue }
            kept.removeFirst()
            let worst = zip(automaton.state.values, expected.values).map { abs($0 - $1) }.max()
            #expect(try #require(worst) <= tolerance, "step \(expected.step)")
        }
        #expect(kept.isEmpty)
    }

    @Test
    func aGridWithOtherChannelsThanTheRulesIsRefused() throws {
        let rule = try Rule.random(1)
        #expect(throws: ModelError.outOfRange(what: "channels", value: "12", expected: "16")) {
            _ = try Automaton(rule: rule, state: CellGrid(height: 3, width: 3, channels: 12))
        }
    }

    @Test
    func aFireMaskOfAnotherSizeIsRefused() throws {
        let automaton = try Automaton(rule: .random(1), state: .blob(1, height: 3, width: 4, channels: 16))
        #expect(throws: ModelError.wrongShape(tensor: "fire", got: 11, expected: 12)) {
            try automaton.step(fire: [UInt8](repeating: 1, count: 11))
        }
        #expect(automaton.stepsDone == 0)
    }

    @Test(arguments: [0, 0.3, 0.5, 1] as [Float])
    func drawnFireIsTheRandomSources(rate: Float) throws {
        let start = CellGrid.blob(5, height: 20, width: 70, channels: 16)
        let rule = try Rule.random(5, life: Life(before: false, after: false), response: .life)
        let drawn = try Automaton(rule: rule, state: start, randomSeed: 7)
        let given = try Automaton(rule: rule, state: start)
        drawn.fireRate = rate
        let source = RandomSource(seed: 7, stream: .fire)
        for step in 0..<3 as Range<UInt32> {
            let fire = (0..<20 * 70 as Range<UInt32>).map {
                source.fraction(step: step, x: $0 % 70, y: $0 / 70) < rate ? 1 : 0 as UInt8
            }
            try given.step(fire: fire)
            try drawn.step()
        }
        #expect(drawn.state == given.state)
        #expect((drawn.state == start) == (rate == 0))
    }

    @Test(arguments: [0.01, 0.3, 1] as [Float], [Edges.zero, .torus])
    func deathsAreErasuresDrawnFromTheRandomSource(rate: Float, edges: Edges) throws {
        let start = CellGrid.blob(5, height: 20, width: 70, channels: 16)
        let rule = try Rule.random(5)
        let (dying, erased) = (
            try Automaton(rule: rule, state: start, randomSeed: 7),
            try Automaton(rule: rule, state: start, randomSeed: 7)
        )
        for automaton in [dying, erased] { automaton.edges = edges }
        dying.deathRate = rate
        let source = RandomSource(seed: 7, stream: .deaths)
        for step in 1...4 as ClosedRange<UInt32> {
            try dying.step()
            try erased.step()
            erased.erase(
                (0..<20 * 70 as Range<UInt32>).map {
                    source.fraction(step: step, x: $0 % 70, y: $0 / 70) < rate ? 1 : 0
                })
            #expect(dying.state == erased.state)
        }
        dying.deathRate = 0
        try dying.step()
        try erased.step()
        #expect(dying.state == erased.state)
    }

    @Test
    func anotherRandomSeedGivesAnotherStateTheSameOneTheSame() throws {
        func run(seed: UInt32) throws -> CellGrid {
            let automaton = try Automaton(
                rule: .random(2), state: .blob(2, height: 9, width: 9, channels: 16), randomSeed: seed)
            for _ in 0..<4 { try automaton.step() }
            return automaton.state
        }
        #expect(try run(seed: 1) == run(seed: 1))
        #expect(try run(seed: 1) != run(seed: 2))
    }

    @Test(arguments: [Edges.zero, .torus])
    func aBlowUpNamesItsStepAndKeepsTheLastFiniteState(edges: Edges) throws {
        let calm = try Rule.random(3, life: Life(before: true, after: false), edges: edges)
        let rule = try Rule(
            channels: 16, hidden: calm.hidden, w1: calm.w1, b1: calm.b1, w2: calm.w2.map { $0 * 1e12 }, b2: nil,
            life: calm.life, edges: edges)
        let start = CellGrid.blob(3, height: 9, width: 9, channels: 16)
        let automaton = try Automaton(rule: rule, state: start)
        var reference = ReferenceAutomaton(rule: rule, state: start)
        let fire = [UInt8](repeating: 1, count: 81)
        var steps = 0
        while reference.step(fire: fire) {
            steps += 1
            try automaton.step(fire: fire)
        }
        #expect(steps > 1, "it takes some steps to explode")
        #expect(throws: ModelError.blowUp(step: steps + 1)) { try automaton.step(fire: fire) }
        #expect(throws: ModelError.blowUp(step: steps + 1)) { try automaton.step(fire: fire) }
        #expect(automaton.stepsDone == steps)
        #expect(automaton.state.values.allSatisfy { $0.isFinite })
        #expect(automaton.state.values.contains { abs($0) > 1e12 })
        // It goes on where it stopped once the cause is gone.
        automaton.edit { $0 = start }
        try automaton.step(fire: fire)
        #expect(automaton.stepsDone == steps + 1)
    }

    @Test
    func nanPutIntoACellThatLivesIsFoundInTheNextStep() throws {
        let automaton = try Automaton(
            rule: .random(4, life: Life(before: false, after: false)),
            state: .blob(4, height: 6, width: 6, channels: 16))
        automaton.edit { $0.values[$0.offset(x: 1, y: 1) + 7] = .nan }
        #expect(throws: ModelError.blowUp(step: 1)) { try automaton.step(fire: [UInt8](repeating: 1, count: 36)) }
    }

    @Test(arguments: [16, 12])
    func nanInsideTheHiddenLayerIsNotTakenForZero(channels: Int) throws {
        // The gradient in the middle overflows, and infinity times a weight of zero is NaN.
        let rule = try Rule(
            channels: channels, hidden: 1, w1: [Float](repeating: 0, count: 3 * channels), b1: [0],
            w2: [Float](repeating: 1, count: channels), b2: nil, life: Life(before: false, after: false))
        var start = CellGrid(height: 1, width: 3, channels: channels)
        (start.values[5], start.values[2 * channels + 5]) = (-3e38, 3e38)
        let automaton = try Automaton(rule: rule, state: start)
        #expect(throws: ModelError.blowUp(step: 1)) { try automaton.step(fire: [0, 1, 0]) }
    }

    @Test
    func theTraceSaysWhichCellsFiredAndHowFarEachMoved() throws {
        let start = CellGrid.blob(6, height: 8, width: 9, channels: 16)
        let automaton = try Automaton(rule: .random(6), state: start, randomSeed: 3)
        let untraced = try Automaton(rule: .random(6), state: start, randomSeed: 3)
        automaton.recordsTrace = true
        let source = RandomSource(seed: 3, stream: .fire)
        var emptied = 0
        for step in 0..<6 as Range<UInt32> {
            let old = automaton.state
            try automaton.step()
            try untraced.step()
            let trace = try #require(automaton.trace)
            #expect(
                trace.fired
                    == (0..<72 as Range<UInt32>).map {
                        source.fraction(step: step, x: $0 % 9, y: $0 / 9) < 0.5 ? 1 : 0
                    })
            for cell in 0..<72 {
                let range = (cell * 16)..<(cell * 16 + 16)
                let new = automaton.state.values[range]
                let square = zip(new, old.values[range]).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
                #expect(abs(trace.update[cell] - square.squareRoot()) < 1e-5, "cell \(cell)")
                if new.allSatisfy({ $0 == 0 }) && square > 0 { emptied += 1 }
            }
        }
        #expect(emptied > 0, "the run must show a cell that dies")
        #expect(automaton.state == untraced.state)
        automaton.recordsTrace = false
        try automaton.step()
        #expect(automaton.trace == nil)
    }

    @Test
    func aStepRunsEveryStageOnceInOrder() throws {
        let automaton = try Automaton(rule: .random(6), state: .blob(6, height: 8, width: 9, channels: 16))
        var seen: [Automaton.Stage] = []
        try automaton.step { seen.append($0) }
        #expect(seen == [.lifeBefore, .birth, .fire, .update, .lifeAfter, .apply])
        #expect(seen == Automaton.stages)
        #expect(automaton.stepsDone == 1)
    }
}
