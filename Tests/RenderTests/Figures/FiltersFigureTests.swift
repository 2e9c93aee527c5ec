import GNCACells
import GNCARaster
import Testing

@testable import GNCARender

struct FiltersFigureTests {
    @Test
    func theFiltersStandAboveWhatTheySeeAsNumbers() throws {
        var request = try FigureSamples.request()
        request.grid = GridSize(width: 9, height: 9)
        let words = try FiltersFigure(request).drawing(length: 9, fontSize: 10).words
        let identity = ["0", "0", "0", "0", "1", "0", "0", "0", "0"]
        let x = ["−1", "0", "1", "−2", "0", "2", "−1", "0", "1"]
        let y = ["−1", "−2", "−1", "0", "0", "0", "1", "2", "1"]
        let around = ["identity", "Sobel x × 8", "Sobel y × 8", "filter", "alpha", "−1", "0", "1"]
        #expect(words == [identity, x, y, around].flatMap { $0 })
    }

    @Test(arguments: [(90.0, ["1", "2", "1", "0", "0", "0", "−1", "−2", "−1"])])
    func anAngleTurnsTheFilters(angle: Double, numbers: [String]) throws {
        var request = try FigureSamples.request()
        request.angles = [angle]
        let words = try FiltersFigure(request).drawing(length: 9, fontSize: 10).words
        #expect(Array(words[9..<18]) == numbers)
        #expect(words.joined(separator: " ").contains("Sobel x × 8, turned by 90°"))
    }

    @Test
    func aResponseIsTheGradientOfTheChannelRightOfASeedsLeftNeighbourItRisesByAQuarter() throws {
        var request = try FigureSamples.bare()
        request.step = 0
        let mosaics = try FiltersFigure(request).drawing(length: 1, fontSize: 10).mosaics
        let map = Colormap.divergingLight
        #expect(mosaics.count == 3)
        #expect(mosaics[0].pixels[3 * 9 + 4] == map.pixel(for: 1))
        #expect(mosaics[1].pixels[3 * 9 + 3] == map.pixel(for: 0.25))
        #expect(mosaics[2].pixels[4 * 9 + 4] == map.pixel(for: -0.25))
    }

    @Test
    func severalAnglesAreRefused() throws {
        var request = try FigureSamples.request()
        request.angles = [0, 90]
        #expect(throws: RenderError.option(.angle, "has one value here (got 2)")) { try FiltersFigure(request) }
    }
}
