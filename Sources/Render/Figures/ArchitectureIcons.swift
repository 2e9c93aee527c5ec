import GNCACells
import GNCARaster

/// The small pictures of the architecture, each in the middle of its station.
extension ArchitecturePage {
    /// Channels one behind the other, the first with its cells.
    mutating func drawStack(middle: Double) {
        let (side, shift) = (size * 3.4, size * 0.4)
        for depth in [3, 2, 1, 0] {
            let offset = (Double(depth) - 1.5) * shift
            let (x, y) = (middle - side / 2 + offset, axis - side / 2 - offset)
            drawing.add(.rectangle(x: x, y: y, width: side, height: side, palette.page))
            drawing.add(
                .outline(x: x, y: y, width: side, height: side, lineWidth: lineWidth, palette.quietInk))
            guard depth == 0 else { continue }
            for line in 1..<5 {
                let at = side * Double(line) / 5
                drawing.add(.line([Point(x + at, y), Point(x + at, y + side)], lineWidth: lineWidth, palette.line))
                drawing.add(.line([Point(x, y + at), Point(x + side, y + at)], lineWidth: lineWidth, palette.line))
            }
            drawing.add(
                .rectangle(
                    x: x + side * 0.4, y: y + side * 0.4, width: side / 5, height: side / 5, palette.life))
        }
    }

    mutating func drawFilters(left: Double, middle: Double) throws {
        let side = size * 2.1
        let names = ["identity", "Sobel x", "Sobel y"]
        let width = side + size * 0.5 + Double(try label.measure(names[0]).width)
        for (index, filter) in FiltersFigure.filters(angle: 0).enumerated() {
            let (x, y) = (middle - width / 2, axis + (Double(index) - 1) * size * 3 - side / 2)
            for (cell, number) in filter.numbers.enumerated() {
                let (column, row) = (Double(cell % 3), Double(cell / 3))
                drawing.add(
                    .rectangle(
                        x: x + column * side / 3, y: y + row * side / 3, width: side / 3, height: side / 3,
                        Color(palette.diverging.pixel(for: number / filter.limit))))
            }
            drawing.add(
                .outline(x: x, y: y, width: side, height: side, lineWidth: lineWidth, palette.quietInk))
            drawing.add(.text(names[index], at: Point(x + side + size * 0.5, y + side / 2 + size * 0.29), label))
        }
    }

    /// Cells that fire at the rule's rate, as in the first step of a run.
    mutating func drawFire(middle: Double) {
        let random = RandomSource(seed: 0, stream: .fire)
        let colors = Self.cells.map { x, y in
            random.fraction(step: 0, x: UInt32(x), y: UInt32(y)) < rule.fireRate ? palette.fire : palette.page
        }
        draw(colors, middle: middle)
    }

    /// Mature cells, growing ones around them, dead ones.
    mutating func drawLife(middle: Double) {
        let masks = rule.lifeMask.before || rule.lifeMask.after
        func isMature(_ x: Int, _ y: Int) -> Bool { (x - 3) * (x - 3) + (y - 3) * (y - 3) <= 2 }
        let colors = Self.cells.map { x, y in
            if !masks || isMature(x, y) { return palette.life }
            let grows = (-1...1).contains { dy in (-1...1).contains { dx in isMature(x + dx, y + dy) } }
            return grows ? palette.life.mixed(with: palette.page, 0.6) : palette.page
        }
        draw(colors, middle: middle)
    }

    /// A small grid, row by row.
    private static let cells = (0..<49).map { (x: $0 % 7, y: $0 / 7) }

    mutating func draw(_ colors: [Color], middle: Double) {
        let side = size * 4
        let cell = side / 7
        let (left, top) = (middle - side / 2, axis - side / 2)
        for (place, color) in zip(Self.cells, colors) {
            let (x, y) = (left + Double(place.x) * cell, top + Double(place.y) * cell)
            drawing.add(.rectangle(x: x, y: y, width: cell, height: cell, color))
            drawing.add(.outline(x: x, y: y, width: cell, height: cell, lineWidth: lineWidth, palette.line))
        }
        drawing.add(
            .outline(x: left, y: top, width: side, height: side, lineWidth: lineWidth, palette.quietInk))
    }

    mutating func drawSum(middle: Double) {
        let (radius, arm) = (size * 0.75, size * 0.4)
        drawing.add(
            .outline(
                x: middle - radius, y: axis - radius, width: 2 * radius, height: 2 * radius, radius: radius,
                lineWidth: lineWidth, palette.quietInk))
        let ends = [(arm, 0.0), (0.0, arm)]
        for (dx, dy) in ends {
            drawing.add(
                .line(
                    [Point(middle - dx, axis - dy), Point(middle + dx, axis + dy)], lineWidth: lineWidth,
                    palette.quietInk))
        }
    }

    /// A line with a head at its last point.
    mutating func arrow(_ points: [Point]) {
        guard let end = points.last, points.count > 1 else { return }
        let before = points[points.count - 2]
        let length = max(abs(end.x - before.x), abs(end.y - before.y))
        let (dx, dy) = ((end.x - before.x) / length, (end.y - before.y) / length)
        let (head, half) = (size * 0.55, size * 0.25)
        let neck = Point(end.x - dx * head, end.y - dy * head)
        drawing.add(.line(Array(points.dropLast()) + [neck], lineWidth: lineWidth, palette.quietInk))
        drawing.add(
            .polygon(
                [
                    end, Point(neck.x - dy * half, neck.y + dx * half), Point(neck.x + dy * half, neck.y - dx * half),
                ], palette.quietInk))
    }
}
