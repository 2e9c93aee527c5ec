import GNCACells
import GNCARaster
import GNCARender
import Testing

/// What somebody else's program adds, with nothing of the module but what is public.
struct OutsideTests {
    /// Colours the first cell and counts steps.
    private struct Corner: PictureOverlay, WordsOverlay {
        static let name = "corner"
        static let summary = "the first cell, red"
        let widestWords = ["corner 0000"]

        init(_ setup: OverlaySetup) {}

        func mark(_ picture: inout MarkedPicture, with snapshot: Snapshot) {
            picture.cells.blend(Color(hex: 0xFF0000), at: 0)
        }

        func words(for snapshot: Snapshot) -> [String] { ["corner \(snapshot.step)"] }
    }

    /// Alpha in a panel.
    private struct Alpha: PanelOverlay {
        static let name = "alpha"
        static let summary = "alpha, from white to dark"
        let map: Colormap
        let panel = PanelContent(title: "Alpha")

        init(_ setup: OverlaySetup) { map = setup.palette.sequential }

        func painter(of snapshot: Snapshot) -> TilePainter {
            let grid = snapshot.grid
            let alpha = (0..<(grid.width * grid.height)).map { grid.values[$0 * grid.channels + 3] }
            return { _, mosaic in mosaic.paint(alpha, limit: 1, map) }
        }
    }

    /// Two steps of a model.
    private struct Pair: PanelFigure {
        static let name = "pair"
        static let summary = "two steps"
        static let subject = FigureSubject.oneModel
        static let options: [FigureOption] = [.steps] + FigureOption.panels
        static let extent = FigureExtent.cells(scale: 4)
        let panels: PanelGrid

        init(_ request: FigureRequest) throws {
            let steps = try request.steps(default: [0, 1])
            let run = try FigureRun(asAsked: request.models[0], request)
            var panels = PanelGrid(request, columns: 2, panels: try run.pictures(at: steps))
            panels.titles = steps.map { "after \($0)" }
            self.panels = panels
        }
    }

    /// The seed stands, is erased, and comes again.
    private enum Blink: Scenario {
        static let name = "blink"
        static let summary = "there, gone, there"

        static func timeline(_ request: ScenarioRequest) throws(RenderError) -> Timeline {
            try TimelineDescription(
                steps: 3,
                entries: [
                    TimelineEntry(step: 1, action: .erase(.halves([.left, .right]))),
                    TimelineEntry(step: 2, action: .plant([])),
                ]
            ).timeline(request)
        }
    }

    @Test
    func anOverlayIsDrawnWhereItIsMadeKnownAndIsUnknownElsewhere() throws {
        let snapshot = try Pictures.snapshot(Pictures.blob(width: 9, height: 9))
        var options = CompositionOptions(scale: 2, overlays: ["corner"])
        #expect(throws: RenderError.unknown(kind: "overlay", name: "corner", known: Overlays.all.map { $0.name })) {
            try Pictures.frame(options, snapshot)
        }
        options.knownOverlays.append(Corner.self)
        let frame = try Pictures.frame(options, snapshot)
        let red = Pixel(red: 255, green: 0, blue: 0)
        let pixels = (0..<frame.height).flatMap { y in (0..<frame.width).map { frame[$0, y] } }
        #expect(pixels.count { $0 == red } == 4)
        // Its words stand above the picture, and need a page around it.
        #expect(frame.width > 18 && frame.height > 18)
    }

    @Test
    func anOverlayWithAPanelStandsBesideThePictureAndHasNoPlaceOverIt() throws {
        let snapshot = try Pictures.snapshot(Pictures.blob(width: 40, height: 40))
        var options = CompositionOptions(scale: 2, overlays: ["alpha"], knownOverlays: [Alpha.self])
        let frame = try Pictures.frame(options, snapshot)
        #expect(frame.width > 160)
        let dark = Set(Colormap.sequentialLight.table[200...].map(\.pixel))
        #expect((0..<frame.width).contains { dark.contains(frame[$0, frame.height / 2]) })
        options.layout = .over
        #expect(throws: RenderError.invalid("overlay alpha needs a panel of its own", remedy: .panels)) {
            try Pictures.frame(options, snapshot)
        }
    }

    @Test
    func aFigureIsDrawnWithThePanelsOfTheOthers() throws {
        let sheet = try FigureSheet(Pair(FigureSamples.request()), size: .natural)
        #expect(sheet.drawing.mosaics.count == 2)
        #expect(sheet.drawing.words == ["after 0", "after 1"])
        #expect(try Figures.named("pair", among: Figures.all + [Pair.self]) == Pair.self)
    }

    @Test
    func aScenarioIsATimelineLikeTheOthers() throws {
        let timeline = try Blink.timeline(ScenarioRequest(grid: GridSize(width: 4, height: 4)))
        #expect(timeline.events.map(\.step) == [0, 1, 2])
        let simulation = try Simulation(rule: Pictures.rule(), timeline: timeline)
        var living: [Bool] = []
        while let snapshot = try simulation.next() { living.append(snapshot.alive.contains(1)) }
        #expect(living == [true, false, true, true])
    }
}
