import GNCACells
import GNCARaster

/// Everything that composing needs to know, resolved and checked before the first frame: which overlays each model has,
/// and where everything stands.
struct CompositionPlan {
    let grid: GridSize
    /// For each model C, numbers a cell.
    let channels: [Int]
    let palette: Palette
    /// For each model its overlays on the picture, and those with panels in the order of their panels.
    let models: [(onPicture: [any Overlay], panels: [any Overlay])]
    let footer: (any Overlay)?
    let timeBar: TimeBar?
    let needsTrace: Bool
    /// For each model its picture, then its panels.
    let contents: [[PanelContent]]
    let layout: Layout

    /// Frames wider or higher than this have no encoder.
    private static let longestSide = 16_384

    /// `timelines`: one for all rules, or one a rule, all with the same grid and as many frames.
    init(_ options: CompositionOptions, timelines: [Timeline], rules: [Rule]) throws(RenderError) {
        guard let first = timelines.first, !rules.isEmpty, [1, rules.count].contains(timelines.count) else {
            throw .invalid("a film needs at least one model")
        }
        let timelines = timelines.count == 1 ? rules.map { _ in first } : timelines
        grid = first.grid
        channels = rules.map(\.channels)
        palette = options.theme.palette
        try CompositionPlan.check(options, grid, models: rules.count)
        var models: [(onPicture: [any Overlay], panels: [any Overlay])] = []
        var footer: (any Overlay)?
        var timeBar: TimeBar?
        for overlays in try CompositionPlan.overlays(options, timelines, rules, palette) {
            models.append(([], []))
            for overlay in overlays {
                if type(of: overlay).placement == .footer {
                    footer = footer ?? overlay
                } else if let bar = overlay.timeBar {
                    timeBar = bar
                } else if overlay.panel == nil {
                    models[models.count - 1].onPicture.append(overlay)
                } else {
                    models[models.count - 1].panels.append(overlay)
                }
            }
        }
        self.models = models
        self.footer = footer
        self.timeBar = timeBar
        needsTrace = models.contains { ($0.onPicture + $0.panels).contains { type(of: $0).needsTrace } }
        contents = models.enumerated().map { index, model in
            let caption = options.captions.isEmpty ? nil : options.captions[index]
            return [CompositionPlan.picture(of: model, caption: caption)] + model.panels.compactMap(\.panel)
        }
        let request = Layout.Request(
            grid: grid, scale: options.scale, arrangement: options.layout, columns: options.columns,
            contents: contents, footer: footer?.widestWords ?? [], timeBar: timeBar, even: options.evenSize,
            palette: palette)
        do throws(RasterError) {
            layout = try Layout(request)
        } catch {
            throw RenderError(error)
        }
        guard max(layout.width, layout.height) <= CompositionPlan.longestSide else {
            throw CompositionPlan.tooLarge(layout.width, layout.height)
        }
    }

    private static func check(_ options: CompositionOptions, _ grid: GridSize, models: Int) throws(RenderError) {
        guard options.scale >= 1 else {
            throw .invalid("scale out of range (got \(options.scale), expected at least 1)")
        }
        guard options.captions.isEmpty || options.captions.count == models else {
            throw .invalid("captions do not match the models (got \(options.captions.count), expected \(models))")
        }
        if let columns = options.columns {
            try TimelineLimits.check("columns", columns, in: 1...max(1, models))
        }
        guard grid.width > 0, grid.height > 0 else { throw .invalid("the grid has no cells (got \(grid))") }
        // Before anything is multiplied or allocated.
        let (width, widthOverflows) = grid.width.multipliedReportingOverflow(by: options.scale)
        let (height, heightOverflows) = grid.height.multipliedReportingOverflow(by: options.scale)
        guard !widthOverflows, !heightOverflows, max(width, height) <= longestSide else {
            throw tooLarge(widthOverflows ? .max : width, heightOverflows ? .max : height)
        }
        for (index, name) in options.overlays.enumerated() {
            let overlay = try Overlays.named(name)
            if options.overlays.prefix(index).contains(name) { throw .invalid("overlay \(name) is named twice") }
            if options.layout == .over && overlay.placement == .panel {
                throw .invalid(
                    "overlay \(name) needs a panel of its own; choose --layout side, below or grid instead of over")
            }
        }
    }

    /// For each model its overlays in the order of the options.
    private static func overlays(
        _ options: CompositionOptions, _ timelines: [Timeline], _ rules: [Rule], _ palette: Palette
    ) throws(RenderError) -> [[any Overlay]] {
        let grid = timelines[0].grid
        let target = try options.targetMosaic(width: grid.width, height: grid.height)
        var models: [[any Overlay]] = []
        for (rule, timeline) in zip(rules, timelines) {
            let setup = OverlaySetup(
                rule: rule, timeline: timeline, palette: palette, onPicture: options.layout == .over, target: target,
                perceptionChannels: options.perceptionChannels, trainedSteps: options.trainedSteps)
            var overlays: [any Overlay] = []
            for name in options.overlays { overlays.append(try Overlays.named(name).init(setup)) }
            models.append(overlays)
        }
        return models
    }

    /// The picture as a panel: its caption, and the numbers of the overlays that stand on it.
    private static func picture(
        of model: (onPicture: [any Overlay], panels: [any Overlay]), caption: String?
    ) -> PanelContent {
        var content = PanelContent(title: caption ?? (model.panels.isEmpty ? "" : "State"))
        content.wrapsTitle = caption != nil
        let readings = model.onPicture.flatMap(\.widestWords)
        content.widestReading = readings.isEmpty ? nil : readings.joined(separator: " · ")
        return content
    }

    private static func tooLarge(_ width: Int, _ height: Int) -> RenderError {
        .invalid(
            "frames would be too large (got \(width)x\(height) pixels, limit \(longestSide) a side); "
                + "choose a smaller --scale")
    }
}

extension RenderError {
    /// What drawing could not do, in the words of `Render`.
    init(_ error: RasterError) {
        if case .drawing(let reason) = error {
            self = .invalid(reason)
        } else {
            self = .invalid(error.description)
        }
    }
}
