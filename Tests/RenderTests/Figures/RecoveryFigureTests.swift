import GNCACells
import GNCACheckpoints
import GNCARaster
import Testing

@testable import GNCARender

struct RecoveryFigureTests {
    @Test
    func aRowShowsThePatternBeforeAtTheCutAndGrowingBack() throws {
        var request = try FigureSamples.bare()
        (request.step, request.steps) = (2, [2, 1])
        request.damage = [try FigureDamage(parsing: "half:left")]
        let drawing = try RecoveryFigure(request).drawing(length: 1, fontSize: 10)
        // 5 x 5 cells; the left half takes 2 of its columns; a ring comes back with every step.
        #expect(drawing.mosaics.map { $0.count(not: Color.white.packed) } == [25, 15, 49, 35])
        #expect(drawing.width == 4 * 9)
    }

    @Test
    func byDefaultFiveDamagesAndSixMomentsCaptionedOnBothSides() throws {
        var request = try FigureSamples.request()
        request.grid = GridSize(width: 20, height: 20)
        #expect(
            try RecoveryFigure(request).drawing(length: 4, fontSize: 10).words == [
                "before", "cut", "+20", "+50", "+100", "+200", "circle of radius 3", "left half", "right half",
                "top half", "bottom half",
            ])
    }

    @Test
    func damageThatMeetsNoCellIsRefusedInItsOwnWords() throws {
        var request = try FigureSamples.request()
        request.damage = [try FigureDamage(parsing: "circle:50,50,2")]
        #expect(throws: RenderError.invalid("circle:50,50,2: erases no cell of the 9x7 grid")) {
            try RecoveryFigure(request)
        }
        #expect(
            throws: RenderError.invalid(
                "blob:3: \"blob\" is no damage (expected circle:, rect:, half:, random: or erase:)")
        ) { try FigureDamage(parsing: "blob:3") }
    }
}
