import GNCACells
import GNCARaster
import Testing

@testable import GNCARender

/// Pictures of rules whose decoder draws several pixels in the place of a cell.
@Suite struct DecoderTests {
    /// A decoder of zeros but for its last bias: it adds red.
    private static func rule(_ scale: Int, red: Float = 0.25) throws -> Rule {
        var rule = try Pictures.rule()
        var decoder = PixelDecoder(scale: scale, hidden: [4])
        for (inputs, outputs) in [(26, 4), (4, 4)] {
            let bias = outputs == 4 && inputs == 4 ? [red, 0, 0, 0] : [Float](repeating: 0, count: outputs)
            decoder.layers.append(
                try DenseLayer(
                    inputs: inputs, outputs: outputs, weights: [Float](repeating: 0, count: inputs * outputs),
                    bias: bias))
        }
        rule.decoder = decoder
        try rule.check()
        return rule
    }

    private static func snapshot(_ scale: Int, fade: Float = 0) throws -> Snapshot {
        Snapshot(step: 12, grid: Pictures.blob(width: 8, height: 8), rule: try rule(scale), fade: fade)
    }

    @Test func aFrameHasTheDecodersPixels() throws {
        let snapshot = try Self.snapshot(2)
        let frame = try Pictures.frame(CompositionOptions(scale: 4), snapshot)
        #expect(frame.width == 32 && frame.height == 32)
        var mosaic = Mosaic(width: 16, height: 16)
        CellPicture(background: .white, scale: 2).paint(
            snapshot.rule.picture(of: snapshot.grid), Appearance(), into: &mosaic)
        for y in 0..<32 {
            for x in 0..<32 { #expect(frame[x, y] == mosaic.pixels[y / 2 * 16 + x / 2].pixel) }
        }
        // Pixels of one cell differ.
        let pairs = (0..<128).map { (mosaic.pixels[2 * $0], mosaic.pixels[2 * $0 + 1]) }
        #expect(pairs.contains { $0 != $1 })
    }

    @Test func overlaysLieOverThePixels() throws {
        var snapshot = try Self.snapshot(2)
        snapshot.cut = [UInt8](repeating: 0, count: 64)
        snapshot.cut?[9] = 1
        var options = CompositionOptions(scale: 4, overlays: ["damage"])
        options.layout = .over
        let plain = try Pictures.frame(CompositionOptions(scale: 4), try Self.snapshot(2))
        let marked = try Pictures.frame(options, snapshot)
        for y in 0..<32 {
            for x in 0..<32 {
                let isCut = (4..<8).contains(x) && (4..<8).contains(y)
                if !isCut { #expect(marked[x, y] == plain[x, y]) }
            }
        }
        #expect(marked[5, 5] != plain[5, 5])
    }

    @Test func aFadedFrameIsBackground() throws {
        let frame = try Pictures.frame(CompositionOptions(scale: 4), try Self.snapshot(4, fade: 1))
        #expect(frame.bytes.allSatisfy { $0 == 255 })
    }

    @Test(arguments: [3, 5])
    func aScaleThatCutsPixelsIsRefused(scale: Int) throws {
        let sentence =
            "a cell of 4x4 pixels has no room for the \(scale)x\(scale) that its decoder draws (expected a scale of "
            + "\(scale), \(2 * scale), \(3 * scale), ...)"
        #expect(throws: RenderError.invalid(sentence)) {
            _ = try Pictures.frame(CompositionOptions(scale: 4), try Self.snapshot(scale))
        }
    }

    @Test(arguments: [2, 3, 4], [64, 100, 131])
    func aFrameOfACertainSizeHasWholePixels(scale: Int, side: Int) throws {
        var options = CompositionOptions()
        options.frame = .size(width: side, height: side)
        let compositor = try Compositor(
            options, timelines: [Pictures.timeline(width: 8, height: 8)], rules: [try Self.rule(scale)])
        #expect(compositor.cellSize % scale == 0 && compositor.cellSize > 0 && compositor.width == side)
    }

    @Test func modelsOfSeveralScalesShareOne() throws {
        let rules = [try Self.rule(2), try Self.rule(3), try Pictures.rule()]
        #expect(rules.commonPictureScale == 6)
        let compositor = try Compositor(
            CompositionOptions(scale: 6), timelines: [Pictures.timeline(width: 8, height: 8)], rules: rules)
        var frame = Frame(width: compositor.width, height: compositor.height)
        let grid = Pictures.blob(width: 8, height: 8)
        try compositor.draw(rules.map { Snapshot(step: 0, grid: grid, rule: $0) }, into: &frame)
    }

    @Test func theErrorOfACellIsTheMeanOfItsPixels() throws {
        let snapshot = try Self.snapshot(2)
        var target = Mosaic(width: 16, height: 16)
        for index in target.pixels.indices { target.pixels[index] = PackedPixel(red: 0, green: 0, blue: 0, alpha: 0) }
        let overlay = try ErrorOverlay(
            OverlaySetup(
                rule: snapshot.rule, timeline: Pictures.timeline(width: 8, height: 8), palette: Theme.light.palette,
                target: target))
        let picture = snapshot.rule.picture(of: snapshot.grid)
        let mean = picture.values.reduce(0.0) { $0 + Double($1 * $1) } / Double(picture.values.count)
        #expect(overlay.words(for: snapshot) == ["mean \(ErrorOverlay.decimal(mean))"])
    }

    // MARK: figures

    private static func request(_ scale: Int) throws -> FigureRequest {
        var request = FigureRequest(steps: [0, 3])
        request.models = [FigureModel(rule: try rule(scale), name: "m", file: "m.ckpt")]
        request.grid = GridSize(width: 8, height: 8)
        return request
    }

    @Test func aFigureHasWholePixels() throws {
        let figure = try StripFigure(Self.request(3))
        #expect(figure.pixels == 3)
        // Natural: 4 pixels a cell become 6.
        let natural = try FigureSheet(figure, size: .natural).drawing
        let six = try FigureSheet(figure, size: .scale(6)).drawing
        #expect(natural.width == six.width)
        #expect(throws: RenderError.self) { try FigureSheet(figure, size: .scale(4)) }
        #expect(try FigureSheet(figure, size: .pixels(400)).drawing.width == 400)
        #expect(try StripFigure(Self.request(2)).pixels == 2)
    }

    @Test func aTargetOfPixelsIsCompared() throws {
        var request = try Self.request(2)
        let grid = GridSize(width: 16, height: 16)
        request.target = Target(width: 16, height: 16, values: [Float](repeating: 0.5, count: 16 * 16 * 4))
        request.steps = [3]
        #expect(request.target?.size == grid)
        let figure = try QualityFigure(request)
        #expect(figure.pixels == 2)
        _ = try FigureSheet(figure, size: .natural)
        request.models.append(FigureModel(rule: try Pictures.rule(), name: "n", file: "n.ckpt"))
        #expect(throws: RenderError.self) { try QualityFigure(request) }
    }

    @Test func aSheetOfStatesHasWholePixels() throws {
        let rule = try Self.rule(3)
        let sheet = StateSheet(columns: 2, rows: 1, width: 8, height: 8, scale: 4, pictureScale: 3)
        #expect(sheet.scale == 3)
        let frame = sheet.frame([Pictures.blob(width: 8, height: 8)], [rule])
        #expect(frame.width == 48 && frame.height == 24)
    }
}
