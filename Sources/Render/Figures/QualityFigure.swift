import GNCACells
import GNCARaster

/// A target beside what a model makes of it, and where the two differ.
struct QualityFigure: PanelFigure {
    static let name = "quality"
    static let summary = "a target, a model's state and their difference side by side, with the PSNR in dB"
    static let subject = FigureSubject.models
    static let options: [FigureOption] =
        [.target, .steps, .angle, .fireRate, .randomSeed, .caption] + FigureOption.panels
    static let extent = FigureExtent.cells(scale: 6)

    private static let defaultSteps = [200, 2000]
    /// Root mean square over the picture's channels in full colour: 12 dB.
    private static let (limit, limitText): (Float, String) = (0.25, "0.25")
    /// Cells around what lives.
    private static let margin = 2

    let panels: PanelGrid

    init(_ request: FigureRequest) throws {
        guard let target = request.target else {
            throw RenderError.option(.target, "is missing (figure quality compares with a picture, or with an emoji)")
        }
        var request = request
        let rule = request.models[0].rule
        request.grid = try rule.grid(of: target)
        guard request.models.allSatisfy({ $0.rule.pictureScale == rule.pictureScale }) else {
            throw RenderError.invalid("the models' cells have different numbers of pixels, and the target has one size")
        }
        let steps = try request.steps(default: Self.defaultSteps)
        try request.checkRoom(columns: 3, rows: request.models.count * steps.count)
        let names = try request.captions("row", Self.names(request.models, steps))
        let states = try request.models.flatMap { try FigureRun(asAsked: $0, request).snapshots(at: steps) }
        let window = Self.window(around: states, target, request.grid, pixels: rule.pictureScale)
        let part = window.enlarged(by: rule.pictureScale)
        var panels: [PanelGrid.Panel] = []
        var notes: [String] = []
        let picture = request.picture(of: target).part(part)
        for state in states {
            let psnr = BoxPSNR(target, appearance: state.rule.pictureAppearance)
            let seen = state.rule.picture(of: state.grid, edges: state.edges)
            let difference = request.difference(psnr, of: seen, limit: Self.limit)
            let pictures = [picture, request.picture(of: state).part(part), difference.part(part)]
            panels += pictures.map { .cells($0) }
            notes += ["", Self.words(psnr.decibels(of: seen)), ""]
        }
        var page = PanelGrid(request, width: window.width, height: window.height, columns: 3, panels: panels)
        if request.showsCaptions {
            page.columnTitles = ["target", "state", "difference"]
            page.rowTitles = names
            page.notes = notes
            page.key = .sequential(limit: Self.limitText)
        }
        self.panels = page
    }

    /// "step 200", with the model where there are several.
    private static func names(_ models: [FigureModel], _ steps: [Int]) -> [String] {
        models.flatMap { model in
            steps.map { models.count == 1 ? "step \($0)" : "\(model.name), step \($0)" }
        }
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

extension FigureRequest {
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
