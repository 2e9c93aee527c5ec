import Testing

@testable import GNCACells

@Suite struct LineageTests {
    private func grid(_ cells: [(x: Int, y: Int, alpha: Float)]) -> CellGrid {
        var grid = CellGrid(height: 8, width: 9, channels: 6)
        for cell in cells {
            grid.fill(x: cell.x, y: cell.y, [0, 0, 0, cell.alpha, 1, 1])
        }
        return grid
    }

    private func members(_ states: [CellGrid], edges: Edges = .zero) throws -> Lineage {
        let rule = try Rule.random(1, channels: 6, hidden: 4)
        var lineage = try Lineage(rule: rule, grid: GridSize(width: 9, height: 8))
        for (step, state) in states.enumerated() { lineage.observe(state, edges: edges, step: step) }
        return lineage
    }

    @Test func aSeedIsAFounderAndItsNeighboursAreItsChildren() throws {
        let lineage = try members([grid([(4, 4, 1)])])
        #expect(lineage.members.count == 9)
        #expect(lineage.members[0].mother == nil && lineage.members[0].clan == nil)
        #expect(lineage.members[0].cell == 4 * 9 + 4)
        #expect(lineage.members.dropFirst().allSatisfy { $0.mother == 0 && $0.generation == 1 })
        #expect(lineage.members.compactMap(\.clan) == Array(0..<8))
    }

    @Test func theMotherIsTheNeighbourWithTheHighestAlpha() throws {
        let lineage = try members([grid([(2, 4, 0.5)]), grid([(2, 4, 0.5), (3, 4, 0.9)])])
        // (4, 4) has one mature neighbour, the child at (3, 4). (3, 3) lived before, but has held nothing yet: it becomes a
        // child of the higher of its two. (1, 4) has the founder alone.
        let new = lineage.members[lineage.living[4 * 9 + 4]]
        #expect(new.born == 1 && new.mother == lineage.living[4 * 9 + 3] && new.generation == 2)
        #expect(lineage.members[lineage.living[3 * 9 + 3]].mother == lineage.living[4 * 9 + 3])
        #expect(lineage.members[lineage.living[4 * 9 + 1]].mother == 0)
        #expect(new.clan == lineage.members[lineage.living[4 * 9 + 3]].clan)
    }

    @Test func whatIsEmptiedOrLeavesTheMaskEndsAndWhatComesLaterIsAnotherOne() throws {
        let both = grid([(4, 4, 1), (5, 4, 1)])
        let one = grid([(4, 4, 1)])
        let lineage = try members([both, both, one, both])
        let place = 4 * 9 + 5
        let lives = lineage.members.filter { $0.cell == place }
        #expect(lives.count == 2)
        #expect(lives[0].died == 2 && lives[1].died == nil && lives[1].born == 2)
        #expect(lineage.members.filter { $0.cell == 4 * 9 + 6 }.map(\.died) == [2, nil])
    }

    @Test func onATorusMothersLieBeyondTheEdge() throws {
        let seed = grid([(0, 0, 1)])
        #expect(try members([seed]).members.count == 4)
        #expect(try members([seed], edges: .torus).members.count == 9)
    }

    @Test func tellingAStateTwiceChangesNothing() throws {
        let states = [grid([(4, 4, 1)]), grid([(4, 4, 1), (5, 5, 0.5)])]
        let once = try members(states)
        var twice = try Lineage(rule: .random(1, channels: 6, hidden: 4), grid: GridSize(width: 9, height: 8))
        for (step, state) in states.enumerated() {
            twice.observe(state, edges: .zero, step: step)
            twice.observe(state, edges: .zero, step: step)
        }
        #expect(once.members == twice.members && once.living == twice.living)
    }

    /// Of a rule with births, the tree says whose channels every cell took over.
    @Test(arguments: 0..<4) func mothersAreThoseThatTheRuleCopied(seed: Int) throws {
        let rule = try GeneralRules.rule("births", seed: seed)
        let start = CellGrid.blob(seed, height: 12, width: 13, channels: rule.channels)
        let automaton = try Automaton(rule: rule, state: start, randomSeed: 1)
        var lineage = try Lineage(rule: rule, grid: GridSize(width: 13, height: 12))
        var born = 0
        for step in 0..<8 {
            let before = automaton.state
            lineage.observe(before, edges: .zero, step: step)
            let empty = (0..<156).filter { cell in
                let values = before.values[(cell * rule.channels)..<((cell + 1) * rule.channels)]
                return lineage.living[cell] >= 0 && values.allSatisfy { $0 == 0 }
            }
            // Nobody fires: who is born stays as it was born.
            try automaton.step(fire: [UInt8](repeating: 0, count: 156))
            for cell in empty {
                let mother = try #require(lineage.members[lineage.living[cell]].mother)
                let place = lineage.members[mother].cell
                let child = automaton.state.values[(cell * rule.channels + 4)..<((cell + 1) * rule.channels)]
                let expected = before.values[(place * rule.channels + 4)..<((place + 1) * rule.channels)]
                let isKept = child.contains { $0 != 0 }
                if isKept { #expect(Array(child) == Array(expected)) }
                born += isKept ? 1 : 0
            }
            try automaton.step()
        }
        #expect(born > 5)
    }

    @Test func rulesWithoutLifeHaveNoMothers() throws {
        #expect(throws: ModelError.self) {
            try Lineage(rule: GeneralRules.rule("no life", seed: 0), grid: GridSize(width: 4, height: 4))
        }
    }
}
