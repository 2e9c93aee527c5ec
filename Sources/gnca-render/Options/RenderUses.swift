import GNCAExport
import GNCARender

extension RenderCommand {
    /// Refuses what this film would ignore.
    func checkUses(_ films: [FilmOutput]) throws {
        let overlays = Set(picture.overlays ?? [])
        let hasPanels = overlays.contains { (try? Overlays.named($0)) is any PanelOverlay.Type }
        let animations = OutputFormats.all.filter { $0.loops }.map { $0.name }
        try OptionUse.check([
            OptionUse("--poster-step", output.posterStep != nil, counts: output.poster != nil, "belongs to --poster"),
            OptionUse(
                "--loop", output.loop != nil, counts: films.contains { $0.format.loops },
                "belongs to animations (\(animations.joined(separator: ", ")))"),
            OptionUse("--layout", picture.layout != nil, counts: hasPanels, "belongs to an --overlay with a panel"),
            OptionUse(
                "--target", picture.target != nil, counts: !overlays.isDisjoint(with: ["error", "influence"]),
                "belongs to --overlay error or influence"),
            OptionUse("--target-size", picture.targetSize != nil, counts: picture.target != nil, "belongs to --target"),
            OptionUse(
                "--perception-channels", picture.perceptionChannels != nil,
                counts: overlays.contains("perception"), "belongs to --overlay perception"),
            OptionUse(
                "--trained-steps", picture.trainedSteps != nil, counts: overlays.contains("time"),
                "belongs to --overlay time"),
        ])
    }
}
