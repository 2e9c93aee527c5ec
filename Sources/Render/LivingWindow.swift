import GNCACells
import GNCARaster

/// What a picture has to show so that everything that lives is seen, and little else.
public enum LivingWindow {
    /// The least box that holds every living cell of every frame; nil where nothing ever lives. Runs the simulation to its
    /// end. A rule without life fills its grid.
    public static func box(of simulation: Simulation) throws(ModelError) -> PixelRect? {
        var box: PixelRect?
        while let snapshot = try simulation.next() {
            guard snapshot.rule.life.isTested else {
                return PixelRect(x: 0, y: 0, width: snapshot.grid.width, height: snapshot.grid.height)
            }
            guard let living = bounds(of: snapshot.alive, width: snapshot.grid.width) else { continue }
            box = box.map { $0.united(with: living) } ?? living
        }
        return box
    }

    /// For each picture a window of one size around its box, with a margin, inside its grid as far as that goes.
    public static func windows(around boxes: [PixelRect?], in grids: [GridSize]) -> [PixelRect] {
        let longest = boxes.compactMap { $0.map { max($0.width, $0.height) } }.max() ?? 0
        let margin = max(2, longest / 12)
        let width = (boxes.compactMap { $0?.width }.max() ?? 0) + 2 * margin
        let height = (boxes.compactMap { $0?.height }.max() ?? 0) + 2 * margin
        return zip(boxes, grids).map { box, grid in
            let box = box ?? PixelRect(x: grid.width / 2, y: grid.height / 2, width: 1, height: 1)
            let (width, height) = (min(width, grid.width), min(height, grid.height))
            return PixelRect(
                x: max(0, min(grid.width - width, box.x - (width - box.width) / 2)),
                y: max(0, min(grid.height - height, box.y - (height - box.height) / 2)), width: width, height: height)
        }
    }

    /// `mask`: `[H * W]`, not 0 = inside.
    static func bounds(of mask: [UInt8], width: Int) -> PixelRect? {
        GridSize(width: width, height: mask.count / width).bounds { mask[$0] != 0 }.map { columns, rows in
            PixelRect(x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
        }
    }
}

extension PixelRect {
    /// The least rectangle that holds both.
    func united(with other: PixelRect) -> PixelRect {
        let (left, top) = (min(x, other.x), min(y, other.y))
        return PixelRect(
            x: left, y: top, width: max(right, other.right) - left, height: max(bottom, other.bottom) - top)
    }
}
