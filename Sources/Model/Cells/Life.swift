/// Which cells live, and what the state is held within. A cell that fails a test that is made becomes zero at the end of
/// the step.
public struct Life: Sendable, Equatable {
    /// Tested on the state before the step.
    public var before: Bool
    /// Tested on the state after the update.
    public var after: Bool
    /// The channel must be strictly above it.
    public var threshold: Float
    /// The channel that cells live by: alpha's, as a rule.
    public var channel: Int
    /// Whose value of that channel decides about a cell.
    public var reach: Reach
    /// What new values are held within; nil where they may be any.
    public var clamp: Clamp?
    /// How cells come to life.
    public var birth: Birth

    /// Whose channel a cell lives by.
    public enum Reach: String, Sendable, CaseIterable {
        /// The highest in its 3 x 3 neighbourhood.
        case neighbourhood = "3x3"
        /// Its own.
        case cell
    }

    /// Without arguments, the Distill article's: before and after, the neighbourhood's highest alpha above 0.1, no clamp,
    /// and no births.
    public init(
        before: Bool = true, after: Bool = true, threshold: Float = 0.1, channel: Int = 3,
        reach: Reach = .neighbourhood, clamp: Clamp? = nil, birth: Birth = .free
    ) {
        self.before = before
        self.after = after
        self.threshold = threshold
        self.channel = channel
        self.reach = reach
        self.clamp = clamp
        self.birth = birth
    }

    /// Whether any test is made.
    public var isTested: Bool { before || after }

    /// The channel to look at in cells of so many channels. Where no test is made, it may be one that they do not have:
    /// then it is their last one.
    func channel(among channels: Int) -> Int { min(channel, channels - 1) }
}

/// Limits for the new values of a cell that fires, before life is tested on them.
public struct Clamp: Sendable, Equatable {
    /// Which channels have limits.
    public enum Channels: String, Sendable, CaseIterable {
        /// The first three.
        case rgb
        /// The first four.
        case rgba
        /// Every one.
        case all
    }

    /// Which channels have limits; the others may take any value.
    public var channels: Channels
    /// The lowest and the highest value.
    public var range: ClosedRange<Float>

    /// Holds `channels` within `range`, 0 to 1 where none is given.
    public init(_ channels: Channels, _ range: ClosedRange<Float> = 0...1) {
        self.channels = channels
        self.range = range
    }

    /// How many channels, from the first one on.
    public func count(of channels: Int) -> Int {
        switch self.channels {
        case .rgb: min(3, channels)
        case .rgba: min(4, channels)
        case .all: channels
        }
    }
}

extension Life {
    /// Every value of `moments`.
    public static let allMoments = ["before+after", "before", "after", "none"]

    /// When the test is made, as checkpoints and `inspect` spell it.
    public var moments: String {
        switch (before, after) {
        case (true, true): "before+after"
        case (true, false): "before"
        case (false, true): "after"
        case (false, false): "none"
        }
    }

    /// The test of the given moments, else as Distill's.
    public init?(moments: String) {
        guard Self.allMoments.contains(moments) else { return nil }
        self.init(before: moments != "after" && moments != "none", after: moments != "before" && moments != "none")
    }
}
