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

        var testDescription: String {
            "\(width)x\(height) at \(scale), \(arrangement), \(models) models, \(overlays.joined(separator: "+"))"
        }

        func plan() throws -> CompositionPlan {
            let target = Frame(width: 8, height: 8)
            let options = CompositionOptions(
                scale: scale, overlays: overlays, layout: arrangement, theme: theme,
                captions: captions ? (0..<models).map { "Model \($0), trained for eight thousand iterations" } : [],
                target: target, evenSize: even)
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
}
