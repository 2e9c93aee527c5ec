import GNCACells
import GNCARaster

/// A ring around every seed until it has grown beyond a few cells: one black cell is not found on a dark ground, and hardly
/// on a light one.
struct SeedMark {
    /// Seeds as they are planted, and new beginnings (nil), in order.
    private let plantings: [(step: Int, seed: CellPosition?)]

    /// Of the ring, in cells.
    private static let radius = 3.5
    /// Cells around a seed, to each side, that are counted.
    private static let reach = 6
    /// So many visible cells leave the ring as it is; over the next it fades.
    private static let (whole, gone) = (9, 25)
    /// Cells' distance from the seed up to which the ring is as it is, and where it is gone: it lies over no cell.
    private static let (near, far) = (2.0, 3.0)
    /// Alpha above which a cell is visible.
    private static let visible: Float = 0.1

    init(_ timeline: Timeline) {
        plantings = timeline.events.compactMap { event in
            switch event.action {
            case .plantSeed(let x, let y): (event.step, CellPosition(x: x, y: y))
            case .clear: (event.step, nil)
            default: nil
            }
        }
    }

    /// Rings in a picture with `scale` pixels a cell whose top left is at `area`: a dark one and a light one around it, so
    /// that one of them is seen on whatever ground there is.
    func shapes(_ snapshot: Snapshot, in area: PixelRect, scale: Int) -> [Drawing.Shape] {
        guard snapshot.cut == nil, snapshot.fade < 1, snapshot.rule.appearance.picture.hasAlpha,
            snapshot.rule.appearance.seed.start == .cell
        else { return [] }
        return seeds(at: snapshot.step).flatMap { seed in
            let (count, distance) = visibleCells(around: seed, in: snapshot)
            guard (1..<Self.gone).contains(count), distance < Self.far else { return [Drawing.Shape]() }
            let alone = Float(Self.gone - count) / Float(Self.gone - Self.whole)
            let apart = Float((Self.far - distance) / (Self.far - Self.near))
            let strength = min(1, alone, apart) * (1 - snapshot.fade)
            let cell = PixelRect(
                x: area.x + seed.x * scale, y: area.y + seed.y * scale, width: scale, height: scale)
            return ring(around: cell, strength) + (count == 1 ? [edge(of: cell, strength)] : [])
        }
    }

    /// What the rings may cover of such a picture and of what is around it.
    func areas(in area: PixelRect, scale: Int) -> [PixelRect] {
        plantings.compactMap(\.seed).map { seed in
            PixelRect(x: area.x + seed.x * scale, y: area.y + seed.y * scale, width: scale, height: scale)
                .grown(by: (Self.reach - 1) * max(4, scale))
        }
    }

    private func ring(around cell: PixelRect, _ strength: Float) -> [Drawing.Shape] {
        let size = Double(cell.width)
        let line = max(1, size / 4)
        let inner = Self.radius * size
        let (x, y) = (Double(cell.x) + size / 2, Double(cell.y) + size / 2)
        func circle(_ radius: Double, _ color: Color) -> Drawing.Shape {
            .outline(
                x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius, radius: radius, lineWidth: line,
                color.opacity(strength))
        }
        return [circle(inner, Self.dark), circle(inner + line, Self.light)]
    }

    /// A light line around a lone cell, which is black as a rule and else not seen on a dark ground.
    private func edge(of cell: PixelRect, _ strength: Float) -> Drawing.Shape {
        let line = max(1, Double(cell.width) / 8)
        return .outline(
            x: Double(cell.x) - line / 2, y: Double(cell.y) - line / 2, width: Double(cell.width) + line,
            height: Double(cell.height) + line, lineWidth: line, Self.light.opacity(strength))
    }

    private static let dark = Color(hex: 0x30363D)
    private static let light = Color(hex: 0xFFFFFF)

    /// Those planted since the last new beginning.
    private func seeds(at step: Int) -> [CellPosition] {
        let past = plantings.prefix { $0.step <= step }
        let begin = past.lastIndex { $0.seed == nil }.map { $0 + 1 } ?? 0
        return past[begin...].compactMap(\.seed)
    }

    /// How many there are, and how far the farthest is from the seed.
    private func visibleCells(around seed: CellPosition, in snapshot: Snapshot) -> (count: Int, distance: Double) {
        let grid = snapshot.grid
        let alpha = snapshot.rule.appearance.alpha
        var (count, farthest) = (0, 0)
        for y in max(0, seed.y - Self.reach)...min(grid.height - 1, seed.y + Self.reach) {
            for x in max(0, seed.x - Self.reach)...min(grid.width - 1, seed.x + Self.reach)
            where grid.values[grid.offset(x: x, y: y) + alpha] > Self.visible {
                count += 1
                let (dx, dy) = (x - seed.x, y - seed.y)
                farthest = max(farthest, dx * dx + dy * dy)
            }
        }
        return (count, Double(farthest).squareRoot())
    }
}
