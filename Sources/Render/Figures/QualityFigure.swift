import GNCACells
import GNCARaster

/// A target beside what a model makes of it, and where the two differ.
struct QualityFigure: PanelFigure {
    static let name = "quality"
    static let summary = "a target, a model's state and their difference side by side, with the PSNR in dB"
    static let subject = FigureSubject.models
    static let options: [FigureOption] =
        [.target, .steps, .columns, .angle, .fireRate, .randomSeed, .caption] + FigureOption.panels
    static let extent = FigureExtent.cells(scale: 6)
    static let hasTargetsOfModels = true

    private static let defaultSteps = [200, 2000]
    /// Root mean square over the picture's channels in full colour: 12 dB.
    private static let (limit, limitText): (Float, String) = (0.25, "0.25")
    /// Cells around what lives.
    private static let margin = 2

    let panels: PanelGrid

    /// A state beside its target.
    private struct Pair {
        let target: Target
        let state: Snapshot
        /// What is shown, cells.
        var window: PixelRect
    }

    init(_ request: FigureRequest) throws {
        let steps = try request.steps(default: Self.defaultSteps)
        let targets = try Self.targets(request)
        let count = targets.count * steps.count
        let columns = request.columns ?? 1
        guard (1...count).contains(columns) else {
            throw RenderError.option(.columns, "is out of range (got \(columns), expected 1...\(count))")
        }
        let names = try request.captions("state", Self.names(request.models, steps))
        var pairs = try Self.pairs(request, targets, steps, columns: columns)
        let (width, height) = (pairs.map(\.window.width).max() ?? 1, pairs.map(\.window.height).max() ?? 1)
        for index in pairs.indices { pairs[index].window.widen(to: width, height) }
        var panels: [PanelGrid.Panel] = []
        var notes: [String] = []
        for pair in pairs {
            let psnr = BoxPSNR(pair.target, appearance: pair.state.rule.pictureAppearance)
            let seen = pair.state.rule.picture(of: pair.state.grid, edges: pair.state.edges)
            let window = pair.window.enlarged(by: pair.state.rule.pictureScale)
            let difference = request.difference(psnr, of: seen, limit: Self.limit)
            let (empty, same) = request.grounds(width: window.width, height: window.height)
            panels += [
                .cells(request.picture(of: pair.target).part(window, on: empty)),
                .cells(request.picture(of: pair.state).part(window, on: empty)),
                .cells(difference.part(window, on: same)),
            ]
            notes += ["", Self.words(psnr.decibels(of: seen)), ""]
        }
        var page = PanelGrid(request, width: width, height: height, columns: 3 * columns, panels: panels)
        if request.showsCaptions {
            // A step that all models have in common is told once.
            let state = steps.count == 1 && request.models.count > 1 ? "step \(steps[0])" : "state"
            page.columnTitles = (0..<columns).flatMap { _ in ["target", state, "difference"] }
            if columns == 1 { page.rowTitles = names } else { page.titles = names.flatMap { [$0, "", ""] } }
            page.notes = notes
            page.key = .sequential(limit: Self.limitText)
        }
        self.panels = page
    }

    /// One for each model.
    private static func targets(_ request: FigureRequest) throws(RenderError) -> [Target] {
        guard let first = request.targets.first else {
            throw .option(.target, "is missing (figure quality compares with a picture, or with an emoji)")
        }
        let scale = request.models[0].rule.pictureScale
        guard request.models.allSatisfy({ $0.rule.pictureScale == scale }) else {
            throw .invalid("the models' cells have different numbers of pixels, and the target has one size")
        }
        switch request.targets.count {
        case 1: return request.models.map { _ in first }
        case request.models.count: return request.targets
        default:
            let got = "got \(request.targets.count), expected 1 or \(request.models.count)"
            throw .option(.target, "stands once, or once a model (\(got))")
        }
    }

    /// "step 200", with the model where there are several, and without the step where that is one for all.
    private static func names(_ models: [FigureModel], _ steps: [Int]) -> [String] {
        models.flatMap { model in
            steps.map { step in
                if models.count == 1 { return "step \(step)" }
                return steps.count == 1 ? model.name : "\(model.name), step \(step)"
            }
        }
    }

    /// Every model's states at `steps`. Models with one target are seen through one window, else each has its own.
    private static func pairs(
        _ request: FigureRequest, _ targets: [Target], _ steps: [Int], columns: Int
    ) throws -> [Pair] {
        let rows = (targets.count * steps.count + columns - 1) / columns
        let requests = try zip(request.models, targets).map { model, target in
            var request = request
            request.grid = try model.rule.grid(of: target)
            try request.checkRoom(columns: 3 * columns, rows: rows)
            return request
        }
        var pairs: [Pair] = []
        for ((model, target), request) in zip(zip(request.models, targets), requests) {
            let states = try FigureRun(asAsked: model, request).snapshots(at: steps)
            let window = window(around: states, target, request.grid, pixels: model.rule.pictureScale)
            pairs += states.map { Pair(target: target, state: $0, window: window) }
        }
        guard request.targets.count == 1 else { return pairs }
        let common = pairs.dropFirst().reduce(pairs[0].window) { $0.united(with: $1.window) }
        return pairs.map { Pair(target: $0.target, state: $0.state, window: common) }
    }

    /// "36.5 dB"
    private static func words(_ decibels: Double) -> String {
        guard decibels.isFinite else { return "no picture" }
        let tenths = Int((decibels * 10).rounded())
        return "\(tenths < 0 ? "−" : "")\(abs(tenths) / 10).\(abs(tenths) % 10) dB"
    }

    /// The least part of the grid that holds the target's box and all that lives in any state, with a margin.
    /// `pixels`: of the target along a side of a cell.
    private static func window(
        around states: [Snapshot], _ target: Target, _ grid: GridSize, pixels: Int
    ) -> PixelRect {
        let psnr = BoxPSNR(target)
        let (left, top) = (psnr.columns.lowerBound / pixels, psnr.rows.lowerBound / pixels)
        var box = PixelRect(
            x: left, y: top, width: (psnr.columns.upperBound + pixels - 1) / pixels - left,
            height: (psnr.rows.upperBound + pixels - 1) / pixels - top)
        for state in states {
            if let living = LivingWindow.bounds(of: state.active, width: grid.width) {
                box = box.united(with: living)
            }
        }
        return box.grown(by: margin).common(with: PixelRect(x: 0, y: 0, width: grid.width, height: grid.height))
    }
}

extension PixelRect {
    /// Larger on both sides alike, to `width` x `height` pixels.
    fileprivate mutating func widen(to width: Int, _ height: Int) {
        self = PixelRect(
            x: x - (width - self.width) / 2, y: y - (height - self.height) / 2, width: width, height: height)
    }
}

extension Mosaic {
    /// The part of it that lies in `window`, and of `ground`, which has the window's size, where that reaches beyond it.
    fileprivate func part(_ window: PixelRect, on ground: Mosaic) -> Mosaic {
        var part = ground
        let seen = window.common(with: PixelRect(x: 0, y: 0, width: width, height: height))
        for y in seen.y..<seen.bottom {
            for x in seen.x..<seen.right {
                part.pixels[(y - window.y) * window.width + x - window.x] = pixels[y * width + x]
            }
        }
        return part
    }
}

extension FigureRequest {
    /// Where nothing is: as a state, and as a difference.
    fileprivate func grounds(width: Int, height: Int) -> (state: Mosaic, difference: Mosaic) {
        var state = Mosaic(width: width, height: height)
        let empty = CellGrid(height: height, width: width, channels: 4)
        CellPicture(background: ground, scale: 1).paint(empty, Appearance(), into: &state)
        var difference = Mosaic(width: width, height: height)
        difference.paint([Float](repeating: 0, count: width * height), limit: 1, palette.sequential)
        return (state, difference)
    }

    /// One cell a pixel, as the figure's ground has it.
    fileprivate func picture(of target: Target) -> Mosaic {
        var grid = CellGrid(height: target.height, width: target.width, channels: 4)
        grid.values = target.values
        var mosaic = Mosaic(width: target.width, height: target.height)
        CellPicture(background: ground, scale: 1).paint(grid, Appearance(), into: &mosaic)
        return mosaic
    }

    /// How far every pixel is from its target: the root mean square over the picture's channels, at `limit` in full colour.
    fileprivate func difference(_ psnr: BoxPSNR, of state: CellGrid, limit: Float) -> Mosaic {
        var mosaic = Mosaic(width: state.width, height: state.height)
        let errors = mosaic.pixels.indices.map { Float(psnr.meanSquare(of: state, cell: $0).squareRoot()) }
        mosaic.paint(errors, limit: limit, palette.sequential)
        return mosaic
    }
}
