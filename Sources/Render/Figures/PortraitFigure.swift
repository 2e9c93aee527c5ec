import GNCABasics
import GNCACells
import GNCARaster

/// Where runs of a model go in the space of all its states, and its hidden channels as colours.
public struct PortraitFigure: NumberedFigure {
    public static let name = "portrait"
    public static let summary =
        "principal components: the ways of runs through all states, and hidden channels as colours"
    public static let subject = FigureSubject.oneModel
    public static let options: [FigureOption] = [
        .scenario, .steps, .trials, .angle, .grid, .fireRate, .randomSeed, .data,
    ]
    public static let extent = FigureExtent.page(width: 960)

    /// Runs where the user names no number.
    public static let usualTrials = 8
    /// How many there may be.
    public static let trialRange = 1...100
    /// Pictures in a row.
    private static let mostPictures = 12
    private static let mostSteps = 100_000

    private let states: PortraitStates
    private let plane: PlanePlot
    private let pictures: PortraitPictures

    public init(_ request: FigureRequest) throws {
        let trials = request.trials ?? Self.usualTrials
        guard Self.trialRange.contains(trials) else {
            throw RenderError.option(
                .trials, "is out of range (got \(trials), expected 1...\(Self.trialRange.upperBound))")
        }
        let scenario = request.scenario ?? FigureScenario(CurvesFigure.usualScenario)
        var whole = request
        whole.steps = []
        let timelines = try (0..<trials).map { trial in
            try scenario.timeline(whole.scenarioRequest(randomSeed: request.randomSeed &+ UInt32(trial)))
        }
        guard timelines[0].steps <= Self.mostSteps else {
            throw RenderError.invalid(
                "the scenario has too many steps for a portrait (got \(timelines[0].steps), limit \(Self.mostSteps))")
        }
        let steps = try Self.steps(request, timelines[0])
        states = try PortraitStates(request, timelines, shown: steps)
        plane = PlanePlot(request, states, shown: steps)
        pictures = PortraitPictures(request, states)
    }

    /// The user's, in their order of time; else while it grows, at what happens, and the last.
    private static func steps(_ request: FigureRequest, _ timeline: Timeline) throws(RenderError) -> [Int] {
        let last = timeline.steps
        guard request.steps.isEmpty else {
            guard request.steps.count <= mostPictures else {
                throw .option(.steps, "names too many (got \(request.steps.count), limit \(mostPictures))")
            }
            for step in request.steps where !(0...last).contains(step) {
                throw .option(.steps, "is out of range (got \(step), expected 0...\(last))")
            }
            return Set(request.steps).sorted()
        }
        let events = MomentPlan(timeline, most: 1).events.prefix(3).map(\.step)
        guard let first = events.first else { return Set([last / 8, last / 4, last / 2, last]).sorted() }
        return Set([first / 4, 2 * first / 3] + events + [last]).sorted()
    }

    public func drawing(length: Int, fontSize: Int) throws -> Drawing {
        let (plane, pictures) = (
            try plane.placed(width: length, fontSize: fontSize), try pictures.placed(width: length, fontSize: fontSize)
        )
        var drawing = Drawing(width: length, height: plane.height + pictures.height, ground: plane.ground)
        plane.draw(&drawing)
        pictures.draw(top: plane.height, &drawing)
        return drawing
    }

    /// A line a run and moment: how far its state is along each component from the mean of all.
    public static let forms = [FigureNumbers.Form.csv]

    public var numbers: FigureNumbers { FigureNumbers(table: table) }

    /// Comma-separated values.
    var table: String {
        let names = (1...PortraitStates.components).map { "pc\($0)" }
        var lines = [(["run", "step", "event"] + names).joined(separator: ",")]
        for (run, places) in states.places.enumerated() {
            for (moment, place) in zip(states.moments, places) {
                let words = ["\(run)", "\(moment.step)", CSVText.field(moment.event ?? "")]
                // States that do not differ in as many ways leave the rest empty.
                let numbers = names.indices.map { $0 < place.count ? "\(place[$0])" : "" }
                lines.append((words + numbers).joined(separator: ","))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
