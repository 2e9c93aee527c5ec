import GNCACells
import GNCARaster

/// A few states twice, one above the other: as cells are seen, and their hidden channels as colours.
struct PortraitPictures: Sendable {
    private let titles: [String]
    /// Seen, and hidden.
    private let rows: [(name: String, pictures: [Mosaic])]
    private let note: String
    private let palette: ThemeColors

    /// Cells around what lives.
    private static let margin = 1

    init(_ request: FigureRequest, _ states: PortraitStates) {
        let grid = request.grid
        var box: PixelRect?
        for state in states.shown {
            guard let living = LivingWindow.bounds(of: state.active, width: grid.width) else { continue }
            box = box.map { $0.united(with: living) } ?? living
        }
        let whole = PixelRect(x: 0, y: 0, width: grid.width, height: grid.height)
        let window = box.map { $0.grown(by: Self.margin).common(with: whole) } ?? whole
        titles = states.shown.map { "step \($0.step.grouped)" }
        let ground = request.ground.colours.even
        rows = [
            ("seen", states.shown.map { request.picture(of: $0).part(window.enlarged(by: $0.rule.pictureScale)) }),
            ("hidden", states.shown.map { states.colours.picture(of: $0, on: ground).part(window) }),
        ]
        note =
            "hidden channels: their first components as red, green and blue, "
            + "\(PlanePlot.percent(states.colours.share)) of the variance"
        palette = request.palette
    }

    /// Ready to be drawn.
    struct Placed {
        fileprivate let pictures: PortraitPictures
        fileprivate let text: TextStyle
        fileprivate let left, apart: Double
        fileprivate let scale: Int
        fileprivate let notes: [String]
        let height: Int
    }

    /// Throws where a page of `width` pixels has no room, or a character has no font.
    func placed(width: Int, fontSize: Int) throws -> Placed {
        let text = TextStyle(size: fontSize, color: palette.quietInk)
        let size = Double(fontSize)
        var labels = 0
        for row in rows { labels = max(labels, try text.measure(row.name).width) }
        let left = size * 1.6 + Double(labels) + size
        let count = Double(titles.count)
        let room = Double(width) - size * 1.6 - left
        guard let first = rows[1].pictures.first else {
            return Placed(pictures: self, text: text, left: left, apart: 0, scale: 1, notes: [], height: 0)
        }
        let pixels = max(1, (rows[0].pictures.first?.width ?? 0) / first.width)
        let scale = Int((room - (count - 1) * size * 0.4) / count / Double(first.width)) / pixels * pixels
        guard scale >= 1 else {
            throw RenderError.invalid(
                "the portrait has no room (got \(width) pixels for \(titles.count) pictures of \(first.width) cells)",
                remedy: .moreRoom)
        }
        let tile = Double(first.width * scale)
        let apart = count > 1 ? min((room - tile) / (count - 1), tile + size * 3) : 0
        let notes = try text.lines(of: note, width: max(1, Int(room)))
        let rowHeight = Double(first.height * scale) + size * 0.6
        let height = size * 1.6 + 2 * rowHeight + size * 1.2 + Double(notes.count) * size * 1.4 + size * 0.9
        return Placed(
            pictures: self, text: text, left: left, apart: apart, scale: scale, notes: notes,
            height: Int(height.rounded(.up)))
    }
}

extension PortraitPictures.Placed {
    /// `top`: pixels above.
    func draw(top: Int, _ drawing: inout Drawing) {
        guard let first = pictures.rows[1].pictures.first else { return }
        let size = Double(text.size)
        let (width, height) = (first.width * scale, first.height * scale)
        func x(_ index: Int) -> Int { Int((left + Double(index) * apart).rounded()) }
        for (index, title) in pictures.titles.enumerated() {
            let middle = Double(x(index)) + Double(width) / 2
            drawing.add(.text(title, at: Point(middle, Double(top) + size), align: .center, text))
        }
        var y = top + Int((size * 1.6).rounded())
        for row in pictures.rows {
            let baseline = Double(y) + Double(height) / 2 + size * 0.36
            drawing.add(.text(row.name, at: Point(left - size, baseline), align: .right, text))
            for (index, picture) in row.pictures.enumerated() {
                drawing.add(.cells(picture, x: x(index), y: y, scale: scale * first.width / picture.width))
                drawing.add(
                    .outline(
                        x: Double(x(index)), y: Double(y), width: Double(width), height: Double(height),
                        lineWidth: PlotArea.hairline(text), pictures.palette.line))
            }
            y += height + Int((size * 0.6).rounded())
        }
        for (index, line) in notes.enumerated() {
            let baseline = Double(y) + size * (1 + 1.4 * Double(index))
            drawing.add(.text(line, at: Point(left, baseline), text))
        }
    }
}
