import GNCACells
import GNCARaster

/// A map of where a pattern can be hurt, for every radius and moment of a cut, beside the pattern itself.
struct AtlasFigure: PanelFigure, NumberedFigure {
    static let name = "atlas"
    static let summary = "where a pattern can be hurt: for every place of a cut, how often it recovers"
    static let subject = FigureSubject.oneModel
    static let options: [FigureOption] =
        [.target, .radii, .moments, .steps, .trials, .stride, .fullTrials, .fireRate, .randomSeed, .data, .progress]
        + FigureOption.panels
    static let extent = FigureExtent.cells(scale: 3)

    /// How far the pattern fades to the page where nothing is lost.
    fileprivate static let faintness: Float = 0.72

    let panels: PanelGrid
    private let atlas: RecoveryAtlas

    var numbers: FigureNumbers { atlas.numbers }
    var finding: String { atlas.finding }

    init(_ request: FigureRequest) throws {
        guard let target = request.target else {
            throw RenderError.option(.target, "is missing (figure atlas compares with a picture, or with an emoji)")
        }
        var request = request
        request.grid = GridSize(width: target.width, height: target.height)
        let plan = try AtlasPlan(request, on: request.grid)
        try request.checkRoom(columns: 1 + plan.radii.count, rows: plan.moments.count)
        atlas = try RecoveryAtlas(request, target)
        panels = Self.panels(of: atlas, request)
    }

    /// Row by row a moment: the pattern, and a map a radius.
    private static func panels(of atlas: RecoveryAtlas, _ request: FigureRequest) -> PanelGrid {
        let (plan, rule) = (atlas.plan, request.models[0].rule)
        var tiles: [PanelGrid.Panel] = []
        var marks: [[PanelMark]] = []
        var notes: [String] = []
        for (moment, state) in atlas.states.enumerated() {
            let snapshot = Snapshot(step: plan.moments[moment], grid: state, rule: rule, edges: rule.edges)
            tiles.append(.cells(request.picture(of: snapshot)))
            marks.append([])
            notes.append("")
            let outline = PanelMark.edges(of: snapshot.active, plan.grid, request.palette.quietInk)
            for map in atlas.maps[moment * plan.radii.count..<(moment + 1) * plan.radii.count] {
                tiles.append(.cells(request.map(map, plan, over: snapshot)))
                marks.append(outline + rings(map, plan, request.palette))
                notes.append(words(map, atlas))
            }
        }
        var page = PanelGrid(request, columns: 1 + plan.radii.count, panels: tiles)
        if request.showsCaptions {
            page.columnTitles = ["before the cut"] + plan.radii.map { "radius \($0.shortText)" }
            page.rowTitles = plan.moments.map { "cut at step \($0)" }
            page.notes = notes
            page.marks = marks
            page.key = .sequential(from: "all recover", limit: "none")
        }
        return page
    }

    /// "worst: 3 of 20 (5–36 %) at (40, 31)"
    private static func words(_ map: RecoveryAtlas.Map, _ atlas: RecoveryAtlas) -> String {
        guard let worst = map.worst else {
            return "everywhere as without a cut: \(map.unharmed.count) of \(map.unharmed.trials)"
        }
        let share = atlas.share(map, worst)
        let (low, high) = (share.interval.lowerBound, share.interval.upperBound)
        let place = atlas.plan.places[worst]
        return
            "worst: \(share.count) of \(share.trials) (\(percent(low))–\(percent(high)) %) at (\(place.x), \(place.y))"
    }

    private static func percent(_ share: Double) -> Int { Int((100 * share).rounded()) }

    /// The cut to scale: around the worst place, or in a corner where there is none.
    private static func rings(_ map: RecoveryAtlas.Map, _ plan: AtlasPlan, _ palette: ThemeColors) -> [PanelMark] {
        guard let worst = map.worst else {
            let centre = Point(map.radius + 2, Double(plan.grid.height) - map.radius - 2)
            return [.circle(centre, radius: map.radius, palette.quietInk)]
        }
        // A cell is the point in its middle.
        let centre = Point(Double(plan.places[worst].x) + 0.5, Double(plan.places[worst].y) + 0.5)
        // On a ground of the page's colour, so that they are seen on every colour of the map.
        return [(palette.page, 4.0), (palette.damage, 2.0)].flatMap { colour, weight in
            [map.radius, 0.5].map { PanelMark.circle(centre, radius: $0, colour, weight: weight) }
        }
    }
}

extension FigureRequest {
    /// How many trials do not recover, in the theme's colours; where all do, the pattern shines through in grey.
    fileprivate func map(_ map: RecoveryAtlas.Map, _ plan: AtlasPlan, over snapshot: Snapshot) -> Mosaic {
        var mosaic = Mosaic(width: plan.grid.width, height: plan.grid.height)
        let page = palette.page.packed.pixel
        let ground = Background.colour(red: page.red, green: page.green, blue: page.blue)
        CellPicture(background: ground, scale: 1).paint(snapshot.grid, snapshot.rule.appearance, into: &mosaic)
        for index in mosaic.pixels.indices {
            let lost = plan.trials - map.recovered[plan.place(at: index % mosaic.width, index / mosaic.width)]
            if lost > 0 {
                mosaic.pixels[index] = palette.sequential.pixel(for: Float(lost) / Float(plan.trials))
            } else {
                mosaic.pixels[index] = mosaic.pixels[index].grey.mixed(with: palette.page.packed, AtlasFigure.faintness)
            }
        }
        return mosaic
    }
}

extension PackedPixel {
    /// As light, without a hue; opaque.
    fileprivate var grey: PackedPixel {
        let pixel = pixel
        let luma = (0.2126 * Float(pixel.red) + 0.7152 * Float(pixel.green) + 0.0722 * Float(pixel.blue)) / 255
        return PackedPixel(red: luma.unit, green: luma.unit, blue: luma.unit, alpha: 1)
    }
}
