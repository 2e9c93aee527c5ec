import GNCARaster
import Testing

@testable import GNCACells
@testable import GNCARender

struct CompositorTests {
    @Test(arguments: 1...16)
    func aPlainFilmIsGridTimesScalePixelsEveryCellOneSquareOfItsColour(scale: Int) throws {
        let grid = Pictures.blob(width: 7, height: 5)
        let options = CompositionOptions(scale: scale, evenSize: false)
        let frame = try Pictures.frame(options, try Pictures.snapshot(grid))
        #expect(frame.width == 7 * scale && frame.height == 5 * scale)
        for y in 0..<frame.height {
            for x in 0..<frame.width {
                let start = grid.offset(x: x / scale, y: y / scale)
                let rest = 1 - min(1, grid.values[start + 3])
                let expected = (0..<3).map { UInt8(min(1, grid.values[start + $0] + rest) * 255 + 0.5) }
                let pixel = frame[x, y]
                #expect([pixel.red, pixel.green, pixel.blue] == expected && pixel.alpha == 255)
            }
        }
    }

    @Test(
        "odd sizes are padded with background to even ones on demand",
        arguments: [
            (7, 5, 3, 22, 16), (8, 4, 3, 24, 12), (7, 5, 2, 14, 10),
        ])
    func padding(width: Int, height: Int, scale: Int, expectedWidth: Int, expectedHeight: Int) throws {
        let options = CompositionOptions(scale: scale, background: .colour(red: 10, green: 20, blue: 30))
        let frame = try Pictures.frame(options, try Pictures.snapshot(Pictures.blob(width: width, height: height)))
        #expect(frame.width == expectedWidth && frame.height == expectedHeight)
        #expect(frame[frame.width - 1, frame.height - 1] == Pixel(red: 10, green: 20, blue: 30))
    }

    @Test(
        "a recycled frame's old pixels do not shine through",
        arguments: [
            [], ["counter"], ["alive", "hidden", "error", "counter"],
        ])
    func recycled(overlays: [String]) throws {
        let snapshot = try Pictures.snapshot(Pictures.blob(width: 9, height: 9))
        for background in [Background.white, .transparent] {
            let options = CompositionOptions(
                scale: 3, overlays: overlays, background: background, target: Frame(width: 4, height: 4))
            let compositor = try Compositor(
                options, timelines: [Pictures.timeline(width: 9, height: 9)], rules: [snapshot.rule])
            var fresh = Frame(width: compositor.width, height: compositor.height)
            var used = fresh
            used.fill(used.bounds, with: Color(hex: 0xFF00FF).packed)
            try compositor.draw([snapshot], into: &fresh)
            try compositor.draw([snapshot], into: &used)
            #expect(fresh == used)
        }
    }

    private typealias Kind = (overlays: [String], layout: PanelLayout, background: Background, shape: FrameShape?)
    private static let ownFrames: [Kind] = [
        ([], .side, .white, nil), (["counter"], .side, .transparent, nil),
        (["counter", "time", "damage"], .side, .black, nil),
        (["counter", "time", "hidden", "alive"], .below, .white, nil),
        (["alive", "counter", "time", "error"], .over, .transparent, nil),
        (
            ["hidden", "update", "fire", "perception", "channels", "counter"], .grid, .white,
            .aspect(width: 16, height: 9)
        ),
        (["counter", "time", "damage"], .side, .checker, .size(width: 400, height: 300)),
    ]

    @Test(
        "a frame that the compositor has drawn on before becomes as one that is drawn whole", arguments: ownFrames,
        [1, 3, 8])
    private func ownFrame(kind: Kind, scale: Int) throws {
        var timeline = Pictures.timeline(width: 11, height: 9, steps: 900, events: ["cut the left half", "seed"])
        timeline.events.append(TimelineEvent(step: 0, name: "", action: .plantSeed(x: 10, y: 0)))
        timeline.events.append(TimelineEvent(step: 0, name: "", action: .plantSeed(x: 5, y: 8)))
        let target = Frame(width: 4, height: 4)
        for compares in [false, true] {
            let options = CompositionOptions(
                scale: scale, frame: kind.shape, overlays: kind.overlays, layout: kind.layout,
                background: kind.background, compares: compares, target: target, marksSeeds: true)
            let rules = try (0..<(compares ? 2 : 1)).map { _ in try Pictures.rule() }
            let compositor = try Compositor(options, timelines: [timeline], rules: rules)
            var own = Frame(width: compositor.width, height: compositor.height)
            for (number, snapshot) in try Self.story(rules[0]).enumerated() {
                let snapshots = rules.map { _ in snapshot }
                var fresh = Frame(width: compositor.width, height: compositor.height)
                try compositor.draw(snapshots, into: &fresh)
                try compositor.draw(snapshots, into: &own, isOwn: number > 0)
                let same = own == fresh
                #expect(same, "frame \(number)")
            }
        }
    }

    /// Seeds at the edge, a grown picture with long words, a faded one, and the seeds again.
    private static func story(_ rule: Rule) throws -> [Snapshot] {
        var seeds = CellGrid(height: 9, width: 11, channels: 16)
        for (x, y) in [(10, 0), (5, 8)] { seeds.values[seeds.offset(x: x, y: y) + 3] = 1 }
        let blob = Pictures.blob(width: 11, height: 9)
        func snapshot(_ grid: CellGrid, step: Int, fade: Float = 0) -> Snapshot {
            let trace = StepTrace(
                fired: [UInt8](repeating: 1, count: 99), update: [Float](repeating: 0.25, count: 99))
            return Snapshot(step: step, grid: grid, rule: rule, trace: trace, fade: fade)
        }
        var wounded = snapshot(blob, step: 888)
        wounded.cut = Pictures.rightHalf(width: 11, height: 9)
        (wounded.eventName, wounded.healedAfter) = ("cut the left half", 120)
        return [
            snapshot(seeds, step: 0), wounded, snapshot(blob, step: 900, fade: 0.5), snapshot(seeds, step: 1),
            snapshot(blob, step: 7),
        ]
    }

    @Test(
        "a half transparent cell lets half of the background through",
        arguments: [
            (Background.white, Pixel(red: 179, green: 153, blue: 128)), (.black, Pixel(red: 51, green: 26, blue: 0)),
            (.colour(red: 100, green: 0, blue: 200), Pixel(red: 101, green: 26, blue: 100)),
            (.transparent, Pixel(red: 51, green: 26, blue: 0, alpha: 128)),
        ])
    func blend(background: Background, expected: Pixel) throws {
        var grid = CellGrid(height: 2, width: 2, channels: 4)
        grid.values.replaceSubrange(0..<4, with: [0.2, 0.1, 0, 0.5])
        let frame = try Pictures.frame(
            CompositionOptions(scale: 1, background: background), try Pictures.snapshot(grid))
        #expect(frame[0, 0] == expected)
    }

    @Test
    func wordsOfSeveralOverlaysWithoutAPlaceOfTheirOwnShareTheStripBelow() throws {
        struct Note: WordsOverlay {
            static let name = "note"
            static let summary = "a word"
            let widestWords = ["a word"]
            init(_ setup: OverlaySetup) {}
            func words(for snapshot: Snapshot) -> [String] { widestWords }
        }
        let options = CompositionOptions(
            overlays: ["counter", "note"], knownOverlays: Overlays.all + [Note.self])
        let timeline = Pictures.timeline(width: 64, height: 64)
        let plan = try CompositionPlan(options, timelines: [timeline], rules: [try Pictures.rule()])
        #expect(plan.layout.footer.map(\.text) == ["step 000", "a word"])
    }

    @Test
    func statesBeyond0To1AreHeldToIt() throws {
        var grid = CellGrid(height: 2, width: 2, channels: 4)
        grid.values.replaceSubrange(0..<8, with: [3, -1, 0.5, 2, 0.5, 0.5, 0.5, -4])
        let frame = try Pictures.frame(CompositionOptions(scale: 1), try Pictures.snapshot(grid))
        #expect(frame[0, 0] == Pixel(red: 255, green: 0, blue: 128))
        #expect(frame[1, 0] == Pixel(red: 255, green: 255, blue: 255))
    }

    @Test
    func transparentPixelsAreValidNoColourAboveAlphaWithEveryOverlayOnThem() throws {
        var grid = Pictures.blob(width: 8, height: 8)
        for index in grid.values.indices where index % 3 == 0 { grid.values[index] *= 3 }
        var snapshot = try Pictures.snapshot(grid, fade: 0.25)
        snapshot.cut = Pictures.rightHalf(width: 8, height: 8)
        let options = CompositionOptions(
            scale: 4, overlays: ["alive", "damage", "hidden", "counter"], background: .transparent)
        let frame = try Pictures.frame(options, snapshot)
        for y in 0..<frame.height {
            for x in 0..<frame.width {
                let pixel = frame[x, y]
                #expect(max(pixel.red, pixel.green, pixel.blue) <= pixel.alpha)
            }
        }
        #expect(frame[0, 0].alpha == 0)
    }

    @Test(arguments: [1, 3, 8, 16])
    func theCheckerHasSquaresOfTwoGreysAtLeast16PixelsWide(scale: Int) throws {
        let side = 64 / scale + 1
        let empty = try Pictures.snapshot(CellGrid(height: side, width: side, channels: 4))
        let frame = try Pictures.frame(CompositionOptions(scale: scale, background: .checker), empty)
        let first = try #require((0..<frame.width).first { frame[$0, 0] != frame[0, 0] })
        #expect(first >= 16 && first % scale == 0)
        #expect(frame[first, first] == frame[0, 0] && frame[0, first] == frame[first, 0])
    }

    @Test(
        "fade ends in nothing but background",
        arguments: [
            Background.white, .black, .checker, .transparent, .colour(red: 1, green: 2, blue: 3),
        ])
    func fade(background: Background) throws {
        let options = CompositionOptions(scale: 2, overlays: ["alive"], background: background)
        let faded = try Pictures.frame(options, try Pictures.snapshot(Pictures.blob(width: 8, height: 8), fade: 1))
        let empty = try Pictures.frame(options, try Pictures.snapshot(CellGrid(height: 8, width: 8, channels: 16)))
        #expect(faded == empty)
    }

    @Test
    func halfFadedIsHalfwayToTheBackground() throws {
        var grid = CellGrid(height: 2, width: 2, channels: 4)
        grid.values.replaceSubrange(0..<4, with: [0.2, 0.4, 0, 1])
        let frame = try Pictures.frame(CompositionOptions(scale: 2), try Pictures.snapshot(grid, fade: 0.5))
        #expect(frame[0, 0] == Pixel(red: 153, green: 179, blue: 128))
    }

    @Test(
        "backgrounds are read from words and hexadecimal colours",
        arguments: [
            ("white", Background.white), ("transparent", .transparent), ("checker", .checker), ("black", .black),
            ("#1a2B3c", .colour(red: 26, green: 43, blue: 60)), ("#12345", nil), ("#+12345", nil), ("123456", nil),
            ("White", .colour(red: 255, green: 255, blue: 255)), ("", nil),
            ("#abc", .colour(red: 170, green: 187, blue: 204)), ("#12345g", nil), ("#１２３４５６", nil),
        ])
    func parsing(text: String, expected: Background?) {
        #expect(Background(parsing: text) == expected)
    }

    @Test
    func alphaIsAnnouncedForTransparentFilmsOnly() throws {
        let timeline = Pictures.timeline(width: 8, height: 8)
        let rules = [try Pictures.rule()]
        let plain = try Compositor(CompositionOptions(scale: 5), timelines: [timeline], rules: rules)
        #expect(!plain.hasAlpha && plain.cellSize == 5 && !plain.needsTrace)
        let clear = try Compositor(
            CompositionOptions(overlays: ["fire"], background: .transparent), timelines: [timeline], rules: rules)
        #expect(clear.hasAlpha && clear.needsTrace)
    }

    @Test
    func eachModelIsDrawnInItsOwnPlacePanelsOfDifferentSizesIncluded() throws {
        let (first, second) = (Pictures.blob(width: 8, height: 8, channels: 6), Pictures.blob(width: 8, height: 8))
        let snapshots = [try Pictures.snapshot(first), try Pictures.snapshot(second)]
        let options = CompositionOptions(scale: 4, overlays: ["hidden"], captions: ["A", "B"])
        let compositor = try Compositor(
            options, timelines: [Pictures.timeline(width: 8, height: 8)], rules: snapshots.map(\.rule))
        let plan = try CompositionPlan(
            options, timelines: [Pictures.timeline(width: 8, height: 8)], rules: snapshots.map(\.rule))
        var frame = Frame(width: compositor.width, height: compositor.height)
        try compositor.draw(snapshots, into: &frame)
        #expect(plan.layout.blocks[0][1].tiles.count == 2 && plan.layout.blocks[1][1].tiles.count == 12)
        let alone = try Pictures.frame(CompositionOptions(scale: 4), snapshots[1])
        let tile = plan.layout.blocks[1][0].tiles[0]
        for y in 0..<32 { for x in 0..<32 { #expect(frame[tile.x + x, tile.y + y] == alone[x, y]) } }
    }

    @Test
    func theTargetIsCentredAndOneLargerThanTheGridIsRefused() throws {
        var options = CompositionOptions(overlays: ["error"])
        var target = Frame(width: 2, height: 1)
        target[0, 0] = Pixel(red: 1, green: 2, blue: 3)
        options.target = target
        let mosaic = try #require(try options.targetMosaic(width: 5, height: 4))
        #expect(mosaic.pixels.indices.filter { mosaic.pixels[$0].bits != 0 } == [6])
        options.target = Frame(width: 9, height: 3)
        #expect(
            throws: RenderError.invalid("the target is larger than the grid (got 9x3, limit 8x8)")
        ) { try Compositor(options, timelines: [Pictures.timeline(width: 8, height: 8)], rules: [Pictures.rule()]) }
    }

    static let mistakes: [(CompositionOptions, RenderError)] = [
        (CompositionOptions(scale: 0), .invalid("scale out of range (got 0, expected at least 1)")),
        (
            CompositionOptions(captions: ["A", "B"]),
            .invalid("captions do not match the models (got 2, expected 1)")
        ),
        (CompositionOptions(overlays: ["alive", "alive"]), .invalid("overlay alive is named twice")),
        (
            CompositionOptions(overlays: ["hidden"], layout: .over),
            .invalid("overlay hidden needs a panel of its own", remedy: .panels)
        ),
        (
            CompositionOptions(scale: 4000),
            .invalid(
                "frames would be too large (got 32000x32000 pixels, limit 16384 a side)", remedy: .smallerScale)
        ),
        (
            CompositionOptions(captions: ["\u{10FFFD}"]),
            .undrawable("no installed font has U+10FFFD of \"\u{10FFFD}\"")
        ),
    ]

    @Test(arguments: mistakes)
    func optionsThatMakeNoSenseAreToldBeforeTheFirstFrame(options: CompositionOptions, error: RenderError) {
        #expect(throws: error) {
            try Compositor(options, timelines: [Pictures.timeline(width: 8, height: 8)], rules: [Pictures.rule()])
        }
    }

    @Test
    func snapshotsAndFramesOfAnotherShapeAreRefused() throws {
        let snapshot = try Pictures.snapshot(CellGrid(height: 8, width: 8, channels: 16))
        let compositor = try Compositor(
            CompositionOptions(scale: 2), timelines: [Pictures.timeline(width: 8, height: 8)], rules: [snapshot.rule])
        var frame = Frame(width: 16, height: 16)
        #expect(throws: RenderError.invalid("wrong number of snapshots (got 2, expected 1)")) {
            try compositor.draw([snapshot, snapshot], into: &frame)
        }
        var small = Frame(width: 15, height: 16)
        #expect(throws: RenderError.invalid("the frame has the wrong size (got 15x16, expected 16x16)")) {
            try compositor.draw([snapshot], into: &small)
        }
        let other = try Pictures.snapshot(CellGrid(height: 8, width: 9, channels: 16))
        #expect(
            throws: RenderError.invalid("wrong grid (got 9x8 with 16 channels, expected 8x8 with 16)")
        ) { try compositor.draw([other], into: &frame) }
    }
}
