import GNCABasics

/// The step, and what happened last.
struct CounterOverlay: WordsOverlay {
    static let name = "counter"
    static let summary = "number of steps done, and the name of the last event, below the picture"

    let widestWords: [String]

    init(_ setup: OverlaySetup) {
        let digits = String(repeating: "0", count: String(max(0, setup.timeline.steps)).count)
        // Letters differ in width, but never so much that the longest name is not near the widest.
        let names = setup.timeline.events.compactMap(\.name).map(Escaping.oneLine)
        let longest = names.max { $0.count < $1.count }
        widestWords = ["step " + digits] + (longest.map { [$0] } ?? [])
    }

    func words(for snapshot: Snapshot) -> [String] {
        ["step \(snapshot.step)"] + (widestWords.count > 1 ? [Escaping.oneLine(snapshot.eventName ?? "")] : [])
    }
}
