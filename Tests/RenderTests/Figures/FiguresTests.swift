import Foundation
import GNCACells
import GNCARaster
import Testing

@testable import GNCARender

struct FiguresTests {
    @Test
    func namesAreThoseOfTheCommandLineEachOnce() {
        #expect(
            Figures.all.map { $0.name } == [
                "strip", "channels", "rotation", "recovery", "compare", "filters", "mask", "quality", "atlas",
                "rates", "curves", "portrait", "lineage", "loss", "architecture",
            ])
        #expect(Figures.all.allSatisfy { !$0.summary.isEmpty })
    }

    @Test
    func theFolderTheRegistryAndTheTestsHoldTheSameFigures() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        func names(_ folder: String, _ ending: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)
                .filter { $0.hasSuffix(ending) }.map { $0.dropLast(ending.count).lowercased() }.sorted()
        }
        let registered = Figures.all.map { $0.name }.sorted()
        #expect(try names("Sources/Render/Figures", "Figure.swift") == registered)
        #expect(try names("Tests/RenderTests/Figures", "FigureTests.swift") == registered)
    }

    @Test
    func anUnknownNameIsAnErrorThatListsTheKnownOnes() {
        #expect(throws: RenderError.unknown(kind: "figure", name: "stripe", known: Figures.all.map { $0.name })) {
            try Figures.named("stripe")
        }
    }

    @Test
    func aBareFigureIsCellsTimesScaleAndNothingElse() throws {
        let sheet = try FigureSheet(StripFigure(strip(bare: true)), size: .scale(5))
        #expect(sheet.drawing.width == 2 * 9 * 5 && sheet.drawing.height == 7 * 5)
        #expect(sheet.drawing.words.isEmpty && sheet.drawing.shapes.count == 2)
    }

    private func strip(bare: Bool) throws -> FigureRequest {
        var request = bare ? try FigureSamples.bare() : try FigureSamples.request()
        request.steps = [0, 2]
        return request
    }

    @Test(
        "a width in pixels is the page's, with the largest cells that fit", arguments: [(100, 5), (107, 5), (108, 6)])
    func pixels(width: Int, scale: Int) throws {
        let sheet = try FigureSheet(StripFigure(strip(bare: true)), size: .pixels(width))
        #expect(sheet.drawing.width == width && sheet.drawing.height == 7 * scale)
        #expect(sheet.pixelsPerInch == nil)
    }

    @Test(arguments: [72.0, 300])
    func aWidthOnPaperIsExactAndTheResolutionAtLeastTheOneAskedFor(dpi: Double) throws {
        let sheet = try FigureSheet(
            StripFigure(strip(bare: false)), size: .centimetres(8.5, dotsPerInch: dpi), fontSize: 8)
        let resolution = try #require(sheet.pixelsPerInch)
        #expect(resolution >= dpi && resolution < dpi * 1.6)
        #expect(abs(Double(sheet.drawing.width) / resolution - 8.5 / 2.54) < 1e-9)
        let sizes = sheet.drawing.shapes.compactMap {
            if case .text(_, _, _, let style) = $0 { style.size } else { nil }
        }
        #expect(sizes.allSatisfy { abs(Double($0) - 8 * resolution / 72) <= 1 } && !sizes.isEmpty)
        let svg = String(decoding: try sheet.svg(DrawingMetadata(title: "t")), as: UTF8.self)
        #expect(svg.contains("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8.5cm\" height=\""))
    }

    @Test
    func whatCannotFitIsRefused() throws {
        let request = try strip(bare: true)
        #expect(
            throws: RenderError.invalid(
                "the figure does not fit 10 pixels (with 1 pixel a cell it is 18 pixels wide)")
        ) { try FigureSheet(StripFigure(request), size: .pixels(10)) }
        #expect(
            throws: RenderError.invalid("the figure is too large (got 18000x7000 pixels, limit 16384)")
        ) { try FigureSheet(StripFigure(request), size: .scale(1000)) }
        #expect(
            throws: RenderError.invalid("the figure is too large (got 38100 pixels wide, limit 16384)")
        ) { try FigureSheet(StripFigure(request), size: .centimetres(100, dotsPerInch: 967.74)) }
    }

    @Test
    func moreCellsThanAPageHoldsAreRefusedBeforeAnythingRuns() throws {
        var request = try strip(bare: true)
        request.grid = GridSize(width: 4096, height: 4096)
        request.steps = [0, 1, 2, 3, 10_000_000]
        request.columns = 5
        #expect(
            throws: RenderError.invalid("the figure is too large (got at least 20480x4096 pixels, limit 16384)")
        ) { try StripFigure(request) }
    }

    @Test
    func textTooLargeForItsPageOnPaperIsRefusedAndDoesNotGrowForEver() throws {
        let request = try strip(bare: false)
        #expect {
            try FigureSheet(StripFigure(request), size: .centimetres(2, dotsPerInch: 300), fontSize: 40)
        } throws: {
            "\($0)".hasPrefix("the figure does not fit 2.0 cm")
        }
    }

    @Test
    func aTransparentGroundStaysTransparentAndTheThemeHasOneOfItsOwn() throws {
        var request = try strip(bare: true)
        request.background = .transparent
        #expect(try FigureSheet(StripFigure(request), size: .scale(1)).drawing.frame()[0, 0].alpha == 0)
        request.background = nil
        request.theme = .dark
        let dark = try FigureSheet(StripFigure(request), size: .scale(1)).drawing.frame()[0, 0]
        #expect(PackedPixel(dark) == Theme.dark.palette.page.packed)
    }

    @Test
    func pdfAndSVGRepeatBitForBitAndAPDFHasFontsAndNoDate() throws {
        let metadata = DrawingMetadata(title: "a & b", entries: [("Software", "s 1"), ("Command", "s <x>")])
        let sheet = try FigureSheet(StripFigure(strip(bare: false)), size: .natural)
        let pdf = try sheet.pdf(metadata)
        #expect(try pdf == sheet.pdf(metadata))
        #expect(pdf.starts(with: Array("%PDF-".utf8)))
        let text = String(decoding: pdf, as: UTF8.self)
        #expect(text.contains("/FontFile") && text.contains("/Creator (s 1)") && !text.contains("/CreationDate"))
        let svg = String(decoding: try sheet.svg(metadata), as: UTF8.self)
        #expect(svg.contains("<title>a &amp; b</title>") && svg.contains("<desc>s &lt;x&gt;</desc>"))
        #expect(svg.contains("Software: s 1\nCommand: s &lt;x&gt;\n</metadata>"))
        #expect(svg.contains(">step 2</text>"))
    }
}
