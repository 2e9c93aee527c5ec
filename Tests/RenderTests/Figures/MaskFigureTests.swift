import GNCARaster
import Testing

@testable import GNCARender

struct MaskFigureTests {
    @Test
    func aSeedIsMatureItsNeighboursGrowTheRestIsDead() throws {
        var request = try FigureSamples.bare()
        request.step = 0
        let drawing = try MaskFigure(request).drawing(length: 1, fontSize: 10)
        let palette = Theme.light.palette
        let mask = drawing.mosaics[1]
        #expect(mask.pixels.count { $0 == palette.life.packed } == 1)
        #expect(mask.pixels.count { $0 == palette.fire.packed } == 8)
        #expect(mask.pixels[3 * 9 + 4] == palette.life.packed && mask.pixels[0] == palette.page.packed)
        #expect(drawing.width == 18 && drawing.height == 7)
    }

    @Test
    func theLegendCountsTheCells() throws {
        var request = try FigureSamples.request()
        request.step = 0
        #expect(
            try MaskFigure(request).drawing(length: 20, fontSize: 10).words == [
                "step 0", "life mask", "mature: alpha above 0.1 (1 cell)", "growing: a mature neighbour (8 cells)",
                "dead (54 cells)",
            ])
    }

    @Test(arguments: [3, 40])
    func aLegendWiderThanThePanelsStandsInLinesInsideThePage(scale: Int) throws {
        let drawing = try MaskFigure(FigureSamples.request()).drawing(length: scale, fontSize: 10)
        let legend = drawing.shapes.compactMap { shape -> Double? in
            if case .text(let text, let at, _, _) = shape, text.contains("cell") { at.y } else { nil }
        }
        #expect(Set(legend).count == (scale == 3 ? 3 : 1))
        #expect(legend.allSatisfy { $0 < Double(drawing.height) })
    }
}
