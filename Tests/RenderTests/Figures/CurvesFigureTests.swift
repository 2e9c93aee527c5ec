import GNCACells
import GNCARaster
import Testing

@testable import GNCARender

struct CurvesFigureTests {
    /// Half of the cells fire, so that runs differ; everything is erased after step 4, and noise follows over three steps.
    private func request(fireRate: Float = 0.5) throws -> FigureRequest {
        var request = try FigureSamples.request([FigureSamples.model(fireRate: fireRate)])
        request.scenario = FigureScenario(
            TimelineDescription(
                steps: 8,
                entries: [
                    TimelineEntry(step: 4, action: .hold(.frames(3))),
                    TimelineEntry(step: 4, action: .erase(try DamageShape(parsing: "half:left")), name: "half lost"),
                    TimelineEntry(
                        step: 5, action: .noise(try DamageShape(parsing: "circle:6,3,1")), name: "noise",
                        repetition: .steps(every: 1, times: 3)),
                ]))
        request.trials = 6
        return request
    }

    private func target() -> Target {
        Target(width: 5, height: 5, values: [Float](repeating: 1, count: 100))
    }

    /// Lines of the table by step, each a field a column.
    private func lines(_ request: FigureRequest) throws -> [[String]] {
        try CurvesFigure(request).table.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    @Test
    func runsAreTheSameOnAnyNumberOfThreads() throws {
        var request = try request()
        request.target = target()
        let alone = try CurvesFigure(request)
        request.threads = 4
        let together = try CurvesFigure(request)
        #expect(alone.table == together.table)
        let text = try [alone, together].map { try $0.drawing(length: 600, fontSize: 10).svgText }
        #expect(text[0] == text[1])
        request.randomSeed = 7
        #expect(try CurvesFigure(request).table != alone.table)
    }

    @Test
    func whatHappensIsMeasuredBeforeAndAfterItAndGoesByItsFirstStep() throws {
        let lines = try lines(request(fireRate: 1))
        #expect(
            lines[0] == [
                "model", "step", "event", "living_cells_p10", "living_cells_median", "living_cells_p90",
                "total_update_p10", "total_update_median", "total_update_p90",
            ])
        #expect(
            lines.dropFirst().map { [$0[1], $0[2]] } == [
                ["0", ""], ["1", ""], ["2", ""], ["3", ""], ["4", ""], ["4", "half lost"], ["5", ""], ["5", "noise"],
                ["6", ""], ["7", ""], ["8", ""],
            ])
        // A ring of cells a step, until the 9 x 7 cells are full.
        #expect(lines[1...5].map { $0[4] } == ["9.0", "25.0", "49.0", "63.0", "63.0"])
        // Five columns are left, and live with the one beside them.
        #expect(lines[6][4] == "42.0")
        // Nothing was updated before the first step; then nine cells, red and alpha by a half each.
        #expect(Array(lines[1][6...]) == ["", "", ""])
        #expect(Double(lines[2][7]).map { abs($0 - 9 * 0.5.squareRoot()) < 1e-4 } == true)
    }

    @Test
    func theBandHoldsEightyOfAHundredRuns() throws {
        #expect(CurveRuns.Band([4, 1, 3, 2]) == CurveRuns.Band(low: 1.3, median: 2.5, high: 3.7))
        let many = CurveRuns.Band((0...100).map(Double.init).reversed())
        #expect(many.low == 10 && many.median == 50 && many.high == 90)
        #expect(CurveRuns.Band([5]) == CurveRuns.Band(low: 5, median: 5, high: 5))
        let blownUp = CurveRuns.Band([.infinity, 1, .infinity])
        #expect(blownUp.low == .infinity && blownUp.median == .infinity)
        #expect(CurveRuns.Band([.infinity, .infinity]).high == .infinity)
        #expect(CurveRuns.Band([.nan]).median.isNaN)
    }

    @Test
    func lossAndPSNRStandWhereThereIsATarget() throws {
        var request = try request()
        let without = try CurvesFigure(request).drawing(length: 600, fontSize: 10).words
        #expect(without.contains("living cells") && without.contains("total update") && !without.contains("loss"))
        request.target = target()
        let words = try CurvesFigure(request).drawing(length: 600, fontSize: 10).words
        #expect(words.filter { ["loss", "living cells", "total update"].contains($0) }.count == 3)
        #expect(words.contains { $0.hasPrefix("PSNR") })
        #expect(words.contains("median and 10–90 % of 6 runs"))
        #expect(words.contains("half lost") && words.contains("noise"))
    }

    @Test
    func theTargetStandsAboutTheSeedOfALargerGrid() throws {
        let placed = target().inTheMiddle(of: GridSize(width: 9, height: 8))
        let box = BoxPSNR(try #require(placed))
        // About the seed, which is at (4, 4).
        #expect(box.columns == 2..<7 && box.rows == 2..<7)
        var request = try request()
        request.grid = GridSize(width: 4, height: 9)
        request.target = target()
        #expect(
            throws: RenderError.option(.grid, "has no room for the target (got 4x9, the target has 5x5 cells)")
        ) { try CurvesFigure(request) }
    }

    @Test
    func aRunThatBlowsUpEndsItsCurve() throws {
        // Alpha grows a millionfold in every step: it overflows in step 7.
        var (w1, w2) = ([Float](repeating: 0, count: 48), [Float](repeating: 0, count: 16))
        (w1[3], w2[3]) = (1, 1e6)
        let rule = try Rule(channels: 16, hidden: 1, w1: w1, b1: [0], w2: w2, b2: nil, fireRate: 1)
        var request = try request()
        request.models = [FigureModel(rule: rule, name: "m", file: "m.ckpt")]
        request.scenario = FigureScenario(TimelineDescription(steps: 9))
        let lines = try lines(request)
        #expect(lines[7][4] != "" && lines[8...].allSatisfy { $0[3...].allSatisfy { $0.isEmpty } })
        let drawing = try CurvesFigure(request).drawing(length: 600, fontSize: 10)
        for case .line(let points, _, _) in drawing.shapes {
            #expect(points.allSatisfy { $0.x.isFinite && $0.y.isFinite && $0.y >= 0 })
        }
    }

    @Test
    func severalModelsHaveALegendAndTheirNamesInTheTable() throws {
        var request = try request()
        request.models += [try FigureSamples.model("other, too", fireRate: 1)]
        let figure = try CurvesFigure(request)
        let words = try figure.drawing(length: 600, fontSize: 10).words
        #expect(words.contains("m") && words.contains("other, too"))
        #expect(figure.table.contains("\n\"other, too\",8,,"))
        request.captions = ["a", "b"]
        #expect(try lines(request)[1][0] == "a")
    }

    @Test
    func aLongRunIsMeasuredAtSoManyMomentsAndItsLastStep() throws {
        var request = try request()
        request.grid = GridSize(width: 3, height: 3)
        request.scenario = FigureScenario(TimelineDescription(steps: 4001))
        request.trials = 1
        let steps = try lines(request).dropFirst().compactMap { Int($0[1]) }
        #expect(steps.prefix(3) == [0, 3, 6] && steps.suffix(2) == [3999, 4001])
    }

    private static let closeEvents: [[(Int, String)]] = [
        [(100, "the first event of all"), (110, "the second one"), (120, "the third")],
        [(900, "an event at the end"), (950, "another one there"), (990, "the very last event")],
        [(300, "the middle was removed"), (560, "a travelling eraser goes"), (770, "the lower part was removed")],
        [(10, "seed"), (500, "a"), (505, "b"), (510, "c"), (515, "d"), (995, "the very last event")],
    ]

    @Test(arguments: closeEvents.indices)
    func namesOfEventsMeetNeitherOneAnotherNorRules(row: Int) throws {
        let events = Self.closeEvents[row]
        let area = PlotArea(left: 50, top: 200, right: 550, bottom: 300, xs: 0...1000)
        let text = TextStyle(size: 10)
        let placed = try EventRules(events.map { RunMoment(step: $0.0, event: $0.1) }).placed(area, left: 20, text)
        #expect(placed.rules.allSatisfy { $0.row != nil })
        for (index, rule) in placed.rules.enumerated() {
            let row = try #require(rule.row)
            #expect(!rule.isLeft || rule.x - rule.width >= 20)
            for (other, its) in placed.rules.enumerated() where other != index {
                if let height = its.row, rule.meets(its.x) { #expect(row > height) }
            }
        }
    }

    @Test
    func eventsOfOneNameInARowAreNamedOnce() throws {
        let events = (1...30).map { RunMoment(step: $0 * 20, event: $0 < 30 ? "circle" : "end") }
        let area = PlotArea(left: 50, top: 200, right: 550, bottom: 300, xs: 0...1000)
        let placed = try EventRules(events).placed(area, left: 20, TextStyle(size: 10))
        #expect(placed.rules.count == 30 && placed.rules.compactMap(\.row).count == 2)
    }

    @Test(arguments: [0, 10_001])
    func trialsOutOfRangeAreRefused(trials: Int) throws {
        var request = try request()
        request.trials = trials
        #expect(throws: RenderError.option(.trials, "is out of range (got \(trials), expected 1...10000)")) {
            try CurvesFigure(request)
        }
    }

    @Test
    func evenScalesReachFromOneRoundNumberToAnother() {
        #expect(PlotScale.even([0, 520]).range == 0...600)
        #expect(PlotScale.even([7, 950], fromZero: true).range == 0...1000)
        #expect(PlotScale.even([-3, 41.6]).range == -20...60)
        #expect(PlotScale.even([0, 41.6]).range == 0...50)
        #expect(PlotScale.even([0.01], fromZero: true).range == 0...0.1)
        #expect(PlotScale.even([]).range == 0...1)
        #expect(PlotScale.even([.infinity, .nan, 1e300, 3], fromZero: true).range == 0...3)
        #expect(PlotScale.even([0, 10]).heldDepth(.infinity) == 0 && PlotScale.even([0, 10]).heldDepth(-5) == 1)
    }
}
