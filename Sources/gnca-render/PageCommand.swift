import ArgumentParser
import GNCABasics
import GNCACells
import GNCACheckpoints
import GNCAExport
import GNCARaster
import GNCARender

/// `page MODEL... -o PAGE.html`: a page that runs the models in its reader's browser.
struct PageCommand: FileUser {
    static let configuration = CommandConfiguration(
        commandName: "page",
        abstract: "Write a web page that runs a model: one file, in which its reader erases, plants and watches.",
        discussion: """
            The page makes the run that a film shows: the same random seed, steps and cuts give the same state. What its \
            reader does comes back as a scenario file, and as an address. It fetches nothing, and opens from a disk, too.

            Examples:
              gnca-render page turtle.ckpt -o turtle.html
              gnca-render page turtle.ckpt lizard.ckpt --target turtle.png -o both.html
              gnca-render page turtle.ckpt --scenario eight-circles.yaml --bare -o figure.html
            """)

    @Argument(help: "Model files; of several, the reader chooses.", completion: .file())
    var models: [String]

    @Option(name: .shortAndLong, help: "The page to write (.html).", completion: .file())
    var output: String

    @OptionGroup(title: "Models") var reading: ModelOptions
    @OptionGroup(title: "What runs") var show: PageShowOptions
    @OptionGroup(title: "How it looks") var look: PageLookOptions
    @OptionGroup(title: "Target") var targetOptions: TargetOptions
    @OptionGroup(title: "What the page tells of itself") var words: WordOptions

    @Flag(help: "Weights of 8 bits in place of exact ones: a model of 14 KB, and a run of its own.")
    var compact = false

    @Flag(help: "Replace the output where it exists.")
    var overwrite = false

    @OptionGroup var quiet: QuietOption

    func files() throws -> RunFiles {
        var files = RunFiles()
        for model in models { files.read(model: model) }
        try show.add(to: &files)
        if let target = look.target { files.read(target: target, font: targetOptions.source.font) }
        files.write(output, as: "the page")
        return files
    }

    func run() throws {
        try checkUses()
        try AtomicFile.check(output, overwrite: overwrite)
        let loaded = try reading.load(models, grid: show.start.grid)
        if !quiet.isGiven { loaded.flatMap(\.notes).forEach(note) }
        let page = try page(of: loaded)
        let bytes = Array(page.html.utf8)
        try AtomicFile.write(bytes, to: output, overwrite: overwrite)
        Written(files: [output], words: "a page of \((bytes.count + 999) / 1000) KB").announce(quiet: quiet.isGiven)
    }

    /// Throws where options belong to others that are not there, or the output's name is that of something else.
    func checkUses() throws {
        guard ["html", "htm"].contains(Paths.ending(output)) else {
            throw CommandError.usage("\(output): a page is written as HTML (name it .html)")
        }
        guard look.captions.isEmpty || look.captions.count == models.count else {
            throw CommandError.usage(
                "--caption is given \(look.captions.count) times for \(models.count) models (give one a model)")
        }
        try OptionUse.check([
            OptionUse(
                "--size, --padding, --resampling, --font and --key", targetOptions.isGiven,
                counts: look.target != nil, "belong to --target"),
            OptionUse(
                "--lead", look.lead != nil, counts: !look.bare, "belongs to a page with words (leave --bare out)"),
        ])
        try show.check()
    }
}

extension PageCommand {
    /// Reads nothing but the scenario and the target.
    func page(of models: [LoadedModel]) throws -> LivePage {
        try show.start.check(models)
        let seed = try show.seed()
        let timeline = try show.timeline(models, randomSeed: seed)
        let grid = timeline.grid
        for model in models {
            try RunMemory.check(
                RunMemory.bytes(of: model.checkpoint.rule, cells: grid.width * grid.height), of: "the page's run")
        }
        let pageModels = models.enumerated().map { index, model in
            PageModel(
                name: look.captions.isEmpty ? model.caption : look.captions[index],
                file: words.noProvenance ? nil : SystemText.spelled(Paths.name(model.path)),
                rule: model.checkpoint.rule, goals: goals(of: model))
        }
        let still = try poster(models[0], timeline, randomSeed: seed)
        let names = pageModels.map(\.name).joined(separator: ", ")
        let title = words.title.map { Escaping.visible(Escaping.oneLine($0)) } ?? names
        return LivePage(
            title: title, lead: look.lead ?? "Erase a part of it, and watch what happens.",
            alternative: look.alt ?? "\(names), a neural cellular automaton.",
            poster: try ImageFile.encodePNG(still, metadata: [], file: output), width: still.width,
            height: still.height, data: try data(pageModels, showing: models[0], timeline, randomSeed: seed),
            parts: LivePage.Part.allCases.filter { part in models.contains { part.serves($0.checkpoint.rule) } },
            palettes: (Theme.light.pagePalette, Theme.dark.pagePalette), isDark: look.theme.map { $0 == .dark },
            isBare: look.bare,
            metadata: [KeyValue("generator", "gnca-render \(programVersion)")]
                + words.metadata(Provenance.metadata(models: models, randomSeeds: [seed])).map {
                    KeyValue($0.key.lowercased(), $0.value)
                })
    }

    /// The control vectors of the goals that the model's file knows, where the user has chosen none.
    private func goals(of model: LoadedModel) -> [[Float]] {
        guard model.checkpoint.rule.perception.control != nil, reading.control == nil else { return [] }
        var options = reading.options(grid: show.start.grid)
        var goals: [[Float]] = []
        while goals.count < Self.mostGoals {
            options.control = .goal(goals.count)
            guard let file = try? CheckpointFile(path: model.path, options: options),
                let control = file.checkpoint.rule.perception.control
            else { break }
            goals.append(control.values)
        }
        return goals
    }

    /// Bytes of a show: a page stays one that browsers open at once and `embed` reads.
    private static let mostShow = 8_000_000

    /// More goals than a slider tells apart are left out.
    private static let mostGoals = 64

    private func data(
        _ models: [PageModel], showing pictured: LoadedModel, _ timeline: Timeline, randomSeed: UInt32
    ) throws -> String {
        var members = try PageShow(timeline, keepsPace: show.scenario != nil).members(most: Self.mostShow)
        members.append(("seed", "\(randomSeed)"))
        members.append(("speed", "\(show.speed)"))
        if let target = look.target {
            let rule = pictured.checkpoint.rule
            members.append(("target", JSONText.quoted(try address(ofTarget: target, of: rule, on: timeline.grid))))
        }
        if compact { members.append(("compact", "true")) }
        members.append(("palettes", JSONText.list([Theme.light, .dark].map(\.pageData))))
        members.append(("models", JSONText.list(models.map { $0.json(compact: compact) })))
        return JSONText.object(members)
    }

    /// The state at the poster's step, on nothing.
    private func poster(_ model: LoadedModel, _ timeline: Timeline, randomSeed: UInt32) throws -> Frame {
        let step = look.posterStep
        var still = timeline
        still.cues = [FrameCue(step: step)]
        still.events = timeline.events.filter { $0.step <= step && ($0.step == 0 || $0.action.isSetting) }
        let rule = model.checkpoint.rule
        let options = CompositionOptions(scale: rule.pictureScale, background: .transparent, evenSize: false)
        let compositor = try Compositor(options, timelines: [still], rules: [rule])
        let simulation = try Simulation(
            rule: rule, timeline: still, randomSeed: randomSeed, threads: ThreadOption.cores)
        var frame = Frame(width: compositor.width, height: compositor.height)
        do {
            if let snapshot = try simulation.next() { try compositor.draw([snapshot], into: &frame) }
        } catch ModelError.blowUp(let step) {
            throw ModelError.badCheckpoint(
                file: model.path,
                reason: "the state became infinite or NaN in step \(step), and the page's still is that of step "
                    + "\(look.posterStep) (--poster-step names an earlier one)")
        }
        // 32 steps a channel, which are hard to tell from 256 in a still of cells, and make it a third smaller.
        frame.bytes = frame.bytes.map { $0 & 0xF8 | $0 >> 5 }
        return frame
    }

    /// The target about the seed of the grid, as the address of a picture of the rule's pixels.
    private func address(ofTarget text: String, of rule: Rule, on grid: GridSize) throws -> String {
        let target = try targetOptions.target(text, scale: rule.pictureScale)
        let limit = GridSize(width: grid.width * rule.pictureScale, height: grid.height * rule.pictureScale)
        guard let placed = target.inTheMiddle(of: limit) else {
            throw CommandError.usage(
                "--target: the target is larger than the grid (got \(target.width)x\(target.height), limit \(limit))")
        }
        return Base64.address(try ImageFile.encodePNG(placed.frame, metadata: [], file: output), type: "image/png")
    }
}

extension LivePage.Part {
    fileprivate func serves(_ rule: Rule) -> Bool {
        switch self {
        case .activations:
            [rule.network.activation, rule.network.updateActivation].contains { ![.none, .relu].contains($0) }
        case .births: rule.life.birth != .free
        case .means: rule.perception.global != .none
        case .decoder: rule.decoder != nil
        }
    }
}

extension TimelineEvent.Action {
    /// Whether it changes how the automaton runs, rather than its state.
    fileprivate var isSetting: Bool {
        switch self {
        case .angle, .fireRate, .deathRate, .edges: true
        case .plantSeed, .erase, .noise, .clear, .roll: false
        }
    }
}

extension Theme {
    fileprivate var pagePalette: LivePage.Palette {
        LivePage.Palette(colours: [
            ("page", palette.page.hex), ("ink", palette.ink.hex), ("quiet", palette.quietInk.hex),
            ("line", palette.line.hex), ("life", palette.life.hex),
        ])
    }

    /// What pictures are drawn in.
    fileprivate var pageData: String {
        let stops = { (map: Colormap) in JSONText.list(map.stops.map { JSONText.quoted(Color(hex: $0).hex) }) }
        return JSONText.object([
            "page": JSONText.quoted(palette.page.hex), "life": JSONText.quoted(palette.life.hex),
            "fire": JSONText.quoted(palette.fire.hex), "resting": JSONText.quoted(palette.resting.hex),
            "diverging": stops(palette.diverging), "sequential": stops(palette.sequential),
        ])
    }
}
