import Foundation
import GNCACells
import GNCARaster
import Testing

@testable import GNCARender

struct OverlayTests {
    @Test
    func namesAreThoseOfTheCommandLineEachOnce() {
        #expect(
            Overlays.all.map { $0.name } == [
                "alive", "hidden", "pca", "channels", "fire", "perception", "update", "damage", "counter", "time",
                "error", "influence", "lineage",
            ])
        #expect(Overlays.all.allSatisfy { !$0.summary.isEmpty })
    }

    @Test
    func theFolderAndTheRegistryHoldTheSameOverlays() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/Render/Overlays")
        let files = try FileManager.default.contentsOfDirectory(atPath: sources.path)
            .filter { $0.hasSuffix("Overlay.swift") }.map { $0.dropLast("Overlay.swift".count).lowercased() }
        #expect(files.sorted() == Overlays.all.map { $0.name }.sorted())
    }

    @Test
    func anUnknownNameIsAnErrorThatListsTheKnownOnes() {
        #expect(
            throws: RenderError.unknown(kind: "overlay", name: "aliev", known: Overlays.all.map { $0.name })
        ) { try Overlays.named("aliev") }
    }

    @Test
    func onlyFireAndUpdateNeedATrace() {
        #expect(Overlays.all.filter { $0 is any TracingOverlay.Type }.map { $0.name } == ["fire", "update"])
    }

    @Test
    func lineagePaintsTheSeedItsChildrenAndTheirs() throws {
        #expect(Overlays.all.filter { $0 is any KinOverlay.Type }.map { $0.name } == ["lineage"])
        var grid = CellGrid(height: 7, width: 7, channels: 16)
        grid.plantSeed(x: 3, y: 3, of: Appearance())
        var snapshot = try Pictures.snapshot(grid)
        var lineage = try Lineage(rule: snapshot.rule, grid: GridSize(width: 7, height: 7))
        lineage.observe(grid, edges: .zero, step: 0)
        snapshot.lineage = lineage
        let overlay = try LineageOverlay(setup())
        let painted = paint(overlay, snapshot)
        let palette = Theme.light.palette
        #expect(painted.pixels[3 * 7 + 3] == palette.ink.packed)
        // Eight children, eight colours; beyond them, the page.
        let children = [16, 17, 18, 23, 25, 30, 31, 32].map { painted.pixels[$0].bits }
        #expect(Set(children + [palette.ink.packed.bits, palette.page.packed.bits]).count == 10)
        #expect(painted.count(not: palette.page.packed) == 9)
        #expect(overlay.panel.legend == .swatches(LineageColours(palette).swatches))
        #expect(marked(overlay, snapshot).cells.pixels.count { $0.bits != 0 } == 9)
        var lifeless = try setup()
        lifeless.rule.life = Life(before: false, after: false)
        #expect(throws: RenderError.self) { try LineageOverlay(lifeless) }
    }

    @Test
    func hiddenChannelsAreColoursOfLivingCellsWhateverTheFilmShows() throws {
        var setup = try setup()
        setup.rule = try FigureSamples.growing()
        let overlay = try PCAOverlay(setup)
        setup.timeline = Pictures.timeline(width: 30, height: 20)
        let other = try PCAOverlay(setup)
        var grid = CellGrid(height: 8, width: 8, channels: 16)
        for channel in 3..<16 { grid.values[grid.offset(x: 3, y: 3) + channel] = Float(channel) / 8 }
        let snapshot = try Pictures.snapshot(grid)
        let painted = paint(overlay, snapshot)
        #expect(painted == paint(other, snapshot))
        let page = Theme.light.palette.page.packed
        #expect(painted.pixels.indices.filter { painted.pixels[$0] != page }.count == 9)
        #expect(painted.pixels[3 * 8 + 3] != painted.pixels[2 * 8 + 2])
        #expect(throws: RenderError.invalid("the model has no hidden channels: all of its channels are seen")) {
            try PCAOverlay(self.setup(channels: 4))
        }
    }

    private func setup(
        channels: Int = 16, width: Int = 8, height: Int = 8, onPicture: Bool = false, target: Mosaic? = nil,
        perception: [Int]? = nil
    ) throws -> OverlaySetup {
        OverlaySetup(
            rule: try Pictures.rule(channels: channels), timeline: Pictures.timeline(width: width, height: height),
            palette: Theme.light.palette, onPicture: onPicture, target: target, perceptionChannels: perception)
    }

    private func paint(_ overlay: any PanelOverlay, _ snapshot: Snapshot, tile: Int = 0) -> Mosaic {
        var mosaic = Mosaic(width: snapshot.grid.width, height: snapshot.grid.height)
        overlay.painter(of: snapshot)(tile, &mosaic)
        return mosaic
    }

    /// Marks an empty picture.
    private func marked(_ overlay: any PictureOverlay, _ snapshot: Snapshot) -> MarkedPicture {
        var picture = MarkedPicture(cells: Mosaic(width: snapshot.grid.width, height: snapshot.grid.height))
        overlay.mark(&picture, with: snapshot)
        return picture
    }

    @Test(arguments: [(5, 1), (8, 4), (16, 12), (21, 17)])
    func hiddenShowsEveryChannelFromTheFourthOn(channels: Int, tiles: Int) throws {
        let panel = try HiddenOverlay(setup(channels: channels)).panel
        #expect(panel.tileCount == tiles && panel.tileLabels == (4..<channels).map { "\($0)" })
        #expect(try ChannelsOverlay(setup(channels: channels)).panel.tileCount == channels)
    }

    @Test
    func hiddenOfAModelWithoutHiddenChannelsIsAnError() throws {
        #expect(
            throws: RenderError.invalid(
                "overlay hidden has nothing to show: the model has red, green, blue and alpha only")
        ) { _ = try HiddenOverlay(setup(channels: 4)) }
        #expect(try PerceptionOverlay(setup(channels: 4)).panel.rowLabels == ["alpha", "red"])
    }

    @Test
    func hiddenTilesShowTheirChannelNegativeBluePositiveRedZeroThePageOnAFixedScale() throws {
        var grid = CellGrid(height: 1, width: 4, channels: 6)
        for (x, value) in [Float(-5), 0, 1, 2].enumerated() { grid.values[grid.offset(x: x, y: 0) + 5] = value }
        let drawn = paint(try HiddenOverlay(setup(channels: 6)), try Pictures.snapshot(grid), tile: 1)
        let map = Colormap.divergingLight
        #expect(drawn.pixels == [map.table[1], map.table[128], map.pixel(for: 0.5), map.table[255]])
    }

    @Test
    func aNanInTheStateIsDrawnNotACrash() throws {
        var grid = Pictures.blob(width: 8, height: 8)
        for index in grid.values.indices { grid.values[index] = index % 2 == 0 ? .nan : .infinity }
        var options = CompositionOptions(
            scale: 2, overlays: ["alive", "hidden", "channels", "perception", "error", "counter"],
            target: Frame(width: 8, height: 8))
        for background in [Background.white, .transparent, .checker] {
            options.background = background
            _ = try Pictures.frame(options, try Pictures.snapshot(grid, fade: 0.3))
        }
    }

    @Test
    func aliveTintsGrowingCellsAndLeavesMatureAndDeadOnesAlone() throws {
        var grid = CellGrid(height: 5, width: 7, channels: 4)
        grid.values[grid.offset(x: 3, y: 2) + 3] = 0.5
        let picture = marked(try AliveOverlay(setup()), try Pictures.snapshot(grid))
        let tinted = picture.cells.pixels.indices.filter { picture.cells.pixels[$0].bits != 0 }
        #expect(tinted == [9, 10, 11, 16, 18, 23, 24, 25])
        #expect(picture.outlines.map { $0.mask.reduce(0) { $0 + Int($1) } } == [9])
    }

    @Test
    func lifeReachesAroundTheEdgeOfATorusOnly() throws {
        var grid = CellGrid(height: 4, width: 4, channels: 4)
        grid.values[3] = 1
        var snapshot = try Pictures.snapshot(grid)
        #expect(snapshot.alive.reduce(0) { $0 + Int($1) } == 4)
        snapshot.edges = .torus
        #expect(snapshot.alive.reduce(0) { $0 + Int($1) } == 9)
    }

    @Test
    func alphaMustBeAboveTheRulesOwnThreshold() throws {
        var grid = CellGrid(height: 3, width: 3, channels: 4)
        grid.values[grid.offset(x: 1, y: 1) + 3] = 0.1
        var snapshot = try Pictures.snapshot(grid)
        #expect(!snapshot.alive.contains(1))
        snapshot.rule.life.threshold = 0.05
        #expect(snapshot.alive == [UInt8](repeating: 1, count: 9))
    }

    @Test(arguments: [1, 2, 4, 8, 9])
    func theOutlineIsOneClosedRingOfWholePixelsInsideOfItsCells(scale: Int) {
        // An L of three cells, which has an inner corner.
        let outline = Outline(mask: [1, 0, 1, 1], width: 2, height: 2)
        var frame = Frame(width: 2 * scale, height: 2 * scale)
        outline.draw(
            Color.black.opacity(0.5).packed, PixelRect(x: 0, y: 0, width: 2, height: 2), in: frame.bounds, scale: scale,
            on: &frame)
        let thickness = max(1, scale / 4)
        let inside = { (x: Int, y: Int) in
            x >= 0 && y >= 0 && x < 2 * scale && y < 2 * scale && !(x >= scale && y < scale)
        }
        for y in 0..<(2 * scale) {
            for x in 0..<(2 * scale) {
                // On the line: inside, and something outside within its thickness in any direction.
                let near = (-thickness...thickness).contains { dy in
                    (-thickness...thickness).contains { dx in !inside(x + dx, y + dy) }
                }
                // Half transparent, and never laid twice.
                let expected = inside(x, y) && (near || scale == 1) ? 128 : 0
                #expect(Int(frame[x, y].alpha) == expected, "at \(x), \(y)")
            }
        }
    }

    @Test
    func theFlashOfDamageFallsFromFrameToFrameAndIsGoneAfterTwelve() throws {
        let overlay = try DamageOverlay(setup())
        let strengths = try (0...13).map { frames in
            var snapshot = try Pictures.snapshot(CellGrid(height: 8, width: 8, channels: 4))
            snapshot.cut = Pictures.rightHalf(width: 8, height: 8)
            snapshot.framesSinceCut = frames
            let cells = marked(overlay, snapshot).cells
            #expect(cells.pixels[0].bits == 0)
            return Int(cells.pixels[7].pixel.alpha)
        }
        #expect(strengths[0] > 100 && strengths[12] == 0 && strengths[13] == 0)
        #expect(zip(strengths, strengths.dropFirst()).allSatisfy { $0 >= $1 })
    }

    @Test
    func theFlashLeavesEmptyGroundAlone() throws {
        var snapshot = try Pictures.snapshot(CellGrid(height: 8, width: 8, channels: 4))
        snapshot.cut = Pictures.rightHalf(width: 8, height: 8)
        var lost = [UInt8](repeating: 0, count: 64)
        lost[6] = 1
        snapshot.lost = lost
        let picture = marked(try DamageOverlay(setup()), snapshot)
        #expect(picture.cells.pixels[6].pixel.alpha > 100 && picture.cells.pixels[7].bits == 0)
        #expect(picture.outlines.map(\.mask) == [Pictures.rightHalf(width: 8, height: 8)])
    }

    @Test
    func theCounterSaysStepAndLastEventInTheRoomThatTheLongestNeed() throws {
        var setup = try setup()
        setup.timeline = Pictures.timeline(width: 8, height: 8, steps: 1200, events: ["cut", "right half removed"])
        let overlay = CounterOverlay(setup)
        #expect(overlay.widestWords == ["step 0000", "right half removed"])
        var snapshot = try Pictures.snapshot(CellGrid(height: 8, width: 8, channels: 4), step: 7)
        #expect(overlay.words(for: snapshot) == ["step 7", ""])
        snapshot.eventName = "cut\nin two"
        #expect(overlay.words(for: snapshot) == ["step 7", "cut in two"])
    }

    @Test
    func theErrorIsTheMeanOverFourChannelsOfTheSquaredDifference() throws {
        var target = Mosaic(width: 2, height: 1)
        target.pixels[0] = PackedPixel(Pixel(red: 255, green: 0, blue: 0, alpha: 255))
        let overlay = try ErrorOverlay(setup(width: 2, height: 1, target: target))
        // The first cell is off by one in red and alpha, the second by a half in alpha.
        var grid = CellGrid(height: 1, width: 2, channels: 4)
        grid.values[7] = 0.5
        let snapshot = try Pictures.snapshot(grid)
        #expect(overlay.words(for: snapshot) == ["mean 0.2813"])
        let map = Colormap.sequentialLight
        #expect(paint(overlay, snapshot).pixels == [map.table[255], map.pixel(for: 0.625)])
    }

    @Test(
        "numbers have four places",
        arguments: [
            (0.0, "0.0000"), (0.00005, "0.0001"), (0.0123456, "0.0123"), (1.5, "1.5000"), (9.99999, "> 9"), (.nan, "–"),
            (.infinity, "> 9"),
        ])
    func decimals(value: Double, text: String) {
        #expect(ErrorOverlay.decimal(value) == text)
    }

    @Test
    func errorWithoutATargetSaysWhatIsMissing() throws {
        #expect(
            throws: RenderError.invalid(
                "overlay error needs a picture to compare with", remedy: .target)
        ) { _ = try ErrorOverlay(setup()) }
    }

    @Test
    func perceptionOfAChannelThatIsNotThereIsAnError() throws {
        #expect(throws: RenderError.invalid("perception channel 8 does not exist (the model has channels 0...7)")) {
            _ = try PerceptionOverlay(setup(channels: 8, perception: [3, 8]))
        }
    }

    @Test
    func sobelXRisesToTheRightSobelYDownwardsAndBothTurnWithTheAngle() throws {
        var grid = CellGrid(height: 3, width: 3, channels: 4)
        for y in 0..<3 { for x in 0..<3 { grid.values[grid.offset(x: x, y: y) + 3] = Float(x) * 0.25 } }
        let overlay = try PerceptionOverlay(setup(channels: 4, perception: [3]))
        var snapshot = try Pictures.snapshot(grid)
        let map = Colormap.divergingLight
        // The slope of a ramp is (1 + 2 + 1) * 2 * 0.25 / 8.
        #expect(paint(overlay, snapshot, tile: 0).pixels[4] == map.pixel(for: 0.25))
        #expect(paint(overlay, snapshot, tile: 1).pixels[4] == map.pixel(for: 0.25))
        #expect(paint(overlay, snapshot, tile: 2).pixels[4] == map.pixel(for: 0))
        snapshot.angle = .pi / 2
        #expect(paint(overlay, snapshot, tile: 1).pixels[4] == map.pixel(for: 0))
        #expect(paint(overlay, snapshot, tile: 2).pixels[4] == map.pixel(for: 0.25))
        // Beyond the left edge is nothing with zero padding, the right edge on a torus.
        snapshot.angle = 0
        #expect(paint(overlay, snapshot, tile: 1).pixels[3] == map.pixel(for: 0.125))
        snapshot.edges = .torus
        #expect(paint(overlay, snapshot, tile: 1).pixels[3] == map.pixel(for: -0.125))
    }
}
