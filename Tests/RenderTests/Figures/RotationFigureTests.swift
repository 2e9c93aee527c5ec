import GNCACells
import GNCARaster
import Testing

@testable import GNCARender

struct RotationFigureTests {
    @Test
    func fourModelsAndFourAnglesOf56CellsAtScale4Are896X896() throws {
        var request = try FigureSamples.bare(["a", "b", "c", "d"].map { try FigureSamples.model($0) })
        (request.grid, request.steps) = (GridSize(width: 56, height: 56), [3])
        let sheet = try FigureSheet(RotationFigure(request), size: .scale(4))
        #expect(sheet.drawing.width == 896 && sheet.drawing.height == 896)
        #expect(sheet.drawing.mosaics.count == 16 && sheet.drawing.words.isEmpty)
    }

    @Test
    func rowsAreModelsColumnsAngles() throws {
        var request = try FigureSamples.request([FigureSamples.model("x"), FigureSamples.model("y")])
        (request.angles, request.steps) = ([0, 22.5], [1])
        #expect(
            try RotationFigure(request).drawing(length: 9, fontSize: 10).words == ["0°", "22.5°", "x", "y"])
    }

    @Test
    func theAngleTurnsWhatCellsPerceive() throws {
        // Every cell takes from red what Sobel x sees of alpha.
        var w1 = [Float](repeating: 0, count: 48)
        w1[16 + 3] = 1
        var w2 = [Float](repeating: 0, count: 16)
        w2[0] = -1
        let rule = try Rule(channels: 16, hidden: 1, w1: w1, b1: [0], w2: w2, b2: nil, fireRate: 1)
        var request = try FigureSamples.bare([FigureModel(rule: rule, name: "m", file: "m.ckpt")])
        (request.angles, request.steps, request.grid) = ([0, 90], [1], GridSize(width: 7, height: 7))
        let mosaics = try RotationFigure(request).drawing(length: 1, fontSize: 10).mosaics
        #expect(mosaics[0].pixels[3 * 7 + 2] != Color.white.packed)
        // x' = -y: the gradient along y, negated. Rows and columns exchanged, and then mirrored.
        for y in 0..<7 {
            for x in 0..<7 {
                let (turned, plain) = (mosaics[1].pixels[y * 7 + x], mosaics[0].pixels[x * 7 + 6 - y])
                #expect(turned == plain, "\(x),\(y)")
            }
        }
    }

    @Test
    func severalNumbersOfStepsAreRefused() throws {
        var request = try FigureSamples.request()
        request.steps = [1, 2]
        #expect(throws: RenderError.option(.steps, "has one value here (got 2)")) { try RotationFigure(request) }
    }
}
