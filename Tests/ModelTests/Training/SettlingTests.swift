import Foundation
import GNCACells
import Testing

@testable import GNCATraining

/// Towards the end of a training, four states of the pool grow old (docs/training.md).
@Suite struct SettlingTests {
    private static func pool(loss: Float = 0.001) -> SamplePool {
        var pool = SamplePool(seed: CompactState(cells: [5], values: [1], loss: 9), count: 20)
        for index in pool.states.indices { pool.states[index] = CompactState(cells: [7], values: [2], loss: loss) }
        return pool
    }

    @Test func everyFourthIterationGoesOnWithTheNextOldState() {
        let drawn = (0..<40).map { Settling.sample(Self.pool(), iteration: 1000 + $0)?.index }
        for (offset, index) in drawn.enumerated() {
            #expect(index == (offset % 4 == 0 ? (1000 + offset) / 4 % Settling.states : nil))
        }
    }

    @Test func anOldStateGoesOnUnharmedUntilItIsOldEnoughOrHasFallenApart() throws {
        // Its 32 visits come every 16 iterations.
        let visits = try (0..<64).map { try #require(Settling.sample(Self.pool(), iteration: 16 * $0)) }
        #expect(visits.allSatisfy { $0.damage.isEmpty && $0.deathRate == 0 && $0.index == 0 })
        #expect(visits.indices.filter { visits[$0].state == Self.pool().seed } == [0, 32])
        let broken = try #require(Settling.sample(Self.pool(loss: 0.011), iteration: 16))
        #expect(broken.state == Self.pool().seed)
        var dead = Self.pool()
        dead.states[0] = CompactState(cells: [], values: [], loss: 0)
        #expect(try #require(Settling.sample(dead, iteration: 16)).state == dead.seed)
    }

    @Test func otherIterationsLeaveTheOldStatesAlone() {
        let settings = TrainingSettings()
        for regime in Regimes.all where regime.usesPool {
            for iteration in 0..<50 {
                let context = RegimeContext(
                    settings: settings, width: 72, height: 72, random: TrainingRandom(seed: 1), iteration: iteration,
                    steps: 80, old: Settling.states)
                let drawn = regime.start(Self.pool(), context).compactMap(\.index)
                #expect(drawn.count == settings.batch && drawn.allSatisfy { $0 >= Settling.states }, "\(regime.name)")
            }
        }
    }

    @Test func itIsOnForTheShareAtTheEndWhereThePoolHasRoom() throws {
        var settings = try #require(TrainingSettings(recipe: "sharp", regime: "regenerating"))
        #expect([0.0, 0.49, 0.5, 1].map { Settling.isOn(settings, progress: $0) } == [false, false, true, true])
        settings.pool = 5
        #expect(!Settling.isOn(settings, progress: 1))
        (settings.pool, settings.settle) = (64, 0)
        #expect(!Settling.isOn(settings, progress: 1))
        for recipe in TrainingSettings.recipes {
            for regime in Regimes.all.map({ $0.name }) {
                let usual = try #require(TrainingSettings(recipe: recipe, regime: regime)).settle
                let settles = ["sharp", "quick"].contains(recipe) && regime == "regenerating"
                #expect((usual > 0) == settles, "\(recipe) \(regime)")
            }
        }
    }

    /// In a training: the old states change in their turn alone, and the others never take their places.
    @Test func aTrainingLetsThemGrowOld() throws {
        var settings = TrainingSettings()
        (settings.batch, settings.pool, settings.settle, settings.steps) = (2, 12, 0.5, 4...5)
        (settings.hidden, settings.damaged) = ([8], 1)
        let target = Target(width: 8, height: 8, values: [Float](repeating: 1, count: 8 * 8 * 4))
        let trainer = try Trainer(target: target, settings: settings, threads: 1)
        var turns = 0
        for iteration in 0..<40 {
            let before = trainer.pool.states.prefix(Settling.states)
            trainer.runIteration(progress: Double(iteration) / 40)
            let after = trainer.pool.states.prefix(Settling.states)
            let changed = before.indices.filter { before[$0] != after[$0] }
            guard iteration >= 20 else { continue }
            #expect(changed == (iteration % 4 == 0 ? [iteration / 4 % 4] : []), "\(iteration)")
            turns += changed.count
        }
        #expect(turns == 5)
    }
}
