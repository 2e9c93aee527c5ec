import GNCARaster
import Testing

@testable import GNCARender

struct CompareFigureTests {
    @Test
    func eachModelIsARowEachStepAColumn() throws {
        var request = try FigureSamples.bare([FigureSamples.model("a"), FigureSamples.model("b", fireRate: 0)])
        request.steps = [0, 1, 2]
        let drawing = try CompareFigure(request).drawing(length: 2, fontSize: 10)
        #expect(drawing.width == 54 && drawing.height == 28)
        #expect(drawing.mosaics.map { $0.count(not: Color.white.packed) } == [1, 9, 25, 1, 1, 1])
    }

    @Test
    func captionsNameModelsAndSteps() throws {
        var request = try FigureSamples.request([FigureSamples.model("a"), FigureSamples.model("b")])
        request.steps = [5]
        #expect(try CompareFigure(request).drawing(length: 9, fontSize: 10).words == ["step 5", "a", "b"])
        request.captions = ["one"]
        #expect(throws: RenderError.option(.caption, "stands once a model (got 1, expected 2)")) {
            try CompareFigure(request)
        }
    }
}
