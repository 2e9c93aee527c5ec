import GNCARaster

/// Who lives: mature, growing and dead cells beside the picture.
struct MaskFigure: PanelFigure {
    static let name = "mask"
    static let summary = "a state beside its mature, growing and dead cells"
    static let subject = FigureSubject.oneModel
    static let options: [FigureOption] = [.step, .angle] + FigureOption.running + FigureOption.panels
    static let extent = FigureExtent.cells(scale: 6)

    let panels: PanelGrid

    init(_ request: FigureRequest) throws {
        let model = request.models[0]
        guard model.rule.life.isTested else {
            throw RenderError.invalid("\(model.file): the rule has no life mask that figure mask could show")
        }
        let run = try FigureRun(asAsked: model, request)
        let step = try request.step(default: 40)
        let snapshot = try run.snapshot(at: step)
        let palette = request.palette
        let (mature, growing) = (palette.life, palette.fire)
        var mosaic = Mosaic(width: request.grid.width, height: request.grid.height)
        var counts = (mature: 0, growing: 0)
        let (isMature, isAlive) = (snapshot.mature, snapshot.alive)
        for cell in mosaic.pixels.indices {
            if isMature[cell] != 0 {
                mosaic.pixels[cell] = mature.packed
                counts.mature += 1
            } else if isAlive[cell] != 0 {
                mosaic.pixels[cell] = growing.packed
                counts.growing += 1
            } else {
                mosaic.pixels[cell] = palette.page.packed
            }
        }
        let dead = mosaic.pixels.count - counts.mature - counts.growing
        let threshold = model.rule.life.threshold.figureText
        var panels = PanelGrid(
            request, columns: 2,
            panels: [.cells(request.picture(of: snapshot)), .cells(mosaic)])
        if request.showsCaptions {
            panels.columnTitles = ["step \(step)", "life mask"]
            panels.key = .swatches([
                Legend.Swatch(
                    color: mature,
                    name: "mature: \(model.rule.lifeName) above \(threshold) (\(Self.cells(counts.mature)))"),
                Legend.Swatch(color: growing, name: "growing: a mature neighbour (\(Self.cells(counts.growing)))"),
                Legend.Swatch(color: palette.page, name: "dead (\(Self.cells(dead)))"),
            ])
        }
        self.panels = panels
    }

    private static func cells(_ count: Int) -> String { "\(count.grouped) cell\(count == 1 ? "" : "s")" }
}

extension Int {
    /// With a comma after every three digits: "8,320".
    var grouped: String {
        let digits = String(magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return self < 0 ? "−" + text : text
    }
}
