import GNCABasics

/// The step, and what happens.
struct CounterOverlay: WordsOverlay {
    static let name = "counter"
    static let summary = "number of steps done, what happens, and when it has healed, below the picture"

    let widestWords: [String]

    init(_ setup: OverlaySetup) {
        let digits = String(repeating: "0", count: String(max(0, setup.timeline.steps)).count)
        // Letters differ in width, but never so much that the longest name is not near the widest.
        let names = setup.timeline.events.compactMap(\.name).map(Escaping.oneLine)
        let healed = setup.timeline.wounds ? [Self.healed(after: digits)] : []
        let longest = (names + healed).max { $0.count < $1.count }
        widestWords = ["step " + digits] + (longest.map { [$0] } ?? [])
    }

    func words(for snapshot: Snapshot) -> [String] {
        ["step \(snapshot.step)"] + (widestWords.count > 1 ? [Self.story(of: snapshot)] : [])
    }

    /// What happens in a picture, in one line; empty where nothing does.
    static func story(of snapshot: Snapshot) -> String {
        snapshot.eventName.map(Escaping.oneLine) ?? snapshot.healedAfter.map { healed(after: "\($0)") } ?? ""
    }

    private static func healed(after steps: String) -> String { "healed after \(steps) steps" }
}

/// When each of several models has healed, above its picture: the counter below all of them tells what they share.
struct HealingWords: WordsOverlay {
    static let name = "healing"
    static let summary = "whether the wounds of the last cut have healed"

    let widestWords = ["healed"]

    init(_ setup: OverlaySetup) {}

    func words(for snapshot: Snapshot) -> [String] { [snapshot.healedAfter == nil ? "" : "healed"] }
}

extension Timeline {
    /// Whether something is cut.
    var wounds: Bool { events.contains { if case .erase = $0.action { true } else { false } } }
}
