import GNCACells
import Testing

@testable import GNCARender

/// A film says that a wound has healed when the state is what it was, and never before.
@Suite struct HealingTests {
    private let appearance = Appearance()

    private func erased(_ grid: CellGrid, _ mask: [UInt8]) -> CellGrid {
        var grid = grid
        for cell in mask.indices where mask[cell] == 1 {
            for channel in 0..<grid.channels { grid.values[cell * grid.channels + channel] = 0 }
        }
        return grid
    }

    private func mixed(_ from: CellGrid, _ to: CellGrid, _ share: Float) -> CellGrid {
        var grid = from
        for index in grid.values.indices { grid.values[index] += share * (to.values[index] - from.values[index]) }
        return grid
    }

    private let whole = Pictures.blob(width: 12, height: 12)
    private let half = Pictures.rightHalf(width: 12, height: 12)

    @Test func aWoundHealsWhenTheStateIsWhatItWasForTenSteps() throws {
        var watch = try #require(HealingWatch(whole, appearance, cutBy: half, at: 100))
        let wounded = erased(whole, half)
        // A tenth of what is missing comes back in every step; after eight, it is near enough.
        for step in 1...9 {
            watch.observe(mixed(wounded, whole, Float(step) / 10), step: 100 + step)
            #expect(!watch.isHealed)
        }
        for step in 10...40 {
            watch.observe(whole, step: 100 + step)
            #expect(watch.isHealed == (step >= 17), "after \(step) steps")
        }
        #expect(watch.stepsToHeal == 8)
    }

    /// A few cells are missing still where the distance falls: an eye, a mouth.
    @Test func aWoundThatStillClosesHasNotHealed() throws {
        var watch = try #require(HealingWatch(whole, appearance, cutBy: half, at: 0))
        let wounded = erased(whole, half)
        var missing: Float = 1
        for step in 1...60 {
            let state = mixed(whole, wounded, missing)
            missing *= 0.95
            watch.observe(state, step: step)
            let distance = watch.distance(to: state)
            if watch.isHealed { #expect(distance < HealingWatch.unseen, "after \(step) steps") }
        }
        // It stands still with a tenth of what was missing when it began.
        var other = try #require(HealingWatch(whole, appearance, cutBy: half, at: 0))
        for step in 1...30 { other.observe(mixed(whole, wounded, 0.1), step: step) }
        #expect(other.isHealed)
        #expect(other.distance(to: mixed(whole, wounded, 0.1)) > HealingWatch.unseen)
    }

    @Test func whatGrowsAgainInAnotherColourHasNotHealed() throws {
        var watch = try #require(HealingWatch(whole, appearance, cutBy: half, at: 0))
        var other = whole
        for cell in half.indices where half[cell] == 1 {
            for channel in 0..<3 { other.values[cell * 16 + channel] = 0 }
        }
        for step in 1...100 { watch.observe(other, step: step) }
        #expect(!watch.isHealed)
    }

    @Test func aSmallWoundCountsAsMuchAsALargeOne() throws {
        var one = [UInt8](repeating: 0, count: 144)
        one[6 * 12 + 6] = 1
        var watch = try #require(HealingWatch(whole, appearance, cutBy: one, at: 0))
        let wounded = erased(whole, one)
        for step in 1...100 { watch.observe(wounded, step: step) }
        #expect(!watch.isHealed)
    }

    @Test func aCutBeforeTheWoundHasHealedMakesItLarger() throws {
        let left = half.map { 1 - $0 }
        var watch = try #require(HealingWatch(whole, appearance, cutBy: half, at: 0))
        watch.cut(by: left, at: 5)
        for step in 6...60 { watch.observe(erased(whole, left), step: step) }
        #expect(!watch.isHealed)
        for step in 61...80 { watch.observe(whole, step: step) }
        #expect(watch.isHealed && watch.stepsToHeal == 56, "counted from the last cut")
    }

    @Test func aHealedWoundOpensAgainWhenThePatternFalls() throws {
        var watch = try #require(HealingWatch(whole, appearance, cutBy: half, at: 0))
        for step in 1...20 { watch.observe(whole, step: step) }
        #expect(watch.isHealed)
        for step in 21...40 { watch.observe(CellGrid(height: 12, width: 12, channels: 16), step: step) }
        #expect(!watch.isHealed)
    }

    @Test func aCutThatNothingIsSeenOfIsNoWound() {
        var corner = [UInt8](repeating: 0, count: 144)
        corner[0] = 1
        #expect(HealingWatch(whole, appearance, cutBy: corner, at: 0) == nil)
    }

    @Test func whatIsInfiniteIsNeverHealed() throws {
        var watch = try #require(HealingWatch(whole, appearance, cutBy: half, at: 0))
        var broken = whole
        for index in broken.values.indices { broken.values[index] = index % 2 == 0 ? .nan : .infinity }
        for step in 1...30 { watch.observe(broken, step: step) }
        #expect(!watch.isHealed)
    }

    // MARK: in a film

    /// A rule that does nothing never heals.
    @Test func aModelThatDoesNothingIsNeverSaidToHave() throws {
        let timeline = try TimelineDescription(
            steps: 300,
            entries: [
                TimelineEntry(step: 5, action: .erase(.circle(x: .percent(50), y: .percent(50), radius: .cells(2))))
            ]
        ).timeline(ScenarioRequest(grid: GridSize(width: 12, height: 12)))
        let simulation = try Simulation(rule: try Pictures.rule(), timeline: timeline)
        while let snapshot = try simulation.next() { #expect(snapshot.healedAfter == nil) }
    }

    @Test func theNameOfAnEventLeavesASecondAfterIt() throws {
        let timeline = try TimelineDescription(
            steps: 100,
            entries: [
                TimelineEntry(step: 10, action: .erase(.halves([.left])), name: "cut"),
                TimelineEntry(step: 10, action: .hold(.seconds(2))),
                TimelineEntry(step: 70, action: .fireRate(0.5), name: "slower"),
            ]
        ).timeline(ScenarioRequest(grid: GridSize(width: 12, height: 12)))
        let simulation = try Simulation(rule: try Pictures.rule(), timeline: timeline)
        var names: [Int: [String?]] = [:]
        while let snapshot = try simulation.next() { names[snapshot.step, default: []].append(snapshot.eventName) }
        #expect(names[9] == [nil])
        #expect(names[10] == [String?](repeating: "cut", count: 61))
        #expect(names[40] == ["cut"] && names[41] == [nil])
        #expect(names[70] == ["slower"] && names[100] == ["slower"], "what goes on stays")
    }
}

extension HealingWatch {
    /// Looks at every cell.
    fileprivate mutating func observe(_ state: CellGrid, step: Int) {
        observe(state, step: step) { (0..<(state.width * state.height)).forEach($0) }
    }

    fileprivate func distance(to state: CellGrid) -> Float {
        distance(to: state) { (0..<(state.width * state.height)).forEach($0) }
    }
}
