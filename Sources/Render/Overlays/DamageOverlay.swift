import GNCARaster

/// A flash where the pattern was cut, gone after 0.4 seconds.
struct DamageOverlay: PictureOverlay {
    static let name = "damage"
    static let summary = "a flash where the pattern was cut, gone after 0.4 seconds"

    private let palette: ThemeColors
    private let frames: Int

    init(_ setup: OverlaySetup) {
        palette = setup.palette
        frames = max(1, Int((0.4 * setup.timeline.frameRate.perSecond).rounded()))
    }

    func mark(_ picture: inout MarkedPicture, with snapshot: Snapshot) {
        guard let (cut, strength) = flash(in: snapshot) else { return }
        let tint = palette.damage.opacity(0.5 * strength)
        // Empty ground has lost nothing: there the outline alone tells of the cut.
        let lost = snapshot.lost ?? cut
        for cell in lost.indices where lost[cell] != 0 { picture.cells.blend(tint, at: cell) }
        picture.outline(cut, palette.damage.opacity(strength))
    }

    /// Where, and how strongly (0...1): full at the cut, then falling with the square, so that it ends softly.
    private func flash(in snapshot: Snapshot) -> (cut: [UInt8], strength: Float)? {
        guard let cut = snapshot.cut, (0..<frames).contains(snapshot.framesSinceCut) else { return nil }
        let left = 1 - Float(snapshot.framesSinceCut) / Float(frames)
        return (cut, left * left)
    }
}
