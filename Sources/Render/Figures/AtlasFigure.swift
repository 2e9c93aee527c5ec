import GNCACells
import GNCARaster

/// A map of where a pattern can be hurt, for every radius and moment of a cut, beside the pattern itself.
struct AtlasFigure: PanelFigure, NumberedFigure {
    static let name = "atlas"
    static let summary = "where a pattern can be hurt: for every place of a cut, how often it recovers"
    static let subject = FigureSubject.oneModel
    static let options: [FigureOption] =
        [.target, .radii, .moments, .steps, .trials, .stride, .fullTrials, .fireRate, .randomSeed, .data]
        + FigureOption.panels
    static let extent = FigureExtent.cells(scale: 5)

    let panels: PanelGrid
    private let atlas: RecoveryAtlas

    var numbers: FigureNumbers { atlas.numbers }
    var finding: String? { atlas.finding }
    static let forms = [FigureNumbers.Form.json, .npz]

    init(_ request: FigureRequest) throws {
        guard let target = request.target else {
            throw RenderError.option(.target, "is missing (figure atlas compares with a picture, or with an emoji)")
        }
        var request = request
        request.grid = try request.models[0].rule.grid(of: target)
        let plan = try AtlasPlan(request, on: request.grid)
        try request.checkRoom(columns: 1 + plan.radii.count, rows: plan.moments.count)
        atlas = try RecoveryAtlas(request, target)
        panels = AtlasPanels(atlas: atlas, request: request).grid
    }
}

/// Row by row a moment: the pattern, and a map a radius.
private struct AtlasPanels {
    let atlas: RecoveryAtlas
    let request: FigureRequest

    private var plan: AtlasPlan { atlas.plan }
    private var palette: ThemeColors { request.palette }

    /// How far the pattern fades to the page where nothing is lost.
    private static let faintness: Float = 0.72
    /// Cells around what is shown.
    private static let margin = 3

    var grid: PanelGrid {
        let rule = request.models[0].rule
        let snapshots = atlas.states.enumerated().map { moment, state in
            Snapshot(step: plan.moments[moment], grid: state, rule: rule, edges: rule.edges)
        }
        let living = snapshots.map(\.active)
        let window = window(around: living)
        var tiles: [PanelGrid.Panel] = []
        var marks: [[PanelMark]] = []
        var notes: [String] = []
        for (moment, snapshot) in snapshots.enumerated() {
            tiles.append(.cells(request.picture(of: snapshot).part(window.enlarged(by: rule.pictureScale))))
            marks.append([])
            notes.append("")
            let outline = PanelMark.edges(of: living[moment], plan.grid, palette.quietInk)
            for map in atlas.maps[moment * plan.radii.count..<(moment + 1) * plan.radii.count] {
                tiles.append(.cells(picture(of: map, over: snapshot).part(window.enlarged(by: rule.pictureScale))))
                let all = outline + rings(map, living[moment], in: window)
                marks.append(all.map { $0.moved(x: -Double(window.x), y: -Double(window.y)) })
                notes.append(words(map))
            }
        }
        var page = PanelGrid(
            request, width: window.width, height: window.height, columns: 1 + plan.radii.count, panels: tiles)
        if request.showsCaptions {
            page.columnTitles = ["before the cut"] + plan.radii.map { "radius \($0.plainText)" }
            page.rowTitles = plan.moments.map { "cut at step \($0)" }
            page.notes = notes
            page.marks = marks
            page.key = .sequential(from: "all recover", limit: "none")
        }
        return page
    }

    /// "worst: 3 of 20 (5–36 %) at (40, 31)", which does not break within brackets.
    private func words(_ map: RecoveryAtlas.Map) -> String {
        guard let worst = map.worst else {
            let (count, all) = (map.unharmed.count, map.unharmed.trials)
            return count == all ? "\(all) of \(all) recover everywhere" : "as without a cut: \(count) of \(all)"
        }
        func percent(_ share: Double) -> Int { Int((100 * share).rounded()) }
        let (share, place) = (atlas.share(map, worst), plan.places[worst])
        let (low, high) = (percent(share.interval.lowerBound), percent(share.interval.upperBound))
        return
            "worst: \(share.count) of \(share.trials) (\(low)–\(high)\u{A0}%) at (\(place.x),\u{A0}\(place.y))"
    }

    // MARK: the map

    /// Trials that do not recover where cuts have their centre in a cell.
    private func lost(_ map: RecoveryAtlas.Map) -> [Int] {
        (0..<(plan.grid.width * plan.grid.height)).map { cell in
            let (y, x) = cell.quotientAndRemainder(dividingBy: plan.grid.width)
            return plan.trials - map.recovered[plan.place(at: x, y)]
        }
    }

    /// The least part of the grid that holds what lives, what is lost and the worst cuts.
    private func window(around living: [[UInt8]]) -> PixelRect {
        let whole = PixelRect(x: 0, y: 0, width: plan.grid.width, height: plan.grid.height)
        var boxes = living.map { LivingWindow.bounds(of: $0, width: whole.width) }
        for map in atlas.maps {
            boxes.append(LivingWindow.bounds(of: lost(map).map { $0 > 0 ? 1 : 0 }, width: whole.width))
            guard let worst = map.worst else { continue }
            let reach = Int(map.radius.rounded(.up))
            let place = plan.places[worst]
            boxes.append(PixelRect(x: place.x, y: place.y, width: 1, height: 1).grown(by: reach))
        }
        let all = boxes.compactMap { $0 }
        let box = all.dropFirst().reduce(all.first ?? whole) { $0.united(with: $1) }
        return box.grown(by: Self.margin).common(with: whole)
    }

    /// How many are lost, in the theme's colours; where none is, the pattern shines through in grey.
    private func picture(of map: RecoveryAtlas.Map, over snapshot: Snapshot) -> Mosaic {
        let (paper, page) = (palette.page.packed, palette.page.packed.pixel)
        let (size, scale) = (snapshot.pictureSize, snapshot.rule.pictureScale)
        var mosaic = Mosaic(width: size.width, height: size.height)
        let ground = Background.colour(red: page.red, green: page.green, blue: page.blue)
        CellPicture(background: ground, scale: 1).paint(snapshot, into: &mosaic)
        let lost = lost(map)
        for place in mosaic.pixels.indices {
            let (x, y) = (place % size.width / scale, place / size.width / scale)
            let lost = lost[y * plan.grid.width + x]
            mosaic.pixels[place] =
                lost > 0
                ? palette.sequential.pixel(for: Float(lost) / Float(plan.trials))
                : mosaic.pixels[place].grey.mixed(with: paper, Self.faintness)
        }
        return mosaic
    }

    // MARK: the cut

    /// The cut to scale: around the worst place, or in a corner where there is none.
    private func rings(_ map: RecoveryAtlas.Map, _ living: [UInt8], in window: PixelRect) -> [PanelMark] {
        guard let worst = map.worst else {
            return [.circle(corner(map.radius, living, in: window), radius: map.radius, palette.quietInk)]
        }
        // A cell is the point in its middle.
        let centre = Point(Double(plan.places[worst].x) + 0.5, Double(plan.places[worst].y) + 0.5)
        // On a line of the page's colour, so that they are seen on every colour of the map.
        return [(palette.page, 4.0), (palette.damage, 2.0)].flatMap { colour, weight in
            [map.radius, 0.5].map { PanelMark.circle(centre, radius: $0, colour, weight: weight) }
        }
    }

    /// The centre of a circle in the corner where it covers the fewest living cells.
    private func corner(_ radius: Double, _ living: [UInt8], in window: PixelRect) -> Point {
        let inset = radius + 1.5
        let (left, right) = (Double(window.x) + inset, Double(window.right) - inset)
        let (top, bottom) = (Double(window.y) + inset, Double(window.bottom) - inset)
        func covered(_ centre: Point) -> Int {
            var mask = DamageMask(grid: plan.grid)
            mask.addCircle(x: centre.x - 0.5, y: centre.y - 0.5, radius: radius)
            return zip(mask.cells, living).count { $0 == 1 && $1 != 0 }
        }
        let corners = [Point(left, bottom), Point(right, bottom), Point(left, top), Point(right, top)]
        return corners.min { covered($0) < covered($1) } ?? corners[0]
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
