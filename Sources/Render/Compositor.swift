import GNCACells
import GNCARaster

/// Makes frames of snapshots: pictures of cells, their overlays and panels, captions and the footer.
///
/// Where everything stands is resolved once. What never changes (labels, legends, captions, hairlines) is drawn once
/// into a background frame; each frame copies what it needs of that and adds the cells and the numbers. Used by one thread at a time.
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
    /// Whether an overlay asks for `Snapshot.lineage`.
    public let needsLineage: Bool
    /// Whether an overlay works out gradients: memory is counted by it.
    public let needsInfluence: Bool

    private let plan: CompositionPlan
    /// For each model what paints it, and where a decoder draws, its pixels before they are enlarged.
    private let painters: [CellPicture]
    private var decoded: [Mosaic?]
    /// What stands behind everything that changes; nil where pictures cover the whole frame.
    private let backdrop: Frame?
    /// What of the backdrop frames may draw over.
    private let changing: [PixelRect]
    /// For each model its cells before they are enlarged, used again for every picture and tile.
    private var cells: [MarkedPicture]

    /// Throws `RenderError` where an option is wrong: an unknown overlay, an overlay with nothing to show, captions
    /// that do not match the models, a character without a font, a frame that would be too large.
    ///
    /// `timelines`: one for all rules, or one a rule, all with as many frames.
    public init(_ options: CompositionOptions, timelines: [Timeline], rules: [Rule]) throws(RenderError) {
        plan = try CompositionPlan(options, timelines: timelines, rules: rules)
        do throws(RasterError) {
            backdrop = try plan.backdrop(options.background)?.frame()
        } catch {
            throw RenderError(error)
        }
        changing = plan.changingAreas()
        (width, height) = (plan.layout.width, plan.layout.height)
        hasAlpha = options.background == .transparent
        cellSize = plan.layout.blocks[0][0].scale
        needsTrace = plan.needsTrace
        needsLineage = plan.needsLineage
        needsInfluence = plan.needsInfluence
        let length = cellSize
        painters = plan.pixels.map { CellPicture(background: options.background, scale: length / $0) }
        cells = plan.grids.map { MarkedPicture(cells: Mosaic(width: $0.width, height: $0.height)) }
        decoded = zip(plan.grids, plan.pixels).map { grid, pixels in
            pixels > 1 ? Mosaic(width: grid.width * pixels, height: grid.height * pixels) : nil
        }
    }

    /// Draws one frame over whatever `frame` holds. `snapshots`: one a rule, all of one cue. `isOwn`: whether `frame` is as
    /// this compositor left it after another draw, so that what never changes need not be drawn again.
    public func draw(
        _ snapshots: [Snapshot], into frame: inout Frame, isOwn: Bool = false
    ) throws(RenderError) {
        guard snapshots.count == plan.models.count else {
            throw .invalid("wrong number of snapshots (got \(snapshots.count), expected \(plan.models.count))")
        }
        guard frame.width == width && frame.height == height else {
            throw .invalid(
                "the frame has the wrong size (got \(frame.width)x\(frame.height), expected \(width)x\(height))")
        }
        for (model, snapshot) in snapshots.enumerated() {
            let size = GridSize(width: snapshot.grid.width, height: snapshot.grid.height)
            guard size == plan.grids[model], snapshot.grid.channels == plan.channels[model] else {
                throw .invalid(
                    "wrong grid (got \(size) with \(snapshot.grid.channels) channels, "
                        + "expected \(plan.grids[model]) with \(plan.channels[model]))")
            }
        }
        if let backdrop {
            for area in isOwn ? changing : [frame.bounds] { frame.copyPixels(of: backdrop, in: area) }
        }
        for model in plan.models.indices {
            drawPicture(of: model, snapshots[model], into: &frame)
            drawPanels(of: model, snapshots[model], into: &frame)
        }
        let difference = drawDifference(snapshots, into: &frame)
        do throws(RasterError) {
            try drawSeedMarks(snapshots, into: &frame)
            try drawWords(snapshots, difference, into: &frame)
            try drawTime(snapshots[0], into: &frame)
        } catch {
            throw RenderError(error)
        }
    }

    private func drawPicture(of model: Int, _ snapshot: Snapshot, into frame: inout Frame) {
        let place = plan.layout.blocks[model][0]
        let window = plan.windows[model]
        if decoded[model] == nil {
            painters[model].paint(snapshot, into: &cells[model].cells)
            for overlay in plan.models[model].onPicture { overlay.mark(&cells[model], with: snapshot) }
            if snapshot.fade > 0 { painters[model].fade(&cells[model].cells, by: snapshot.fade) }
            frame.draw(cells[model].cells, window, scale: place.scale, x: place.tiles[0].x, y: place.tiles[0].y)
        } else {
            drawDecoded(model, snapshot, into: &frame)
        }
        for (mask, color) in cells[model].outlines {
            Outline(mask: mask, width: plan.grids[model].width, height: plan.grids[model].height)
                .draw(
                    color.opacity(1 - snapshot.fade).packed, window, in: place.tiles[0], scale: place.scale, on: &frame)
        }
        cells[model].outlines.removeAll(keepingCapacity: true)
    }

    /// Overlays mark cells: what they lay over nothing is laid over the pixels.
    private func drawDecoded(_ model: Int, _ snapshot: Snapshot, into frame: inout Frame) {
        guard var pixels = decoded[model] else { return }
        decoded[model] = nil
        painters[model].paint(snapshot, into: &pixels)
        if !plan.models[model].onPicture.isEmpty {
            cells[model].cells.clear()
            for overlay in plan.models[model].onPicture { overlay.mark(&cells[model], with: snapshot) }
            pixels.lay(cells[model].cells)
        }
        if snapshot.fade > 0 { painters[model].fade(&pixels, by: snapshot.fade) }
        let (place, scale) = (plan.layout.blocks[model][0], plan.pixels[model])
        frame.draw(
            pixels, plan.windows[model].enlarged(by: scale), scale: place.scale / scale, x: place.tiles[0].x,
            y: place.tiles[0].y)
        decoded[model] = pixels
    }

    private func drawSeedMarks(_ snapshots: [Snapshot], into frame: inout Frame) throws(RasterError) {
        var shapes: [Drawing.Shape] = []
        for (model, mark) in plan.seedMarks.enumerated() {
            let scale = plan.layout.blocks[model][0].scale
            shapes += mark.shapes(snapshots[model], in: plan.wholePicture(of: model), scale: scale)
        }
        guard !shapes.isEmpty else { return }
        try frame.withCanvas { canvas throws(RasterError) in for shape in shapes { try canvas.draw(shape) } }
    }

    private func drawPanels(of model: Int, _ snapshot: Snapshot, into frame: inout Frame) {
        let page = plan.palette.page.packed
        for (overlay, place) in zip(plan.models[model].panels, plan.layout.blocks[model].dropFirst()) {
            let paint = overlay.painter(of: snapshot)
            for (index, tile) in place.tiles.enumerated() {
                paint(index, &cells[model].cells)
                if snapshot.fade > 0 { cells[model].cells.fade(to: page, by: snapshot.fade) }
                frame.draw(cells[model].cells, plan.windows[model], scale: place.scale, x: tile.x, y: tile.y)
            }
        }
    }

    /// Returns the difference in words; nil where nothing is compared.
    private func drawDifference(_ snapshots: [Snapshot], into frame: inout Frame) -> String? {
        guard let difference = plan.difference else { return nil }
        let place = plan.layout.blocks[plan.models.count][0]
        var (mosaic, words) = difference.picture(snapshots[0], snapshots[1])
        if snapshots[0].fade > 0 { mosaic.fade(to: plan.palette.page.packed, by: snapshots[0].fade) }
        let pixels = plan.pixels[0]
        frame.draw(
            mosaic, plan.windows[0].enlarged(by: pixels), scale: place.scale / pixels, x: place.tiles[0].x,
            y: place.tiles[0].y)
        return words
    }

    private func drawTime(_ snapshot: Snapshot, into frame: inout Frame) throws(RasterError) {
        guard let bar = plan.timeBar, let area = plan.layout.timeBar else { return }
        try frame.withCanvas { canvas throws(RasterError) in
            try canvas.draw(bar.marker(at: snapshot.step, in: area, plan.layout.style))
            if snapshot.fade > 0 { try canvas.draw(.rectangle(area, plan.palette.page.opacity(snapshot.fade))) }
        }
    }

    /// Numbers above pictures and panels, and the footer.
    private func drawWords(
        _ snapshots: [Snapshot], _ difference: String?, into frame: inout Frame
    ) throws(RasterError) {
        guard plan.layout.hasWords else { return }
        var words: [(text: String, area: PixelRect, align: TextAlignment, style: TextStyle)] = []
        let number = plan.layout.style.number
        for (model, snapshot) in snapshots.enumerated() {
            for (overlays, place) in zip(plan.models[model].readings, plan.layout.blocks[model]) {
                guard let area = place.reading else { continue }
                let text = overlays.flatMap { $0.words(for: snapshot) }.joined(separator: " · ")
                words.append((text, area, .right, number))
            }
        }
        if let difference, let area = plan.layout.blocks[plan.models.count][0].reading {
            words.append((difference, area, .right, number))
        }
        let footer = plan.footer.flatMap { $0.words(for: plan.forFooter(snapshots)) }
        for (index, (text, place)) in zip(footer, plan.layout.footer).enumerated() {
            let style = index == 0 ? number : plan.layout.style.event
            words.append((text, place.area, place.align, style))
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
