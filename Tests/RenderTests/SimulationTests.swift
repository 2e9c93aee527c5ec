import GNCACells
import Testing

@testable import GNCARender

@Suite struct SimulationTests {
    private static let grid = GridSize(width: 6, height: 4)

    /// Every cell's red grows by 1 in every step; nothing else changes and nothing dies.
    private func counting(fireRate: Float = 1, by amount: Float = 1) throws -> Rule {
        try Rule(
            channels: 4, hidden: 1, w1: [Float](repeating: 0, count: 12), b1: [1], w2: [amount, 0, 0, 0], b2: nil,
            life: Life(before: false, after: false), fireRate: fireRate)
    }

    private func snapshots(
        _ entries: [TimelineEntry], steps: Int = 4, lapse: [TimeLapse] = [], rule: Rule? = nil,
        recordsTrace: Bool = false
    ) throws -> [Snapshot] {
        let timeline = try TimelineDescription(steps: steps, timeLapse: lapse, entries: entries)
            .timeline(ScenarioRequest(grid: SimulationTests.grid))
        let simulation = try Simulation(
            rule: try rule ?? counting(), timeline: timeline, recordsTrace: recordsTrace)
        var result: [Snapshot] = []
        while let snapshot = try simulation.next() { result.append(snapshot) }
        return result
    }

    /// Red of every cell of the top row.
    private func topRow(_ snapshot: Snapshot) -> [Float] {
        (0..<snapshot.grid.width).map { snapshot.grid.values[snapshot.grid.offset(x: $0, y: 0)] }
    }

    /// docs/random-numbers.md: stream 7, the step, the cell's index, the channel.
    @Test func noiseIsDrawnFromTheRandomSeed() throws {
        let noise = TimelineEntry(step: 2, action: .noise(.circle(x: .cells(2), y: .cells(1), radius: .cells(1))))
        let frames = try snapshots([noise])
        let random = RandomSource(seed: 0, stream: .noiseDamage)
        let grid = frames[2].grid
        let start = grid.offset(x: 2, y: 1)
        let expected = (0..<4).map { 2 * random.fraction(step: 2, x: UInt32(6 + 2), y: $0) - 1 }
        #expect(Array(grid.values[start..<(start + 4)]) == expected)
        #expect(expected.allSatisfy { (-1...1).contains($0) } && Set(expected).count == 4)
        #expect(grid.values[grid.offset(x: 1, y: 1)] == 2)
        #expect(frames[2].eventName == "circle of radius 1 filled with noise")
        #expect(frames[2].cut?.count { $0 == 1 } == 1)
    }

    @Test func everyFrameShowsItsStep() throws {
        let frames = try snapshots([], steps: 5, lapse: [TimeLapse(from: 0, stepsPerFrame: 2)])
        #expect(frames.map(\.step) == [0, 2, 4, 5])
        #expect(frames.map { topRow($0)[0] } == [0, 2, 4, 5])
        // The seed: alpha alone, since this rule has no hidden channels.
        #expect(frames[0].grid.values[frames[0].grid.offset(x: 3, y: 2) + 3] == 1)
    }

    @Test func anEventHappensBeforeTheFrameOfItsStepAndTheNextStepGoesOnFromThere() throws {
        let frames = try snapshots([TimelineEntry(step: 2, action: .erase(.halves([.left])))])
        #expect(frames.map { topRow($0)[0] } == [0, 1, 0, 1, 2])
        #expect(frames.map { topRow($0)[5] } == [0, 1, 2, 3, 4])
        #expect(frames.map(\.eventName) == [nil, nil, "left half removed", "left half removed", "left half removed"])
    }

    @Test func eventsOfAStepHappenInTheOrderOfWriting() throws {
        let erase = TimelineEntry(step: 1, action: .erase(.halves([.left])))
        let roll = TimelineEntry(step: 1, action: .roll([RowBand(rows: 0...0, cells: 1)]))
        #expect(topRow(try snapshots([erase, roll])[1]) == [1, 0, 0, 0, 1, 1])
        #expect(topRow(try snapshots([roll, erase])[1]) == [0, 0, 0, 1, 1, 1])
    }

    @Test func rowsRollAroundTheEdge() throws {
        let column = DamageShape.rectangle(x: .cells(0), y: .cells(0), width: .cells(1), height: .cells(4))
        let expected: [(Int, [Float])] = [
            (1, [1, 0, 1, 1, 1, 1]), (-1, [1, 1, 1, 1, 1, 0]), (-8, [1, 1, 1, 1, 0, 1]), (6, [0, 1, 1, 1, 1, 1]),
        ]
        for (cells, row) in expected {
            let frame = try snapshots([
                TimelineEntry(step: 1, action: .erase(column)),
                TimelineEntry(step: 1, action: .roll([RowBand(rows: 0...0, cells: cells)])),
            ])[1]
            #expect(topRow(frame) == row)
            #expect(frame.grid.values[frame.grid.offset(x: 0, y: 1)] == 0, "other rows stay")
        }
    }

    @Test func seedsArePlantedAndTheGridIsCleared() throws {
        let frames = try snapshots([
            TimelineEntry(step: 1, action: .clear), TimelineEntry(step: 1, action: .plant([CellPosition(x: 0, y: 0)])),
        ])
        var expected = CellGrid(height: 4, width: 6, channels: 4)
        expected.plantSeed(x: 0, y: 0, of: Appearance())
        #expect(frames[1].grid == expected)
        #expect(frames[1].cut == nil, "clearing is no damage")
        #expect(frames[1].eventName == "seed planted")
    }

    @Test func angleFireRateAndEdgesHoldFromTheirStepOn() throws {
        let frames = try snapshots([
            TimelineEntry(step: 1, action: .angle(degrees: 90)), TimelineEntry(step: 2, action: .fireRate(0)),
            TimelineEntry(step: 3, action: .edges(.torus)),
        ])
        let right = Float(Double.pi / 2)
        #expect(frames.map(\.angle) == [0, right, right, right, right])
        #expect(frames.map(\.edges) == [.zero, .zero, .zero, .torus, .torus])
        #expect(frames.map { topRow($0)[0] } == [0, 1, 2, 2, 2], "no cell fires any more")
    }

    @Test func aCutIsRememberedAndItsFramesAreCounted() throws {
        let frames = try snapshots([
            TimelineEntry(step: 1, action: .erase(.halves([.left]))),
            TimelineEntry(step: 1, action: .hold(.frames(2))),
            TimelineEntry(step: 3, action: .erase(.halves([.top]))),
        ])
        #expect(frames.map(\.step) == [0, 1, 1, 1, 2, 3, 4])
        #expect(frames.map(\.framesSinceCut) == [0, 0, 1, 2, 3, 0, 1])
        let erased = frames.map { frame in frame.cut.map { cut in cut.count { $0 == 1 } } }
        #expect(erased == [nil, 12, 12, 12, 12, 12, 12])
        #expect(frames[4].cut != frames[5].cut)
    }

    @Test func cutsBetweenTwoFramesAreUnited() throws {
        let frames = try snapshots(
            [
                TimelineEntry(step: 1, action: .erase(.halves([.left]))),
                TimelineEntry(step: 2, action: .erase(.halves([.top]))),
            ], lapse: [TimeLapse(from: 0, stepsPerFrame: 2)])
        #expect(frames.map(\.step) == [0, 2, 4])
        #expect(frames[1].cut == [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0])
        #expect(frames.map(\.framesSinceCut) == [0, 0, 1])
    }

    @Test func whatACutErasedOfWhatWasSeenIsKnown() throws {
        let frames = try snapshots([
            TimelineEntry(step: 1, action: .erase(.halves([.left]))),
            TimelineEntry(step: 3, action: .erase(.halves([.right]))),
        ])
        // The seed alone is seen, and stands in the right half.
        let seed = 2 * SimulationTests.grid.width + 3
        let lost = frames.map { frame in frame.lost.map { cells in cells.indices.filter { cells[$0] == 1 } } }
        #expect(lost == [nil, [], [], [seed], [seed]])
    }

    @Test func whileTheFilmStandsStillOnlyEventsChangeThePicture() throws {
        let frames = try snapshots(
            [
                TimelineEntry(step: 2, action: .hold(.frames(1))),
                TimelineEntry(step: 2, action: .erase(.halves([.left])), name: "cut"),
                TimelineEntry(step: 2, action: .fade(.frames(2))),
                TimelineEntry(step: 2, action: .erase(.halves([.right])), name: "unseen"),
            ], steps: 3)
        #expect(frames.map(\.step) == [0, 1, 2, 2, 2, 2, 3])
        #expect(frames.map { topRow($0)[0] } == [0, 1, 2, 2, 0, 0, 1])
        // What happens after the last frame of a step shows in the next.
        #expect(frames.map { topRow($0)[5] } == [0, 1, 2, 2, 2, 2, 1])
        #expect(frames.map(\.fade) == [0, 0, 0, 0, 0.5, 1, 0])
        #expect(frames.map(\.eventName) == [nil, nil, nil, nil, "cut", "cut", "unseen"])
    }

    @Test func theTraceIsThatOfTheLastStep() throws {
        let frames = try snapshots([], steps: 4, lapse: [TimeLapse(from: 0, stepsPerFrame: 2)], recordsTrace: true)
        #expect(frames[0].trace == nil)
        #expect(frames[1].trace?.fired == [UInt8](repeating: 1, count: 24))
        #expect(frames[2].trace?.update == [Float](repeating: 1, count: 24))
        #expect(try snapshots([]).allSatisfy { $0.trace == nil })
    }

    @Test func theRandomSeedDecidesAndThreadsDoNot() throws {
        let timeline = try TimelineDescription(steps: 9).timeline(
            ScenarioRequest(grid: GridSize(width: 40, height: 30)))
        func last(seed: UInt32, threads: Int) throws -> CellGrid? {
            let simulation = try Simulation(
                rule: try counting(fireRate: 0.5), timeline: timeline, randomSeed: seed, threads: threads)
            var last: CellGrid?
            while let snapshot = try simulation.next() { last = snapshot.grid }
            return last
        }
        let one = try last(seed: 1, threads: 1)
        #expect(one != nil)
        #expect(try last(seed: 1, threads: 3) == one)
        #expect(try last(seed: 2, threads: 1) != one)
    }

    // MARK: blow-up

    /// In the second step red exceeds what a Float holds.
    private func exploding() throws -> Rule { try counting(by: 3e38) }

    @Test func aBlowUpEndsTheFilm() throws {
        let timeline = try TimelineDescription(steps: 6).timeline(ScenarioRequest(grid: SimulationTests.grid))
        let simulation = try Simulation(rule: try exploding(), timeline: timeline)
        for _ in 0...1 { _ = try simulation.next() }
        #expect(throws: ModelError.blowUp(step: 2)) { try simulation.next() }
    }

    @Test func orTheLastFiniteStateIsHeld() throws {
        let timeline = try TimelineDescription(
            steps: 6, entries: [TimelineEntry(step: 5, action: .erase(.halves([.left])))]
        ).timeline(ScenarioRequest(grid: SimulationTests.grid))
        let simulation = try Simulation(rule: try exploding(), timeline: timeline, onBlowUp: .hold)
        var frames: [Snapshot] = []
        while let snapshot = try simulation.next() { frames.append(snapshot) }
        #expect(frames.map(\.step) == [0, 1, 1, 1, 1, 1, 1])
        #expect(frames[1].eventName == nil)
        #expect(frames[2...].allSatisfy { $0.eventName == "stopped: the state became infinite in step 2" })
        #expect(frames[2...].allSatisfy { $0.grid == frames[1].grid && $0.cut == nil })
        #expect(simulation.blowUpStep == 2)
    }

    @Test func aTimelineThatIsNoFilmIsRefused() throws {
        let empty = Timeline(grid: SimulationTests.grid, cues: [], events: [])
        #expect(
            throws: ModelError.outOfRange(
                what: "timeline", value: "the film has no frames", expected: "a checked one")
        ) { try Simulation(rule: try counting(), timeline: empty) }
    }
}
