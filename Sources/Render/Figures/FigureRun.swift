import GNCACells
import GNCARaster

/// Runs a model for a figure: the one way from a request to states.
public struct FigureRun {
    private let model: FigureModel
    private let request: FigureRequest
    /// Degrees; nil, here and below: as the rule has it.
    public var angle: Double?
    /// 0...1
    public var fireRate: Double?
    /// Whether snapshots know whose children cells are.
    public var recordsLineage = false
    /// In the place of the request's grid.
    public var grid: GridSize?

    /// As the rule has it: the request's angle and fire rate are left aside.
    public init(_ model: FigureModel, _ request: FigureRequest) {
        self.model = model
        self.request = request
    }

    /// With the angle and the fire rate of the request. Throws where it has several.
    public init(asAsked model: FigureModel, _ request: FigureRequest) throws(RenderError) {
        self.init(model, request)
        angle = try request.single(request.angles, .angle)
        fireRate = try request.single(request.fireRates, .fireRate)
    }

    /// Pictures of the states after each of `steps`, in their order.
    public func pictures(at steps: [Int]) throws -> [PanelGrid.Panel] {
        try look(at: steps) { .cells(request.picture(of: $0)) }
    }

    /// The states after each of `steps`, in their order.
    public func snapshots(at steps: [Int]) throws -> [Snapshot] { try look(at: steps) { $0 } }

    private func look<Value>(at steps: [Int], _ make: (Snapshot) -> Value) throws -> [Value] {
        var found: [Int: Value] = [:]
        try run(Set(steps).sorted().map { FrameCue(step: $0) }, entries: []) { found[$0.step] = make($0) }
        return steps.compactMap { found[$0] }
    }

    /// The state after `step` steps.
    public func snapshot(at step: Int) throws -> Snapshot {
        var found: Snapshot?
        try run([FrameCue(step: step)], entries: []) { found = $0 }
        guard let found else { throw RenderError.invalid("step \(step) has no state") }
        return found
    }

    /// Tells `body` every state from the seed to `steps`, or to the last that is finite.
    public func follow(steps: Int, _ body: (Snapshot) throws -> Void) throws {
        let simulation = try simulation((0...steps).map { FrameCue(step: $0) }, entries: [])
        do {
            while let snapshot = try simulation.next() { try body(snapshot) }
        } catch ModelError.blowUp {
            return
        }
    }

    /// Pictures of the state before a cut after `step` steps, right after it, and each of `later` steps after that.
    public func recovery(from damage: FigureDamage, at step: Int, later: [Int]) throws -> [PanelGrid.Panel] {
        let entries = [
            // Stands still for a frame: the first is taken before the cut, the second after it.
            TimelineEntry(step: step, action: .hold(.frames(1))),
            TimelineEntry(step: step, action: .erase(damage.shape), origin: damage.spec),
        ]
        var pictures: [Mosaic] = []
        let ordered = Set(later).subtracting([0]).sorted()
        try run(([step, step] + ordered.map { step + $0 }).map { FrameCue(step: $0) }, entries: entries) {
            pictures.append(request.picture(of: $0))
        }
        let healing = later.map { after in pictures[after == 0 ? 1 : 2 + (ordered.firstIndex(of: after) ?? 0)] }
        return (pictures.prefix(2) + healing).map { .cells($0) }
    }

    private func run(_ cues: [FrameCue], entries: [TimelineEntry], _ body: (Snapshot) throws -> Void) throws {
        let simulation = try simulation(cues, entries: entries)
        do {
            while let snapshot = try simulation.next() { try body(snapshot) }
        } catch ModelError.blowUp(let step) {
            throw ModelError.badCheckpoint(
                file: model.file, reason: "the state became infinite or NaN in step \(step) (show earlier steps)")
        }
    }

    private func simulation(_ cues: [FrameCue], entries: [TimelineEntry]) throws -> Simulation {
        let last = cues.last?.step ?? 0
        try TimelineLimits.check("steps", last, in: 0...TimelineLimits.steps)
        let scenario = ScenarioRequest(
            grid: grid ?? request.grid, randomSeed: request.randomSeed, angleDegrees: angle, fireRate: fireRate,
            readImage: request.readImage)
        // The figure's frames in the place of the film's.
        var timeline = try TimelineDescription(
            steps: max(1, last), timeLapse: [TimeLapse(from: 0, stepsPerFrame: Double(max(1, last)))], entries: entries
        ).timeline(scenario)
        timeline.cues = cues
        return try Simulation(
            rule: model.rule, timeline: timeline, randomSeed: request.randomSeed, threads: request.threads,
            recordsLineage: recordsLineage)
    }
}
