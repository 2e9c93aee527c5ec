import GNCACells

/// A pattern is damaged again and again, and heals.
enum Regen: Scenario {
    static let name = "regen"
    static let summary = "a pattern grows, is damaged three times (or as you say) and heals"

    /// The plan below, in steps; the request's steps stretch it.
    private static let plannedSteps = 520
    /// Below, growth and recovery are too short to be seen.
    private static let fewestSteps = 120
    /// Steps left for healing after the last damage that the user asked for.
    private static let recovery = 200

    static func timeline(_ request: ScenarioRequest) throws(RenderError) -> Timeline {
        request.damage.isEmpty ? try builtIn(request) : try asAsked(request)
    }

    /// Three wounds, each once the one before has healed. Their sizes are such that Distill's regenerating lizard,
    /// butterfly and smiley heal all of them: a little larger, or with the wave mirrored, some do not.
    private static func builtIn(_ request: ScenarioRequest) throws(RenderError) -> Timeline {
        let steps = request.steps ?? plannedSteps
        guard steps >= fewestSteps else {
            throw .invalid("regen grows and heals three times in at least \(fewestSteps) steps (got \(steps))")
        }
        guard steps <= TimelineLimits.steps else {
            throw .invalid("steps out of range (got \(steps), expected \(fewestSteps)...\(TimelineLimits.steps))")
        }
        func scaled(_ planned: Int) -> Int { planned * steps / plannedSteps }
        let cuts = [scaled(150), scaled(280), scaled(400)]
        let eraserEnd = cuts[1] + max(scaled(30), 8)
        return try TimelineDescription(
            steps: steps, timeLapse: pace(around: cuts, slowGrowth: scaled(60), slowRecovery: scaled(60)),
            hold: .seconds(1),
            entries: [
                TimelineEntry(step: cuts[0], action: .hold(whole)),
                TimelineEntry(
                    step: cuts[0],
                    action: .erase(
                        .circle(x: .percent(50), y: .percent(50), radius: atLeastOneCell(0.15, of: request.grid))),
                    name: "middle removed"),
                TimelineEntry(step: cuts[0], action: .hold(wound)),
                TimelineEntry(step: cuts[1], action: .hold(whole)),
                TimelineEntry(
                    step: cuts[1],
                    action: .eraser(
                        eraser(radius: atLeastOneCell(0.06, of: request.grid), steps: eraserEnd - cuts[1]))),
                TimelineEntry(step: eraserEnd, action: .hold(wound)),
                TimelineEntry(step: cuts[2], action: .hold(whole)),
                TimelineEntry(
                    step: cuts[2],
                    action: .erase(
                        .rectangle(
                            x: .percent(0), y: .cells(firstLowerRow(of: request.grid)), width: .percent(100),
                            height: .percent(100))),
                    name: "lower part removed"),
                TimelineEntry(step: cuts[2], action: .hold(wound)),
            ]
        ).timeline(request)
    }

    /// So long that the eye finds a wound and sees it bare, without the flash that marks it.
    private static let wound = Pause.seconds(1.2)
    /// So long that the eye sees a pattern whole before it is cut.
    private static let whole = Pause.seconds(0.3)

    /// A share of the shorter side; a smaller circle may miss every cell.
    private static func atLeastOneCell(_ share: Double, of grid: GridSize) -> Length {
        .cells(max(share * Double(min(grid.width, grid.height)), 1))
    }

    /// The lower 46 % of the rows, at least one.
    private static func firstLowerRow(of grid: GridSize) -> Double {
        min((0.54 * Double(grid.height)).rounded(.up), Double(grid.height - 1))
    }

    /// Across the grid from left to right along one wave, as in the teaser of the Distill article.
    private static func eraser(radius: Length, steps: Int) -> MovingEraser {
        MovingEraser(
            radius: radius,
            path: [
                MovingEraser.Waypoint(after: 0, x: .percent(-10), y: .percent(50)),
                MovingEraser.Waypoint(after: steps, x: .percent(110), y: .percent(50)),
            ],
            waveAmplitude: .percent(11), wavePeriod: Double(steps))
    }

    /// The user's damage; the film goes on until the last of it has had time to heal.
    private static func asAsked(_ request: ScenarioRequest) throws(RenderError) -> Timeline {
        var entries = request.damage.map(TimelineEntry.init)
        let steps = request.damage.map(\.step).sorted()
        let cuts = steps.enumerated().filter { $0.offset == 0 || $0.element != steps[$0.offset - 1] }.map(\.element)
        // A pause at every cut of a quick series would only stutter.
        for (index, cut) in cuts.enumerated() where index == 0 || cut - cuts[index - 1] >= 30 {
            entries.append(TimelineEntry(step: cut, action: .hold(wound)))
        }
        var rest = request
        rest.damage = []
        let end = (cuts.last ?? 0).addingReportingOverflow(recovery)
        return try TimelineDescription(
            steps: end.overflow ? .max : end.partialValue,
            timeLapse: pace(around: cuts, slowGrowth: 60, slowRecovery: 60), hold: .seconds(1), entries: entries
        ).timeline(rest)
    }

    /// One step a frame where much happens: at the beginning and after every cut; two elsewhere.
    private static func pace(around cuts: [Int], slowGrowth: Int, slowRecovery: Int) -> [TimeLapse] {
        var lapses = [
            TimeLapse.seed, TimeLapse(from: 1, stepsPerFrame: 1), TimeLapse(from: slowGrowth, stepsPerFrame: 2),
        ]
        for cut in cuts where cut <= TimelineLimits.steps - slowRecovery {
            lapses.removeAll { $0.from >= cut }
            lapses.append(TimeLapse(from: cut, stepsPerFrame: 1))
            lapses.append(TimeLapse(from: cut + slowRecovery, stepsPerFrame: 2))
        }
        return lapses
    }
}
