import Testing

@testable import GNCACells

/// Skipping cells must not change one bit.
@Suite struct ChangingCellsTests {
    struct Case: CustomTestStringConvertible {
        var seed: Int
        var life = Life()
        var edges = Edges.zero
        var response = EmptyResponse.colour
        var channels = 16
        var hidden = 8
        var height = 9
        var width = 13
        /// Where the pattern begins.
        var top = 0

        var testDescription: String {
            "\(height)x\(width)x\(channels) from row \(top), \(hidden) hidden, \(life), \(edges), response \(response)"
        }
    }

    static let masks = [
        Life(before: true, after: true), Life(before: false, after: true, threshold: 0.05),
        Life(before: true, after: false), Life(before: false, after: false),
        Life(before: true, after: true, threshold: -0.05), Life(before: false, after: true, threshold: -0.05),
        Life(before: true, after: false, threshold: 0),
    ]

    static let rules: [Case] = masks.flatMap { mask in
        Edges.allCases.flatMap { edges in
            EmptyResponse.allCases.flatMap { response in
                (0..<3).map { Case(seed: $0, life: mask, edges: edges, response: response) }
            }
        }
    }
    static let grids: [Case] = masks[..<4].flatMap { mask in
        Edges.allCases.flatMap { edges in
            [(1, 1), (1, 7), (7, 1), (2, 2), (3, 3), (9, 31), (3, 64), (2, 130)].map {
                Case(seed: 11, life: mask, edges: edges, hidden: 4, height: $0.0, width: $0.1)
            }
        }
    }
    static let places: [Case] = masks[..<4].flatMap { mask in
        Edges.allCases.flatMap { edges in
            [0, 1, 2, 7, 15, 18, 19].flatMap { top in
                (0..<2).map {
                    Case(seed: $0, life: mask, edges: edges, hidden: 4, height: 20, width: 5, top: top)
                }
            }
        }
    }
    static let shapes: [Case] = masks[..<2].flatMap { mask in
        [4, 5, 12, 16, 20, 70].flatMap { channels in
            [1, 8, 40, 128, 130].map {
                Case(seed: 12, life: mask, channels: channels, hidden: $0, height: 4, width: 5)
            }
        }
    }

    @Test(arguments: rules + grids + places + shapes)
    func everyRuleStepsAsIfAllCellsWereComputed(_ test: Case) throws {
        let rule = try Rule.random(
            test.seed, channels: test.channels, hidden: test.hidden, life: test.life, edges: test.edges,
            response: test.response)
        var state = CellGrid.blob(
            test.seed, height: test.height, width: test.width, channels: test.channels, top: test.top)
        var random = TestRandom(test.seed)
        var reference = ReferenceAutomaton(rule: rule, state: state)
        let kernels = UpdateKernel.bestKernels.pointee
        reference.fuses = kernels.fuses == 1
        let automaton = try Automaton(
            rule: rule, state: state, randomSeed: 0, threads: 1, instructionSet: 0)
        for step in 0..<6 {
            reference.angle = [0, 0.7, -2][(test.seed + step / 2) % 3]
            automaton.angle = reference.angle
            if step == 3 {  // new life far away, and a hole
                let numbers = random.numbers(test.channels, 0...0.6)
                func change(_ grid: inout CellGrid) {
                    grid.fill(x: test.width - 1, y: test.height / 2, numbers)
                    grid.erase(x: 0, y: 0)
                }
                change(&reference.state)
                automaton.edit(change)
            }
            let fire = random.mask(test.height * test.width)
            let finite = reference.step(fire: fire)
            try #require(finite)
            try automaton.step(fire: fire)
            state = reference.state
            try #require(automaton.state == state, "step \(step + 1)")
        }
    }

    @Test(arguments: Edges.allCases)
    func aLivingCellIsKeptByWhatItsDeadNeighbourWouldHaveBecome(edges: Edges) throws {
        // Unit 0 sees channel 4 and raises alpha, unit 1 sees alpha and lowers it.
        var w1 = [Float](repeating: 0, count: 2 * 48)
        (w1[4], w1[48 + 3]) = (1, 1)
        var w2 = [Float](repeating: 0, count: 16 * 2)
        (w2[3 * 2], w2[3 * 2 + 1]) = (1, -2)
        let rule = try Rule(
            channels: 16, hidden: 2, w1: w1, b1: [0, 0], w2: w2, b2: nil, life: Life(), edges: edges)
        var start = CellGrid(height: 5, width: 7, channels: 16)
        start.values[start.offset(x: 2, y: 2) + 3] = 0.2  // mature, dies
        start.values[start.offset(x: 3, y: 2)] = 0.5  // alive, between the two
        start.values[start.offset(x: 4, y: 2) + 4] = 1  // dead, would become mature
        var expected = CellGrid(height: 5, width: 7, channels: 16)
        expected.values[expected.offset(x: 3, y: 2)] = 0.5
        let automaton = try Automaton(rule: rule, state: start)
        try automaton.step(fire: [UInt8](repeating: 1, count: 35))
        #expect(automaton.state == expected)
        // Where the dead one does not fire, nothing keeps the one between.
        automaton.edit { $0 = start }
        var fire = [UInt8](repeating: 1, count: 35)
        fire[2 * 7 + 4] = 0
        try automaton.step(fire: fire)
        #expect(automaton.state == CellGrid(height: 5, width: 7, channels: 16))
    }

    @Test(arguments: [3, 10])
    func aCellTwoStepsAwayLivesOnTheResponseToNothingNextToOneThatBecameMature(row: Int) throws {
        // Units 0 and 1 see channel 4 above or below and raise alpha; nothing at all gives a little red.
        var w1 = [Float](repeating: 0, count: 2 * 48)
        (w1[32 + 4], w1[48 + 32 + 4]) = (1, -1)
        var w2 = [Float](repeating: 0, count: 16 * 2)
        (w2[3 * 2], w2[3 * 2 + 1]) = (10, 10)
        var b2 = [Float](repeating: 0, count: 16)
        b2[0] = 0.01
        let rule = try Rule(
            channels: 16, hidden: 2, w1: w1, b1: [0, 0], w2: w2, b2: b2, life: Life(before: false, after: true))
        var start = CellGrid(height: 14, width: 9, channels: 16)
        start.values[start.offset(x: 4, y: row) + 4] = 1
        let fire = [UInt8](repeating: 1, count: 14 * 9)
        let automaton = try Automaton(rule: rule, state: start)
        var reference = ReferenceAutomaton(rule: rule, state: start)
        reference.fuses = UpdateKernel.bestKernels.pointee.fuses == 1
        try automaton.step(fire: fire)
        _ = reference.step(fire: fire)
        #expect(automaton.state == reference.state)
        for y in [row - 2, row + 2] { #expect(automaton.state.values[automaton.state.offset(x: 4, y: y)] == 0.01) }
    }

    @Test(
        "what may be skipped follows from the life mask and the empty cell's response",
        arguments: [
            (Life(before: true, after: true), [0, 0, 0, 9], .alive),
            (Life(before: true, after: false), [0, 0, 0, 9], .alive),
            (Life(before: true, after: true, threshold: -1), [0, 0, 0, 9], .all),
            (Life(before: true, after: true, threshold: -1), [0, 0, 0, 0], .nearOccupied(steps: 1)),
            (Life(before: false, after: true), [0, 0, 0, 0], .nearOccupied(steps: 1)),
            (Life(before: false, after: true), [5, 0, 0, 0.1], .nearOccupied(steps: 2)),
            (Life(before: false, after: true), [0, 0, 0, 0.2], .all),
            (Life(before: false, after: true), [.infinity, 0, 0, 0], .all),
            (Life(before: false, after: true, threshold: -1), [0, 0, 1, -2], .all),
            (Life(before: false, after: false), [0, 0, 0, 0], .nearOccupied(steps: 1)),
            (Life(before: false, after: false), [0, 1, 0, 0], .all),
        ] as [(Life, [Float], ChangingCells)])
    func choice(mask: Life, response: [Float], expected: ChangingCells) {
        #expect(ChangingCells(life: mask, perception: Perception(), response: response) == expected)
    }
}
