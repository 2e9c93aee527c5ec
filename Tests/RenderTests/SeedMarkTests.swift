import GNCACells
import GNCARaster
import Testing

@testable import GNCARender

@Suite struct SeedMarkTests {
    /// A grid of 24x24 with so many living cells around the centre.
    private func snapshot(cells: Int) throws -> Snapshot {
        var grid = CellGrid(height: 24, width: 24, channels: 16)
        // The nearest ones first.
        let places = (10...14).flatMap { y in (10...14).map { x in CellPosition(x: x, y: y) } }
        func distance(_ place: CellPosition) -> Int {
            let (dx, dy) = (place.x - 12, place.y - 12)
            return dx * dx + dy * dy
        }
        for place in places.sorted(by: { distance($0) < distance($1) }).prefix(cells) {
            grid.values[grid.offset(x: place.x, y: place.y) + 3] = 1
        }
        return try Pictures.snapshot(grid, step: 0)
    }

    private func frame(
        _ snapshot: Snapshot, _ background: Background = .white, marks: Bool = true, scale: Int = 8
    ) throws -> Frame {
        let timeline = try TimelineDescription(steps: 50).timeline(
            ScenarioRequest(grid: GridSize(width: 24, height: 24)))
        let options = CompositionOptions(scale: scale, background: background, marksSeeds: marks)
        let compositor = try Compositor(options, timelines: [timeline], rules: [snapshot.rule])
        var frame = Frame(width: compositor.width, height: compositor.height)
        try compositor.draw([snapshot], into: &frame)
        return frame
    }

    @Test(arguments: [Background.white, .black, .transparent, .checker, .colour(red: 128, green: 128, blue: 128)])
    func aSeedHasARingOnEveryGround(background: Background) throws {
        let (marked, plain) = (
            try frame(snapshot(cells: 1), background), try frame(snapshot(cells: 1), background, marks: false)
        )
        #expect(marked.width == plain.width && marked.height == plain.height)
        // Along a line from the seed to the right, something stands out from the ground.
        let contrast = (100..<160).map { x -> Int in
            let (here, ground) = (marked[x, 100], plain[x, 100])
            return abs(Int(here.red) - Int(ground.red)) + abs(Int(here.alpha) - Int(ground.alpha))
        }
        #expect(contrast.max() ?? 0 > 60)
    }

    @Test func theRingLeavesWhenTheSeedHasGrown() throws {
        #expect(try frame(snapshot(cells: 25)) == frame(snapshot(cells: 25), marks: false))
        #expect(try frame(snapshot(cells: 17)) != frame(snapshot(cells: 17), marks: false))
    }

    @Test func theRingLiesOverNoCell() throws {
        var grown = try snapshot(cells: 3)
        grown.grid.values[grown.grid.offset(x: 15, y: 12) + 3] = 1
        #expect(try frame(grown) == frame(grown, marks: false))
        grown.grid.values[grown.grid.offset(x: 15, y: 12) + 3] = 0
        #expect(try frame(grown) != frame(grown, marks: false))
    }

    @Test func aGridWithoutASeedHasNone() throws {
        #expect(try frame(snapshot(cells: 0)) == frame(snapshot(cells: 0), marks: false))
    }

    @Test func whatACutLeavesIsNoSeed() throws {
        var wounded = try snapshot(cells: 1)
        wounded.cut = [UInt8](repeating: 1, count: 576)
        #expect(try frame(wounded) == frame(wounded, marks: false))
    }
}
