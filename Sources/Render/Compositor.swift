import Model
import Raster

/// Makes frames of snapshots: pictures of cells, their overlays and panels, captions and the footer.
///
/// Where everything stands is resolved once. What never changes (labels, legends, captions, hairlines) is drawn once
/// into a background frame; each frame copies that and adds the cells and the numbers. Used by one thread at a time.
public final class Compositor {
    /// Pixels.
    public let width: Int
    /// Pixels.
    public let height: Int
    /// Whether frames have transparent pixels.
    public let hasAlpha: Bool
    /// Pixels a cell in the pictures.
    public let cellSize: Int
    /// Whether snapshots must carry a `StepTrace`.
    public let needsTrace: Bool

    let layout: Layout
    private let grid: GridSize
    private let palette: Palette
    private let picture: CellPicture
    /// For each model its overlays on the picture, and those with panels in the order of their panels.
    private let models: [(onPicture: [any Overlay], panels: [any Overlay])]
    private let footer: (any Overlay)?
    /// What stands behind everything that changes; nil where pictures cover the whole frame.
    private let backdrop: Frame?
    /// Cells before they are enlarged, used again for every tile.
    private var mosaic: Mosaic

    /// Frames wider or higher than this have no encoder.
    private static let longestSide = 16_384

    /// Throws `RenderError` where an option is wrong: an unknown overlay, an overlay with nothing to show, captions
    /// that do not match the models, a character without a font, a frame that would be too large.
    public init(_ options: CompositionOptions, timeline: Timeline, rules: [Rule]) throws(RenderError) {
        let grid = timeline.grid
        try Compositor.check(options, grid: grid, models: rules.count)
        let palette = options.theme.palette
        let models = try Compositor.overlays(options, timeline, rules, palette)
        let isFooter = { (overlay: any Overlay) in type(of: overlay).placement == .footer }
        footer = models[0].first(where: isFooter)
        self.models = models.map { overlays in
            (overlays.filter { $0.panel == nil && !isFooter($0) }, overlays.filter { $0.panel != nil })
        }
        needsTrace = models[0].contains { type(of: $0).needsTrace }

        let contents = self.models.enumerated().map { index, model in
            let caption = options.captions.isEmpty ? nil : options.captions[index]
            return [Compositor.picture(of: model, caption: caption)] + model.panels.compactMap(\.panel)
        }
        let request = Layout.Request(
            grid: grid, scale: options.scale, arrangement: options.layout, contents: contents,
            footer: footer?.widestWords ?? [], even: options.evenSize, palette: palette)
        do throws(RasterError) {
            layout = try Layout(request)
            guard max(layout.width, layout.height) <= Compositor.longestSide else {
                throw RasterError.drawing(reason: Compositor.tooLarge(layout.width, layout.height))
            }
            let backdrop = Backdrop(layout, contents, palette, options.background)
            self.backdrop = backdrop.isCovered ? nil : try backdrop.draw()
        } catch {
            throw Compositor.explained(error)
        }
        (width, height) = (layout.width, layout.height)
        hasAlpha = options.background == .transparent
        cellSize = options.scale
        self.grid = grid
        self.palette = palette
        picture = CellPicture(background: options.background, scale: options.scale)
        mosaic = Mosaic(width: grid.width, height: grid.height)
    }

    /// Draws one frame over whatever `frame` holds. `snapshots`: one a rule, all of one cue.
    public func draw(_ snapshots: [Snapshot], into frame: inout Frame) throws(RenderError) {
        guard snapshots.count == models.count else {
            throw .invalid("wrong number of snapshots (got \(snapshots.count), expected \(models.count))")
        }
        guard frame.width == width && frame.height == height else {
            throw .invalid(
                "the frame has the wrong size (got \(frame.width)x\(frame.height), expected \(width)x\(height))")
        }
        for snapshot in snapshots where snapshot.grid.width != grid.width || snapshot.grid.height != grid.height {
            throw .invalid("wrong grid (got \(snapshot.grid.width)x\(snapshot.grid.height), expected \(grid))")
        }
        if let backdrop { frame.copyPixels(of: backdrop) }
        for model in models.indices {
            drawPicture(of: model, snapshots[model], into: &frame)
            drawPanels(of: model, snapshots[model], into: &frame)
        }
        do throws(RasterError) {
            try drawWords(snapshots, into: &frame)
        } catch {
            throw Compositor.explained(error)
        }
    }

    private func drawPicture(of model: Int, _ snapshot: Snapshot, into frame: inout Frame) {
        let place = layout.blocks[model][0]
        picture.paint(snapshot.grid, into: &mosaic)
        for overlay in models[model].onPicture { overlay.tint(&mosaic, with: snapshot) }
        if snapshot.fade > 0 { picture.fade(&mosaic, by: snapshot.fade) }
        frame.draw(mosaic, scale: place.scale, x: place.tiles[0].x, y: place.tiles[0].y)
        for overlay in models[model].onPicture {
            overlay.draw(snapshot, over: place.tiles[0], scale: place.scale, on: &frame)
        }
    }

    private func drawPanels(of model: Int, _ snapshot: Snapshot, into frame: inout Frame) {
        let page = hasAlpha ? Color.clear.packed : palette.page.packed
        for (overlay, place) in zip(models[model].panels, layout.blocks[model].dropFirst()) {
            for (index, tile) in place.tiles.enumerated() {
                overlay.paint(snapshot, tile: index, into: &mosaic)
                if snapshot.fade > 0 { mosaic.fade(to: page, by: snapshot.fade) }
                frame.draw(mosaic, scale: place.scale, x: tile.x, y: tile.y)
            }
        }
    }

    /// Numbers above pictures and panels, and the footer.
    private func drawWords(_ snapshots: [Snapshot], into frame: inout Frame) throws(RasterError) {
        var words: [(text: String, area: PixelRect, align: TextAlignment, style: TextStyle)] = []
        let number = layout.type.number(palette)
        for (model, snapshot) in snapshots.enumerated() {
            for (overlays, place) in zip(
                [models[model].onPicture] + models[model].panels.map { [$0] }, layout.blocks[model])
            {
                guard let area = place.reading else { continue }
                let text = overlays.flatMap { $0.words(for: snapshot) }.joined(separator: " · ")
                words.append((text, area, .right, number))
            }
        }
        if let footer {
            for (index, (text, place)) in zip(footer.words(for: snapshots[0]), layout.footer).enumerated() {
                let style = index == 0 ? number : layout.type.event(palette)
                words.append((text, place.area, place.align, style))
            }
        }
        guard words.contains(where: { !$0.text.isEmpty }) else { return }
        try frame.withCanvas { canvas throws(RasterError) in
            for word in words where !word.text.isEmpty {
                try canvas.text(
                    word.text, x: word.area.x, y: word.area.y, width: word.area.width, align: word.align, word.style)
            }
        }
    }
}

extension Compositor {
    private static func check(_ options: CompositionOptions, grid: GridSize, models: Int) throws(RenderError) {
        guard models > 0 else { throw .invalid("a film needs at least one model") }
        guard options.scale >= 1 else {
            throw .invalid("scale out of range (got \(options.scale), expected at least 1)")
        }
        guard options.captions.isEmpty || options.captions.count == models else {
            throw .invalid("captions do not match the models (got \(options.captions.count), expected \(models))")
        }
        guard grid.width > 0, grid.height > 0 else { throw .invalid("the grid has no cells (got \(grid))") }
        // Before anything is multiplied or allocated.
        guard max(grid.width, grid.height) <= longestSide / min(options.scale, longestSide) else {
            let (width, _) = grid.width.multipliedReportingOverflow(by: options.scale)
            let (height, _) = grid.height.multipliedReportingOverflow(by: options.scale)
            throw .invalid(tooLarge(width, height))
        }
        for (index, name) in options.overlays.enumerated() where options.overlays.prefix(index).contains(name) {
            throw .invalid("overlay \(name) is named twice")
        }
        for name in options.overlays where options.layout == .over {
            if try Overlays.named(name).placement == .panel {
                throw .invalid(
                    "overlay \(name) needs a panel of its own; choose --layout side, below or grid instead of over")
            }
        }
    }

    /// For each model its overlays in the order of the options.
    private static func overlays(
        _ options: CompositionOptions, _ timeline: Timeline, _ rules: [Rule], _ palette: Palette
    ) throws(RenderError) -> [[any Overlay]] {
        let target = try options.targetMosaic(width: timeline.grid.width, height: timeline.grid.height)
        var models: [[any Overlay]] = []
        for rule in rules {
            let setup = OverlaySetup(
                rule: rule, timeline: timeline, palette: palette, onPicture: options.layout == .over, target: target,
                perceptionChannels: options.perceptionChannels)
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

    private static func tooLarge(_ width: Int, _ height: Int) -> String {
        "frames would be too large (got \(width)x\(height) pixels, limit \(longestSide) a side); choose a smaller --scale"
    }

    private static func explained(_ error: RasterError) -> RenderError {
        if case .drawing(let reason) = error { return .invalid(reason) }
        return .invalid(error.description)
    }
}
