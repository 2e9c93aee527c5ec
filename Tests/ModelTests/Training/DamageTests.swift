import Testing

@testable import GNCACells
@testable import GNCATraining

@Suite struct DamageTests {
    @Test
    func aCircleErasesTheCellsInsideItOnCoordinatesOfMinusOneToOne() {
        var mask = DamageMask(grid: GridSize(width: 9, height: 5))
        var numbers = [0.6, 0, 0]
        mask.add(.circle) { _ in numbers.removeLast() }
        let rows = (0..<5).map { y in (0..<9).map { mask.cells[y * 9 + $0] == 1 ? "#" : "." }.joined() }
        #expect(rows == [".........", "...###...", "..#####..", "...###...", "........."])
    }

    @Test(arguments: RandomDamage.allCases)
    func randomShapesStayInTheirBoundsAndDiffer(shape: RandomDamage) {
        var seen = Set<[UInt8]>()
        for sample in 0..<60 {
            var draws = DamageDraws(random: TrainingRandom(seed: 3), iteration: 1, sample: sample)
            var mask = DamageMask(grid: GridSize(width: 72, height: 72))
            mask.add(shape) { draws.number($0) }
            let erased = mask.cells
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
        #expect(RandomDamage.list("circle,half") == [.circle, .half])
        #expect(RandomDamage.list("half,rect") == [.half, .rectangle])
        #expect(RandomDamage.list("rectangle") == [.rectangle], "as release 1 wrote it")
        #expect(RandomDamage.list("circle,") == nil)
        #expect(RandomDamage.list("square") == nil)
    }
}
