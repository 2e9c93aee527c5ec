import GNCACells
import GNCARaster

/// The hidden channels as one picture.
///
/// The components are those of the model's own growth, whatever the film shows: a colour means the same in all of its films.
struct PCAOverlay: PanelOverlay {
    static let name = "pca"
    static let summary = "hidden channels as one picture: their first three principal components as red, green, blue"

    private let colours: HiddenColours
    private let palette: ThemeColors

    init(_ setup: OverlaySetup) throws(RenderError) {
        palette = setup.palette
        do {
            colours = try HiddenColours(growthOf: setup.rule)
        } catch let error as RenderError {
            throw error
        } catch {
            throw .invalid("overlay pca: \(error)")
        }
    }

    var panel: PanelContent { PanelContent(title: "Hidden channels as colours", columns: 1, tileCount: 1) }

    func painter(of snapshot: Snapshot) -> TilePainter {
        { _, mosaic in mosaic = colours.picture(of: snapshot, on: palette.page) }
    }
}
