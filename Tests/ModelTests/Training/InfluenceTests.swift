import Foundation
import GNCARaster
import GNCATestSupport
import Testing

@testable import GNCACells
@testable import GNCACheckpoints
@testable import GNCATraining

@Suite struct InfluenceTests {
    /// The shipped lizard with half of it gone, `steps` steps before, and its picture.
    private static func wounded(_ steps: Int) throws -> (rule: Rule, target: Target, state: CellGrid) {
        let folder = Repository.root.appendingPathComponent("samples").path
        let target = try Target(ImageFile.read("\(folder)/lizard.png"), size: 40, padding: 16)
        let rule = try CheckpointFile(path: "\(folder)/lizard.ckpt").checkpoint.rule
        let automaton = try Automaton(rule: rule, state: rule.startState(width: 72, height: 72, randomSeed: 0))
        for _ in 0..<150 { try automaton.step() }
        automaton.erase((0..<72 * 72).map { $0 % 72 < 36 ? 1 : 0 })
        for _ in 0..<steps { try automaton.step() }
        return (rule, target, automaton.state)
    }

    /// The sum over cells and channels of the error, `steps` steps later.
    private static func error(_ state: CellGrid, _ rule: Rule, _ target: Target, steps: Int, seed: UInt32) throws
        -> Double
    {
        let automaton = try Automaton(rule: rule, state: state, randomSeed: seed)
        for _ in 0..<steps { try automaton.step() }
        return target.loss(of: automaton.state, appearance: rule.appearance) * Double(72 * 72 * 4)
    }

    @Test
    func aCellsInfluenceIsWhatALittleLessOfItChanges() throws {
        let (rule, target, state) = try Self.wounded(8)
        let influence = try Influence.values(of: state, rule: rule, target: target, steps: 6, runs: 1)
        let strongest = influence.indices.sorted { influence[$0] > influence[$1] }.prefix(8)
        try #require(influence[strongest[7]] > 0.1)
        for cell in strongest {
            let ends = try [0.001, -0.001].map { (share: Float) in
                var moved = state
                for channel in 0..<rule.channels { moved.values[cell * rule.channels + channel] *= 1 + share }
                return try Self.error(moved, rule, target, steps: 6, seed: 0)
            }
            let expected = abs(ends[0] - ends[1]) / 0.002
            #expect(abs(Double(influence[cell]) - expected) < 0.03 * expected, "cell \(cell)")
        }
    }

    @Test(arguments: [0, 8, 20])
    func erasingTheMostInfluentialTenthHurtsMoreThanARandomTenth(steps: Int) throws {
        let (rule, target, state) = try Self.wounded(steps)
        let influence = try Influence.values(of: state, rule: rule, target: target)
        let living = influence.indices.filter { state.values[$0 * rule.channels + 3] > 0.1 }
        func harm(_ cells: [Int]) throws -> Double {
            var harmed = state
            for cell in cells { harmed.erase(x: cell % 72, y: cell / 72) }
            let errors = try (0..<4 as Range<UInt32>).map {
                try Self.error(harmed, rule, target, steps: Influence.steps, seed: $0)
            }
            return errors.reduce(0, +)
        }
        let (count, unharmed) = (living.count / 10, try harm([]))
        let strongest = try harm(Array(living.sorted { influence[$0] > influence[$1] }.prefix(count)))
        var random = TestRandom(3)
        let others = try (0..<5).map { _ in
            let keys = random.numbers(living.count, 0...1)
            return try harm(living.indices.sorted { keys[$0] < keys[$1] }.prefix(count).map { living[$0] })
        }
        let most = try #require(others.max())
        #expect(most > unharmed && strongest - unharmed > 2 * (most - unharmed), "\(unharmed), \(strongest), \(others)")
    }
}
