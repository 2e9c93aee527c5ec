import GNCABasics
import GNCACells
import Testing

@testable import GNCARender

/// Timelines as pages play them.
@Suite struct PageShowTests {
    private static let grid = GridSize(width: 23, height: 17)

    /// The cells of "rect:X,Y,W,H", each as often as it is covered.
    private func cover(_ rectangles: [String]) throws -> [UInt8] {
        var cells = [UInt8](repeating: 0, count: Self.grid.width * Self.grid.height)
        for text in rectangles {
            let numbers = try #require(text.without(beginning: "rect:")).parts(at: ",").compactMap { Int($0) }
            try #require(numbers.count == 4)
            for y in numbers[1]..<(numbers[1] + numbers[3]) {
                for x in numbers[0]..<(numbers[0] + numbers[2]) { cells[y * Self.grid.width + x] += 1 }
            }
        }
        return cells
    }

    @Test func rectanglesCoverAMaskOnce() throws {
        var mask = DamageMask(grid: Self.grid)
        mask.addCircle(x: 8.5, y: 7, radius: 5.25)
        mask.addCircle(x: 21, y: 16, radius: 4)
        mask.addRectangle(x: 0, y: 0, width: 3, height: 17)
        let rectangles = TimelineEvent.Action.rectangles(mask.cells, on: Self.grid)
        #expect(try cover(rectangles) == mask.cells)
        // Equal rows stand together.
        #expect(rectangles.contains("rect:0,0,3,17"))
        #expect(TimelineEvent.Action.rectangles([UInt8](repeating: 0, count: 391), on: Self.grid).isEmpty)
    }

    @Test func anglesComeBackBitForBit() throws {
        for degrees in [45, -90, 30, 0.1, 359.5, -7.25] {
            let timeline = try TimelineDescription(steps: 1, angleDegrees: degrees).timeline(
                ScenarioRequest(grid: Self.grid))
            let members = try PageShow(timeline, keepsPace: false).members(most: 1_000_000)
            let text = try #require(members.first { $0.name == "angle" }?.value)
            let radians = Float((Double(text) ?? .nan) * .pi / 180)
            #expect(timeline.events.contains { $0.action == .angle(radians) }, "\(degrees): \(text)")
        }
    }

    @Test
    func moreDamageThanAPageHoldsIsRefused() throws {
        let grid = GridSize(width: 64, height: 64)
        let checker = (0..<4096).map { UInt8(($0 + $0 / 64) % 2) }
        var timeline = Pictures.timeline(width: 64, height: 64)
        timeline.events = (0..<40).map { TimelineEvent(step: $0, action: .erase(mask: checker)) }
        let show = PageShow(timeline, keepsPace: false)
        #expect(throws: RenderError.self) { try show.members(most: 1_000_000) }
        #expect(try show.members(most: 3_000_000).contains { $0.name == "events" && $0.value.utf8.count > 1_000_000 })
        #expect(timeline.grid == grid)
    }
}
