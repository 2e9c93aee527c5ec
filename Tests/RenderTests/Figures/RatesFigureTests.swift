import GNCACells
import GNCARaster
import GNCATraining
import Testing

@testable import GNCARender

struct RatesFigureTests {
    private func request() throws -> FigureRequest {
        var request = try FigureSamples.request()
        var picture = Frame(width: 5, height: 5)
        picture.fill(picture.bounds, with: Color(hex: 0xFF0000).packed)
        request.target = try Target(picture, size: 5, padding: 2)
        request.steps = [8]
        return request
    }

    @Test
    func everyRateIsACurveAnd1IsCalledSynchronous() throws {
        let words = try RatesFigure(request()).drawing(length: 600, fontSize: 10).words
        #expect(
            Array(words.suffix(4)) == [
                "fire rate 0.25", "fire rate 0.5", "fire rate 0.75", "fire rate 1 (synchronous)",
            ])
        #expect(words.contains("step") && words.contains("loss"))
    }

    @Test
    func withoutFireNothingChangesWithItTheLossDoes() throws {
        var request = try request()
        request.fireRates = [0, 1]
        let drawing = try RatesFigure(request).drawing(length: 600, fontSize: 10)
        let curves = drawing.shapes.compactMap { shape -> [Point]? in
            if case .line(let points, _, _) = shape, points.count == 9 { points } else { nil }
        }
        #expect(curves.count == 2)
        #expect(Set(curves[0].map(\.y)).count == 1)
        #expect(Set(curves[1].map(\.y)).count > 4)
    }

    @Test
    func aCurveEndsWhereItsStateBlowsUp() throws {
        // Alpha grows a millionfold in every step: its square overflows in step 4, it does in step 7.
        var (w1, w2) = ([Float](repeating: 0, count: 48), [Float](repeating: 0, count: 16))
        (w1[3], w2[3]) = (1, 1e6)
        let rule = try Rule(channels: 16, hidden: 1, w1: w1, b1: [0], w2: w2, b2: nil)
        var request = try request()
        request.models = [FigureModel(rule: rule, name: "m", file: "m.ckpt")]
        request.fireRates = [1]
        let drawing = try RatesFigure(request).drawing(length: 600, fontSize: 10)
        let curve = drawing.shapes.compactMap { shape -> [Point]? in
            if case .line(let points, _, Theme.light.palette.series[0]) = shape { points } else { nil }
        }
        #expect(curve.map(\.count) == [4])
    }

    @Test
    func noTargetIsAnErrorThatSaysHowToNameOne() throws {
        var request = try request()
        request.target = nil
        #expect(
            throws: RenderError.option(
                .target, "is missing (figure rates compares with a picture, or with an emoji)")
        ) { try RatesFigure(request) }
    }

    @Test
    func stepsOutOfRangeAreRefused() throws {
        var request = try request()
        request.steps = [0]
        #expect(throws: RenderError.option(.steps, "is out of range (got 0, expected 1...100000)")) {
            try RatesFigure(request)
        }
    }
}
