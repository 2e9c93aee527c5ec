import GNCABasics
import GNCACells
import GNCACheckpoints
import GNCARaster
import GNCATestSupport
import GNCATraining
import Testing

@testable import GNCARender

struct AtlasFigureTests {
    /// A shipped model with its picture. Cuts of 12 cells in its middle are more than it can heal.
    private static func lizard(_ name: String = "lizard", _ picture: String = "lizard") throws -> FigureRequest {
        let folder = Repository.root.appendingPathComponent("samples").path
        let rule = try CheckpointFile(path: "\(folder)/\(name).ckpt").checkpoint.rule
        var request = FigureRequest(models: [FigureModel(rule: rule, name: name, file: "\(name).ckpt")], threads: 2)
        request.target = try Target(ImageFile.read("\(folder)/\(picture).png"), size: 40, padding: 16)
        (request.radii, request.moments, request.trials, request.stride) = ([12], [60], 2, 24)
        return request
    }

    /// A red square, and a model that grows by a ring of cells a step for ever: nothing of it is ever recovered.
    private static func endless() throws -> FigureRequest {
        var request = try FigureSamples.request()
        var picture = Frame(width: 5, height: 5)
        picture.fill(PixelRect(x: 0, y: 0, width: 5, height: 5), with: Color(hex: 0xFF0000).packed)
        request.target = try Target(picture, size: 5, padding: 4)
        (request.radii, request.moments, request.trials, request.steps) = ([1], [2], 2, [3])
        return request
    }

    private static func atlas(_ request: FigureRequest) throws -> RecoveryAtlas {
        try RecoveryAtlas(request, #require(request.target))
    }

    // MARK: the numbers

    /// Every run made for itself, from the seed to the end.
    @Test
    func sharesAreThoseOfRunsMadeOneByOne() throws {
        var request = try Self.lizard()
        (request.radii, request.steps, request.stride, request.randomSeed) = ([9], [90], 18, 7)
        let target = try #require(request.target)
        let rule = request.models[0].rule
        let psnr = BoxPSNR(target)
        func end(_ trial: Int, cutAt place: (x: Int, y: Int)?) throws -> Double {
            let start = rule.startState(width: target.width, height: target.height)
            let seed = RandomSource(seed: 7, stream: .damage).bits(step: 0, x: UInt32(trial), y: 0)
            let automaton = try Automaton(rule: rule, state: start, randomSeed: seed)
            while automaton.stepsDone < 60 { try automaton.step() }
            var mask = DamageMask(grid: GridSize(width: target.width, height: target.height))
            if let place { mask.addCircle(x: Double(place.x), y: Double(place.y), radius: 9) }
            automaton.erase(mask.cells)
            while automaton.stepsDone < 150 { try automaton.step() }
            return psnr.decibels(of: automaton.state)
        }
        let unharmed = try (0..<2).map { try end($0, cutAt: nil) }
        let needed = max(30, (unharmed[0] + unharmed[1]) / 2 - 1)
        let places = [9, 27, 45, 63].flatMap { y in [9, 27, 45, 63].map { (x: $0, y: y) } }
        let counts = try places.map { place in try (0..<2).count { try end($0, cutAt: place) >= needed } }
        #expect(Set(counts).count > 1, "\(counts)")
        for isFull in [true, false] {
            request.runsFullTrials = isFull
            let map = try Self.atlas(request).maps[0]
            #expect(map.recovered == counts && map.decibels.needed == needed)
        }
    }

    @Test
    func anyNumberOfThreadsGivesTheSameBits() throws {
        let requests = try [1, 3].map { threads in
            var request = try Self.lizard()
            (request.threads, request.moments, request.radii) = (threads, [40, 60], [12, 3])
            return request
        }
        let numbers = try requests.map { try Self.atlas($0).numbers }
        #expect(numbers[0].json == numbers[1].json)
        for (one, three) in zip(numbers[0].arrays, numbers[1].arrays) {
            #expect(one.name == three.name && one.shape == three.shape && one.values == three.values)
        }
        #expect(Set(numbers[0].arrays[0].values).count > 1)
    }

    @Test
    func trialsThatAreDecidedEarlyEndAsTheyWouldAtTheirEnd() throws {
        var request = try Self.lizard()
        (request.stride, request.radii, request.trials) = (12, [6, 12], 3)
        let early = try Self.atlas(request)
        request.runsFullTrials = true
        let full = try Self.atlas(request)
        #expect(early.maps.map(\.recovered) == full.maps.map(\.recovered))
        // Some recover, some do not.
        #expect(Set(full.maps[1].recovered).count > 1)
    }

    @Test(arguments: ["lizard", "growing/frog"])
    func aCutThatTouchesNothingIsTheUnharmedRun(name: String) throws {
        var request = try Self.lizard(name, name == "lizard" ? name : "turtle")
        (request.radii, request.stride) = ([1], 9)
        let map = try Self.atlas(request).maps[0]
        // A frog that only learnt to grow never becomes a turtle.
        #expect(map.unharmed == Share(name == "lizard" ? 2 : 0, of: 2))
        #expect(map.recovered[0] == map.unharmed.count && map.recovered.last == map.unharmed.count)
        #expect((map.worst == nil) == (map.unharmed.count == map.recovered.min()))
    }

    @Test
    func aPatternThatIsTakenAwayWholeIsLost() throws {
        var request = try Self.lizard()
        (request.radii, request.stride, request.trials) = ([60], 72, 20)
        let atlas = try Self.atlas(request)
        #expect(atlas.maps[0].recovered == [0] && atlas.maps[0].worst == 0)
        #expect(atlas.sentence(atlas.maps[0]) == "radius 60, cut at step 60: 0 of 20 recovered at (36, 36)")
        let low = try #require(atlas.numbers.arrays.first { $0.name == "low" })
        let high = try #require(atlas.numbers.arrays.first { $0.name == "high" })
        #expect(low.values == [0] && abs(high.values[0] - 0.1611) < 1e-4 && low.shape == [1, 1, 1, 1])
    }

    @Test
    func everyCellHasThePlaceThatSpeaksForIt() throws {
        var request = try Self.endless()
        request.stride = 4
        let plan = try AtlasPlan(request, on: GridSize(width: 10, height: 5))
        #expect(plan.columns == 3 && plan.rows == 2)
        #expect(plan.places.map(\.x) == [2, 6, 9, 2, 6, 9] && plan.places.map(\.y) == [2, 2, 2, 4, 4, 4])
        #expect(plan.place(at: 3, 3) == 0 && plan.place(at: 4, 0) == 1 && plan.place(at: 9, 4) == 5)
        request.stride = 1
        #expect(try AtlasPlan(request, on: GridSize(width: 3, height: 1)).places.map(\.x) == [0, 1, 2])
    }

    @Test(arguments: [0.5, 1, 3.5, 8])
    func aCutIsTheCircleOfEveryOtherDamage(radius: Double) throws {
        var request = try Self.endless()
        (request.radii, request.stride) = ([radius], 1)
        let grid = GridSize(width: 11, height: 9)
        let plan = try AtlasPlan(request, on: grid)
        for (index, place) in plan.places.enumerated() {
            var mask = DamageMask(grid: grid)
            mask.addCircle(x: Double(place.x), y: Double(place.y), radius: radius)
            #expect(
                plan.cells(radius: 0, place: index).map(Int.init) == mask.cells.indices.filter { mask.cells[$0] == 1 })
        }
    }

    // MARK: the page

    @Test
    func theWorstPlaceIsMarkedAndSaidInWords() throws {
        let request = try Self.lizard()
        let figure = try AtlasFigure(request)
        let worst = try #require(Self.atlas(request).worst)
        let place = try Self.atlas(request).plan.places[worst.place]
        #expect(figure.finding == "radius 12, cut at step 60: 0 of 2 recovered at (\(place.x), \(place.y))")
        let drawing = try figure.drawing(length: 10, fontSize: 10)
        for word in ["before the cut", "radius 12", "cut at step 60", "all recover", "none"] {
            #expect(drawing.words.contains(word), "\(word) \(drawing.words)")
        }
        #expect(
            drawing.words.joined(separator: " ").contains(
                "worst: 0 of 2 (0–66\u{A0}%) at (\(place.x),\u{A0}\(place.y))"))
        // A circle of the cut's size and a point in its middle.
        let rings = drawing.shapes.compactMap { shape -> [Point]? in
            if case .line(let points, _, Theme.light.palette.damage) = shape { points } else { nil }
        }
        #expect(rings.map { ($0.map(\.x).max() ?? 0) - ($0.map(\.x).min() ?? 0) } == [240, 10])
        #expect(drawing.mosaics.count == 2 && drawing.mosaics[0].width == drawing.mosaics[1].width)
    }

    @Test
    func whereNothingIsLostThePatternShinesThroughInGrey() throws {
        var request = try Self.lizard()
        request.radii = [1]
        let figure = try AtlasFigure(request)
        #expect(figure.finding == "radius 1, cut at step 60: nowhere fewer recovered than without a cut (2 of 2)")
        let drawing = try figure.drawing(length: 10, fontSize: 10)
        #expect(drawing.words.joined(separator: " ").contains("2 of 2 recover everywhere"))
        let pixels = drawing.mosaics[1].pixels.map(\.pixel)
        #expect(pixels.allSatisfy { $0.red == $0.green && $0.green == $0.blue && $0.red > 150 })
        #expect(Set(pixels.map(\.red)).count > 10)
    }

    @Test
    func aBareAtlasIsItsCellsAlone() throws {
        var request = try Self.endless()
        (request.showsCaptions, request.gap) = (false, 0)
        let drawing = try AtlasFigure(request).drawing(length: 1, fontSize: 10)
        #expect(drawing.shapes.count == 2 && drawing.words.isEmpty)
        // Nothing recovers, cut or not: the map is of one colour.
        #expect(Set(drawing.mosaics[1].pixels) == [Theme.light.palette.sequential.pixel(for: 1)])
    }

    // MARK: refusals, and whoever waits

    @Test
    func whatMakesNoSenseIsRefusedBeforeAnythingRuns() throws {
        func refusal(_ change: (inout FigureRequest) -> Void) throws -> RenderError? {
            var request = try Self.endless()
            request.watch.check = { Issue.record("something runs") }
            change(&request)
            return Result { try AtlasFigure(request) }.failure as? RenderError
        }
        #expect(
            try refusal { $0.target = nil }
                == .option(.target, "is missing (figure atlas compares with a picture, or with an emoji)"))
        #expect(try refusal { $0.radii = [0] } == .option(.radii, "is out of range (got 0, expected 0.5...13)"))
        #expect(
            try refusal { $0.radii = [1, 13.5] } == .option(.radii, "is out of range (got 13.5, expected 0.5...13)"))
        #expect(try refusal { $0.moments = [-1] } == .option(.moments, "is out of range (got -1, expected 0...100000)"))
        #expect(try refusal { $0.steps = [0] } == .option(.steps, "is out of range (got 0, expected 1...100000)"))
        #expect(try refusal { $0.steps = [1, 2] } == .option(.steps, "has one value here (got 2)"))
        #expect(try refusal { $0.trials = 0 } == .option(.trials, "is out of range (got 0, expected 1...1000)"))
        #expect(try refusal { $0.stride = 14 } == .option(.stride, "is out of range (got 14, expected 1...13)"))
        #expect(
            try refusal { $0.radii = [Double](repeating: 1, count: 17) }
                == .option(.radii, "has too many values (got 17, limit 16)"))
    }

    @Test
    func whoeverWaitsIsToldAndCanEndIt() throws {
        var request = try Self.endless()
        (request.stride, request.trials) = (1, 9)
        let told = Told()
        request.watch = FigureWatch(progressed: { done, total in told.add(done, total) })
        _ = try AtlasFigure(request)
        #expect(told.done == told.done.sorted() && told.done.count > 1)
        #expect(Set(told.totals).count == 1 && told.done.last == told.totals.last)
        let failure = CancellationError()
        request.watch = FigureWatch(check: { throw failure })
        #expect(throws: CancellationError.self) { try AtlasFigure(request) }
        // In the midst of the trials.
        let later = Told()
        request.watch = FigureWatch(
            check: { if later.done.contains(where: { $0 > 0 }) { throw failure } },
            progressed: { done, total in later.add(done, total) })
        #expect(throws: CancellationError.self) { try AtlasFigure(request) }
        #expect(later.done.count == 2 && later.done.first == 0)
    }

    private final class Told: @unchecked Sendable {
        private(set) var done: [Int] = []
        private(set) var totals: [Int] = []
        func add(_ done: Int, _ total: Int) {
            self.done.append(done)
            totals.append(total)
        }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
