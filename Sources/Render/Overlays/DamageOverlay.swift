import GNCARaster

/// A flash where the pattern was cut, gone after twelve frames.
struct DamageOverlay: Overlay {
    static let name = "damage"
    static let summary = "a flash where the pattern was cut, fading over 12 frames"
    static let placement = OverlayPlacement.picture

    private static let frames = 12

    private let palette: Palette

    init(_ setup: OverlaySetup) { palette = setup.palette }

    func tint(_ mosaic: inout Mosaic, with snapshot: Snapshot) {
        guard let (cut, strength) = flash(in: snapshot) else { return }
        let tint = palette.damage.opacity(0.5 * strength)
        for cell in cut.indices where cut[cell] != 0 { mosaic.blend(tint, at: cell) }
    }

    func draw(_ snapshot: Snapshot, over area: PixelRect, scale: Int, on frame: inout Frame) {
        guard let (cut, strength) = flash(in: snapshot) else { return }
        Outline(mask: cut, width: snapshot.grid.width, height: snapshot.grid.height)
            .draw(
                palette.damage.opacity(strength * (1 - snapshot.fade)).packed, in: area, scale: scale, on: &frame)
    }

    /// Where, and how strongly (0...1): full at the cut, then falling with the square, so that it ends softly.
    private func flash(in snapshot: Snapshot) -> (cut: [UInt8], strength: Float)? {
        guard let cut = snapshot.cut, (0..<DamageOverlay.frames).contains(snapshot.framesSinceCut) else { return nil }
        let left = 1 - Float(snapshot.framesSinceCut) / Float(DamageOverlay.frames)
        return (cut, left * left)
    }
}
