import ArgumentParser
import GNCABasics
import GNCACells
import GNCARaster
import GNCARender
import GNCATraining

/// How it looks.
struct PictureOptions: ParsableArguments {
    @Option(
        name: .customLong("overlay"),
        help: ArgumentHelp(
            "What is shown besides the cells: \(Overlays.all.map { $0.name }.joined(separator: ", ")).",
            valueName: "name,..."),
        completion: OptionCompletion.overlays, transform: Self.overlays)
    var overlays: [String]?

    @Option(help: "Where the panels of overlays stand; default side, in a frame that is higher than wide below.")
    var layout: PanelLayout?

    @Option(
        name: .customLong("caption"),
        help: "Caption of a model, repeatable in the models' order; several models have their file names by default.")
    var captions: [String] = []

    @Flag(help: "Leave out the captions that several models have by default.")
    var noCaptions = false

    @Option(
        parsing: .unconditional,
        help: "Pictures a row, where there are several models; default as many as bring the film near 16:9.")
    var columns: Int?

    @Option(
        help: ArgumentHelp(
            "Steps at which training compared the model with its target, for the time overlay; default what a model says.",
            valueName: "a-b"),
        transform: OptionText.stepRange)
    var trainedSteps: ClosedRange<Int>?

    @Flag(help: "Leave out the ring that shows a seed until it has grown beyond a few cells.")
    var noSeedMark = false

    @Option(help: "Colours around the cells.")
    var theme = Theme.light

    @Option(
        in: 1...64,
        help: "Pixels of one cell, default 8; where video halves chroma, an even number from 4 on keeps it sharp.")
    var scale: Int?

    @Option(
        help: ArgumentHelp(
            "Size of the film: cells as large as whole pixels allow, the rest of the page around them.",
            valueName: "WxH"),
        transform: OptionText.frameSize)
    var size: FrameShape?

    @Option(
        help: ArgumentHelp(
            "Width to height of the film, as 16:9, 1:1 or 9:16: page is added around.", valueName: "W:H"),
        transform: OptionText.aspect)
    var aspect: FrameShape?

    @Flag(help: "Show only the part of the grid where something lives in the course of the film.")
    var fit = false

    @Flag(help: "Of two models, or one with two random seeds, show the difference, too.")
    var compare = false

    @Option(
        help: """
            What is behind the cells: white, black, checker, transparent, a colour's name as CSS has it, #RGB or #RRGGBB; \
            default white, with the dark theme that of its page.
            """,
        completion: .list(Background.names),
        transform: OptionText.value("checker, transparent, \(Color.expected)") { Background(parsing: $0) })
    var background: Background?

    @Option(
        help: ArgumentHelp(
            "What the error overlay compares with: a picture, an emoji, or a text.", valueName: "target"),
        completion: .file())
    var target: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Longest side, in cells, to which a target larger than the grid shrinks; default 40.", valueName: "cells"))
    var targetSize: Int?

    @Option(
        help: ArgumentHelp(
            "Channels that the perception overlay shows, counted from 0; default alpha, red and the first hidden one.",
            valueName: "c,..."),
        transform: OptionText.list("channel numbers, as 3,4,5") { Int($0) })
    var perceptionChannels: [Int]?

    @Sendable private static func overlays(_ text: String) throws -> [String] {
        try text.parts(at: ",").filter { !$0.isEmpty }.map { try Overlays.named($0).name }
    }
}

extension PictureOptions {
    /// `script`: what every picture shows; `evenSize`: whether an output halves chroma, and so needs an even width and
    /// height; `windows`: the part of each grid that is shown, empty for all.
    func compositor(
        _ script: FilmScript, _ models: [LoadedModel], evenSize: Bool, windows: [PixelRect]
    ) throws -> Compositor {
        let frame = try frame(evenSize: evenSize)
        let page = theme.palette.page
        let rules = script.pictures.map { models[$0.model].checkpoint.rule }
        let options = CompositionOptions(
            scale: scale ?? Self.scale(of: windows, pixels: rules.commonPictureScale), frame: frame, windows: windows,
            overlays: overlays ?? [],
            layout: layout ?? (frame?.isUpright == true ? .below : .side), theme: theme,
            background: background ?? Background(page), captions: try captions(script, models), compares: compare,
            columns: script.columns, trainedSteps: trainedSteps ?? models.training?.steps,
            trainedFromPool: models.training?.fromPool ?? false,
            target: try target.map {
                try picture($0, on: script.leastGrid, pixels: rules.map(\.pictureScale).min() ?? 1)
            },
            marksSeeds: !noSeedMark, perceptionChannels: perceptionChannels,
            evenSize: evenSize)
        if compare, script.pictures.count != 2 {
            throw CommandError.usage(
                "--compare takes two models, or one with two --random-seeds (got \(script.pictures.count) pictures)")
        }
        return try Compositor(
            options, timelines: script.pictures.map(\.timeline), rules: rules)
    }

    /// Pixels a cell where the user names none: 8, and of what is cut to fit, as many as give a picture of the usual size;
    /// with decoders, the next multiple of their pixels.
    private static func scale(of windows: [PixelRect], pixels: Int) -> Int {
        var scale = 8
        if let side = windows.map({ max($0.width, $0.height) }).max() { scale = max(2, min(64, 576 / side / 2 * 2)) }
        return (scale + pixels - 1) / pixels * pixels
    }

    /// What the film is composed into; nil: as much as it needs.
    private func frame(evenSize: Bool) throws -> FrameShape? {
        guard size == nil || aspect == nil else {
            throw CommandError.usage("--size and --aspect cannot stand together")
        }
        guard case .size(let width, let height)? = size else { return aspect }
        guard scale == nil else {
            throw CommandError.usage("--size and --scale cannot stand together: the cells are as large as they can be")
        }
        guard !evenSize || (width % 2 == 0 && height % 2 == 0) else {
            throw CommandError.usage("--size must be even where video halves chroma (got \(width)x\(height))")
        }
        return size
    }

    /// What every picture is called in what is told of the film; empty where there is one.
    func names(_ script: FilmScript, _ models: [LoadedModel]) throws -> [String] {
        let words = try captions(script, models)
        guard words.isEmpty, script.pictures.count > 1 else { return words }
        return script.pictures.map { models[$0.model].caption }
    }

    /// One caption a picture: the model's and the column's.
    private func captions(_ script: FilmScript, _ models: [LoadedModel]) throws -> [String] {
        guard captions.isEmpty || !noCaptions else {
            throw CommandError.usage("--caption and --no-captions cannot stand together")
        }
        guard captions.isEmpty || captions.count == models.count else {
            throw CommandError.usage(
                "--caption stands once a model (got \(captions.count), expected \(models.count))")
        }
        if noCaptions { return [] }
        let names = captions.isEmpty && models.count > 1 ? models.map(\.caption) : captions
        let words = script.pictures.map { picture in
            [names.isEmpty ? "" : names[picture.model], picture.caption].filter { !$0.isEmpty }
                .joined(separator: " · ")
        }
        return words.allSatisfy(\.isEmpty) ? [] : words
    }

    /// The target at cell resolution: as it is where it fits the grid, else averaged down. `pixels`: along a side of a cell,
    /// where decoders draw several.
    private func picture(_ path: String, on cells: GridSize, pixels: Int) throws -> Frame {
        let picture = try TargetWord(path, font: nil).picture()
        let grid = GridSize(width: cells.width * pixels, height: cells.height * pixels)
        if picture.width <= grid.width && picture.height <= grid.height { return picture }
        let (limit, targetSize) = (min(grid.width, grid.height), targetSize ?? 40 * pixels)
        guard (1...limit).contains(targetSize) else {
            throw CommandError.usage("--target-size is out of range (got \(targetSize), expected 1...\(limit))")
        }
        return try Target.cells(of: picture, size: targetSize)
    }
}

extension [LoadedModel] {
    /// What the models' training saw; nil where none of them says, or not all of them had the same.
    fileprivate var training: (steps: ClosedRange<Int>, fromPool: Bool)? {
        let trainings = compactMap { model -> (steps: ClosedRange<Int>, fromPool: Bool)? in
            let provenance = model.checkpoint.provenance
            guard let steps = provenance["training.steps"].flatMap(TrainingSettings.stepRange) else { return nil }
            return (steps, provenance["training.regime"].map(Regimes.usesPool) ?? false)
        }
        guard let first = trainings.first, trainings.allSatisfy({ $0 == first }) else { return nil }
        return first
    }
}
