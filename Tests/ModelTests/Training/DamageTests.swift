import Testing

@testable import GNCATraining

@Suite struct DamageTests {
    @Test("a circle erases the cells inside it, on coordinates of -1...1")
    func circle() {
        let erased = Damage.circle(width: 9, height: 5, x: 0, y: 0, radius: 0.6)
        let rows = (0..<5).map { y in (0..<9).map { erased[y * 9 + $0] == 1 ? "#" : "." }.joined() }
        #expect(rows == [".........", "...###...", "..#####..", "...###...", "........."])
    }

    @Test("random shapes stay in their bounds and differ", arguments: CutoutShape.allCases)
    func shapes(shape: CutoutShape) {
        var seen = Set<[UInt8]>()
        for sample in 0..<60 {
            var draws = DamageDraws(random: TrainingRandom(seed: 3), iteration: 1, sample: sample)
            let erased = shape.erased(width: 72, height: 72, &draws)
            let share = Double(erased.count { $0 == 1 }) / 5184
            switch shape {
            case .circle: #expect(share > 0.005 && share < 0.13)
            case .half: #expect(share > 0.35 && share < 0.65)
            case .rectangle: #expect(share > 0.005 && share < 0.17)
            }
            seen.insert(erased)
        }
        #expect(seen.count > 55)
    }

    @Test func shapesAreReadFromAList() {
        #expect(CutoutShape.list("circle,half") == [.circle, .half])
        #expect(CutoutShape.list("circle,") == nil)
        #expect(CutoutShape.list("square") == nil)
    }
}
