import Foundation
import GNCARaster
import GNCATestSupport
import Testing

@testable import GNCACells
@testable import GNCACheckpoints
@testable import GNCATraining

@Suite struct EvaluationTests {
    /// A shipped model on its picture.
    private static func sample(_ name: String, _ picture: String) throws -> (rule: Rule, target: Target) {
        let folder = Repository.root.appendingPathComponent("samples").path
        let target = try Target(ImageFile.read("\(folder)/\(picture).png"), size: 40, padding: 16)
        return (try CheckpointFile(path: "\(folder)/\(name).ckpt").checkpoint.rule, target)
    }

    /// A rule by which every cell that lives and fires becomes a little redder: no two runs have the same states.
    private static func living() throws -> Rule {
        var bias = [Float](repeating: 0, count: 16)
        (bias[0], bias[3]) = (0.0005, 0.001)
        return try Rule(
            channels: 16, hidden: 1, w1: [Float](repeating: 0, count: 48), b1: [0],
            w2: [Float](repeating: 0, count: 16), b2: bias)
    }

    private static func scores(_ decibels: [Double], losses: [Double]? = nil) -> Evaluation.Scores {
        Evaluation.Scores(
            zip(losses ?? decibels.map { _ in 0.001 }, decibels).map { ScoredRuns.End(loss: $0, decibels: $1) })
    }

    // MARK: what runs come to

    @Test
    func theMedianTheWorstAndTheSharesAreThoseOfTheRuns() {
        let scores = Self.scores([41, 29.9, 40, 35], losses: [0.1, 0.2, 0.3, 0.4])
        #expect(scores.median == 37.5 && scores.worst == 29.9 && abs(scores.meanLoss - 0.25) < 1e-12)
        #expect(scores.share(atLeast: 30) == Share(3, of: 4) && scores.share(atLeast: 40) == Share(2, of: 4))
        #expect(Self.scores([3, 1, 2]).median == 2)
    }

    @Test
    func aRunThatBlewUpIsTheWorstAndHasNoLoss() {
        let scores = Self.scores([40, -.infinity, 41], losses: [0.1, .infinity, 0.1])
        #expect(scores.median == 40 && scores.worst == -.infinity && scores.meanLoss == .infinity)
        #expect(Self.scores([-.infinity, -.infinity, 41]).median == -.infinity)
    }

    @Test(arguments: [(41, 40), (41.5, 40.5), (31, 30), (30.5, 30), (20, 30), (-.infinity, 30)] as [(Double, Double)])
    func recoveredIsWithin1dBOfUnharmedRunsAndAt30(unharmed: Double, least: Double) {
        let recovery = Evaluation.Recovery(
            damage: "a", step: 350, scores: Self.scores([least, least - 0.01, least + 5]), unharmed: unharmed)
        #expect(recovery.recovered == Share(2, of: 3))
    }

    @Test
    func survivedIsALossBelowOneHundredth() {
        let scores = Self.scores([10, 10, 10], losses: [0.0099, 0.01, .infinity])
        let recovery = Evaluation.Recovery(damage: "a", step: 350, scores: scores, unharmed: 40)
        #expect(recovery.survived == Share(1, of: 3) && recovery.recovered == Share(0, of: 3))
    }

    /// A model of which a share keeps its picture that falls with the rate.
    @Test(arguments: [(1e-3, 100), (2e-5, 40), (1.1e-6, 100), (1e-7, 100), (1, 100)])
    func theDeathRateThatHalfOfTheRunsBearIsFoundByBisection(bearable: Double, trials: Int) {
        var asked: [Double] = []
        let endurance = Endurance { rate in
            asked.append(rate)
            // Half at the bearable rate, none at three times as much.
            let share = min(1, max(0, 0.5 - 0.5 * log(rate / bearable) / log(3)))
            return Share(Int((share * Double(trials)).rounded()), of: trials)
        }
        #expect(Set(asked).count == asked.count && asked.count <= Endurance.mostRounds)
        let expected = Endurance.rates.last { $0 <= bearable * 1.001 } ?? 0
        #expect(endurance.rate == expected && endurance.interval.contains(endurance.rate))
        if Endurance.rates.dropLast(3).contains(where: { $0 > bearable }), bearable > 1e-6 {
            #expect(endurance.interval.upperBound > endurance.interval.lowerBound)
        }
    }

    @Test
    func aModelThatHealsBearsMoreThanOneThatOnlyGrows() throws {
        let (lizard, picture) = try Self.sample("lizard", "lizard")
        let runs = try ScoredRuns(lizard, picture, runs: 2, randomSeed: 0, threads: 2)
        #expect(runs.kept(2, deathRate: 1e-5, kind: 9) == Share(2, of: 2))
        #expect(runs.kept(2, deathRate: 0.1, kind: 9) == Share(0, of: 2))
    }

    // MARK: the runs

    @Test
    func scoresAreTheSameOnAnyNumberOfThreadsAndEveryRunIsTold() throws {
        let (rule, target) = (try Self.living(), try TrainerTests.target())
        let told = Counter()
        let one = try Evaluation(rule: rule, target: target, trials: 3, randomSeed: 5, threads: 1) { told.add() }
        #expect(told.count == Evaluation.runs(trials: 3) && told.count == 24)
        // Every run has states of its own.
        let decibels = one.growth.flatMap(\.scores.decibels)
        try #require(decibels.allSatisfy(\.isFinite) && Set(decibels).count == 12, "\(decibels)")
        let three = try Evaluation(rule: rule, target: target, trials: 3, randomSeed: 5, threads: 3)
        #expect(one.growth.map(\.step) == [80, 200, 1000, 2000])
        #expect(one.growth.map(\.scores.decibels) == three.growth.map(\.scores.decibels))
        #expect(one.recoveries.map(\.scores.losses) == three.recoveries.map(\.scores.losses))
        #expect(one.recoveries.map(\.unharmed) == three.recoveries.map(\.unharmed))
        #expect(one.recoveries.map(\.step) == [350, 490, 385, 350, 350, 350, 350])
        let other = try Evaluation(rule: rule, target: target, trials: 3, randomSeed: 6, threads: 3)
        #expect(other.recoveries.map(\.scores.losses) != one.recoveries.map(\.scores.losses))
    }

    /// Random numbers as docs/random-numbers.md has them.
    @Test
    func anUnharmedRunIsAnAutomatonsOwnAndIsTheMeasureOfDamagedOnesAtTheirStep() throws {
        let (rule, target) = (try Self.living(), try TrainerTests.target())
        let scores = try Evaluation(rule: rule, target: target, trials: 1, randomSeed: 5, threads: 1)
        let seed = RandomSource(seed: 5, stream: .damage).bits(step: 0, x: 0, y: 0)
        let start = rule.startState(width: target.width, height: target.height, randomSeed: 5)
        let automaton = try Automaton(rule: rule, state: start, randomSeed: seed)
        for _ in 0..<200 { try automaton.step() }
        #expect(scores.growth[1].scores.decibels == [BoxPSNR(target).decibels(of: automaton.state)])
        #expect(scores.growth[1].scores.losses == [target.loss(of: automaton.state)])
        while automaton.stepsDone < 350 { try automaton.step() }
        let unharmed = BoxPSNR(target).decibels(of: automaton.state)
        #expect(scores.recoveries[0].unharmed == unharmed && scores.recoveries[6].unharmed == unharmed)
    }

    @Test
    func aModelThatHealsRecoversAndOneThatOnlyGrowsDoesNot() throws {
        let (lizard, picture) = try Self.sample("lizard", "lizard")
        let scores = try Evaluation(rule: lizard, target: picture, trials: 1, randomSeed: 0, threads: 2)
        #expect(scores.growth.allSatisfy { $0.scores.median > 35 })
        // One circle and each half.
        #expect([0, 3, 4, 5, 6].allSatisfy { scores.recoveries[$0].recovered.count == 1 })
        let (growing, turtle) = try Self.sample("turtle-growing", "turtle")
        let settings = try #require(TrainingSettings(recipe: "distill", regime: "regenerating"))
        let score = try TrainingScore(of: growing, target: turtle, settings: settings, threads: 2)
        #expect(score.healed?.count == 0 && !score.reaches(30))
    }

    @Test
    func aScoreIsThatOfTheFirstRunsOfAnEvaluation() throws {
        let (lizard, picture) = try Self.sample("lizard", "lizard")
        let settings = try #require(TrainingSettings(recipe: "distill", regime: "regenerating"))
        let score = try TrainingScore(of: lizard, target: picture, settings: settings, threads: 2)
        let runs = try ScoredRuns(lizard, picture, runs: 4, randomSeed: 0, threads: 2)
        let ends = runs.grown(4, steps: [200, 2000])
        for (place, quality) in score.growth.enumerated() {
            #expect(quality.step == [200, 2000][place])
            #expect(abs(quality.decibels - ends.map { $0[place].decibels }.median) <= 0.005)
        }
        #expect(score.healed == Share(8, of: 8))
        #expect(Set(score.texts.keys) == ["psnr_200", "psnr_2000", "healed"])
        #expect(score.texts["healed"] == "8 of 8 circles")
        // The goal is what the score says.
        let least = score.growth.map(\.decibels).min() ?? 0
        for (goal, isReached) in [(least, true), (least + 0.01, false)] {
            #expect(score.reaches(goal) == isReached)
            #expect(try TrainingScore.holds(goal, lizard, target: picture, threads: 2) == isReached)
        }
    }

    @Test
    func whatIsNoPictureIsNotFollowed() throws {
        let (rule, target) = (try Self.living(), try TrainerTests.target())
        let score = try TrainingScore(
            of: rule, target: target, settings: TrainerTests.settings("regenerating"), threads: 1)
        #expect(score.growth.map(\.step) == [200] && score.growth[0].decibels < 10 && score.healed == nil)
        #expect(Set(score.texts.keys) == ["psnr_200"] && !score.reaches(10))
    }

    @Test
    func onlyWhatARegimeTeachesIsScored() throws {
        // What is empty is right, but for a few cells.
        let rule = try Self.living()
        var values = [Float](repeating: 0, count: 16 * 16 * 4)
        for cell in [0, 16 * 16 - 1] { values[cell * 4 + 3] = 1 }
        let target = Target(width: 16, height: 16, values: values)
        let growing = try TrainingScore(
            of: rule, target: target, settings: TrainerTests.settings("growing"), threads: 1)
        #expect(growing.growth.map(\.step) == [80, 200] && growing.healed == nil)
        let persistent = try TrainingScore(
            of: rule, target: target, settings: TrainerTests.settings("persistent"), threads: 1)
        #expect(persistent.growth.map(\.step) == [200, 2000] && persistent.healed == nil)
        var short = TrainerTests.settings("regenerating")
        short.growFirst = 1
        #expect(try TrainingScore(of: rule, target: target, settings: short, threads: 1) == growing)
    }

    private final class Counter: @unchecked Sendable {
        private(set) var count = 0
        @Sendable func add() { count += 1 }
    }
}
