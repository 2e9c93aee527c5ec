import GNCABasics
import GNCACells
import Testing

@testable import GNCARender

@Suite struct TimelineTests {
    private static let grid = GridSize(width: 8, height: 6)

    private func timeline(
        steps: Int, _ entries: [TimelineEntry] = [], lapse: [TimeLapse] = [], hold: Pause = .frames(0)
    ) throws -> Timeline {
        try TimelineDescription(steps: steps, timeLapse: lapse, hold: hold, entries: entries)
            .timeline(ScenarioRequest(grid: TimelineTests.grid))
    }

    // MARK: frames

    @Test(arguments: [
        ([TimeLapse](), 4, [0, 1, 2, 3, 4]),
        ([TimeLapse(from: 0, stepsPerFrame: 3)], 7, [0, 3, 6, 7]),
        ([TimeLapse(from: 0, stepsPerFrame: 3)], 6, [0, 3, 6]),
        ([TimeLapse(from: 2, stepsPerFrame: 3)], 9, [0, 1, 2, 5, 8, 9]),
        ([TimeLapse(from: 0, stepsPerFrame: 3), TimeLapse(from: 4, stepsPerFrame: 2)], 8, [0, 3, 4, 6, 8]),
        ([TimeLapse(from: 0, stepsPerFrame: 1), TimeLapse(from: 90, stepsPerFrame: 2)], 2, [0, 1, 2]),
        ([TimeLapse(from: 0, stepsPerFrame: 100)], 2, [0, 2]),
    ])
    func theTimeLapseCountsFromItsBeginning(lapse: [TimeLapse], steps: Int, frames: [Int]) throws {
        #expect(try timeline(steps: steps, lapse: lapse).cues.map(\.step) == frames)
    }

    @Test func aHoldAddsFramesToThatOfItsStep() throws {
        let held = try timeline(
            steps: 4, [TimelineEntry(step: 2, action: .hold(.frames(3)))],
            lapse: [TimeLapse(from: 0, stepsPerFrame: 2)], hold: .frames(1))
        #expect(held.cues.map(\.step) == [0, 2, 2, 2, 2, 4, 4])
        let between = try timeline(
            steps: 4, [TimelineEntry(step: 1, action: .hold(.frames(3)))],
            lapse: [TimeLapse(from: 0, stepsPerFrame: 2)])
        #expect(between.cues.map(\.step) == [0, 1, 1, 1, 2, 4])
    }

    @Test func secondsBecomeFramesAtTheFrameRate() throws {
        let description = TimelineDescription(steps: 1, hold: .seconds(1.5))
        // Two steps of a thirtieth of a second, and the hold.
        for (rate, frames) in [(30, 47), (25, 39), (2, 3)] {
            let request = ScenarioRequest(grid: TimelineTests.grid, frameRate: FrameRate(rate))
            #expect(try description.timeline(request).cues.count == frames)
        }
    }

    @Test func aFadeEndsInBackgroundAndAHoldAfterItStaysThere() throws {
        let fades = try timeline(
            steps: 2,
            [
                TimelineEntry(step: 1, action: .fade(.frames(2))),
                TimelineEntry(step: 2, action: .fade(.frames(4))),
            ], hold: .frames(1))
        #expect(fades.cues.map(\.step) == [0, 1, 1, 1, 2, 2, 2, 2, 2, 2])
        #expect(fades.cues.map(\.fade) == [0, 0, 0.5, 1, 0, 0.25, 0.5, 0.75, 1, 1])
    }

    // MARK: events

    @Test func eventsOfAStepKeepTheOrderOfWritingAndCountTheFramesBeforeThem() throws {
        let film = try timeline(
            steps: 9,
            [
                TimelineEntry(step: 5, action: .fireRate(0.25), name: "late"),
                TimelineEntry(step: 3, action: .clear, name: "first"),
                TimelineEntry(step: 3, action: .hold(.frames(2))),
                TimelineEntry(step: 3, action: .edges(.torus), name: "after the hold"),
            ])
        #expect(film.events.map(\.name) == [nil, "first", "after the hold", "late"])
        #expect(film.events.map(\.step) == [0, 3, 3, 5])
        #expect(film.events.map(\.afterFrames) == [0, 0, 3, 0])
    }

    @Test func settingsComeFirstAndTheRequestWins() throws {
        var request = ScenarioRequest(
            grid: TimelineTests.grid, starts: [CellPosition(x: 1, y: 2), CellPosition(x: 3, y: 0)])
        let description = TimelineDescription(
            steps: 1, starts: [CellPosition(x: 0, y: 0)], angleDegrees: 450, fireRate: 0.25, edges: .torus)
        #expect(
            try description.timeline(request).events.map(\.action) == [
                .plantSeed(x: 1, y: 2), .plantSeed(x: 3, y: 0), .angle(Float(Double.pi / 2)), .fireRate(0.25),
                .edges(.torus),
            ])
        request.angleDegrees = 180
        request.fireRate = 1
        request.edges = .zero
        request.starts = []
        #expect(
            try description.timeline(request).events.map(\.action) == [
                .plantSeed(x: 0, y: 0), .angle(Float(Double.pi)), .fireRate(1), .edges(.zero),
            ])
        #expect(
            try TimelineDescription(steps: 1).timeline(request).events.first?.action == .plantSeed(x: 4, y: 3),
            "without any wish the seed stands in the centre")
    }

    @Test func repetitionsExpandToEvents() throws {
        let film = try timeline(
            steps: 60,
            [TimelineEntry(step: 10, action: .erase(.random(count: 1)), repetition: .steps(every: 20, times: 3))])
        #expect(film.events.dropFirst().map(\.step) == [10, 30, 50])
        #expect(film.events[1].action != film.events[2].action, "every time another circle")
    }

    @Test func whatRepeatsByFramesHappensWhileTheAutomatonWaits() throws {
        let bands = [RowBand(rows: 0...1, cells: 1), RowBand(rows: 4...5, cells: -2)]
        let film = try timeline(
            steps: 2, [TimelineEntry(step: 1, action: .roll(bands), repetition: .frames(times: 3))])
        #expect(film.cues.map(\.step) == [0, 1, 1, 1, 1, 2])
        #expect(film.events.dropFirst().map(\.afterFrames) == [1, 1, 2, 2, 3, 3])
        #expect(film.events[1].action == .roll(rows: 0..<2, cells: 1))
        #expect(film.events[2].action == .roll(rows: 4..<6, cells: -2))
    }

    @Test func anEraserTravelsOnStraightLinesAndAWave() throws {
        let eraser = MovingEraser(
            radius: .cells(0.5),
            path: [
                .init(after: 0, x: .cells(-2), y: .cells(2)), .init(after: 4, x: .cells(2), y: .cells(2)),
                .init(after: 6, x: .cells(2), y: .cells(4)),
            ], waveAmplitude: .cells(1), wavePeriod: 4)
        #expect(eraser.centre(after: 0, on: TimelineTests.grid) == (-2, 2))
        #expect(eraser.centre(after: 1, on: TimelineTests.grid) == (-1, 3))
        #expect(abs(eraser.centre(after: 4, on: TimelineTests.grid).y - 2) < 1e-12)
        #expect(abs(eraser.centre(after: 5, on: TimelineTests.grid).y - 4) < 1e-12)

        let film = try timeline(steps: 20, [TimelineEntry(step: 10, action: .eraser(eraser))])
        // Outside the grid nothing is erased, and nothing happens.
        #expect(film.events.dropFirst().map(\.step) == [12, 13, 14, 15, 16])
        let cells = film.events.dropFirst().map { event -> [Int] in
            guard case .erase(let mask) = event.action else { return [] }
            return mask.indices.filter { mask[$0] == 1 }
        }
        // (0, 2), then (1, 1) on the wave, (2, 2), (2, 4) and (2, 4).
        #expect(cells == [[16], [9], [18], [34], [34]])
    }

    // MARK: what is refused

    @Test(arguments: [
        (GridSize(width: 0, height: 72), "grid out of range (got 0x72, expected 1x1...4096x4096 cells)"),
        (GridSize(width: 72, height: -1), "grid out of range (got 72x-1, expected 1x1...4096x4096 cells)"),
        (
            GridSize(width: 1_000_000, height: 1_000_000),
            "grid out of range (got 1000000x1000000, expected 1x1...4096x4096 cells)"
        ),
    ])
    func aGridOutOfRangeIsRefused(grid: GridSize, sentence: String) {
        for scenario in Scenarios.all {
            #expect(throws: RenderError.invalid(sentence)) { try scenario.timeline(ScenarioRequest(grid: grid)) }
        }
    }

    @Test func settingsOutOfRangeAreRefused() {
        func refused(_ sentence: String, _ change: (inout ScenarioRequest) -> Void) {
            var request = ScenarioRequest(grid: GridSize(width: 72, height: 72))
            change(&request)
            #expect(throws: RenderError.invalid(sentence)) { try Grow.timeline(request) }
        }
        refused("steps out of range (got 0, expected 1...10000000)") { $0.steps = 0 }
        refused("steps out of range (got -5, expected 1...10000000)") { $0.steps = -5 }
        refused("steps out of range (got 10000001, expected 1...10000000)") { $0.steps = 10_000_001 }
        refused("steps per frame out of range (got 0, expected 0.001...10000000)") { $0.stepsPerFrame = 0 }
        refused("seconds out of range (got nan, expected 0...100000)") { $0.holdSeconds = .nan }
        refused("seconds out of range (got inf, expected 0...100000)") { $0.holdSeconds = .infinity }
        refused("seconds out of range (got -1.0, expected 0...100000)") { $0.holdSeconds = -1 }
        refused("frames per second out of range (got 2000, expected 0.001...1000)") { $0.frameRate = 2000 }
        refused("the seed at 72,0 lies outside the 72x72 grid") { $0.starts = [CellPosition(x: 72, y: 0)] }
        refused("the seed at 0,-1 lies outside the 72x72 grid") { $0.starts = [CellPosition(x: 0, y: -1)] }
        refused("fire rate out of range (got 1.5, expected 0...1)") { $0.fireRate = 1.5 }
        refused("fire rate out of range (got nan, expected 0...1)") { $0.fireRate = .nan }
        refused("angle out of range (got inf, expected a number of degrees)") { $0.angleDegrees = .infinity }
        refused("the film has more than 1000000 frames; take more steps per frame, or a shorter hold") {
            $0.steps = 10_000_000
        }
        refused("the film has more than 1000000 frames; take more steps per frame, or a shorter hold") {
            $0.holdSeconds = 99_999
        }
    }

    @Test(arguments: [
        (TimelineEntry(step: -1, action: .clear), "step out of range (got -1, expected 0...50)"),
        (
            TimelineEntry(step: 51, action: .hold(.frames(1))),
            "happens after the end (at step 51, the film has 50 steps)"
        ),
        (
            TimelineEntry(step: 40, action: .clear, repetition: .steps(every: 10, times: 3)),
            "happens after the end (at step 60, the film has 50 steps)"
        ),
        (
            TimelineEntry(step: 40, action: .clear, repetition: .steps(every: 0, times: 3)),
            "every out of range (got 0, expected 1...10000000)"
        ),
        (
            TimelineEntry(step: 1, action: .hold(.frames(1)), repetition: .frames(times: 2)),
            "this cannot be repeated while the film stands still"
        ),
        (
            TimelineEntry(step: 1, action: .roll([RowBand(rows: 4...6, cells: 1)])),
            "rows 4-6 do not fit the 8x6 grid (expected 0-5)"
        ),
        (
            TimelineEntry(step: 1, action: .roll([RowBand(rows: 4...5, cells: 0)])),
            "rows cannot move by 0 cells"
        ),
        (
            TimelineEntry(step: 1, action: .eraser(MovingEraser(radius: .cells(1), path: []))),
            "the path has no points"
        ),
        (
            TimelineEntry(
                step: 1,
                action: .eraser(
                    MovingEraser(
                        radius: .cells(1),
                        path: [
                            .init(after: 3, x: .cells(1), y: .cells(1)), .init(after: 3, x: .cells(2), y: .cells(1)),
                        ]))
            ), "the path runs backwards (step 3 stands after step 3)"
        ),
        (
            TimelineEntry(
                step: 1,
                action: .eraser(MovingEraser(radius: .cells(1), path: [.init(after: 50, x: .cells(1), y: .cells(1))]))),
            "happens after the end (at step 51, the film has 50 steps)"
        ),
        (
            TimelineEntry(
                step: 1,
                action: .eraser(MovingEraser(radius: .cells(1), path: [.init(after: 0, x: .cells(50), y: .cells(1))]))),
            "erases no cell of the 8x6 grid"
        ),
    ])
    func entriesThatMakeNoSenseAreRefused(entry: TimelineEntry, reason: String) {
        var entry = entry
        entry.origin = "film.yaml:7"
        #expect(throws: RenderError.invalid("film.yaml:7: \(reason)")) { try timeline(steps: 50, [entry]) }
    }

    // MARK: films of several pictures

    @Test func entriesOfAColumnHappenThereAlone() throws {
        let description = TimelineDescription(
            steps: 5, columns: 3,
            entries: [
                TimelineEntry(step: 2, action: .fireRate(0.25), column: 2), TimelineEntry(step: 3, action: .clear),
            ])
        let columns = try (0..<3).map { column in
            try description.timeline(
                ScenarioRequest(grid: TimelineTests.grid, place: FilmPlace(column: column))
            ).events.dropFirst().map(\.action)
        }
        #expect(columns == [[.clear], [.fireRate(0.25), .clear], [.clear]])
    }

    @Test(arguments: [
        (TimelineEntry(step: 1, action: .clear, column: 4), "column out of range (got 4, expected 1...3)"),
        (
            TimelineEntry(step: 1, action: .hold(.frames(2)), column: 1),
            "the film stands still in all columns at once (leave the column out)"
        ),
        (
            TimelineEntry(step: 1, action: .clear, repetition: .frames(times: 2), column: 1),
            "the film stands still in all columns at once (leave the column out)"
        ),
    ])
    func columnsThatMakeNoSenseAreRefused(entry: TimelineEntry, reason: String) {
        let description = TimelineDescription(steps: 5, columns: 3, entries: [entry])
        #expect(throws: RenderError.invalid(reason)) {
            try description.timeline(ScenarioRequest(grid: TimelineTests.grid))
        }
    }

    @Test func captionsMustMatchTheColumns() {
        #expect(
            throws: RenderError.invalid("column-captions do not match the columns (got 1, expected 2)")
        ) {
            try TimelineDescription(steps: 5, columns: 2, columnCaptions: ["one"])
                .timeline(ScenarioRequest(grid: TimelineTests.grid))
        }
    }

    @Test func staggeredSeedsWaitForTheModelsBefore() throws {
        let description = TimelineDescription(steps: 50, stagger: 20)
        for (model, step) in [(0, 0), (1, 20), (2, 40)] {
            let film = try description.timeline(
                ScenarioRequest(grid: TimelineTests.grid, place: FilmPlace(model: model)))
            #expect(film.events == [TimelineEvent(step: step, action: .plantSeed(x: 4, y: 3))])
        }
        #expect(throws: RenderError.invalid("happens after the end (at step 60, the film has 50 steps)")) {
            try description.timeline(ScenarioRequest(grid: TimelineTests.grid, place: FilmPlace(model: 3)))
        }
    }

    @Test func anEraserAcrossTheFilmMeetsOnePictureAfterTheOther() throws {
        let eraser = MovingEraser(
            radius: .cells(1),
            path: [.init(after: 0, x: .cells(0), y: .cells(9)), .init(after: 15, x: .cells(15), y: .cells(9))],
            acrossFilm: true)
        let description = TimelineDescription(steps: 20, entries: [TimelineEntry(step: 1, action: .eraser(eraser))])
        func erased(column: Int, row: Int) throws -> [Int] {
            try description.timeline(
                ScenarioRequest(grid: TimelineTests.grid, place: FilmPlace(column: column, row: row))
            ).events.dropFirst().map(\.step)
        }
        #expect(try erased(column: 0, row: 0) == [])
        #expect(try erased(column: 0, row: 1) == Array(1...8))
        #expect(try erased(column: 1, row: 1) == Array(9...16))
    }

    @Test func masksThatWouldFillTheMemoryAreRefused() throws {
        let entry = TimelineEntry(
            step: 0, action: .erase(.halves([.left])), repetition: .steps(every: 1, times: 17),
            origin: "film.yaml:7")
        let request = ScenarioRequest(grid: GridSize(width: 4096, height: 4096))
        #expect(
            throws: RenderError.invalid(
                "film.yaml:7: the film erases too often for a 4096x4096 grid (expected at most 16 erasures)")
        ) { try TimelineDescription(steps: 20, entries: [entry]).timeline(request) }
    }

    @Test func aTimelineThatIsNoFilmIsRefused() {
        func refused(_ sentence: String, cues: [Int], events: [TimelineEvent] = []) {
            let timeline = Timeline(grid: TimelineTests.grid, cues: cues.map { FrameCue(step: $0) }, events: events)
            #expect(throws: RenderError.invalid(sentence)) { try timeline.validate() }
        }
        refused("the film has no frames", cues: [])
        refused("the frames' steps run backwards", cues: [0, 2, 1])
        refused("the frames' steps run backwards", cues: [-1, 2])
        refused(
            "the events' steps run backwards", cues: [0, 5],
            events: [TimelineEvent(step: 2, action: .clear), TimelineEvent(step: 1, action: .clear)])
        refused(
            "the step of an event out of range (got 6, expected 0...5)", cues: [0, 5],
            events: [TimelineEvent(step: 6, action: .clear)])
        refused(
            "a mask does not fit the 8x6 grid (got 3 cells, expected 48)", cues: [0],
            events: [TimelineEvent(step: 0, action: .erase(mask: [0, 1, 0]))])
        refused(
            "the seed at 8,0 lies outside the 8x6 grid", cues: [0],
            events: [TimelineEvent(step: 0, action: .plantSeed(x: 8, y: 0))])
        refused(
            "rows 0-6 do not fit the 8x6 grid (expected 0-5)", cues: [0],
            events: [TimelineEvent(step: 0, action: .roll(rows: 0..<7, cells: 1))])
    }

    // MARK: the film in words

    @Test func theFilmIsToldInOrder() throws {
        let film = try timeline(
            steps: 30,
            [
                TimelineEntry(step: 10, action: .erase(.halves([.right]))),
                TimelineEntry(step: 10, action: .hold(.frames(4))),
                TimelineEntry(
                    step: 15, action: .erase(.circle(x: .cells(2), y: .cells(2), radius: .cells(2))), name: "",
                    repetition: .steps(every: 1, times: 3)),
                TimelineEntry(
                    step: 20, action: .roll([RowBand(rows: 0...2, cells: -1)]), repetition: .frames(times: 2)),
                TimelineEntry(step: 30, action: .fade(.frames(3))),
            ], lapse: [TimeLapse(from: 0, stepsPerFrame: 2)])
        #expect(
            film.lines() == [
                "grid 8x6, 30 steps, 25 frames, 0.8 s at 30 frames per second",
                "step 0, frame 1: seed planted at 4,3",
                "step 10, frame 6: right half removed",
                "step 10, frames 7-10: held",
                "steps 15-17, frames 13-14: 9 cells removed",
                "step 20, frames 16-17: rows moved",
                "step 30, frames 23-25: fades out",
            ])
    }
}
