import GNCARaster

/// The edge of life, and the growing cells tinted: alive, but with an alpha below the threshold themselves.
struct AliveOverlay: Overlay {
    static let name = "alive"
    static let summary = "outline of the living cells; growing ones are tinted, mature ones are not"
    static let placement = OverlayPlacement.picture

    private let palette: Palette

    init(_ setup: OverlaySetup) { palette = setup.palette }

    func tint(_ mosaic: inout Mosaic, with snapshot: Snapshot) {
        let alive = snapshot.alive
        let mature = snapshot.mature
        let tint = palette.life.opacity(0.3)
        for cell in alive.indices where alive[cell] != 0 && mature[cell] == 0 {
            mosaic.blend(tint, at: cell)
        }
    }

    func draw(_ snapshot: Snapshot, over area: PixelRect, scale: Int, on frame: inout Frame) {
        let grid = snapshot.grid
        Outline(mask: snapshot.alive, width: grid.width, height: grid.height)
            .draw(palette.life.opacity(1 - snapshot.fade).packed, in: area, scale: scale, on: &frame)
    }
}
