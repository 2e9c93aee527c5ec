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

    @Option(help: "Where the panels of overlays stand; default side.")
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

    @Option(help: "Colours around the cells.")
    var theme = Theme.light

    @Option(in: 1...64, help: "Pixels of one cell; where video halves chroma, an even number from 4 on keeps it sharp.")
    var scale = 8

    @Option(
        help: """
            What is behind the cells: white, black, checker, transparent or #RRGGBB; default white, with the dark theme \
            black.
            """,
        completion: .list(Background.names),
        transform: OptionText.value("white, black, checker, transparent or #RRGGBB") { Background(parsing: $0) })
    var background: Background?

    @Option(
        help: ArgumentHelp("Picture with which the error overlay compares.", valueName: "file"), completion: .file())
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
    /// `script`: what every picture shows; `evenSize`: whether an output halves chroma, and so needs an even width and height.
    func compositor(_ script: FilmScript, _ models: [LoadedModel], evenSize: Bool) throws -> Compositor {
        let options = CompositionOptions(
            scale: scale, overlays: overlays ?? [], layout: layout ?? .side, theme: theme,
            background: background ?? (theme == .dark ? .black : .white), captions: try captions(script, models),
            columns: script.columns, trainedSteps: trainedSteps ?? models.trainedSteps,
            target: try target.map { try picture($0, on: script.grid) }, perceptionChannels: perceptionChannels,
            evenSize: evenSize)
        return try Compositor(
            options, timelines: script.pictures.map(\.timeline),
            rules: script.pictures.map { models[$0.model].checkpoint.rule })
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
            [names.isEmpty ? "" : names[picture.model], picture.columnCaption].filter { !$0.isEmpty }
                .joined(separator: " · ")
        }
        return words.allSatisfy(\.isEmpty) ? [] : words
    }

    /// The target at cell resolution: as it is where it fits the grid, else averaged down.
    private func picture(_ path: String, on grid: GridSize) throws -> Frame {
        let picture = try ImageFile.read(path)
        if picture.width <= grid.width && picture.height <= grid.height { return picture }
        let (limit, targetSize) = (min(grid.width, grid.height), targetSize ?? 40)
        guard (1...limit).contains(targetSize) else {
            throw CommandError.usage("--target-size is out of range (got \(targetSize), expected 1...\(limit))")
        }
        let longest = max(picture.width, picture.height)
        return picture.areaAveraged(
            width: max(1, picture.width * targetSize / longest), height: max(1, picture.height * targetSize / longest))
    }
}

extension [LoadedModel] {
    /// The steps at which training compared with the target, of the first model that says.
    fileprivate var trainedSteps: ClosedRange<Int>? {
        lazy.compactMap { $0.checkpoint.provenance["training.steps"].flatMap(TrainingSettings.stepRange) }.first
    }
}
