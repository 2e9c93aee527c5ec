import GNCACells
import GNCARaster
import Testing

@testable import GNCARender

struct ArchitectureFigureTests {
    private func words(_ rule: Rule) throws -> [String] {
        let request = FigureRequest(models: [FigureModel(rule: rule, name: "m", file: "m.ckpt")])
        return try ArchitectureFigure(request).drawing(length: 1320, fontSize: 22).words
    }

    @Test
    func everyNumberIsTheCheckpointsOwn() throws {
        let rule = try Rule(
            channels: 16, hidden: 128, w1: [Float](repeating: 0, count: 48 * 128),
            b1: [Float](repeating: 0, count: 128), w2: [Float](repeating: 0, count: 16 * 128), b2: nil)
        let words = try words(rule)
        for expected in [
            "48", "128", "16", "weights 128 × 48", "biases 128", "6,272 parameters", "weights 16 × 128", "no biases",
            "2,048 parameters", "8,320 parameters, the same for every cell", "probability 0.5", "zeros outside",
            "alpha of 3 × 3 > 0.1", "before and after",
        ] { #expect(words.contains(expected), "\(expected)") }
    }

    @Test
    func settingsAreToldAsTheyAre() throws {
        var rule = try FigureSamples.growing(channels: 8)
        rule.edges = .torus
        rule.life = Life(before: false, after: true, threshold: 0.05)
        let words = try words(rule)
        for expected in [
            "torus", "alpha of 3 × 3 > 0.05", "after the update", "every cell,", "every step", "biases 8", "24", "2",
        ] { #expect(words.contains(expected), "\(expected)") }
        rule.life = Life(before: false, after: false)
        #expect(try self.words(rule).contains("none: every cell"))
    }

    @Test
    func nothingLiesOutsideThePageAndAPageTooNarrowIsRefused() throws {
        let figure = try ArchitectureFigure(FigureSamples.request())
        let drawing = try figure.drawing(length: 1320, fontSize: 22)
        for shape in drawing.shapes {
            if case .rectangle(let x, let y, let width, let height, _, _) = shape {
                #expect(x >= 0 && y >= 0 && x + width <= 1320 && y + height <= Double(drawing.height))
            }
        }
        let advice = " pixels for text of 22 pixels (got 400)"
        #expect {
            try figure.drawing(length: 400, fontSize: 22)
        } throws: {
            "\($0)".hasPrefix("the architecture needs ") && "\($0)".hasSuffix(advice)
        }
    }
}
