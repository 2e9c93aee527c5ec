import GNCARaster

/// What colours stand for, and a note, in rows above a plot.
struct PlotKey {
    private struct Entry {
        let name: String
        let x: Double
        let row: Int
        /// nil for words alone.
        let model: Int?
    }

    private var entries: [Entry] = []
    /// Opacity of the bands; nil for lines alone.
    private let band: Float?
    let height: Double

    init(
        names: [String], note: String, _ text: TextStyle, left: Double, right: Double, band: Float?
    ) throws(RasterError) {
        self.band = band
        let size = Double(text.size)
        var (x, row) = (left, 0)
        let one = names.count == 1
        let words =
            one ? [(note, 0 as Int?)] : names.enumerated().map { ($0.element, $0.offset as Int?) } + [(note, nil)]
        for (name, model) in words {
            let lines = try text.lines(of: name, width: Int(right - left - size * 3))
            for (index, line) in lines.enumerated() {
                let swatch = model == nil ? 0 : size * 2.8
                let width = swatch + Double(try text.measure(line).width)
                if x > left, index > 0 || x + width > right { (x, row) = (left, row + 1) }
                entries.append(Entry(name: line, x: x, row: row, model: index == 0 ? model : nil))
                x += width + size * 2
            }
        }
        height = Double(row + 1) * size * 1.5
    }

    func draw(_ colour: (Int) -> Color, top: Double, _ text: TextStyle, _ drawing: inout Drawing) {
        let size = Double(text.size)
        for entry in entries {
            let y = top + (Double(entry.row) + 0.5) * size * 1.5
            if let model = entry.model {
                if let band {
                    drawing.add(
                        .rectangle(
                            x: entry.x, y: y - size * 0.45, width: size * 2.2, height: size * 0.9,
                            colour(model).opacity(band)))
                }
                let line = [Point(entry.x, y), Point(entry.x + size * 2.2, y)]
                drawing.add(.line(line, lineWidth: max(2, size / 6), colour(model)))
            }
            let left = entry.x + (entry.model == nil ? 0 : size * 2.8)
            drawing.add(.text(entry.name, at: Point(left, y + size * 0.36), text))
        }
    }
}
