import GNCABasics

/// What a film tells besides its pictures: what happens, in words, and in which frames. It is found out while the film
/// is made, since only then is it known when a wound has healed.
public struct Story: Sendable, Equatable {
    /// Frames in which the same is told.
    public struct Passage: Sendable, Equatable {
        /// Indexes of the first frame and of the one after the last.
        public var frames: Range<Int>
        /// In one line; empty where nothing happens.
        public var words: String
    }

    /// In order and without gaps, from the first frame to the last that was told.
    public private(set) var passages: [Passage] = []

    /// Names of the pictures, which stand before what is true of some of them; empty where there is one.
    private let names: [String]
    private let beginning: String
    /// For how many frames the beginning is told.
    private let beginningFrames: Int

    /// How long the beginning is told, seconds.
    private static let beginningSeconds = 3.0

    /// `names`: one a picture, or none where there is one picture.
    public init(of timeline: Timeline, names: [String] = []) {
        self.names = names
        let planted = timeline.events.prefix { $0.step == 0 }.count {
            if case .plantSeed = $0.action { true } else { false }
        }
        beginning = planted == 0 ? "the film begins" : planted == 1 ? "a seed grows" : "\(planted) seeds grow"
        beginningFrames = Int((Self.beginningSeconds * timeline.frameRate.perSecond).rounded())
    }

    /// Goes on with the next frame: `snapshots`, one a picture.
    public mutating func record(_ snapshots: [Snapshot]) {
        let frame = passages.last?.frames.upperBound ?? 0
        var words = told(by: snapshots)
        if words.isEmpty, frame < beginningFrames, passages.count <= 1 { words = beginning }
        if let last = passages.last, last.words == words {
            passages[passages.count - 1].frames = last.frames.lowerBound..<(frame + 1)
        } else {
            passages.append(Passage(frames: frame..<(frame + 1), words: words))
        }
    }

    /// Parts of the film by what happens in them, one after the other; none where nothing happens.
    public var chapters: [Passage] {
        var chapters: [Passage] = []
        for passage in passages {
            if passage.words.isEmpty, !chapters.isEmpty {
                chapters[chapters.count - 1].frames =
                    chapters[chapters.count - 1].frames.lowerBound..<passage.frames.upperBound
            } else if !passage.words.isEmpty {
                chapters.append(passage)
            }
        }
        return chapters.count > 1 ? chapters : []
    }

    private func told(by snapshots: [Snapshot]) -> String {
        let words = snapshots.map(CounterOverlay.story)
        guard let first = words.first, words.contains(where: { $0 != first }) else { return words.first ?? "" }
        var parts: [String] = []
        for (index, text) in words.enumerated() where !text.isEmpty {
            parts.append(index < names.count && !names[index].isEmpty ? "\(names[index]): \(text)" : text)
        }
        return parts.joined(separator: "; ")
    }
}
