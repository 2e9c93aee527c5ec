import GNCACells
import Testing

@testable import GNCARender

@Suite struct StoryTests {
    private func snapshot(_ event: String?, healed: Int? = nil) throws -> Snapshot {
        var snapshot = try Pictures.snapshot(CellGrid(height: 8, width: 8, channels: 4))
        (snapshot.eventName, snapshot.healedAfter) = (event, healed)
        return snapshot
    }

    private func timeline() throws -> Timeline {
        try TimelineDescription(steps: 200).timeline(ScenarioRequest(grid: GridSize(width: 8, height: 8)))
    }

    @Test func aFilmIsToldInPassages() throws {
        var story = Story(of: try timeline())
        for _ in 0..<100 { story.record([try snapshot(nil)]) }
        for _ in 0..<20 { story.record([try snapshot("cut")]) }
        for _ in 0..<10 { story.record([try snapshot(nil)]) }
        for _ in 0..<5 { story.record([try snapshot(nil, healed: 60)]) }
        #expect(story.passages.map(\.words) == ["a seed grows", "", "cut", "", "healed after 60 steps"])
        #expect(story.passages.map(\.frames) == [0..<90, 90..<100, 100..<120, 120..<130, 130..<135])
        #expect(story.chapters.map(\.words) == ["a seed grows", "cut", "healed after 60 steps"])
        #expect(story.chapters.map(\.frames) == [0..<100, 100..<130, 130..<135])
    }

    @Test func aFilmInWhichNothingHappensHasNoChapters() throws {
        var story = Story(of: try timeline())
        for _ in 0..<200 { story.record([try snapshot(nil)]) }
        #expect(story.chapters.isEmpty)
        #expect(story.passages.map(\.words) == ["a seed grows", ""])
    }

    @Test func whatIsTrueOfOneModelHasItsName() throws {
        var story = Story(of: try timeline(), names: ["lizard", "turtle"])
        story.record([try snapshot("cut"), try snapshot("cut")])
        story.record([try snapshot("cut"), try snapshot(nil, healed: 9)])
        story.record([try snapshot(nil), try snapshot(nil, healed: 9)])
        #expect(
            story.passages.map(\.words) == [
                "cut", "lizard: cut; turtle: healed after 9 steps", "turtle: healed after 9 steps",
            ])
    }
}
