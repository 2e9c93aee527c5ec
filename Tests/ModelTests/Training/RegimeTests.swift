import Foundation
import Testing

@testable import GNCATraining

@Suite struct RegimeTests {
    @Test
    func theRegistryHoldsTheRegimesOfTheFolder() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Sources/Model/Training/Regimes").standardizedFileURL
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files.sorted() == Regimes.all.map { "\($0).swift" }.sorted())
        #expect(Regimes.all.map { $0.name } == ["growing", "persistent", "regenerating", "temporal", "perpetual"])
    }

    private func samples(_ regime: any Regime.Type, iteration: Int = 3, ongoing: Double = 0) -> [Sample] {
        var settings = TrainingSettings()
        settings.ongoingDamage = ongoing
        settings.pool = 20
        settings.damaged = 3
        var pool = SamplePool(seed: CompactState(cells: [5], values: [1], loss: 9), count: 20)
        for index in pool.states.indices { pool.states[index].loss = Float((index * 7) % 20) }
        return regime.start(
            pool,
            RegimeContext(
                settings: settings, width: 72, height: 72, random: TrainingRandom(seed: 1), iteration: iteration,
                steps: 80))
    }

    @Test
    func growingBeginsWithSeedsThatGoNowhere() {
        let batch = samples(Growing.self)
        #expect(batch.count == 8)
        #expect(batch.allSatisfy { $0.index == nil && $0.state.loss == 9 && $0.damage.isEmpty })
    }

    @Test
    func persistentDrawsDifferentStatesAndSeedsTheWorst() {
        let batch = samples(Persistent.self)
        #expect(Set(batch.map(\.index)).count == 8)
        #expect(batch[0].state.loss == 9)
        // The seed stands where the state with the highest loss came from.
        let drawn = batch.compactMap(\.index).map { Float(($0 * 7) % 20) }
        #expect(drawn == drawn.sorted(by: >))
        #expect(batch.map(\.index) != samples(Persistent.self, iteration: 4).map(\.index))
    }

    @Test
    func regeneratingDamagesTheThreeBestBeforeTheFirstStep() {
        let batch = samples(Regenerating.self)
        #expect(batch.map { $0.damage.count } == [0, 0, 0, 0, 0, 1, 1, 1])
        #expect(batch.suffix(3).allSatisfy { $0.damage[0].step == 0 && $0.damage[0].erased.contains(1) })
    }

    @Test
    func perpetualDamagesAsRegeneratingAndEveryStateButTheSeedHasADeathRateOfItsOwn() {
        let range = TrainingSettings().deathRate
        var rates: [Float] = []
        for iteration in 0..<100 {
            let batch = samples(Perpetual.self, iteration: iteration)
            #expect(batch.map { $0.damage.count } == [0, 0, 0, 0, 0, 1, 1, 1] && batch[0].deathRate == 0)
            rates += batch.dropFirst().map(\.deathRate)
        }
        #expect(rates.allSatisfy { range.contains(Double($0)) } && Set(rates).count > 690)
        // As many below the middle of the logarithms as above it.
        #expect((300...400).contains(rates.count { $0 < 1e-3 }))
    }

    @Test(
        "a range of death rates is read",
        arguments: [
            ("0.0001-0.01", 1e-4, 1e-2), ("1e-4-1e-2", 1e-4, 1e-2), ("1e-05-0.01", 1e-5, 1e-2), ("0.003", 3e-3, 3e-3),
            ("1E-4-0.5", 1e-4, 0.5),
        ])
    func deathRates(text: String, least: Double, most: Double) {
        #expect(TrainingSettings.deathRate(text) == least...most)
    }

    @Test(arguments: ["", "-", "0.01-0.001", "0-0.1", "0.1-0.6", "a", "1e-4-", "1e-4-1e-3-1e-2", "nan", "-0.01"])
    func whatIsNoRangeOfDeathRatesIsRefused(text: String) { #expect(TrainingSettings.deathRate(text) == nil) }

    @Test(arguments: TrainingSettings.recipes)
    func temporalDamageGoesOnByEveryRecipe(recipe: String) throws {
        #expect(try #require(TrainingSettings(recipe: recipe, regime: "temporal")).ongoingDamage == 0.67)
    }

    @Test
    func temporalSparesEveryFourthStateOfThePool() {
        for iteration in 0..<40 {
            let batch = samples(Temporal.self, iteration: iteration)
            let damaged = batch.filter { !$0.damage.isEmpty }
            // The best of those that may be damaged; the batch begins with the worst, which is the seed now.
            let exposed = batch.dropFirst().filter { $0.index! % 4 != 0 }
            #expect(batch[0].damage.isEmpty && damaged.map(\.index) == exposed.suffix(3).map(\.index))
        }
    }

    @Test
    func ongoingDamageEnds20StepsBeforeTheRunAndMeetsTheShareOfStatesThatIsSaid() {
        for (share, expected) in [(0, 0...0), (0.25, 18...42), (0.5, 45...75), (1, 120...120)] {
            var series = 0
            for iteration in 0..<40 {
                for sample in samples(Regenerating.self, iteration: iteration, ongoing: share).suffix(3) {
                    let steps = sample.damage.map(\.step)
                    if steps == [0] { continue }
                    series += 1
                    let gaps = Set(zip(steps, steps.dropFirst()).map { $1 - $0 })
                    #expect((4...8).contains(steps.count) && steps[0] == 1 && steps.allSatisfy { $0 <= 60 })
                    #expect(gaps.count == 1 && gaps.allSatisfy { (3...7).contains($0) })
                }
            }
            #expect(expected.contains(series), "\(share): \(series) of 120")
        }
    }
}
