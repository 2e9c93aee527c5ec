import ArgumentParser
import GNCABasics
import GNCACells
import GNCARender

/// What a page's run begins with, and what happens in it by itself.
struct PageShowOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            A show that the page opens with, and that its reader may interrupt: \
            \(Scenarios.all.map { $0.name }.joined(separator: ", ")), or a timeline file (.yaml); default none.
            """, valueName: "name|file"),
        completion: .file(extensions: ["yaml", "yml"]), transform: { try ScenarioOptions.Source($0) })
    var scenario: ScenarioOptions.Source?

    @OptionGroup var start: StartOptions

    @Option(in: 0...UInt32.max, help: "Seed of the random numbers; default the scenario's own, else 0.")
    var randomSeed: UInt32?

    @Option(in: 1...480, help: "Steps a second until the reader chooses otherwise.")
    var speed: Int = 60

    @Option(name: .customLong("edges"), help: "What lies outside the grid; default the model's own.")
    var edges: Edges?

    /// Longest side of a page's grid: what a phone's browser still draws.
    static let longestSide = 512

    func check() throws {
        if let grid = start.grid, max(grid.width, grid.height) > Self.longestSide {
            throw CommandError.usage(
                "--grid: a page has at most \(Self.longestSide)x\(Self.longestSide) cells (got \(grid))")
        }
    }

    /// What the show is read from.
    func add(to files: inout RunFiles) throws { try scenario?.add(to: &files) }

    /// What runs by itself. Throws where a scenario has pictures that differ, for a page has one.
    func timeline(_ models: [LoadedModel], randomSeed: UInt32) throws -> Timeline {
        let request = { (grid: GridSize) in
            ScenarioRequest(
                grid: grid, starts: start.cells, randomSeed: randomSeed, angleDegrees: start.angle,
                fireRate: start.fireRate, edges: edges, readImage: ScenarioOptions.readImage)
        }
        switch scenario {
        case nil:
            return try checked(TimelineDescription(steps: 1).timeline(request(start.grid ?? models.grid)))
        case .known(let scenario):
            return try checked(scenario.timeline(request(start.grid ?? models.grid)))
        case .file(let path):
            let description = try ScenarioFile.read(path)
            guard !description.differsByPlace && !description.ownRandomness else {
                throw CommandError.usage("\(path) has pictures that differ, and a page shows one run")
            }
            return try checked(description.timeline(request(start.grid ?? description.grid ?? models.grid)))
        }
    }

    /// The user's, else what the scenario says.
    func seed() throws -> UInt32 { try randomSeed ?? scenario?.randomSeed() ?? 0 }

    private func checked(_ timeline: Timeline) throws -> Timeline {
        guard max(timeline.grid.width, timeline.grid.height) <= Self.longestSide else {
            throw CommandError.usage(
                "a page has at most \(Self.longestSide)x\(Self.longestSide) cells (got \(timeline.grid); "
                    + "choose a smaller --grid)")
        }
        return timeline
    }
}

/// Words and colours of a page.
struct PageLookOptions: ParsableArguments {
    @Option(
        name: .customLong("caption"),
        help: "What a model is called on the page, repeatable: one a model; default its file's name.")
    var captions: [String] = []

    @Option(help: ArgumentHelp("A line below the title.", valueName: "text"))
    var lead: String?

    @Option(help: ArgumentHelp("Words for those who cannot see the picture.", valueName: "text"))
    var alt: String?

    @Option(
        help: ArgumentHelp(
            "What the models should grow, a file, an emoji or a text: the page tells how far they are from it.",
            valueName: "target"), completion: .file())
    var target: String?

    @Option(help: "Colours of the page; default what its reader's system prefers.")
    var theme: Theme?

    @Option(in: 0...100_000, help: "Steps after which the still is taken that stands there until the page runs.")
    var posterStep: Int = 200

    @Flag(help: "The picture alone, for a frame in another page; a button brings the controls.")
    var bare = false
}
