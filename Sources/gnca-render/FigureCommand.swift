import ArgumentParser
import GNCABasics
import GNCACells
import GNCARaster
import GNCARender

/// `figure KIND MODEL... -o OUT`: a still for print or the web.
struct FigureCommand: FileUser {
    static let configuration = CommandConfiguration(
        commandName: "figure",
        abstract: "Make a still from one model or several, as PNG, SVG or PDF.",
        discussion: """
            Kinds:
            \(Figures.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))
            Every kind has options of its own (docs/figures.md); one that it does not use is refused. SVG and PDF hold \
            cells as rectangles and text as text.

            Examples:
              gnca-render figure strip turtle.ckpt --width 17cm -o growth.pdf
              gnca-render figure recovery turtle.ckpt --damage circle:40%,50%,8 -o cut.svg
              gnca-render figure quality turtle.ckpt --target turtle.png -o quality.png
              gnca-render figure atlas turtle.ckpt --target turtle.png --stride 4 -o atlas.png --data atlas.json
              gnca-render figure architecture turtle.ckpt -o rule.svg
            """)

    @Argument(help: "What to draw.")
    var kind: Named<Figures>

    @Argument(help: "Model files; for loss, logs of trainings (.csv, .jsonl).", completion: .file())
    var models: [String] = []

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Output, repeatable: .png, .svg or .pdf.", valueName: "out"), completion: .file())
    var outputs: [String] = []

    @Option(
        name: .customLong("data"),
        help: ArgumentHelp(
            "The figure's numbers, repeatable: .csv (curves, portrait, lineage), .json (atlas, lineage) or .npz (atlas).",
            valueName: "out"),
        completion: .file())
    var data: [String] = []

    @OptionGroup(title: "Models") var reading: ModelOptions
    @OptionGroup(title: "What is shown") var content: FigureContentOptions
    @OptionGroup(title: "Target of quality, atlas, rates and curves") var targetOptions: TargetOptions
    @OptionGroup(title: "How it looks") var look: FigureLookOptions
    @OptionGroup(title: "What it tells of itself") var words: WordOptions
    @OptionGroup var threads: ThreadOption
    @OptionGroup var progress: ProgressOption

    @Flag(help: "Replace existing outputs; otherwise they are refused before work starts.")
    var overwrite = false

    @OptionGroup var quiet: QuietOption

    func files() throws -> RunFiles {
        var files = RunFiles()
        if case .logs = kind.entry.subject {
            for log in models { files.read(log, as: "the log") }
        } else {
            for model in models { files.read(model: model) }
        }
        try content.scenario?.add(to: &files)
        for damage in content.damages { files.read(maskOf: damage.shape) }
        for target in content.targets { files.read(target: target, font: targetOptions.source.font) }
        for output in outputs { files.write(output, as: "the figure") }
        for file in data { files.write(file, as: "the figure's numbers") }
        return files
    }

    func run() throws {
        let outputs = try FigureOutput.resolve(self.outputs, overwrite: overwrite)
        let figure = kind.entry
        try checkOptions(of: figure)
        let data = try data.map { try FigureData($0, overwrite: overwrite) }
        let size = try look.size()
        var request = try request()
        let metadata: DrawingMetadata
        if case .logs = figure.subject {
            try Plot.check(curves: models.count, of: "logs")
            request.logs = try TrainingLogFile.read(models)
            metadata = Provenance.figure(figure.name, of: models, words)
        } else {
            let loaded = try reading.load(models, grid: content.grid)
            if !quiet.isGiven { loaded.flatMap(\.notes).forEach(note) }
            request.models = loaded.map { FigureModel(rule: $0.checkpoint.rule, name: $0.caption, file: $0.path) }
            request.targets = try targets(of: loaded)
            request.grid = try grid(of: figure, loaded, request.target)
            try checkMemory(request)
            metadata = Provenance.figure(
                figure.name, of: models, words, models: loaded,
                randomSeed: figure.options.contains(.randomSeed) ? request.randomSeed : nil)
        }
        // Told before a simulation runs.
        // Names stand beside one another where there are several; a caption stands in the place of a name.
        let names = request.models.map(\.name) + request.logs.map(\.name)
        let drawnNames = look.noCaptions || !look.captions.isEmpty || names.count == 1 ? [] : names
        for text in look.captions + drawnNames { try TextStyle.check(text) }
        let form = ProgressForm(progress.style, quiet: quiet.isGiven)
        let bar = FigureProgress(form)
        if figure is any NumberedFigure.Type {
            Cancellation.install()
            request.watch = bar.watch
        }
        defer { bar.clear() }
        let drawn = try figure.init(request)
        bar.clear()
        let sheet = try FigureSheet(drawn, size: size, fontSize: look.fontSize)
        let numbered = drawn as? any NumberedFigure
        let numbers = numbered.map { drawn in data.map { $0.file(drawn.numbers, overwrite: overwrite) } } ?? []
        let files = try FigureOutput.files(sheet, metadata, to: outputs, overwrite: overwrite)
        try request.watch.check()
        try Publication.write(files + numbers)
        let words = [sheet.size] + (numbered.flatMap(\.finding).map { [$0] } ?? [])
        Written(files: self.outputs + self.data, words: words.joined(separator: "; ")).announce(
            quiet: quiet.isGiven, form)
    }

    /// The user's, else the scenario's or, where the target may be smaller than the grid, the target's; else the models'.
    private func grid(
        of figure: any Figure.Type, _ models: [LoadedModel], _ target: Target?
    ) throws -> GridSize {
        if let grid = try content.grid ?? content.scenario?.grid() { return grid }
        guard figure.options.contains(.grid), let target else { return models.grid }
        return models.first.map { $0.checkpoint.rule.cells(ofPicture: target.size) } ?? target.size
    }

    /// The pictures that the models are compared with, of as many pixels a cell as their decoders draw.
    private func targets(of models: [LoadedModel]) throws -> [Target] {
        let scales = models.map(\.checkpoint.rule.pictureScale)
        guard !content.targets.isEmpty, let scale = scales.first else { return [] }
        guard scales.allSatisfy({ $0 == scale }) else {
            throw CommandError.usage(
                "--target: the models draw different numbers of pixels a cell (compare them apart)")
        }
        return try content.targets.map { try targetOptions.target($0, scale: scale) }
    }

    /// What the options say, without the models and their target.
    func request() throws -> FigureRequest {
        FigureRequest(
            step: content.step, steps: content.steps ?? [], scenario: try content.scenario?.figureScenario(),
            trials: content.trials, damage: content.damages, angles: content.angle ?? [],
            fireRates: content.fireRate ?? [],
            randomSeed: try content.randomSeed ?? content.scenario?.randomSeed() ?? 0,
            channels: content.channels ?? [],
            radii: content.radii ?? [], moments: content.moments ?? [], stride: content.stride,
            runsFullTrials: content.fullTrials, columns: look.columns, gap: look.gap, captions: look.captions,
            showsCaptions: !look.noCaptions,
            theme: look.theme, background: look.background, threads: threads.count,
            readImage: ScenarioOptions.readImage)
    }
}

extension FigureCommand {
    /// Models are run one after the other; what every filter sees of every channel stands in memory at once, and so do as
    /// many of many runs as there are threads.
    private func checkMemory(_ request: FigureRequest) throws {
        let target = kind.entry.options.contains(.grid) ? nil : request.target
        let grid = target.map { request.models.first?.rule.cells(ofPicture: $0.size) ?? $0.size } ?? request.grid
        let states = request.models.map { model in
            let runs =
                switch kind.entry.name {
                case "filters": model.rule.perception.filters.count
                case CurvesFigure.name, PortraitFigure.name:
                    min(request.threads, request.trials ?? CurvesFigure.usualTrials)
                default: 1
                }
            return RunMemory.bytes(of: model.rule, cells: grid.width * grid.height, runs: runs)
        }
        try RunMemory.check(states.max() ?? 0, of: "the figure")
    }

    /// Refuses what the kind would ignore, and what it cannot be made from.
    func checkOptions(of figure: any Figure.Type) throws {
        let taken = figure.options.map(\.flag).joined(separator: ", ")
        for option in given where !figure.options.contains(option) {
            throw CommandError.usage(
                "figure \(figure.name) does not use \(option.flag) "
                    + (taken.isEmpty ? "(it has no options of its own)" : "(it takes \(taken))"))
        }
        if figure.name == PortraitFigure.name, let trials = content.trials, !PortraitFigure.trialRange.contains(trials)
        {
            throw CommandError.usage(
                "--trials is out of range (got \(trials), expected 1...\(PortraitFigure.trialRange.upperBound))")
        }
        if let numbered = figure as? any NumberedFigure.Type {
            for file in data { try FigureData.check(file, forms: numbered.forms) }
        }
        guard look.captions.isEmpty || !look.noCaptions else {
            throw CommandError.usage("--caption and --no-captions cannot stand together")
        }
        guard content.targets.count <= 1 || figure.hasTargetsOfModels else {
            throw CommandError.usage("figure \(figure.name) compares with one --target (got \(content.targets.count))")
        }
        guard !content.targets.isEmpty || !targetOptions.isGiven else {
            throw CommandError.usage("--size, --padding, --resampling, --font and --key belong to --target")
        }
        let (what, fits) =
            switch figure.subject {
            case .oneModel: ("one model", models.count == 1)
            case .models: ("at least one model", models.count >= 1)
            case .logs: ("at least one log of a training (.csv or .jsonl)", models.count >= 1)
            }
        guard fits else {
            throw CommandError.usage("figure \(figure.name) is made from \(what) (got \(models.count))")
        }
        if case .logs = figure.subject, let flag = reading.given.first {
            throw CommandError.usage("figure \(figure.name) reads no models (leave \(flag) out)")
        }
    }

    private var given: [FigureOption] {
        let given: [(FigureOption, Bool)] = [
            (.step, content.step != nil), (.steps, content.steps != nil), (.grid, content.grid != nil),
            (.scenario, content.scenario != nil),
            (.damage, !content.damages.isEmpty), (.angle, content.angle != nil),
            (.fireRate, content.fireRate != nil), (.randomSeed, content.randomSeed != nil),
            (.target, !content.targets.isEmpty), (.channels, content.channels != nil), (.columns, look.columns != nil),
            (.scale, look.scale != nil), (.gap, look.gap != nil), (.caption, !look.captions.isEmpty),
            (.noCaptions, look.noCaptions), (.radii, content.radii != nil), (.moments, content.moments != nil),
            (.trials, content.trials != nil), (.stride, content.stride != nil), (.fullTrials, content.fullTrials),
            (.data, !data.isEmpty),
        ]
        return given.filter(\.1).map(\.0)
    }
}
