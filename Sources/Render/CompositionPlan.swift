import GNCACells
import GNCARaster

/// Everything that composing needs to know, resolved and checked before the first frame: which overlays each model has,
/// and where everything stands.
struct CompositionPlan {
    /// For each model its cells.
    let grids: [GridSize]
    /// For each model the part of the grid that its picture shows, in cells.
    let windows: [PixelRect]
    /// For each model, pixels along a side of a cell that its decoder draws; 1 without one.
    let pixels: [Int]
    /// For each model C, numbers a cell.
    let channels: [Int]
    let palette: ThemeColors
    /// For each model its overlays by their places.
    let models: [PlacedOverlays]
    /// Overlays whose words stand below all pictures: those of the first model.
    var footer: [any WordsOverlay] { models[0].footer }
    /// That of the first model.
    var timeBar: TimeBar? { models[0].timeBar }
    let needsTrace: Bool
    let needsLineage: Bool
    let needsInfluence: Bool
    /// One a model; empty where seeds are not marked.
    let seedMarks: [SeedMark]
    /// What stands behind the models where the film compares two.
    let difference: Difference?
    /// For each model its picture, then its panels; behind them the difference of two.
    let contents: [[PanelContent]]
    let layout: Layout

    /// Frames wider or higher than this have no encoder.
    private static let longestSide = 16_384

    /// `timelines`: one for all rules, or one a rule, all with as many frames.
    init(_ options: CompositionOptions, timelines: [Timeline], rules: [Rule]) throws(RenderError) {
        guard let first = timelines.first, !rules.isEmpty, [1, rules.count].contains(timelines.count) else {
            throw .invalid("a film needs at least one model")
        }
        let timelines = timelines.count == 1 ? rules.map { _ in first } : timelines
        grids = timelines.map(\.grid)
        channels = rules.map(\.channels)
        pixels = rules.map(\.pictureScale)
        try CompositionPlan.check(options, pixels)
        palette = options.background == .transparent ? options.theme.palette.onNothing : options.theme.palette
        windows = try CompositionPlan.windows(options, grids)
        let sizes = windows.map { GridSize(width: $0.width, height: $0.height) }
        for size in sizes { try CompositionPlan.check(options, size, models: rules.count) }
        let kinds = try CompositionPlan.kinds(options)
        models = try CompositionPlan.overlays(kinds, options, timelines, rules, palette)
        seedMarks = options.marksSeeds ? timelines.map(SeedMark.init) : []
        needsTrace = kinds.contains { $0 is any TracingOverlay.Type }
        needsInfluence = kinds.contains { $0 == InfluenceOverlay.self }
        needsLineage = kinds.contains { $0 is any KinOverlay.Type }
        guard
            !options.compares
                || (rules.count == 2 && windows[0] == windows[1] && grids[0] == grids[1] && pixels[0] == pixels[1])
        else {
            throw .invalid("what is compared are two pictures of one size (got \(rules.count) pictures)")
        }
        difference = options.compares ? Difference(palette) : nil
        contents =
            models.enumerated().map { index, model in
                let caption = options.captions.isEmpty ? nil : options.captions[index]
                return [CompositionPlan.picture(of: model, caption: caption)] + model.panels.map(\.panel)
            } + (difference.map { [[$0.panel]] } ?? [])
        let request = Layout.Request(
            windows: sizes, scale: options.scale, arrangement: options.layout, columns: options.columns,
            frame: options.frame, contents: contents, footer: models[0].footer.flatMap(\.widestWords),
            timeBar: models[0].timeBar,
            even: options.evenSize, palette: palette, pixels: rules.commonPictureScale)
        layout = try CompositionPlan.layout(request)
        guard max(layout.width, layout.height) <= CompositionPlan.longestSide else {
            throw CompositionPlan.tooLarge(layout.width, layout.height)
        }
    }

    private static func layout(_ request: Layout.Request) throws(RenderError) -> Layout {
        let layout: Layout?
        do throws(RasterError) {
            layout = try Layout.fitting(request)
        } catch {
            throw RenderError(error)
        }
        if let layout { return layout }
        guard case .size(let width, let height)? = request.frame else { throw .invalid("nothing fits the frame") }
        throw .invalid("\(width)x\(height) pixels are too few for what the film shows", remedy: .largerFrame)
    }

    /// What every picture shows of its grid: all of it, unless the options say where it is cut.
    private static func windows(
        _ options: CompositionOptions, _ grids: [GridSize]
    ) throws(RenderError) -> [PixelRect] {
        let whole = grids.map { PixelRect(x: 0, y: 0, width: $0.width, height: $0.height) }
        guard !options.windows.isEmpty else { return whole }
        let fit =
            options.windows.count == whole.count
            && zip(whole, options.windows).allSatisfy {
                $0.contains($1) && $1.width > 0 && $1.height > 0
            }
        guard fit else { throw .invalid("a picture's window does not lie in its grid") }
        return options.windows
    }

    /// What the words below all pictures tell of: the first, without what is true of it alone.
    func forFooter(_ snapshots: [Snapshot]) -> Snapshot {
        var snapshot = snapshots[0]
        if snapshots.count > 1 { snapshot.healedAfter = nil }
        return snapshot
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
        // Before anything is multiplied or allocated. A frame of a certain size finds its own scale.
        let scale = if case .size? = options.frame { 1 } else { options.scale }
        let (width, widthOverflows) = grid.width.multipliedReportingOverflow(by: scale)
        let (height, heightOverflows) = grid.height.multipliedReportingOverflow(by: scale)
        guard !widthOverflows, !heightOverflows, max(width, height) <= longestSide else {
            throw tooLarge(widthOverflows ? .max : width, heightOverflows ? .max : height)
        }
    }

    /// Pixels that a decoder draws are enlarged by whole numbers, as cells are.
    private static func check(_ options: CompositionOptions, _ pixels: [Int]) throws(RenderError) {
        if case .size? = options.frame { return }
        guard let wrong = pixels.first(where: { options.scale % $0 != 0 }) else { return }
        throw .noRoom(forPixels: wrong, scale: options.scale)
    }

    /// The overlays that are asked for, in the order of the options.
    private static func kinds(_ options: CompositionOptions) throws(RenderError) -> [any Overlay.Type] {
        var kinds: [any Overlay.Type] = []
        for (index, name) in options.overlays.enumerated() {
            let kind = try Overlays.named(name, among: options.knownOverlays)
            if options.overlays.prefix(index).contains(name) { throw .invalid("overlay \(name) is named twice") }
            if options.layout == .over, kind is any PanelOverlay.Type, !(kind is any PictureOverlay.Type) {
                throw .invalid("overlay \(name) needs a panel of its own", remedy: .panels)
            }
            kinds.append(kind)
        }
        let tinting = kinds.filter { $0 is any PictureOverlay.Type && $0 is any PanelOverlay.Type }
        guard options.layout != .over || tinting.count < 2 else {
            throw .invalid(
                "overlays \(tinting[0].name) and \(tinting[1].name) cannot be told apart on one picture",
                remedy: .panels)
        }
        return kinds
    }

    /// For each model its overlays in the order of the options.
    private static func overlays(
        _ kinds: [any Overlay.Type], _ options: CompositionOptions, _ timelines: [Timeline], _ rules: [Rule],
        _ palette: ThemeColors
    ) throws(RenderError) -> [PlacedOverlays] {
        var models: [PlacedOverlays] = []
        for (rule, timeline) in zip(rules, timelines) {
            let target = try options.targetMosaic(
                width: timeline.grid.width, height: timeline.grid.height, pixels: rule.pictureScale)
            let setup = OverlaySetup(
                rule: rule, timeline: timeline, palette: palette, onPicture: options.layout == .over, target: target,
                perceptionChannels: options.perceptionChannels, trainedSteps: options.trainedSteps,
                trainedFromPool: options.trainedFromPool)
            var overlays: [any Overlay] = []
            for kind in kinds { overlays.append(try kind.init(setup)) }
            var placed = PlacedOverlays(overlays, onPicture: setup.onPicture)
            if rules.count > 1, timeline.wounds, overlays.contains(where: { $0 is CounterOverlay }) {
                placed.add(abovePicture: HealingWords(setup))
            }
            models.append(placed)
        }
        return models
    }

    /// The picture as a panel: its caption, and the numbers of the overlays that stand on it.
    private static func picture(of model: PlacedOverlays, caption: String?) -> PanelContent {
        var content = PanelContent(title: caption ?? (model.panels.isEmpty ? "" : "State"))
        content.wrapsTitle = caption != nil
        let readings = model.readings[0].flatMap(\.widestWords)
        content.widestReading = readings.isEmpty ? nil : readings.joined(separator: " · ")
        return content
    }

    private static func tooLarge(_ width: Int, _ height: Int) -> RenderError {
        .invalid(
            "frames would be too large (got \(width)x\(height) pixels, limit \(longestSide) a side)",
            remedy: .smallerScale)
    }
}

/// The overlays of one model by their places.
struct PlacedOverlays {
    private(set) var onPicture: [any PictureOverlay] = []
    /// In the order of their panels.
    private(set) var panels: [any PanelOverlay] = []
    /// Whose words stand above the picture, and above each panel.
    private(set) var readings: [[any WordsOverlay]] = [[]]
    private(set) var footer: [any WordsOverlay] = []
    private(set) var timeBar: TimeBar?

    /// Words above the picture.
    mutating func add(abovePicture words: any WordsOverlay) { readings[0].append(words) }

    /// `onPicture`: whether those that could have a panel stand on the picture.
    init(_ overlays: [any Overlay], onPicture: Bool) {
        for overlay in overlays {
            let picture = overlay as? any PictureOverlay
            let words = (overlay as? any WordsOverlay).map { [$0] } ?? []
            if let panel = overlay as? any PanelOverlay, picture == nil || !onPicture {
                panels.append(panel)
                readings.append(words)
            } else if let picture {
                self.onPicture.append(picture)
                readings[0] += words
            } else {
                footer += words
            }
            if let time = overlay as? TimeOverlay { timeBar = time.bar }
        }
    }
}

extension RenderError {
    /// What drawing could not do, in the words of `Render`.
    init(_ error: RasterError) {
        switch error {
        case .undrawableText(let sentence): self = .undrawable(sentence)
        case .unopenedFont(let sentence): self = .unopenedFont(sentence)
        case .drawing(let reason): self = .drawing(reason: reason)
        default: self = .invalid(error.description)
        }
    }
}
