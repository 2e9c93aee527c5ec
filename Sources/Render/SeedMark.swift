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
        var shapes: [Drawing.Shape] = []
        for seed in seeds(at: snapshot.step) {
            let strength = strength(of: seed, in: snapshot) * (1 - snapshot.fade)
            guard strength > 0 else { continue }
            let line = max(1, Double(scale) / 4)
            let centre = (
                x: Double(area.x) + (Double(seed.x) + 0.5) * Double(scale),
                y: Double(area.y) + (Double(seed.y) + 0.5) * Double(scale)
            )
            let radius = Self.radius * Double(scale)
            for (radius, color) in [(radius, Self.dark), (radius + line, Self.light)] {
                shapes.append(
                    .outline(
                        x: centre.x - radius, y: centre.y - radius, width: 2 * radius, height: 2 * radius,
                        radius: radius,
                        lineWidth: line, color.opacity(strength)))
            }
        }
        return shapes
    }

    private static let dark = Color(hex: 0x30363D)
    private static let light = Color(hex: 0xFFFFFF)

    /// Those planted since the last new beginning.
    private func seeds(at step: Int) -> [CellPosition] {
        let past = plantings.prefix { $0.step <= step }
        let begin = past.lastIndex { $0.seed == nil }.map { $0 + 1 } ?? 0
        return past[begin...].compactMap(\.seed)
    }

    /// 0...1, by how much has grown around it.
    private func strength(of seed: CellPosition, in snapshot: Snapshot) -> Float {
        let grid = snapshot.grid
        let alpha = snapshot.rule.appearance.alpha
        var count = 0
        for y in max(0, seed.y - Self.reach)...min(grid.height - 1, seed.y + Self.reach) {
            for x in max(0, seed.x - Self.reach)...min(grid.width - 1, seed.x + Self.reach)
            where grid.values[grid.offset(x: x, y: y) + alpha] > Self.visible {
                count += 1
            }
        }
        guard count > 0 else { return 0 }
        return min(1, max(0, Float(Self.gone - count) / Float(Self.gone - Self.whole)))
    }
}
