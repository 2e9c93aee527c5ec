import GNCARaster
import Testing

@testable import GNCARender

struct LayoutTests {
    struct Film: CustomTestStringConvertible, Sendable {
        var width: Int
        var height: Int
        var scale: Int
        var overlays: [String]
        var arrangement: PanelLayout
        var models = 1
        var captions = false
        var theme = Theme.light
        var even = true
        var frame: FrameShape?
        var compares = false

        var testDescription: String {
            "\(width)x\(height) at \(scale), \(arrangement), \(models) models, \(overlays.joined(separator: "+"))"
        }

        func plan() throws -> CompositionPlan {
            let target = Frame(width: 8, height: 8)
            let options = CompositionOptions(
                scale: scale, frame: frame, overlays: overlays, layout: arrangement, theme: theme,
                captions: captions ? (0..<models).map { "Model \($0), trained for eight thousand iterations" } : [],
                compares: compares, target: target, evenSize: even)
            let timeline = Pictures.timeline(width: width, height: height, events: ["right half removed"])
            return try CompositionPlan(
                options, timelines: [timeline], rules: try (0..<models).map { _ in try Pictures.rule() })
        }
    }

    static let filmsOfThreeModels = films.filter { $0.models == 3 }
    static let films: [Film] = {
        var films: [Film] = []
        let sets = [
            ["counter"], ["alive", "hidden", "counter"], ["channels", "error"],
            ["hidden", "fire", "perception", "update", "error", "damage", "counter"],
        ]
        for (width, height) in [(16, 16), (48, 40), (64, 64), (64, 96), (256, 256)] {
            for scale in [1, 2, 3, 4, 8, 16] where width * scale <= 2048 {
                for (index, overlays) in sets.enumerated() {
                    let arrangement = [PanelLayout.side, .below, .grid][(index + scale) % 3]
                    let theme = scale % 2 == 0 ? Theme.light : .dark
                    films.append(
                        Film(
                            width: width, height: height, scale: scale, overlays: overlays, arrangement: arrangement,
                            captions: index == 1, theme: theme, even: scale != 3))
                }
                films.append(
                    Film(
                        width: width, height: height, scale: scale, overlays: ["error", "counter"], arrangement: .over,
                        models: 3, captions: true))
            }
        }
        films.append(
            Film(width: 24, height: 16, scale: 3, overlays: ["hidden"], arrangement: .side, models: 4, captions: true))
        return films
    }()

    @Test(arguments: films)
    func nothingOverlapsNothingLeavesThePageCellsStandOnEvenCoordinates(film: Film) throws {
        let layout = try film.plan().layout
        let page = PixelRect(x: 0, y: 0, width: layout.width, height: layout.height)
        let panels = layout.blocks.flatMap { $0 }
        // Hairlines stand one pixel outside of tiles and legends.
        let line = layout.isFramed ? 1 : 0
        var parts = layout.footer.map(\.area)
        for panel in panels {
            let own =
                panel.tiles.map { $0.grown(by: line) } + panel.texts.map(\.area)
                + panel.legend.map { $0.grown(by: line) } + [panel.reading].compactMap { $0 }
            #expect(own.allSatisfy { panel.bounds.grown(by: line).contains($0) })
            parts += own
        }
        #expect(parts.allSatisfy { $0.width > 0 && $0.height > 0 && page.contains($0) })
        for (index, part) in parts.enumerated() {
            let met = parts[(index + 1)...].first { $0.intersects(part) }
            #expect(met == nil, "\(part) meets \(String(describing: met))")
        }
        for (index, panel) in panels.enumerated() {
            #expect(!panels[(index + 1)...].contains { $0.bounds.intersects(panel.bounds) })
        }
        if film.even {
            #expect(layout.width % 2 == 0 && layout.height % 2 == 0)
            #expect(panels.flatMap(\.tiles).allSatisfy { $0.x % 2 == 0 && $0.y % 2 == 0 })
        }
        for tile in panels.flatMap(\.tiles) {
            #expect(tile.width % film.width == 0 && tile.width / film.width == tile.height / film.height)
        }
    }

    @Test(arguments: filmsOfThreeModels)
    func marginsAreEvenLeftRightAndBelowTheSame(film: Film) throws {
        let layout = try film.plan().layout
        let parts = layout.blocks.flatMap { $0.map(\.bounds) } + layout.footer.map(\.area)
        #expect(parts.map(\.x).min() == layout.style.margin)
        let right = layout.width - (parts.map(\.right).max() ?? 0)
        let below = layout.height - (parts.map(\.bottom).max() ?? 0)
        // Rounding to even numbers may add a pixel.
        #expect((0...1).contains(right - layout.style.margin) && (0...1).contains(below - layout.style.margin))
    }

    @Test(arguments: [1, 64, 512, 4096])
    func noTextIsSmallerThanTenPixelsAndTitlesAreLargerThanLabels(side: Int) {
        let style = PanelStyle(body: PanelStyle.body(side: side), even: true, Theme.light.palette)
        #expect(style.small >= 10 && style.small < style.body)
    }

    @Test(
        "models stand near 16:9 in full rows",
        arguments: [
            (1, 1), (2, 2), (3, 3), (4, 2), (5, 3), (6, 3), (7, 4), (8, 4), (9, 3), (10, 5), (12, 4),
        ])
    func columns(count: Int, expected: Int) {
        #expect(PanelLayout.columns(for: count, width: 64, height: 64) == expected)
    }

    @Test
    func tenBareModelsAreFiveTimesTwoTilesWithoutGaps() throws {
        let film = Film(width: 64, height: 64, scale: 4, overlays: [], arrangement: .side, models: 10)
        let layout = try film.plan().layout
        #expect(layout.width == 1280 && layout.height == 512)
        #expect(layout.blocks[6][0].tiles == [PixelRect(x: 256, y: 256, width: 256, height: 256)])
    }

    @Test
    func aPageGrowsWhereTheCounterNeedsMoreRoomThanThePicture() throws {
        let film = Film(width: 16, height: 16, scale: 4, overlays: ["counter"], arrangement: .side)
        let layout = try film.plan().layout
        #expect(layout.width > 64)
        let tile = layout.blocks[0][0].tiles[0]
        #expect(tile.width == 64 && abs(tile.x - (layout.width - tile.right)) <= 2)
    }

    @Test
    func aCounterBelowAWidePictureLeavesItsWidthAlone() throws {
        let film = Film(width: 64, height: 64, scale: 8, overlays: ["counter"], arrangement: .side)
        let layout = try film.plan().layout
        #expect(layout.width == 512 && layout.height > 512 && layout.height < 560)
        #expect(layout.blocks[0][0].tiles[0] == PixelRect(x: 0, y: 0, width: 512, height: 512))
    }

    @Test(arguments: [PanelLayout.side, .grid])
    func panelsShareTheTopAndTheBottomEdgeOfThePictureBesideThem(arrangement: PanelLayout) throws {
        let film = Film(
            width: 72, height: 72, scale: 8, overlays: ["hidden", "update", "error", "counter"],
            arrangement: arrangement)
        let panels = try film.plan().layout.blocks[0]
        let row = panels.filter { $0.tiles[0].y == panels[0].tiles[0].y }
        #expect(row.count > 1)
        for panel in row {
            #expect(panel.tiles.map(\.bottom).max() == panels[0].tiles[0].bottom)
        }
    }

    @Test
    func panelsBelowAreAsWideAsThePicture() throws {
        let film = Film(width: 72, height: 72, scale: 8, overlays: ["hidden", "counter"], arrangement: .below)
        let panels = try film.plan().layout.blocks[0]
        #expect(panels[1].tiles.map(\.x).min() == panels[0].tiles[0].x)
        // Large tiles may reach over it by their hairlines.
        let right = try #require(panels[1].tiles.map(\.right).max())
        #expect((0...panels[0].tiles[0].width / 50).contains(right - panels[0].tiles[0].right))
    }

    @Test(arguments: ["hidden", "channels"])
    func rowsOfTilesFillTheWidthBelowThePicture(overlay: String) throws {
        let film = Film(width: 72, height: 72, scale: 8, overlays: [overlay, "counter"], arrangement: .below)
        let tiles = try film.plan().layout.blocks[0][1].tiles
        #expect(tiles.count % 4 == 0 && tiles[0].width == 144)
        #expect(tiles[3].y == tiles[0].y && tiles[4].y > tiles[0].bottom)
    }

    @Test
    func tilesBesideThePictureStandAboutAsFarApartBothWays() throws {
        let film = Film(width: 72, height: 72, scale: 8, overlays: ["hidden", "alive"], arrangement: .side)
        let layout = try film.plan().layout
        let tiles = layout.blocks[0][1].tiles
        let across = tiles[1].x - tiles[0].right
        let down = tiles[4].y - tiles[0].bottom - layout.style.labelHeight
        #expect(abs(across - down) <= 2)
    }

    @Test(arguments: [PanelLayout.side, .grid, .below])
    func titlesStandOnWhatTheyName(arrangement: PanelLayout) throws {
        let film = Film(
            width: 72, height: 72, scale: 8, overlays: ["hidden", "alive", "perception"], arrangement: arrangement)
        let layout = try film.plan().layout
        for panel in layout.blocks[0] {
            let title = try #require(panel.texts.first { $0.role == .title }).area
            let below = (panel.texts.filter { $0.role != .title }.map(\.area.y) + panel.tiles.map(\.y)).min()
            // Rounding to even numbers may add a pixel.
            #expect((0...1).contains(try #require(below) - title.bottom - layout.style.textGap))
        }
    }

    @Test
    func manyPanelsInAGridLeaveHiddenTilesTwoPixelsACell() throws {
        let film = Film(
            width: 72, height: 72, scale: 8, overlays: ["hidden", "perception", "fire", "update", "counter", "time"],
            arrangement: .grid)
        let panels = try film.plan().layout.blocks[0]
        #expect(panels[1].tiles[0].width == 144)
    }

    @Test(arguments: [["counter"], ["time"], ["counter", "time"]])
    func theTimeBarAndTheCounterKeepOneDistanceFromThePagesEdges(overlays: [String]) throws {
        let film = Film(width: 72, height: 72, scale: 8, overlays: overlays, arrangement: .side)
        let layout = try film.plan().layout
        let left = layout.style.textGap * 2
        for words in layout.footer { #expect(words.area.x >= left && words.area.right <= layout.width - left) }
        if let first = layout.footer.first { #expect(first.area.x == left) }
        if let bar = layout.timeBar { #expect(bar.x == left && bar.right == layout.width - left) }
    }

    @Test
    func theCounterOfAComparisonStandsCloseUnderItsPictures() throws {
        var film = Film(width: 72, height: 72, scale: 8, overlays: ["counter"], arrangement: .side, models: 2)
        film.compares = true
        film.captions = true
        let layout = try film.plan().layout
        let pictures = layout.blocks.map { $0[0].tiles[0] }
        for words in layout.footer {
            #expect(words.area.y - pictures[0].bottom == layout.style.textGap)
            #expect(words.area.x >= pictures[0].x && words.area.right <= pictures[1].right)
        }
        #expect(layout.footer.first?.area.x == pictures[0].x)
    }

    @Test
    func theCounterOfOneModelStandsUnderItsPicture() throws {
        let film = Film(width: 72, height: 72, scale: 8, overlays: ["hidden", "counter"], arrangement: .side)
        let layout = try film.plan().layout
        let picture = layout.blocks[0][0]
        #expect(layout.footer.count == 2)
        for words in layout.footer {
            #expect(words.area.x >= picture.bounds.x && words.area.right <= picture.bounds.right)
            #expect(words.area.y - picture.tiles[0].bottom < words.area.height)
        }
    }

    static let frames: [FrameShape] = [
        .size(width: 1920, height: 1080), .size(width: 1080, height: 1920), .size(width: 1080, height: 1080),
        .size(width: 3840, height: 2160), .size(width: 640, height: 360), .aspect(width: 16, height: 9),
        .aspect(width: 1, height: 1), .aspect(width: 9, height: 16),
    ]

    @Test(arguments: frames, [1, 3, 9])
    func framesAreFilledToThePixelWithEverythingInTheMiddle(frame: FrameShape, models: Int) throws {
        for overlays in [[], ["counter"], ["hidden", "counter", "time"]] {
            // Thirty-six channels do not fit everywhere.
            if models > 1, overlays.contains("hidden"), frame == .size(width: 640, height: 360) { continue }
            var film = Film(width: 40, height: 40, scale: 8, overlays: overlays, arrangement: .side, models: models)
            film.frame = frame
            let layout = try film.plan().layout
            switch frame {
            case .size(let width, let height): #expect(layout.width == width && layout.height == height)
            case .aspect(let wide, let high):
                let exact = Double(wide) / Double(high)
                #expect(abs(Double(layout.width) / Double(layout.height) / exact - 1) < 0.01)
            }
            let panels = layout.blocks.flatMap { $0 }
            var bounds = panels.map(\.bounds)
            if let timeBar = layout.timeBar { bounds.append(timeBar) }
            let left = bounds.map(\.x).min() ?? 0
            let right = layout.width - (bounds.map(\.right).max() ?? 0)
            #expect(abs(left - right) <= 2 + layout.style.margin)
            let page = PixelRect(x: 0, y: 0, width: layout.width, height: layout.height)
            for part in bounds { #expect(page.contains(part)) }
            for tile in panels.flatMap(\.tiles) { #expect(tile.x % 2 == 0 && tile.y % 2 == 0) }
        }
    }

    @Test(arguments: frames)
    func aCounterInAFrameStandsAtItsPicturesEdgeWithAMarginAllRound(frame: FrameShape) throws {
        var film = Film(width: 72, height: 72, scale: 8, overlays: ["counter"], arrangement: .side)
        film.frame = frame
        let layout = try film.plan().layout
        let (picture, margin) = (layout.blocks[0][0].tiles[0], layout.style.margin)
        #expect(layout.isFramed)
        #expect(layout.footer.first?.area.x == picture.x)
        #expect(min(picture.x, picture.y, layout.width - picture.right) >= margin)
        let bottom = try #require(layout.footer.map(\.area.bottom).max())
        #expect(abs(picture.y - (layout.height - bottom)) <= 4)
    }

    @Test
    func aBarePictureInAFrameHasNoRule() throws {
        var film = Film(width: 72, height: 72, scale: 8, overlays: [], arrangement: .side)
        film.frame = .aspect(width: 16, height: 9)
        #expect(try !film.plan().layout.isFramed)
    }

    @Test
    func anUprightFrameHasCellsAsLargeAsItsWidthAllows() throws {
        var film = Film(width: 72, height: 72, scale: 8, overlays: ["hidden", "counter"], arrangement: .below)
        film.frame = .size(width: 1080, height: 1920)
        let layout = try film.plan().layout
        // Even numbers of pixels a cell: 14 are 1008 pixels.
        #expect(layout.blocks[0][0].scale >= 12)
        #expect(layout.blocks[0][1].scale >= 2)
    }

    @Test
    func tilesInAWideFrameUseTheWidthThatThePictureLeaves() throws {
        var film = Film(width: 72, height: 72, scale: 8, overlays: ["channels", "counter"], arrangement: .side)
        film.frame = .size(width: 1920, height: 1080)
        let layout = try film.plan().layout
        #expect(layout.blocks[0][0].scale == 10)
        let panels = layout.blocks[0].map(\.bounds)
        #expect((panels.last?.right ?? 0) - (panels.first?.x ?? 0) >= 1920 * 9 / 10)
    }

    @Test
    func textGivesWayWhereThatDoublesTheCells() throws {
        var film = Film(
            width: 72, height: 72, scale: 8, overlays: ["hidden", "fire", "counter", "time"], arrangement: .side)
        film.frame = .size(width: 1080, height: 1080)
        let layout = try film.plan().layout
        #expect(layout.blocks[0][0].scale >= 4)
        #expect(layout.style.body >= PanelStyle.body(side: 1080) * 3 / 4)
    }

    @Test
    func aFrameThatIsTooSmallIsRefusedInASentence() throws {
        var film = Film(width: 200, height: 200, scale: 8, overlays: ["hidden"], arrangement: .side)
        film.frame = .size(width: 320, height: 180)
        #expect(throws: RenderError.self) { try film.plan() }
    }

    @Test
    func gridsOfDifferentSizesKeepThemAndStandInTheMiddleOfTheirPlaces() throws {
        let timelines = [Pictures.timeline(width: 40, height: 40), Pictures.timeline(width: 64, height: 72)]
        let plan = try CompositionPlan(
            CompositionOptions(scale: 4, captions: ["one", "two"]), timelines: timelines,
            rules: [try Pictures.rule(), try Pictures.rule()])
        let tiles = plan.layout.blocks.map { $0[0].tiles[0] }
        #expect(tiles[0].width == 160 && tiles[0].height == 160 && tiles[1].width == 256 && tiles[1].height == 288)
        #expect(tiles[0].y - tiles[1].y == 64)
        #expect(tiles[0].x - plan.layout.blocks[0][0].bounds.x == 48)
    }

    @Test
    func textCanBeReadInAColumnOfSevenHundredPixels() throws {
        for models in [1, 3] {
            let film = Film(
                width: 72, height: 72, scale: 8, overlays: ["hidden", "counter"], arrangement: .side, models: models,
                captions: true)
            let layout = try film.plan().layout
            #expect(Double(layout.style.small) * 700 / Double(layout.width) >= 8)
        }
    }
}
