import GNCABasics
import GNCACells
import GNCARaster
import Testing

@testable import GNCARender

struct LineageFigureTests {
    private func figure(_ steps: [Int], threads: Int = 1) throws -> LineageFigure {
        var request = try FigureSamples.request([FigureSamples.model(fireRate: 0.5)])
        request.steps = steps
        request.threads = threads
        return try LineageFigure(request)
    }

    @Test
    func everyStepIsAPictureAndTheTreeReachesToTheLast() throws {
        let figure = try figure([1, 4, 2])
        let drawing = try figure.drawing(length: 4, fontSize: 10)
        #expect(drawing.words.prefix(3) == ["step 1", "step 4", "step 2"])
        let pictures = drawing.mosaics
        let page = Theme.light.palette.page.packed
        #expect(pictures.count == 3)
        #expect(pictures[0].count(not: page) < pictures[2].count(not: page))
        #expect(pictures[2].count(not: page) < pictures[1].count(not: page))
        #expect(figure.finding?.contains("of the seed's children") == true)
        #expect(try self.figure([1, 4, 2], threads: 3).numbers.table == figure.numbers.table)
    }

    @Test
    func everyCellButTheSeedHasAMotherThatLivedBesideItBeforeIt() throws {
        let numbers = try figure([5]).numbers
        let cells = try #require(numbers.json?["cells"]?.elements)
        func number(_ cell: JSONValue, _ name: String) -> Int? {
            if case .number(let text)? = cell[name] { Int(text) } else { nil }
        }
        #expect(cells.count > 20)
        #expect(cells.filter { number($0, "mother") == nil }.count == 1)
        for (id, cell) in cells.enumerated() {
            #expect(number(cell, "id") == id)
            guard let mother = number(cell, "mother") else { continue }
            let other = cells[mother]
            for axis in ["x", "y"] {
                let distance = abs((number(cell, axis) ?? 99) - (number(other, axis) ?? 0))
                #expect(distance <= 1)
            }
            #expect((number(other, "born") ?? 99) <= (number(cell, "born") ?? 0))
            #expect(number(cell, "generation") == (number(other, "generation") ?? 99) + 1)
        }
        let lines = try #require(numbers.table).split(separator: "\n")
        #expect(lines[0] == "id,mother,x,y,born,died,generation,family")
        #expect(lines.count == 1 + cells.count)
        #expect(lines[1] == "0,,4,3,0,,0,")
    }

    @Test
    func moreStepsThanATreeHoldsAreRefused() {
        #expect(
            throws: RenderError.option(.steps, "is out of range (got 10001, expected 0...10000)")
        ) { try figure([10_001]) }
    }
}
