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

    /// Filters a column: few stand one below the other beside their names, more stand in a block without names.
    private var filterColumns: Int { rule.perception.filters.count > 4 ? 3 : 1 }
    /// The side of one, where so many stand below each other.
    private var filterSide: Double {
        let rows = (rule.perception.filters.count + filterColumns - 1) / filterColumns
        return size * 2.1 * min(1, 3 / Double(rows))
    }
    private var filterNames: [String] {
        filterColumns > 1 ? [] : rule.perception.filters.enumerated().map { $1.title(index: $0) }
    }

    /// Pixels that `drawFilters` needs.
    var filtersWidth: Double {
        get throws {
            guard filterColumns == 1 else { return Double(filterColumns) * filterSide * 1.2 }
            let names = try filterNames.map { Double(try label.measure($0).width) }
            return size * 2.8 + (names.max() ?? 0)
        }
    }

    mutating func drawFilters(left: Double, middle: Double) throws {
        let side = filterSide
        let rows = (rule.perception.filters.count + filterColumns - 1) / filterColumns
        let names = filterNames
        let width =
            names.isEmpty
            ? side * (1.2 * Double(filterColumns) - 0.2)
            : side + size * 0.5 + (try names.map { Double(try label.measure($0).width) }.max() ?? 0)
        let pitch = filterColumns > 1 ? side * 1.2 : size * 9 / Double(max(3, rows))
        for (index, filter) in rule.perception.filters.enumerated() {
            let (row, column) = (Double(index / filterColumns), Double(index % filterColumns))
            let x = middle - width / 2 + column * side * 1.2
            let y = axis + (row - Double(rows - 1) / 2) * pitch - side / 2
            draw(filter, x: x, y: y, side: side)
            guard !names.isEmpty else { continue }
            drawing.add(.text(names[index], at: Point(x + side + size * 0.5, y + side / 2 + size * 0.29), label))
        }
    }

    private mutating func draw(_ filter: Filter, x: Double, y: Double, side: Double) {
        let numbers = filter.picture(angle: 0, channel: 0, channels: rule.channels).numbers
        let limit = max(numbers.map(abs).max() ?? 1, .leastNormalMagnitude)
        for (cell, number) in numbers.enumerated() {
            let (column, row) = (Double(cell % 3), Double(cell / 3))
            drawing.add(
                .rectangle(
                    x: x + column * side / 3, y: y + row * side / 3, width: side / 3, height: side / 3,
                    Color(palette.diverging.pixel(for: number / limit))))
        }
        drawing.add(.outline(x: x, y: y, width: side, height: side, lineWidth: lineWidth, palette.quietInk))
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
        let masks = rule.life.isTested
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
