import GNCACells
import GNCARaster
import Testing

@testable import GNCARender

struct PortraitFigureTests {
    /// Half of the cells fire, so that runs differ; the left half is erased after step 4.
    private func request() throws -> FigureRequest {
        var request = try FigureSamples.request([FigureSamples.model(fireRate: 0.5)])
        request.scenario = FigureScenario(
            TimelineDescription(
                steps: 8,
                entries: [
                    TimelineEntry(step: 4, action: .erase(try DamageShape(parsing: "half:left")), name: "half lost")
                ]))
        request.trials = 3
        return request
    }

    private func drawing(_ request: FigureRequest) throws -> Drawing {
        try PortraitFigure(request).drawing(length: 600, fontSize: 10)
    }

    @Test
    func runsAreTheSameOnAnyNumberOfThreads() throws {
        var request = try request()
        let alone = try PortraitFigure(request)
        request.threads = 3
        let together = try PortraitFigure(request)
        #expect(alone.table == together.table)
        let text = try [alone, together].map { try $0.drawing(length: 600, fontSize: 10).svgText }
        #expect(text[0] == text[1])
    }

    @Test
    func everyMomentOfEveryRunHasAPlace() throws {
        let lines = try PortraitFigure(request()).table.split(separator: "\n")
        #expect(lines[0] == "run,step,event,pc1,pc2,pc3")
        #expect(lines.count == 1 + 3 * 10)
        #expect(lines[6].hasPrefix("0,4,half lost,"))
        // All runs begin with the same seed.
        let seeds = [1, 11, 21].map { line in lines[line].split(separator: ",").dropFirst(2).compactMap { Double($0) } }
        for seed in seeds {
            #expect(seed.count == 3)
            for (one, other) in zip(seed, seeds[0]) { #expect(abs(one - other) < 1e-9) }
        }
    }

    @Test
    func growthAndEveryEventHaveAColourAndShownStepsTheirWords() throws {
        var request = try request()
        let words = try drawing(request).words
        #expect(Array(words.prefix(3)) == ["growth", "half lost", "3 runs; a dot every step of the first"])
        #expect(words.contains("step 1") && words.contains("step 4") && words.contains("step 8"))
        #expect(
            words.contains { $0.hasPrefix("component 1, ") } && words.contains { $0.hasPrefix("hidden channels: ") })
        request.steps = [6, 3]
        let drawing = try drawing(request)
        #expect(drawing.words.filter { $0.hasPrefix("step ") } == ["step 3", "step 6"])
        #expect(drawing.mosaics.count == 4)
    }

    @Test
    func wordsOfThePlaneMeetNeitherOneAnotherNorItsFrame() throws {
        let drawing = try drawing(request())
        var boxes: [PixelRect] = []
        for case .text(let word, let at, _, let style) in drawing.shapes where Int(word) != nil {
            let width = try style.measure(word).width
            boxes.append(PixelRect(x: Int(at.x), y: Int(at.y) - 8, width: width, height: 8))
        }
        #expect(boxes.count > 1)
        for (index, box) in boxes.enumerated() {
            #expect(!boxes[..<index].contains { $0.intersects(box) })
            #expect(box.x > 30 && box.right < 590)
        }
    }

    @Test(arguments: [0, 101])
    func trialsOutOfRangeAreRefused(trials: Int) throws {
        var request = try request()
        request.trials = trials
        #expect(throws: RenderError.option(.trials, "is out of range (got \(trials), expected 1...100)")) {
            try PortraitFigure(request)
        }
    }

    @Test
    func stepsBeyondTheScenarioAreRefused() throws {
        var request = try request()
        request.steps = [3, 9]
        #expect(throws: RenderError.option(.steps, "is out of range (got 9, expected 0...8)")) {
            try PortraitFigure(request)
        }
    }

    @Test
    func aRunThatBlowsUpEndsWhereItIsFinite() throws {
        // Alpha grows a millionfold in every step: it overflows in step 7.
        var (w1, w2) = ([Float](repeating: 0, count: 48), [Float](repeating: 0, count: 16))
        (w1[3], w2[3]) = (1, 1e6)
        let rule = try Rule(channels: 16, hidden: 1, w1: w1, b1: [0], w2: w2, b2: nil, fireRate: 1)
        var request = try request()
        request.models = [FigureModel(rule: rule, name: "m", file: "m.ckpt")]
        request.scenario = FigureScenario(TimelineDescription(steps: 9))
        request.trials = 1
        let figure = try PortraitFigure(request)
        #expect(figure.table.split(separator: "\n").count == 1 + 7)
        for case .line(let points, _, _) in try figure.drawing(length: 600, fontSize: 10).shapes {
            #expect(points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
        }
    }
}
