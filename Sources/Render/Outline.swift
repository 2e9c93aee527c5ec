import GNCARaster

/// The edge of a set of cells, drawn inside its outermost cells in whole pixels: crisp at every scale, and closed at the
/// border of the grid too.
struct Outline {
    /// `[height * width]`, not 0 = inside.
    let mask: [UInt8]
    let width: Int
    let height: Int

    /// Lays `pixel` over the edge, once over every pixel, in a picture at `area` with `scale` pixels a cell that shows the
    /// cells of `window`.
    func draw(_ pixel: PackedPixel, _ window: PixelRect, in area: PixelRect, scale: Int, on frame: inout Frame) {
        let thickness = max(1, scale / 4)
        for y in window.y..<window.bottom {
            for x in window.x..<window.right where mask[y * width + x] != 0 {
                let cell = PixelRect(
                    x: area.x + (x - window.x) * scale, y: area.y + (y - window.y) * scale, width: scale, height: scale)
                drawCell(x, y, cell, thickness, pixel, &frame)
            }
        }
    }

    private func isInside(_ x: Int, _ y: Int) -> Bool {
        x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x] != 0
    }

    private func drawCell(
        _ x: Int, _ y: Int, _ cell: PixelRect, _ thickness: Int, _ pixel: PackedPixel, _ frame: inout Frame
    ) {
        let (up, down) = (!isInside(x, y - 1), !isInside(x, y + 1))
        let (left, right) = (!isInside(x - 1, y), !isInside(x + 1, y))
        if cell.width == 1 {
            if up || down || left || right { frame.blend(pixel, over: cell) }
            return
        }
        let (top, bottom) = (up ? thickness : 0, down ? thickness : 0)
        let far = (x: cell.right - thickness, y: cell.bottom - thickness)
        if up { frame.blend(pixel, over: PixelRect(x: cell.x, y: cell.y, width: cell.width, height: thickness)) }
        if down { frame.blend(pixel, over: PixelRect(x: cell.x, y: far.y, width: cell.width, height: thickness)) }
        // Between the horizontal strips, so that a translucent line is nowhere laid twice.
        let middle = (y: cell.y + top, height: cell.height - top - bottom)
        if left {
            frame.blend(pixel, over: PixelRect(x: cell.x, y: middle.y, width: thickness, height: middle.height))
        }
        if right {
            frame.blend(pixel, over: PixelRect(x: far.x, y: middle.y, width: thickness, height: middle.height))
        }
        // Where the edge turns around a cell outside that touches this one by its corner only.
        for (dx, dy) in [(-1, -1), (1, -1), (-1, 1), (1, 1)] where !isInside(x + dx, y + dy) {
            guard isInside(x + dx, y), isInside(x, y + dy) else { continue }
            let corner = PixelRect(
                x: dx < 0 ? cell.x : far.x, y: dy < 0 ? cell.y : far.y, width: thickness, height: thickness)
            frame.blend(pixel, over: corner)
        }
    }
}
