import GNCARaster
import GNCARender
import GNCATraining

/// The compositor that the picture options ask for.
struct CompositionChoice {
    private let options: PictureOptions
    private let models: [LoadedModel]

    init(_ options: PictureOptions, models: [LoadedModel]) {
        self.options = options
        self.models = models
    }

    /// `script`: what every picture shows; `evenSize`: whether an output halves chroma, and so needs an even width and height.
    func compositor(_ script: FilmScript, evenSize: Bool) throws -> Compositor {
        guard (1...64).contains(options.scale) else {
            throw CommandError.usage("--scale is out of range (got \(options.scale), expected 1...64)")
        }
        var composition = CompositionOptions()
        composition.scale = options.scale
        composition.overlays = options.overlays?.split(separator: ",").map(String.init) ?? []
        composition.layout = options.layout
        composition.theme = options.theme
        composition.background = try background()
        composition.captions = try captions(script)
        composition.columns = script.columns
        composition.trainedSteps = try trainedSteps()
        composition.evenSize = evenSize
        composition.target = try options.target.map {
            try target($0, grid: (script.grid.width, script.grid.height))
        }
        composition.perceptionChannels = try options.perceptionChannels.map(channels)
        return try Compositor(
            composition, timelines: script.pictures.map(\.timeline),
            rules: script.pictures.map { models[$0.model].checkpoint.rule })
    }

    private func background() throws -> Background {
        let name = options.background ?? (options.theme == .dark ? "black" : "white")
        guard let background = Background(parsing: name) else {
            throw CommandError.usage(
                "--background is \"\(name)\" (expected white, black, checker, transparent or #RRGGBB)")
        }
        return background
    }

    /// One caption a picture: the model's and the column's.
    private func captions(_ script: FilmScript) throws -> [String] {
        if options.noCaptions {
            guard options.captions.isEmpty else {
                throw CommandError.usage("--caption and --no-captions cannot stand together")
            }
            return []
        }
        let models = try modelCaptions()
        let captions = script.pictures.map { picture in
            [models.isEmpty ? "" : models[picture.model], picture.columnCaption].filter { !$0.isEmpty }
                .joined(separator: " · ")
        }
        return captions.allSatisfy(\.isEmpty) ? [] : captions
    }

    /// The steps after which training applied the loss: the user's, else those of the first model that says.
    private func trainedSteps() throws -> ClosedRange<Int>? {
        if let text = options.trainedSteps {
            guard let steps = TrainingSettings.stepRange(text) else {
                throw CommandError.usage("--trained-steps is \"\(text)\" (expected FIRST-LAST, as 64-95)")
            }
            return steps
        }
        return models.lazy.compactMap { $0.checkpoint.provenance["training.steps"].flatMap(TrainingSettings.stepRange) }
            .first
    }

    /// One caption a model: the user's, or the files' names where there are several models; else none.
    private func modelCaptions() throws -> [String] {
        if options.captions.isEmpty { return models.count > 1 ? models.map(\.caption) : [] }
        guard options.captions.count == models.count else {
            throw CommandError.usage(
                "--caption stands once a model (got \(options.captions.count), expected \(models.count))")
        }
        return options.captions
    }

    private func channels(_ text: String) throws -> [Int] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            guard let channel = Int(part) else {
                throw CommandError.usage("--perception-channels is \"\(text)\" (expected channel numbers, as 3,4,5)")
            }
            return channel
        }
    }

    /// The target at cell resolution: as it is where it fits the grid, else averaged down.
    private func target(_ path: String, grid: (width: Int, height: Int)) throws -> Frame {
        let picture = try ImageFile.read(path)
        if picture.width <= grid.width && picture.height <= grid.height { return picture }
        let side = options.targetSize
        guard side >= 1 && side <= min(grid.width, grid.height) else {
            throw CommandError.usage(
                "--target-size is out of range (got \(side), expected 1...\(min(grid.width, grid.height)))")
        }
        let longest = max(picture.width, picture.height)
        return picture.areaAveraged(
            width: max(1, picture.width * side / longest), height: max(1, picture.height * side / longest))
    }
}
