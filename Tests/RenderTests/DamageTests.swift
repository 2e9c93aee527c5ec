import GNCACells
import GNCARaster
import Testing

@testable import GNCARender

@Suite struct DamageTests {
    @Test(arguments: [
        ("circle:36,37.5,12@200", DamageShape.circle(x: .cells(36), y: .cells(37.5), radius: .cells(12)), 200),
        ("circle:50%,-3,10%@0", .circle(x: .percent(50), y: .cells(-3), radius: .percent(10)), 0),
        ("rect:0,10,50%,5@7", .rectangle(x: .cells(0), y: .cells(10), width: .percent(50), height: .cells(5)), 7),
        ("half:left@1", .halves([.left]), 1),
        ("half:top,right@1", .halves([.top, .right]), 1),
        ("random:8@90", .random(count: 8), 90),
        ("erase:a,b@c.png@5", .image(file: "a,b@c.png"), 5),
    ])
    func aSpecIsRead(spec: String, shape: DamageShape, step: Int) throws {
        let damage = try DamageRequest(parsing: spec)
        #expect(damage.shape == shape)
        #expect(damage.step == step)
        #expect(damage.spec == spec)
    }

    @Test(arguments: [
        ("circle:1,2,3", "no step (expected SPEC@STEP, for instance circle:36,36,12@200)"),
        ("circle:1,2,3@", "\"\" is not a step (expected a whole number, 0 or more)"),
        ("circle:1,2,3@-1", "\"-1\" is not a step (expected a whole number, 0 or more)"),
        ("circle:1,2,3@1.5", "\"1.5\" is not a step (expected a whole number, 0 or more)"),
        (
            "circle:1,2,3@99999999999999999999",
            "\"99999999999999999999\" is not a step (expected a whole number, 0 or more)"
        ),
        ("@5", "\"\" is no damage (expected circle:, rect:, half:, random: or erase:)"),
        ("blob:1@5", "\"blob\" is no damage (expected circle:, rect:, half:, random: or erase:)"),
        ("circle:1,2@5", "a circle has 3 lengths (got 2, expected X,Y,R)"),
        ("circle:1,,3@5", "\"\" is not a length (expected cells, or a share of the grid such as 50%)"),
        ("circle:nan,2,3@5", "\"nan\" is not a length (expected cells, or a share of the grid such as 50%)"),
        ("circle:0x10,2,3@5", "\"0x10\" is not a length (expected cells, or a share of the grid such as 50%)"),
        ("circle:1,2,1e9@5", "\"1e9\" is not a length (expected cells, or a share of the grid such as 50%)"),
        ("circle:9999999,2,1@5", "\"9999999\" is not a length (expected cells, or a share of the grid such as 50%)"),
        ("circle:1,2,0@5", "the radius must be above 0 (got 0)"),
        ("circle:1,2,-3%@5", "the radius must be above 0 (got -3)"),
        ("rect:1,2,3@5", "a rectangle has 4 lengths (got 3, expected X,Y,W,H)"),
        ("rect:1,2,0,3@5", "the width must be above 0 (got 0)"),
        ("rect:1,2,3,-1@5", "the height must be above 0 (got -1)"),
        ("half:@5", "\"\" is no half (expected left, right, top or bottom)"),
        ("half:middle@5", "\"middle\" is no half (expected left, right, top or bottom)"),
        ("half:left,left@5", "left is named twice"),
        ("random:0@5", "\"0\" is no number of circles (expected 1...1000)"),
        ("random:many@5", "\"many\" is no number of circles (expected 1...1000)"),
        ("erase:@5", "no picture is named (expected erase:FILE.png)"),
    ])
    func aWrongSpecIsRefused(spec: String, reason: String) {
        #expect(throws: RenderError.invalid("\(spec): \(reason)")) { try DamageRequest(parsing: spec) }
    }

    @Test(arguments: [
        ("circle:10,10,12@1", "circle of radius 12 removed"),
        ("circle:10,10,12.5%@1", "circle of radius 5 removed"),
        ("rect:0,0,25%,7.5@1", "rectangle of 20x7.5 removed"),
        ("half:right@1", "right half removed"),
        ("half:left,top@1", "left and top halves removed"),
        ("half:left,right,top@1", "left, right and top halves removed"),
        ("random:1@1", "random circle removed"),
        ("random:3@1", "3 random circles removed"),
        ("erase:masks/bite.png@1", "shape of bite.png removed"),
    ])
    func damageIsNamed(spec: String, name: String) throws {
        #expect(try DamageRequest(parsing: spec).shape.eventName(on: GridSize(width: 80, height: 40)) == name)
    }

    /// Masks as text, a row a line.
    private func drawn(_ specs: String..., grid: GridSize, picture: Frame? = nil) throws -> [String] {
        let request = ScenarioRequest(grid: grid, damage: try specs.map { try DamageRequest(parsing: $0 + "@1") }) {
            (file) throws(RenderError) in
            guard let picture else { throw .invalid("\(file): is missing") }
            return picture
        }
        let timeline = try TimelineDescription(steps: 1).timeline(request)
        var united = [UInt8](repeating: 0, count: grid.width * grid.height)
        for case .erase(let mask) in timeline.events.map(\.action) {
            for index in mask.indices where mask[index] == 1 { united[index] = 1 }
        }
        return (0..<grid.height).map { row in
            united[(row * grid.width)..<((row + 1) * grid.width)].map { $0 == 1 ? "#" : "." }.joined()
        }
    }

    @Test func aCircleTakesTheCellsCloserThanItsRadius() throws {
        let grid = GridSize(width: 6, height: 5)
        #expect(try drawn("circle:2,2,1", grid: grid) == ["......", "......", "..#...", "......", "......"])
        #expect(try drawn("circle:2,2,2", grid: grid) == ["......", ".###..", ".###..", ".###..", "......"])
        // Shares: the middle of 6 columns is column 3, the radius counts the shorter side.
        #expect(try drawn("circle:50%,40%,30%", grid: grid) == ["......", "..###.", "..###.", "..###.", "......"])
        #expect(try drawn("circle:-1,0,2", grid: grid) == ["#.....", "#.....", "......", "......", "......"])
    }

    @Test func aRectangleTakesItsCells() throws {
        let grid = GridSize(width: 6, height: 3)
        #expect(try drawn("rect:1,1,2,1", grid: grid) == ["......", ".##...", "......"])
        #expect(try drawn("rect:50%,0,50%,100%", grid: grid) == ["...###", "...###", "...###"])
        #expect(try drawn("rect:-5,-5,6,100", grid: grid) == ["#.....", "#.....", "#....."])
    }

    @Test func theMiddleOfAnOddSideBelongsToRightAndBottom() throws {
        let grid = GridSize(width: 5, height: 3)
        #expect(try drawn("half:left", grid: grid) == ["##...", "##...", "##..."])
        #expect(try drawn("half:right", grid: grid) == ["..###", "..###", "..###"])
        #expect(try drawn("half:top", grid: grid) == ["#####", ".....", "....."])
        #expect(try drawn("half:bottom", grid: grid) == [".....", "#####", "#####"])
        #expect(try drawn("half:left,top", grid: grid) == ["#####", "##...", "##..."])
    }

    @Test func aPictureErasesWhereItIsDarkOnWhite() throws {
        var picture = Frame(width: 4, height: 2)
        picture[0, 0] = Pixel(red: 0, green: 0, blue: 0)
        picture[1, 0] = Pixel(red: 255, green: 255, blue: 255)
        picture[2, 0] = Pixel(red: 120, green: 120, blue: 120)
        picture[3, 0] = Pixel(red: 0, green: 0, blue: 0, alpha: 100)
        #expect(try drawn("erase:m.png", grid: GridSize(width: 4, height: 2), picture: picture) == ["#.#.", "...."])
        // Stretched over the grid.
        #expect(
            try drawn("erase:m.png", grid: GridSize(width: 8, height: 2), picture: picture)
                == ["##..##..", "........"])
        #expect(throws: RenderError.invalid("erase:m.png@1: m.png: is missing")) {
            try drawn("erase:m.png", grid: GridSize(width: 4, height: 2))
        }
    }

    @Test func randomCirclesFollowTheRecipe() throws {
        let grid = GridSize(width: 101, height: 101)
        var areas: [Int] = []
        for seed in 0..<200 {
            var mask = DamageMask(grid: grid)
            let random = RandomSource(seed: UInt32(seed), stream: .damage)
            mask.addRandomCircle(random, step: 5, entry: 0, index: 0)
            let cells = mask.cells.indices.filter { mask.cells[$0] == 1 }
            areas.append(cells.count)
            let x = Double(cells.reduce(0) { $0 + $1 % 101 }) / Double(cells.count)
            #expect((24.9...75.1).contains(x), "the centre lies within half of the grid")
        }
        let radii = areas.map { (Double($0) / .pi).squareRoot() / 50 }
        #expect(radii.allSatisfy { (0.09...0.41).contains($0) })
        let mean = radii.reduce(0, +) / 200
        #expect((0.23...0.27).contains(mean), "radii are uniform in 0.1...0.4 (mean \(mean))")
    }

    @Test func randomDamageDependsOnSeedStepAndEntryOnly() throws {
        func masks(seed: UInt32, _ specs: [String]) throws -> [TimelineEvent.Action] {
            let damage = try specs.map { try DamageRequest(parsing: $0) }
            let request = ScenarioRequest(grid: GridSize(width: 72, height: 72), damage: damage, randomSeed: seed)
            return try TimelineDescription(steps: 99).timeline(request).events.dropFirst().map(\.action)
        }
        let some = try masks(seed: 1, ["random:2@5", "random:2@5", "random:2@6"])
        #expect(try masks(seed: 1, ["random:2@5", "random:2@5", "random:2@6"]) == some)
        #expect(some[0] != some[1])
        #expect(some[1] != some[2])
        #expect(try masks(seed: 2, ["random:2@5"])[0] != some[0])
    }

    @Test(arguments: [
        ("circle:100,100,5@1", "erases no cell of the 72x64 grid"),
        ("rect:72,0,5,5@1", "erases no cell of the 72x64 grid"),
        ("rect:100%,0,5,5@1", "erases no cell of the 72x64 grid"),
        ("circle:10.5,10,0.2@1", "erases no cell of the 72x64 grid"),
        ("circle:5,5,5@201", "happens after the end (at step 201, the film has 200 steps)"),
        (
            "circle:5,5,5@9223372036854775807",
            "happens after the end (at step 9223372036854775807, the film has 200 steps)"
        ),
    ])
    func damageThatMissesTheFilmIsRefused(spec: String, reason: String) throws {
        let request = ScenarioRequest(
            grid: GridSize(width: 72, height: 64), damage: [try DamageRequest(parsing: spec)])
        #expect(throws: RenderError.invalid("\(spec): \(reason)")) { try Grow.timeline(request) }
    }
}
