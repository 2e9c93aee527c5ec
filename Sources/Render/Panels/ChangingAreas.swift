import GNCARaster

extension CompositionPlan {
    /// What of the backdrop a frame may draw over, and so has to be drawn again in the next: around words, the time bar and
    /// rings around seeds. Pictures and tiles are not among them, since every frame draws all of them.
    func changingAreas() -> [PixelRect] {
        var areas = layout.footer.map(\.area)
        for block in layout.blocks { areas += block.compactMap(\.reading) }
        if let bar = layout.timeBar { areas.append(bar) }
        // Letters lean out of their places.
        areas = areas.map { $0.grown(by: layout.style.body) }
        for (model, mark) in seedMarks.enumerated() {
            areas += mark.areas(in: wholePicture(of: model), scale: layout.blocks[model][0].scale)
        }
        let page = PixelRect(x: 0, y: 0, width: layout.width, height: layout.height)
        return areas.map { $0.common(with: page) }.filter { $0.width > 0 && $0.height > 0 }
    }

    /// Where the whole grid would stand, of which the picture shows a window.
    func wholePicture(of model: Int) -> PixelRect {
        let (place, window) = (layout.blocks[model][0], windows[model])
        var whole = place.tiles[0].moved(x: -window.x * place.scale, y: -window.y * place.scale)
        (whole.width, whole.height) = (grids[model].width * place.scale, grids[model].height * place.scale)
        return whole
    }
}
