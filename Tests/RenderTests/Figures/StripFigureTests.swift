import GNCACells
import GNCARaster
import Testing

@testable import GNCARender

struct StripFigureTests {
    @Test
    func everyChosenStepIsAPanelInTheUsersOrder() throws {
        var request = try FigureSamples.bare()
        request.steps = [2, 0, 1]
        let drawing = try StripFigure(request).drawing(length: 1, fontSize: 10)
        // A square that grows by a ring a step.
        #expect(drawing.mosaics.map { $0.count(not: Color.white.packed) } == [25, 1, 9])
        #expect(drawing.width == 27 && drawing.height == 7)
    }

    @Test
    func captionsNameTheStepsOrAreTheUsers() throws {
        var request = try FigureSamples.request()
        request.steps = [0, 3]
        #expect(try StripFigure(request).drawing(length: 9, fontSize: 10).words == ["step 0", "step 3"])
        request.captions = ["seed", "<grown>"]
        let drawing = try StripFigure(request).drawing(length: 9, fontSize: 10)
        #expect(drawing.words == ["seed", "<grown>"])
        #expect(drawing.svgText.contains(">&lt;grown&gt;</text>"))
        request.captions = ["seed"]
        #expect(throws: RenderError.option(.caption, "stands once a step (got 1, expected 2)")) {
            try StripFigure(request)
        }
    }

    @Test
    func longCaptionsBreakAndThePageKeepsItsWidthAndMargins() throws {
        var request = try FigureSamples.request()
        request.steps = [0, 3]
        let usual = try StripFigure(request).drawing(length: 12, fontSize: 10)
        request.captions = ["what is seen before anything grows from the seed", "grown"]
        let drawing = try StripFigure(request).drawing(length: 12, fontSize: 10)
        #expect(drawing.width == usual.width && drawing.height > usual.height)
        #expect(drawing.words.count > 3 && drawing.words.joined(separator: " ").hasSuffix("from the seed grown"))
        // The short one stands on its panel, beside the last line of the long one.
        let baselines = drawing.shapes.compactMap { shape in
            if case .text(_, let at, _, _) = shape { at.y } else { nil }
        }
        #expect(baselines.last == baselines.dropLast().last)
        let margin = try drawing.frame().margin
        #expect(margin.left >= 5 && margin.right >= 5 && margin.top >= 5)
    }

    @Test(arguments: [(1, 9, 28), (2, 18, 14), (4, 36, 7)])
    func columnsBreakTheRow(columns: Int, width: Int, height: Int) throws {
        var request = try FigureSamples.bare()
        request.steps = [0, 1, 2, 3]
        request.columns = columns
        let drawing = try StripFigure(request).drawing(length: 1, fontSize: 10)
        #expect(drawing.width == width && drawing.height == height)
        request.columns = 5
        #expect(throws: RenderError.option(.columns, "is out of range (got 5, expected 1...4)")) {
            try StripFigure(request)
        }
    }

    @Test
    func cellsAreRectanglesInSVGTheGroundAndARunForEveryRowOfOneColour() throws {
        var request = try FigureSamples.bare()
        request.steps = [1]
        let svg = try StripFigure(request).drawing(length: 4, fontSize: 10).svgText
        // Page, ground of the mosaic, and rows of the 3 x 3 square: its middle, the seed, has a colour of its own.
        let cells = svg.split(separator: "\n").filter { $0.hasPrefix("<rect") }
        #expect(cells.count == 2 + 1 + 3 + 1)
    }

    @Test
    func aStateThatBlowsUpIsToldWithItsFileAndStep() throws {
        var rule = try FigureSamples.growing()
        rule = try Rule(
            channels: 16, hidden: 1, w1: [Float](repeating: 1e30, count: 48), b1: [1],
            w2: [Float](repeating: 1e30, count: 16),
            b2: nil, fireRate: 1)
        let request = try FigureSamples.request([FigureModel(rule: rule, name: "m", file: "a/m.ckpt")])
        #expect(
            throws: ModelError.badCheckpoint(
                file: "a/m.ckpt", reason: "the state became infinite or NaN in step 1 (show earlier steps)")
        ) { try StripFigure(request) }
    }
}
