import GNCARaster
import Testing

@testable import GNCARender

struct LossFigureTests {
    private func drawing(_ losses: [Float]..., width: Int = 600) throws -> Drawing {
        let logs = losses.enumerated().map { TrainingLog(name: "log \($0.offset)", losses: $0.element) }
        return try LossFigure(FigureRequest(logs: logs)).drawing(length: width, fontSize: 10)
    }

    private func curves(_ drawing: Drawing) -> [[Point]] {
        let colours = Theme.light.palette.series
        return drawing.shapes.compactMap {
            if case .line(let points, let width, let colour) = $0, colours.contains(colour), width < 2 {
                points
            } else {
                nil
            }
        }
    }

    @Test
    func aFallingLossFallsOnThePageOverTheWholeWidth() throws {
        let drawing = try drawing([0.1, 0.01, 0.001])
        let curve = try #require(curves(drawing).first)
        #expect(curve.count == 3 && curve[0].y < curve[1].y && curve[1].y < curve[2].y)
        #expect(drawing.words == ["10⁻³", "10⁻²", "10⁻¹", "1", "2", "3", "iteration", "loss"])
        #expect(drawing.width == 600 && drawing.height == 337)
    }

    @Test
    func anIterationWithoutALossInterruptsTheLine() throws {
        #expect(curves(try drawing([0.1, 0.2, .nan, 0.1, 0.2])).map(\.count) == [2, 2])
        #expect(curves(try drawing([0.1, 0.2, 0, .infinity, 0.2, 0.1])).map(\.count) == [2, 2])
    }

    @Test
    func manyIterationsBecome400Points() throws {
        #expect(curves(try drawing((1...5000).map { 1 / Float($0) })).map(\.count) == [400])
    }

    @Test
    func severalLogsHaveALegend() throws {
        let drawing = try drawing([0.1, 0.01], [0.2, 0.1])
        #expect(Array(drawing.words.suffix(2)) == ["log 0", "log 1"])
        #expect(curves(drawing).count == 2)
    }

    @Test
    func aPageTooNarrowForItsWordsIsRefused() {
        #expect(
            throws: RenderError.invalid(
                "the plot has no room (got 60 pixels for text of 10 pixels)", remedy: .moreRoom)
        ) { try drawing([0.1, 0.01], width: 60) }
    }

    /// Iterations and losses at the ends of what numbers can say.
    private static let extremes: [[(iteration: Int, loss: Double)]] = [
        [(Int.max - 1, 0.1), (Int.max, 0.2)], [(Int.min, 0.1), (Int.max, 0.2)], [(Int.max, 0.5)],
        [(1, .leastNonzeroMagnitude), (2, 1.7e308)], [(1, .leastNonzeroMagnitude)],
        [(1, 1.7e308), (2, .infinity), (3, .nan), (4, -1)],
        [(1 << 53, 0.1), ((1 << 53) + 1, 0.2)], [(-5, 0.1), (0, 0.2), (7, 1)],
    ]

    @Test(arguments: extremes.indices)
    func noNumberIsTooLargeForAPlot(row: Int) throws {
        let log = TrainingLog(name: "a", losses: Self.extremes[row])
        let drawing = try LossFigure(FigureRequest(logs: [log])).drawing(length: 900, fontSize: 12)
        #expect(drawing.words.count < 40)
        for shape in drawing.shapes {
            guard case .line(let points, _, _) = shape else { continue }
            #expect(points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
        }
    }

    @Test
    func aWideScaleNamesEverySoManyPowersOfTen() throws {
        let words = try drawing([1e-30, 1]).words
        #expect(words.prefix(3) == ["10⁻³⁰", "10⁻²⁷", "10⁻²⁴"])
    }

    @Test
    func anAxisBeginsWithItsRangeAndGoesOnInRoundNumbers() {
        #expect(Plot.ticks(0...300) == [0, 50, 100, 150, 200, 250, 300])
        #expect(Plot.ticks(1...3000) == [1, 500, 1000, 1500, 2000, 2500, 3000])
        #expect(Plot.ticks(1...8000) == [1, 2000, 4000, 6000, 8000])
        #expect(Plot.ticks(1...1) == [1])
        let last = Double(Int.max)
        #expect(Plot.ticks(last...last) == [last])
        #expect(Plot.ticks(-1e300...1e300).count < 10)
    }
}
