import GNCACells
import GNCARaster
import Testing

@testable import GNCARender

@Suite struct TimeBarTests {
    private func frame(step: Int, steps: Int = 1000, trained: ClosedRange<Int>?, fade: Float = 0) throws -> Frame {
        var snapshot = try Pictures.snapshot(CellGrid(height: 64, width: 160, channels: 16), step: step)
        snapshot.fade = fade
        let compositor = try Compositor(
            CompositionOptions(scale: 8, overlays: ["time"], trainedSteps: trained),
            timelines: [Pictures.timeline(width: 160, height: 64, steps: steps)], rules: [snapshot.rule])
        var frame = Frame(width: compositor.width, height: compositor.height)
        try compositor.draw([snapshot], into: &frame)
        return frame
    }

    @Test func theStripHasTheProportionsOfThePublishedFigure() throws {
        let frame = try frame(step: 0, trained: 64...96)
        #expect(frame.width == 1280 && frame.height == 676)
    }

    /// The colours along the middle of the bar, at the given steps of 1000.
    private func colours(_ frame: Frame, at steps: [Int]) -> [Pixel] {
        steps.map { frame[20 + (1240 * $0 + 500) / 1000, 602] }
    }

    @Test func trainedStepsSplitTheBarIntoThreeParts() throws {
        let parts = colours(try frame(step: 500, trained: 64...96), at: [20, 80, 200, 900])
        #expect(parts[0] != parts[1] && parts[1] != parts[2] && parts[0] != parts[2])
        #expect(parts[2] == parts[3])
        #expect(try frame(step: 500, trained: 2000...2000).height == 512 + 64, "steps that the film never reaches")
    }

    @Test func theMarkerStandsAtTheStep() throws {
        let start = try frame(step: 0, trained: 64...96)
        let end = try frame(step: 1000, trained: 64...96)
        #expect(start[24, 602] != end[24, 602])
        #expect(start[1255, 602] != end[1255, 602])
        #expect(start[24, 602] == end[1255, 602])
    }

    @Test func theStripFadesWithThePicture() throws {
        let faded = try frame(step: 1000, trained: 64...96, fade: 1)
        let page = faded[2, 520]
        #expect((0..<faded.width).allSatisfy { faded[$0, 602] == page })
    }

    @Test func withoutTrainingTheBarIsPlainAndLower() throws {
        let frame = try frame(step: 0, trained: nil)
        #expect(frame.height == 512 + 64)
        #expect(frame[300, 512 + 20] == frame[1000, 512 + 20])
    }
}
