import ArgumentParser
import GNCABasics
import GNCACells
import GNCARaster
import GNCARender

/// What happens, and when.
struct ScenarioOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            What happens: \(Scenarios.all.map { $0.name }.joined(separator: ", ")), or a timeline file (.yaml); default \
            \(Scenarios.all[0].name).
            """, valueName: "name|file"),
        completion: .file(extensions: ["yaml", "yml"]), transform: { try Source($0) })
    var scenario = Source.known(Scenarios.all[0])

    /// Where a scenario comes from.
    enum Source {
        case known(any Scenario.Type)
        case file(String)

        init(_ text: String) throws(RenderError) {
            let isFile = text.ends(with: ".yaml") || text.ends(with: ".yml")
            self = isFile ? .file(text) : .known(try Scenarios.named(text))
        }

        /// That of a file, else 0.
        func randomSeed() throws -> UInt32 {
            guard case .file(let path) = self else { return 0 }
            return try ScenarioFile.read(path).randomSeed ?? 0
        }

        /// That of a file, where it names one.
        func grid() throws -> GridSize? {
            guard case .file(let path) = self else { return nil }
            return try ScenarioFile.read(path).grid
        }

        /// What happens in every run of a figure. Throws where a file has pictures that differ.
        func figureScenario() throws -> FigureScenario {
            switch self {
            case .known(let scenario): return FigureScenario(scenario)
            case .file(let path):
                let description = try ScenarioFile.read(path)
                guard !description.differsByPlace && !description.ownRandomness else {
                    throw CommandError.usage("\(path) has pictures that differ, and all runs of a figure are alike")
                }
                return FigureScenario(description)
            }
        }

        /// What it is read from.
        func add(to files: inout RunFiles) throws {
            guard case .file(let path) = self else { return }
            files.read(path, as: "the scenario")
            for entry in try ScenarioFile.read(path).entries { files.read(masksOf: entry.action) }
        }
    }

    @Option(parsing: .unconditional, help: "Steps that the automaton makes; default the scenario's own length.")
    var steps: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Steps a second from beginning to end, at any frame rate; default the scenario's own.",
            valueName: "steps-per-second"))
    var speed: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How long the film lasts: what moves goes faster or slower for it, what stands still keeps its time.",
            valueName: "seconds"))
    var duration: Double?

    @Option(
        parsing: .unconditional,
        help: "Steps from one frame to the next, also below 1; default the scenario's own. --speed says it in time.")
    var stepsPerFrame: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How long the last picture stands; default the scenario's own.", valueName: "seconds"))
    var hold: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How long the last picture then fades to background; default 0.", valueName: "seconds"))
    var fade: Double?

    @OptionGroup var start: StartOptions

    @Option(
        name: .customLong("damage"),
        help: ArgumentHelp(
            """
            Damage after a number of steps, repeatable: circle:X,Y,R@STEP, rect:X,Y,W,H@STEP, half:left@STEP \
            (left, right, top, bottom), random:N@STEP (N random circles), erase:FILE.png@STEP (a mask).
            """, valueName: "spec@step"),
        transform: { try DamageRequest(parsing: $0) })
    var damages: [DamageRequest] = []

    @Option(
        in: 0...UInt32.max,
        help: "Seed of the random numbers: which cells fire, and random damage; default the scenario's own, else 0.")
    var randomSeed: UInt32?

    @Option(
        help: ArgumentHelp(
            "Several random seeds: every model once with each, side by side with captions.", valueName: "n,..."),
        transform: OptionText.list("random seeds, as 0,1,2") { UInt32($0) })
    var randomSeeds: [UInt32]?

    @Option(help: "What lies outside the grid; default the model's own.")
    var padding: Edges?

    @Option(help: "What to do when a state becomes infinite or NaN: stop, or hold the last finite state.")
    var onBlowup = BlowUpPolicy.stop
}

extension ScenarioOptions {
    /// What every picture of a film shows. `columns`: pictures a row, where the user named a number.
    func script(_ models: [LoadedModel], frameRate: FrameRate, columns: Int?) throws -> FilmScript {
        guard randomSeeds == nil || randomSeed == nil else {
            throw CommandError.usage("--random-seed and --random-seeds cannot stand together")
        }
        let seeds = try seeds()
        guard Set(seeds).count == seeds.count else { throw CommandError.usage("--random-seeds names a seed twice") }
        switch scenario {
        case .known(let scenario):
            let requests = models.map { request(grid: start.grid ?? $0.grid, frameRate: frameRate) }
            return try FilmScript(requests, randomSeeds: seeds, columns: columns, timeline: scenario.timeline)
        case .file(let path):
            let description = try ScenarioFile.read(path)
            guard description.columns == 1 || columns == nil else {
                throw CommandError.usage("\(path) has columns of its own (leave --columns out)")
            }
            guard description.differsByPlace || description.ownRandomness else {
                let requests = models.map {
                    request(grid: start.grid ?? description.grid ?? $0.grid, frameRate: frameRate)
                }
                return try FilmScript(
                    requests, randomSeeds: seeds, columns: columns, timeline: description.timeline)
            }
            guard randomSeeds == nil else {
                throw CommandError.usage("\(path) has pictures that differ (leave --random-seeds out)")
            }
            let common = start.grid ?? description.grid ?? models.grid
            return try FilmScript(
                description, request(grid: common, frameRate: frameRate, randomSeed: seeds[0]), models: models.count,
                columns: columns)
        }
    }

    /// The user's, else what the scenario says.
    func seeds() throws -> [UInt32] { try randomSeeds ?? [randomSeed ?? scenario.randomSeed()] }

    private func request(grid: GridSize, frameRate: FrameRate, randomSeed: UInt32 = 0) -> ScenarioRequest {
        ScenarioRequest(
            grid: grid, steps: steps, stepsPerFrame: stepsPerFrame, speed: speed, durationSeconds: duration,
            holdSeconds: hold, fadeSeconds: fade, frameRate: frameRate, starts: start.cells, damage: damages,
            randomSeed: randomSeed, angleDegrees: start.angle, fireRate: start.fireRate,
            edges: padding, readImage: Self.readImage)
    }

    /// What the scenario is read from.
    func add(to files: inout RunFiles) throws {
        try scenario.add(to: &files)
        for damage in damages { files.read(maskOf: damage.shape) }
    }

    /// Reads the pictures that damage erases by.
    static let readImage: @Sendable (String) throws(RenderError) -> Frame = { (file) throws(RenderError) in
        do {
            return try ImageFile.read(file)
        } catch {
            throw .unusable("\(error)")
        }
    }
}
