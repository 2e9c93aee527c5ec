import GNCARaster

/// The edge of life, and the growing cells tinted: alive, but with an alpha below the threshold themselves.
struct AliveOverlay: PictureOverlay {
    static let name = "alive"
    static let summary = "outline of the living cells; growing ones are tinted, mature ones are not"

    private let palette: ThemeColors

    init(_ setup: OverlaySetup) throws(RenderError) {
        guard setup.rule.life.isTested else {
            throw .invalid("overlay alive has nothing to show: the model has no life mask, every cell may change")
        }
        palette = setup.palette
    }

    func mark(_ picture: inout MarkedPicture, with snapshot: Snapshot) {
        let alive = snapshot.alive
        let mature = snapshot.mature
        let tint = palette.life.opacity(0.3)
        for cell in alive.indices where alive[cell] != 0 && mature[cell] == 0 {
            picture.cells.blend(tint, at: cell)
        }
        picture.outline(alive, palette.life)
    }
}
