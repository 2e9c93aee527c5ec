import GNCACells
import GNCARaster
import GNCATraining
import Testing

@testable import GNCARender

struct QualityFigureTests {
    /// A red square of 5 x 5 cells in a grid of 21 x 17, and a model that grows by a ring of cells a step.
    private func request(bare: Bool = false, models: [String] = ["m"]) throws -> FigureRequest {
        var request = try FigureSamples.request(models.map { try FigureSamples.model($0) })
        var picture = Frame(width: 13, height: 9)
        picture.fill(PixelRect(x: 4, y: 2, width: 5, height: 5), with: Color(hex: 0xFF0000).packed)
        request.target = try Target(picture, size: 13, padding: 4)
        request.steps = [1, 2]
        request.showsCaptions = !bare
        if bare { request.gap = 0 }
        return request
    }

    /// What is seen of the state after `step` steps, where all of it is.
    private func decibels(_ request: FigureRequest, after step: Int) throws -> Double {
        let target = try #require(request.target)
        let rule = request.models[0].rule
        var state = CellGrid(height: target.height, width: target.width, channels: rule.channels)
        state.plantSeed(x: target.width / 2, y: target.height / 2, of: rule.appearance)
        let automaton = try Automaton(rule: rule, state: state)
        for _ in 0..<step { try automaton.step() }
        return BoxPSNR(target, appearance: rule.appearance).decibels(of: automaton.state)
    }

    @Test
    func targetStateAndDifferenceStandSideBySideARowAStep() throws {
        let drawing = try QualityFigure(request(bare: true)).drawing(length: 1, fontSize: 10)
        let tiles = drawing.mosaics
        #expect(tiles.count == 6)
        // The square and the ring of cells that live after two steps, with a margin of two.
        #expect(tiles.allSatisfy { $0.width == 11 && $0.height == 11 })
        #expect(drawing.width == 33 && drawing.height == 22)
        let red = Color(hex: 0xFF0000).packed
        #expect(tiles[0].pixels.count { $0 == red } == 25 && tiles[0] == tiles[3])
        #expect(tiles[0].pixels[5 * 11 + 5] == red)
        // What is empty in both is the page; where the target is not reached there is a difference.
        #expect(tiles[2].pixels[0] == Color.white.packed)
        #expect(tiles[2].count(not: Color.white.packed) == 25)
    }

    @Test
    func thePSNRStandsBelowItsState() throws {
        let request = try request()
        let drawing = try QualityFigure(request).drawing(length: 20, fontSize: 10)
        let values = try [1, 2].map { try decibels(request, after: $0) }
        #expect(values[0] != values[1])
        let words = values.map { "\(($0 * 10).rounded() / 10) dB".replacing("-", with: "−") }
        #expect(words.allSatisfy { drawing.words.contains($0) }, "\(words) \(drawing.words)")
        for word in ["target", "state", "difference", "step 1", "step 2", "0.25"] {
            #expect(drawing.words.contains(word))
        }
        let cells = drawing.shapes.compactMap { shape -> (x: Int, y: Int)? in
            if case .cells(_, let x, let y, _) = shape { (x, y) } else { nil }
        }
        for (row, word) in words.enumerated() {
            let place = drawing.shapes.compactMap { shape -> Point? in
                if case .text(word, let at, _, _) = shape { at } else { nil }
            }
            let (state, side) = (cells[3 * row + 1], 20 * 11)
            let at = try #require(place.first)
            #expect(at.x > Double(state.x) && at.x < Double(state.x + side))
            #expect(at.y > Double(state.y + side) && at.y < Double(state.y + side + 24))
            if row == 0 { #expect(at.y < Double(cells[3].y)) }
        }
    }

    @Test
    func severalModelsAreNamedAndCaptionsReplaceTheRows() throws {
        var request = try request(models: ["a", "b"])
        let drawing = try QualityFigure(request).drawing(length: 20, fontSize: 10)
        for word in ["a, step 1", "a, step 2", "b, step 1", "b, step 2"] { #expect(drawing.words.contains(word)) }
        request.captions = ["one", "two"]
        #expect(throws: RenderError.option(.caption, "stands once a state (got 2, expected 4)")) {
            try QualityFigure(request)
        }
    }

    @Test
    func whatLivesOutsideOfThePictureIsShown() throws {
        var request = try request(bare: true)
        request.steps = [6]
        let drawing = try QualityFigure(request).drawing(length: 1, fontSize: 10)
        // Seven rings around the middle and a margin of two are more than the grid's height.
        #expect(drawing.mosaics[0].width == 19 && drawing.mosaics[0].height == 17)
    }

    @Test
    func everyModelHasATargetOfItsOwnAndAllPanelsOneSize() throws {
        var request = try request(models: ["a", "b"])
        var picture = Frame(width: 7, height: 5)
        picture.fill(PixelRect(x: 0, y: 0, width: 7, height: 5), with: Color(hex: 0x0000FF).packed)
        request.targets.append(try Target(picture, size: 7, padding: 2))
        request.steps = [1]
        request.columns = 2
        let drawing = try QualityFigure(request).drawing(length: 20, fontSize: 10)
        let tiles = drawing.mosaics
        // The wider of the two windows, of the second picture and its margin of two; the higher, of the first.
        #expect(tiles.count == 6 && tiles.allSatisfy { $0.width == 11 && $0.height == 9 })
        #expect(tiles[0].pixels.count { $0 == Color(hex: 0xFF0000).packed } == 25)
        #expect(tiles[3].pixels.count { $0 == Color(hex: 0x0000FF).packed } == 35)
        // As high as the window is, and it reaches beyond no grid here: the middle stays in the middle.
        #expect(tiles[3].pixels[4 * 11 + 5] == Color(hex: 0x0000FF).packed)
        #expect(drawing.words.filter { $0 == "difference" }.count == 2)
        #expect(drawing.words.filter { $0 == "step 1" }.count == 2)
        #expect(drawing.words.contains("a") && drawing.words.contains("b"))
        request.columns = 3
        #expect(throws: RenderError.option(.columns, "is out of range (got 3, expected 1...2)")) {
            try QualityFigure(request)
        }
        request.columns = nil
        request.targets.append(request.targets[0])
        #expect(throws: RenderError.option(.target, "stands once, or once a model (got 3, expected 1 or 2)")) {
            try QualityFigure(request)
        }
    }

    @Test
    func aSmallGridIsShownOnTheGroundOfALargeWindow() throws {
        var request = try request(bare: true, models: ["a", "b"])
        var dot = Frame(width: 1, height: 1)
        dot.fill(PixelRect(x: 0, y: 0, width: 1, height: 1), with: Color(hex: 0x00FF00).packed)
        request.targets.append(try Target(dot, size: 1, padding: 1))
        request.steps = [1]
        let tiles = try QualityFigure(request).drawing(length: 1, fontSize: 10).mosaics
        #expect(tiles.allSatisfy { $0.width == 9 && $0.height == 9 })
        #expect(tiles[3].count(not: Color.white.packed) == 1)
        #expect(tiles[4].count(not: Color.white.packed) == 9)
        #expect(tiles[5].pixels[0] == Color.white.packed)
    }

    @Test
    func noTargetIsAnErrorThatSaysHowToNameOne() throws {
        var request = try request()
        request.target = nil
        #expect(
            throws: RenderError.option(
                .target, "is missing (figure quality compares with a picture, or with an emoji)")
        ) { try QualityFigure(request) }
    }
}
