import GNCACells

/// What happens when the state becomes infinite or NaN.
public enum BlowUpPolicy: String, Sendable, CaseIterable {
    /// `Simulation.next` throws `ModelError.blowUp`.
    case stop
    /// The film goes on with the last finite state; nothing happens any more, and the event's name says so.
    case hold
}

/// Runs one rule along a timeline and gives one snapshot a frame.
///
/// Used by one thread at a time. Between frames it keeps no snapshot, unless the next frame shows the same step: whoever
/// lets go of a snapshot before asking for the next one spares the automaton a copy of its state.
public final class Simulation {
    /// The step (ordinal, 1...) in which the state became infinite or NaN; nil = never so far.
    public private(set) var blowUpStep: Int?

    private let timeline: Timeline
    private let automaton: Automaton
    private let recordsTrace: Bool
    private var lineage: Lineage?
    private let onBlowUp: BlowUpPolicy
    private let randomSeed: UInt32
    /// Steps of the timeline done; runs on where the automaton has blown up.
    private var step = 0
    /// Index of the next frame, 0...
    private var nextCue = 0
    /// Index of the next event, 0...
    private var nextEvent = 0
    /// Frames taken at `step`.
    private var framesAtStep = 0
    /// `[H * W]`, cells erased since the last frame; nil = none.
    private var freshCut: [UInt8]?
    private var cut: [UInt8]?
    /// Where something was seen of what `cut` and `freshCut` erased.
    private var lost: [UInt8]?
    private var freshLost: [UInt8]?
    private var framesSinceCut = 0
    private var eventName: String?
    /// Steps done when the named event happened; nil where its name stays.
    private var eventStep: Int?
    /// Frames since then in which the film did not stand still at that step.
    private var framesSinceEvent = 0
    private var healing: HealingWatch?
    /// The last snapshot, while frames of the same step follow and nothing happens between them.
    private var held: Snapshot?

    /// Throws where the timeline does not pass `Timeline.validate`, or the automaton cannot be made.
    public init(
        rule: Rule, timeline: Timeline, randomSeed: UInt32 = 0, threads: Int = 1, recordsTrace: Bool = false,
        recordsLineage: Bool = false, onBlowUp: BlowUpPolicy = .stop
    ) throws(ModelError) {
        do {
            try timeline.validate()
        } catch {
            throw .outOfRange(what: "timeline", value: error.description, expected: "a checked one")
        }
        let turned = timeline.events.contains {
            if case .angle(let radians) = $0.action { radians != 0 } else { false }
        }
        guard !turned || rule.perception.turns else {
            throw .impossible("none of the model's filters turns with the angle: it cannot be shown turned")
        }
        self.timeline = timeline
        self.recordsTrace = recordsTrace
        self.onBlowUp = onBlowUp
        self.randomSeed = randomSeed
        try RunMemory.check(
            RunMemory.bytes(of: rule, cells: timeline.grid.width * timeline.grid.height), of: "the run")
        let empty = CellGrid(height: timeline.grid.height, width: timeline.grid.width, channels: rule.channels)
        automaton = try Automaton(rule: rule, state: empty, randomSeed: randomSeed, threads: threads)
        if recordsLineage { lineage = try Lineage(rule: rule, grid: timeline.grid) }
    }

    /// The next frame; nil after the last. Throws `ModelError.blowUp` where the policy is `stop`.
    public func next() throws(ModelError) -> Snapshot? {
        guard nextCue < timeline.cues.count else { return nil }
        let cue = timeline.cues[nextCue]
        try advance(to: cue.step)
        applyEvents(of: cue.step, afterFrames: framesAtStep)
        let snapshot = takeSnapshot(fade: cue.fade)
        nextCue += 1
        framesAtStep += 1
        let staysAtStep = nextCue < timeline.cues.count && timeline.cues[nextCue].step == cue.step
        held = staysAtStep ? snapshot : nil
        return snapshot
    }

    private func advance(to target: Int) throws(ModelError) {
        while step < target {
            held = nil
            applyEvents(of: step, afterFrames: .max)
            try makeStep(isShown: step + 1 == target)
            step += 1
            framesAtStep = 0
        }
    }

    private func makeStep(isShown: Bool) throws(ModelError) {
        guard blowUpStep == nil else { return }
        automaton.recordsTrace = recordsTrace && isShown
        lineage?.observe(automaton.state, edges: automaton.edges, step: automaton.stepsDone)
        do {
            try automaton.step()
            watchHealing()
        } catch .blowUp(let step) {
            guard onBlowUp == .hold else { throw .blowUp(step: step) }
            blowUpStep = step
            healing = nil
            eventStep = nil
            eventName = "stopped: the state became infinite in step \(step)"
        }
    }

    /// The name of the event that made the wound leaves when that has healed.
    private func watchHealing() {
        guard healing != nil else { return }
        let wasHealed = healing?.isHealed == true
        healing?.observe(automaton.state, step: step + 1, occupied: automaton.forEachOccupied)
        guard healing?.isHealed == true, !wasHealed, eventStep != nil else { return }
        eventStep = nil
        eventName = nil
    }

    private func applyEvents(of step: Int, afterFrames: Int) {
        while nextEvent < timeline.events.count {
            let event = timeline.events[nextEvent]
            guard event.step == step, event.afterFrames <= afterFrames else { return }
            nextEvent += 1
            guard blowUpStep == nil else { continue }
            held = nil
            watchWound(event.action)
            if let mask = event.action.damage { noteLoss(mask) }
            event.action.apply(to: automaton, randomSeed: randomSeed)
            remember(event)
        }
    }

    /// Before the event has changed the state.
    private func watchWound(_ action: TimelineEvent.Action) {
        switch action {
        case .erase(let mask), .noise(let mask):
            if healing?.isHealed == false {
                healing?.cut(by: mask, at: step)
            } else {
                healing = HealingWatch(automaton.state, automaton.rule.appearance, cutBy: mask, at: step) ?? healing
            }
        // Nothing is as before any more.
        case .clear, .roll: healing = nil
        case .plantSeed, .angle, .fireRate, .deathRate, .edges: break
        }
    }

    /// Before the event has changed the state.
    private func noteLoss(_ mask: [UInt8]) {
        let (grid, appearance) = (automaton.state, automaton.rule.appearance)
        var lost = freshLost ?? [UInt8](repeating: 0, count: mask.count)
        for cell in mask.indices where mask[cell] == 1 {
            let isSeen =
                !appearance.picture.hasAlpha
                || grid.values[cell * grid.channels + appearance.alpha] > HealingWatch.visible
            if isSeen { lost[cell] = 1 }
        }
        freshLost = lost
    }

    private func remember(_ event: TimelineEvent) {
        if let name = event.name {
            eventName = name
            eventStep = event.action.lasts ? nil : event.step
            framesSinceEvent = 0
        }
        switch event.action {
        case .erase(let mask), .noise(let mask):
            guard var united = freshCut else {
                freshCut = mask
                return
            }
            for index in united.indices where mask[index] == 1 { united[index] = 1 }
            freshCut = united
        case .clear:
            (freshCut, freshLost) = (nil, nil)
            (cut, lost) = (nil, nil)
        default: break
        }
    }

    /// The name of something that is over leaves after a second; while the film stands still at it, it stays.
    private func ageEvent() {
        guard let eventStep else { return }
        if step > eventStep { framesSinceEvent += 1 }
        guard framesSinceEvent > Int(timeline.frameRate.perSecond.rounded()) else {
            return
        }
        self.eventStep = nil
        eventName = nil
    }

    private func takeSnapshot(fade: Float) -> Snapshot {
        ageEvent()
        if let freshCut {
            (cut, lost) = (freshCut, freshLost)
            framesSinceCut = 0
            (self.freshCut, freshLost) = (nil, nil)
        } else if cut != nil {
            framesSinceCut += 1
        }
        var snapshot =
            held
            ?? Snapshot(
                step: automaton.stepsDone, grid: automaton.state, rule: automaton.rule, angle: automaton.angle,
                edges: automaton.edges, trace: recordsTrace ? automaton.trace : nil)
        lineage?.observe(automaton.state, edges: automaton.edges, step: automaton.stepsDone)
        snapshot.lineage = lineage
        snapshot.cut = cut
        snapshot.lost = lost
        snapshot.framesSinceCut = cut == nil ? 0 : framesSinceCut
        snapshot.eventName = eventName
        snapshot.healedAfter = healing.flatMap { $0.isHealed ? $0.stepsToHeal : nil }
        snapshot.fade = fade
        return snapshot
    }
}

extension TimelineEvent.Action {
    /// Whether what it does goes on until something else of its kind is done.
    var lasts: Bool {
        switch self {
        case .angle, .fireRate, .deathRate, .edges: true
        case .plantSeed, .erase, .noise, .clear, .roll: false
        }
    }

    /// The cells that it damages; nil where it does none.
    var damage: [UInt8]? {
        switch self {
        case .erase(let mask), .noise(let mask): mask
        case .plantSeed, .clear, .roll, .angle, .fireRate, .deathRate, .edges: nil
        }
    }

    /// Does it, between two steps.
    func apply(to automaton: Automaton, randomSeed: UInt32) {
        switch self {
        case .plantSeed(let x, let y):
            let rule = automaton.rule
            automaton.edit { grid in
                if rule.appearance.seed.start == .cell {
                    grid.plantSeed(x: x, y: y, of: rule.appearance)
                } else {
                    grid.fillWithStart(of: rule, randomSeed: randomSeed)
                }
            }
        case .erase(let mask): automaton.erase(mask)
        case .noise(let mask):
            let step = UInt32(truncatingIfNeeded: automaton.stepsDone)
            automaton.edit { $0.addNoise(where: mask, step: step, randomSeed: randomSeed) }
        case .clear: automaton.edit { $0.clear() }
        case .roll(let rows, let cells): automaton.edit { $0.roll(rows, by: cells) }
        case .angle(let radians): automaton.angle = radians
        case .fireRate(let rate): automaton.fireRate = rate
        case .deathRate(let rate): automaton.deathRate = rate
        case .edges(let edges): automaton.edges = edges
        }
    }
}

extension CellGrid {
    fileprivate mutating func clear() {
        for index in values.indices { values[index] = 0 }
    }

    /// Moves rows right by `cells` (left where negative), around the edge.
    fileprivate mutating func roll(_ rows: Range<Int>, by cells: Int) {
        let length = width * channels
        let shift = ((cells % width + width) % width) * channels
        for row in rows {
            let start = row * length
            let old = Array(values[start..<(start + length)])
            for index in 0..<length { values[start + (index + shift) % length] = old[index] }
        }
    }
}
