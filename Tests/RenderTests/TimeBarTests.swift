import GNCACells
import GNCARaster
import Testing

@testable import GNCARender

@Suite struct TimeBarTests {
    private func frame(
        step: Int, steps: Int = 1000, trained: ClosedRange<Int>?, fromPool: Bool = false, fade: Float = 0,
        overlays: [String] = ["time"]
    ) throws -> Frame {
        var snapshot = try Pictures.snapshot(CellGrid(height: 72, width: 72, channels: 16), step: step)
        snapshot.fade = fade
        let compositor = try Compositor(
            CompositionOptions(scale: 8, overlays: overlays, trainedSteps: trained, trainedFromPool: fromPool),
            timelines: [Pictures.timeline(width: 72, height: 72, steps: steps)], rules: [snapshot.rule])
        var frame = Frame(width: compositor.width, height: compositor.height)
        try compositor.draw([snapshot], into: &frame)
        return frame
    }

    @Test func theStripIsSlim() throws {
        let (known, unknown) = (try frame(step: 0, trained: 64...96), try frame(step: 0, trained: nil))
        #expect(known.width == 576 && known.height - 576 <= 64)
        #expect(unknown.height < known.height)
    }

    /// Pixels between the bar's ends and the page's.
    private let margin = 12

    /// The colours along the middle of the bar, at the given steps of 1000.
    private func colours(_ frame: Frame, at steps: [Int]) -> [Pixel] {
        steps.map { frame[margin + (576 - 2 * margin) * $0 / 1000, 586] }
    }

    @Test func trainedStepsSplitTheBarIntoThreeParts() throws {
        let parts = colours(try frame(step: 500, trained: 64...96), at: [20, 80, 200, 900])
        #expect(parts[0] != parts[1] && parts[1] != parts[2] && parts[0] != parts[2])
        #expect(parts[2] == parts[3])
    }

    @Test func aPoolShowsTrainingLaterStepsToo() throws {
        let parts = colours(try frame(step: 500, trained: 64...96, fromPool: true), at: [20, 80, 110, 200, 900])
        #expect(parts[0] == parts[2], "between two runs")
        #expect(parts[1] == parts[3] && parts[3] == parts[4] && parts[0] != parts[1])
    }

    @Test(arguments: [
        (false, 1000, ["loss applied: 64–96", "seen to step 96", "never seen"]),
        (false, 90, ["loss applied: 64–96", "seen to step 96"]),
        (true, 1000, ["loss applied: 64–96, from 128", "seen at every age"]),
        (true, 120, ["loss applied: 64–96", "seen at every age"]),
    ])
    func theLegendSaysWhatIsTrue(fromPool: Bool, steps: Int, words: [String]) {
        #expect(TimeBar(steps: steps, trained: 64...96, fromPool: fromPool).legend.map(\.words) == words)
    }

    @Test func stepsThatTheFilmNeverReachesAreLeftOut() {
        #expect(TimeBar(steps: 50, trained: 64...96).legend.isEmpty)
    }

    @Test func runsOfAPoolMeetWhereTheirMultiplesDo() {
        #expect(
            TimeBar(steps: 1000, trained: 90...100, fromPool: true).lossApplied.prefix(3) == [
                90...100, 180...200, 270...300,
            ])
        #expect(TimeBar(steps: 1000, trained: 64...95, fromPool: true).lossApplied == [64...95, 128...1000])
    }

    @Test func theMarkerStandsAtTheStep() throws {
        let start = try frame(step: 0, trained: 64...96)
        let end = try frame(step: 1000, trained: 64...96)
        let (first, last) = (margin + 1, 576 - margin - 2)
        #expect(start[first, 586] != end[first, 586])
        #expect(start[last, 586] != end[last, 586])
        #expect(start[first, 586] == end[last, 586])
    }

    @Test(arguments: [0, 1000])
    func theMarkerIsWholeAtBothEndsOfTheFilm(step: Int) throws {
        let frame = try frame(step: step, trained: nil)
        let page = frame[0, 584]
        for x in 0..<margin { #expect(frame[x, 584] == page && frame[575 - x, 584] == page) }
    }

    @Test func theStripFadesWithThePicture() throws {
        let faded = try frame(step: 1000, trained: 64...96, fade: 1)
        let page = faded[2, 578]
        #expect((0..<faded.width).allSatisfy { faded[$0, 586] == page })
    }

    @Test func theBarIsAsWideAsThePictureBesideItsPanels() throws {
        let frame = try frame(step: 0, trained: nil, overlays: ["hidden", "time"])
        // A row of its own, below the picture.
        let page = frame[1, 1]
        let rows = (600..<frame.height).map { y in (0..<frame.width).filter { frame[$0, y] != page } }
        #expect(rows.contains { $0.count == 576 && $0[575] - $0[0] == 575 })
    }
}
