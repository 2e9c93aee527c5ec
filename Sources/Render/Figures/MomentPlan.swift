import GNCACells

/// When a run is looked at: before what happens at a step, or after it.
struct RunMoment: Sendable, Equatable {
    var step: Int
    /// What has just happened; nil for nothing.
    var event: String?
}

/// At which moments the runs of a scenario are looked at: as evenly as can be, at the last step, and before and after
/// everything that happens and has a name.
struct MomentPlan: Sendable {
    let moments: [RunMoment]
    private let cues: [FrameCue]
    /// Steps that are looked at before and after what happens.
    private let cuts: Set<Int>

    /// `most`: even moments; `steps`: further ones.
    init(_ timeline: Timeline, most: Int, showing steps: [Int] = []) {
        let events = Self.events(of: timeline)
        cuts = Set(events.keys.filter { $0 > 0 })
        let apart = max(1, (timeline.steps + most - 1) / most)
        var all = Set(stride(from: 0, through: timeline.steps, by: apart))
        all.formUnion(steps)
        all.formUnion(events.keys)
        all.insert(timeline.steps)
        var moments: [RunMoment] = []
        for step in all.sorted() {
            if cuts.contains(step) { moments.append(RunMoment(step: step)) }
            moments.append(RunMoment(step: step, event: events[step]))
        }
        self.moments = moments
        cues = moments.map { FrameCue(step: $0.step) }
    }

    /// After the seed, moments at which something has just happened.
    var events: [RunMoment] { moments.filter { $0.event != nil && $0.step > 0 } }

    /// What has a name, at its step; what goes on over several steps, at the first of them.
    private static func events(of timeline: Timeline) -> [Int: String] {
        var names: [Int: [String]] = [:]
        for event in timeline.events {
            guard let name = event.name, names[event.step]?.contains(name) != true else { continue }
            names[event.step, default: []].append(name)
        }
        return names.reduce(into: [:]) { events, entry in
            let new = entry.value.filter { names[entry.key - 1]?.contains($0) != true }
            if !new.isEmpty { events[entry.key] = new.joined(separator: ", ") }
        }
    }

    /// The same events, with a frame a moment in the place of the film's.
    func laid(_ timeline: Timeline) -> Timeline {
        var timeline = timeline
        timeline.cues = cues
        for index in timeline.events.indices {
            timeline.events[index].afterFrames = cuts.contains(timeline.events[index].step) ? 1 : 0
        }
        return timeline
    }
}

extension FigureRequest {
    /// What a run of a scenario is asked for. Throws where there are several angles, fire rates or lengths.
    func scenarioRequest(randomSeed: UInt32) throws(RenderError) -> ScenarioRequest {
        ScenarioRequest(
            grid: grid, steps: try single(steps, .steps), randomSeed: randomSeed,
            angleDegrees: try single(angles, .angle), fireRate: try single(fireRates, .fireRate), readImage: readImage)
    }
}
