import Foundation
import GNCACells
import Testing

@testable import GNCARender

@Suite struct ScenarioTests {
    private static let grid = GridSize(width: 72, height: 72)

    private func request(_ change: (inout ScenarioRequest) -> Void = { _ in }) -> ScenarioRequest {
        var request = ScenarioRequest(grid: ScenarioTests.grid)
        change(&request)
        return request
    }

    @Test func scenariosAreFoundByName() throws {
        #expect(Scenarios.all.map { $0.name } == ["grow", "persist", "regen", "rain", "rotate"])
        #expect(try Scenarios.named("regen").name == "regen")
        #expect(
            throws: RenderError.unknown(
                kind: "scenario", name: "regrow", known: ["grow", "persist", "regen", "rain", "rotate"])
        ) { try Scenarios.named("regrow") }
    }

    @Test func everyFileOfTheFolderIsInTheRegistry() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let files = try FileManager.default.contentsOfDirectory(
            atPath: root.appending(path: "Sources/Render/Scenarios").path)
        #expect(files.sorted() == Scenarios.all.map { "\($0).swift" }.sorted())
    }

    @Test(arguments: [
        ("grow", 200, 257), ("persist", 2000, 421), ("regen", 520, 561), ("rotate", 800, 515), ("rain", 700, 746),
    ])
    func aScenarioHasItsLength(name: String, steps: Int, frames: Int) throws {
        let film = try Scenarios.named(name).timeline(request())
        #expect(film.steps == steps)
        #expect(film.cues.count == frames)
    }

    @Test(arguments: [2, 3, 7, 16, 56, 72, 256], ["grow", "persist", "regen", "rain", "rotate"])
    func aScenarioFitsEveryGrid(side: Int, name: String) throws {
        let film = try Scenarios.named(name).timeline(ScenarioRequest(grid: GridSize(width: side, height: side / 2)))
        try film.validate()
        #expect(film.cues.first == FrameCue(step: 0))
        #expect(film.events.first?.action == .plantSeed(x: side / 2, y: side / 4))
        #expect(film.cues.suffix(31).allSatisfy { $0.step == film.steps }, "the last picture stands for one second")
    }

    @Test(arguments: ["grow", "persist", "regen", "rain", "rotate"])
    func whatTheUserSaysWins(name: String) throws {
        let film = try Scenarios.named(name).timeline(
            request {
                $0.steps = 400
                $0.stepsPerFrame = 10
                $0.holdSeconds = 0.5
                $0.starts = [CellPosition(x: 3, y: 4)]
                $0.fireRate = 0.25
                $0.edges = .torus
            })
        #expect(film.steps == 400)
        #expect(Set(film.cues.map(\.step)).isSuperset(of: stride(from: 0, through: 400, by: 10)))
        #expect(film.cues.count { $0.step == 400 } == 16)
        let actions = film.events.map(\.action)
        #expect(actions.contains(.plantSeed(x: 3, y: 4)) && !actions.contains(.plantSeed(x: 36, y: 36)))
        #expect(actions.contains(.fireRate(0.25)) && actions.contains(.edges(.torus)))
    }

    @Test func damageIsAddedToEveryScenario() throws {
        let damage = try DamageRequest(parsing: "circle:36,36,12@100")
        for scenario in Scenarios.all {
            let film = try scenario.timeline(request { $0.damage = [damage] })
            #expect(film.events.contains { $0.step == 100 && $0.name == "circle of radius 12 removed" })
        }
    }

    // MARK: grow, persist

    @Test func growthIsSlowAtFirst() throws {
        let steps = try Grow.timeline(request()).cues.map(\.step)
        #expect(Array(steps.prefix(20)) == [Int](repeating: 0, count: 16) + [1, 1, 2, 2])
        let strides = zip(steps, steps.dropFirst()).map { $1 - $0 }
        #expect(strides[60...110].allSatisfy { $0 == 1 } && strides[130...150].allSatisfy { $0 == 2 })
        #expect(strides[160...190].allSatisfy { $0 == 1 }, "it ends as it began")
        let long = try Grow.timeline(request { $0.steps = 2000 }).cues.map(\.step)
        #expect(long.count < 1200 && long.suffix(61 + 39).first == 1961, "however long it is")
    }

    @Test func persistenceGoesFasterAndFaster() throws {
        let steps = try Persist.timeline(request()).cues.map(\.step)
        let strides = zip(steps, steps.dropFirst()).map { $1 - $0 }
        #expect(strides.filter { $0 > 0 } == strides.filter { $0 > 0 }.sorted())
        #expect(Set(strides) == [0, 1, 4, 8])
    }

    // MARK: regen

    @Test func regenCutsThreeTimesAndLeavesTimeToHeal() throws {
        let film = try Regen.timeline(request())
        #expect(
            film.lines() == [
                "grid 72x72, 520 steps, 561 frames, 18.7 s at 30 frames per second",
                "step 0, frame 1: seed planted at 36,36",
                "step 150, frames 122-130: held",
                "step 150, frame 131: middle removed",
                "step 150, frames 132-166: held",
                "step 280, frames 262-270: held",
                "steps 282-308, frames 272-298: travelling eraser",
                "step 310, frames 301-336: held",
                "step 400, frames 397-405: held",
                "step 400, frame 406: lower part removed",
                "step 400, frames 407-441: held",
                "step 520, frames 532-561: held",
            ])
        #expect(Set(film.cues.map(\.step)).isSuperset(of: film.events.map(\.step)), "every cut is seen")
    }

    @Test func regenFindsSomethingToCutOnEveryGrid() throws {
        for width in 1...12 {
            for height in 1...12 {
                for steps in [120, 333, 740] {
                    let grid = GridSize(width: width, height: height)
                    let names = try Regen.timeline(ScenarioRequest(grid: grid, steps: steps)).events.map(\.name)
                    #expect(Set(names) == [nil, "middle removed", "travelling eraser", "lower part removed"])
                }
            }
        }
    }

    @Test(arguments: [120, 200, 1480, 5000])
    func stepsStretchTheRegenPlan(steps: Int) throws {
        let film = try Regen.timeline(request { $0.steps = steps })
        #expect(film.steps == steps)
        #expect(film.events.first { $0.name == "middle removed" }?.step == 150 * steps / 520)
        #expect(film.events.first { $0.name == "lower part removed" }?.step == 400 * steps / 520)
        #expect(film.events.contains { $0.name == "travelling eraser" })
    }

    @Test func aRegenTooShortToHealIsRefused() {
        #expect(throws: RenderError.invalid("regen grows and heals three times in at least 120 steps (got 119)")) {
            try Regen.timeline(request { $0.steps = 119 })
        }
        #expect(throws: RenderError.invalid("steps out of range (got 9223372036854775807, expected 120...10000000)")) {
            try Regen.timeline(request { $0.steps = .max })
        }
    }

    @Test func damageOfTheUserReplacesThatOfRegen() throws {
        let damage = try ["half:left@300", "circle:36,36,9@150", "random:1@300"].map { try DamageRequest(parsing: $0) }
        let film = try Regen.timeline(request { $0.damage = damage })
        #expect(film.steps == 500, "200 steps after the last")
        #expect(
            film.events.dropFirst().map(\.name) == [
                "circle of radius 9 removed", "left half removed", "random circle removed",
            ])
        #expect(film.cues.count { $0.step == 150 } == 37 && film.cues.count { $0.step == 300 } == 37)
        #expect(
            try Regen.timeline(
                request {
                    $0.damage = damage
                    $0.steps = 310
                }
            ).steps == 310)
        #expect(
            throws: RenderError.invalid("half:left@300: happens after the end (at step 300, the film has 299 steps)")
        ) {
            try Regen.timeline(
                request {
                    $0.damage = damage
                    $0.steps = 299
                })
        }
    }

    @Test func aQuickSeriesOfCutsIsNotInterrupted() throws {
        let damage = try (0..<8).map { try DamageRequest(parsing: "random:1@\(150 + 5 * $0)") }
        let film = try Regen.timeline(request { $0.damage = damage })
        #expect(film.cues.count { $0.step == 150 } == 37, "the first wound is held")
        #expect((151...185).allSatisfy { step in film.cues.count { $0.step == step } == 1 })
    }

    @Test func damageAtTheEndOfTimeIsRefused() throws {
        let damage = try DamageRequest(parsing: "half:left@9223372036854775807")
        #expect(
            throws: RenderError.invalid("steps out of range (got 9223372036854775807, expected 1...10000000)")
        ) { try Regen.timeline(request { $0.damage = [damage] }) }
    }

    // MARK: rotate

    @Test func rotateGrowsTheSameSeedAtEightAngles() throws {
        let film = try Rotate.timeline(request { $0.angleDegrees = 90 })
        let names = film.events.compactMap(\.name)
        let angles = [90, 135, 180, 225, 270, 315, 0, 45]
        #expect(names == angles.map { "angle \($0)°" })
        let turns = film.events.filter { $0.name != nil }
        #expect(turns.map(\.step) == (0..<8).map { 100 * $0 })
        // A grown pattern stands for a moment, then everything goes and a seed is planted.
        #expect(film.cues.count { $0.step == 100 } == 13)
        let restart = film.events.filter { $0.step == 100 }
        let radians = Float(135 * Double.pi / 180)
        #expect(restart.map(\.action) == [.clear, .plantSeed(x: 36, y: 36), .angle(radians)])
        #expect(restart.allSatisfy { $0.afterFrames == 13 })
    }

    @Test func rotateNeedsAStepForEveryTurn() throws {
        #expect(try Rotate.timeline(request { $0.steps = 8 }).steps == 8)
        #expect(throws: RenderError.invalid("rotate grows 8 times, at least one step each (got 7 steps)")) {
            try Rotate.timeline(request { $0.steps = 7 })
        }
    }

    // MARK: words

    @Test func cellsAndGridsAreRead() throws {
        #expect(try CellPosition(parsing: "3,-4") == CellPosition(x: 3, y: -4))
        #expect(throws: RenderError.invalid("\"3\" is not a cell (expected X,Y, for instance 36,36)")) {
            try CellPosition(parsing: "3")
        }
        #expect(try GridSize(parsing: "64x96") == GridSize(width: 64, height: 96))
        for text in ["", "64", "64x", "64x96x3", "axb", "64X96", "6.5x9"] {
            #expect(
                throws: RenderError.invalid("\"\(text)\" is not a grid (expected WxH in cells, for instance 72x72)")
            ) { try GridSize(parsing: text) }
        }
        #expect(throws: RenderError.invalid("grid out of range (got 0x5, expected 1x1...4096x4096 cells)")) {
            try GridSize(parsing: "0x5")
        }
    }
}
