/// One automaton: the weights of its update rule in canonical form, and the settings that change what they do.
///
/// Canonical form: perception is filter-major (identity of all channels, then their x-gradients, then their
/// y-gradients), Sobel x is `[-1 0 1; -2 0 2; -1 0 1] * sobelScale` and Sobel y its transpose, alpha is channel 3,
/// colour is premultiplied. Other dialects are folded into this form when a checkpoint is read.
public struct Rule: Sendable, Equatable {
    /// C, numbers a cell.
    public let channels: Int
    /// N, units of the hidden layer.
    public let hidden: Int
    /// First layer, `[N, 3C]` row-major, columns filter-major.
    public let w1: [Float]
    /// Bias of the first layer, `[N]`.
    public let b1: [Float]
    /// Second layer, `[C, N]` row-major.
    public let w2: [Float]
    /// Bias of the second layer, `[C]`; nil where the rule has no output bias.
    public let b2: [Float]?
    /// Factor on the integer Sobel filters; 1/8 in the Distill article.
    public var sobelScale: Float
    public var lifeMask: LifeMask
    /// Probability that a cell applies its update in a step, 0...1.
    public var fireRate: Float
    public var padding: Padding
    public var seedStyle: SeedStyle

    /// Throws `ModelError.wrongShape` where the arrays do not fit `channels` and `hidden`,
    /// `ModelError.nonFiniteWeights` where a weight is NaN or infinite.
    public init(
        channels: Int, hidden: Int, w1: [Float], b1: [Float], w2: [Float], b2: [Float]?,
        sobelScale: Float = 0.125, lifeMask: LifeMask = LifeMask(), fireRate: Float = 0.5,
        padding: Padding = .zero, seedStyle: SeedStyle = .hiddenChannels
    ) throws(ModelError) {
        guard channels >= 4 else { throw .outOfRange(what: "channels", value: "\(channels)", expected: "at least 4") }
        guard hidden >= 1 else { throw .outOfRange(what: "hidden units", value: "\(hidden)", expected: "at least 1") }
        try Rule.check("w1", w1, count: hidden * 3 * channels)
        try Rule.check("b1", b1, count: hidden)
        try Rule.check("w2", w2, count: channels * hidden)
        if let b2 { try Rule.check("b2", b2, count: channels) }
        self.channels = channels
        self.hidden = hidden
        self.w1 = w1
        self.b1 = b1
        self.w2 = w2
        self.b2 = b2
        self.sobelScale = sobelScale
        self.lifeMask = lifeMask
        self.fireRate = fireRate
        self.padding = padding
        self.seedStyle = seedStyle
    }

    private static func check(_ name: String, _ values: [Float], count: Int) throws(ModelError) {
        guard values.count == count else { throw .wrongShape(tensor: name, got: values.count, expected: count) }
        let broken = values.count { !$0.isFinite }
        guard broken == 0 else { throw .nonFiniteWeights(tensor: name, count: broken) }
    }
}

/// When the 3x3 test "the highest alpha around here is above the threshold" is made, and what it takes to live.
/// A cell that fails a test that is made becomes zero at the end of the step.
public struct LifeMask: Sendable, Equatable {
    /// Tested on the state before the step.
    public var before: Bool
    /// Tested on the state after the update.
    public var after: Bool
    /// Alpha must be strictly above it.
    public var threshold: Float

    public init(before: Bool = true, after: Bool = true, threshold: Float = 0.1) {
        self.before = before
        self.after = after
        self.threshold = threshold
    }
}

/// What perception finds outside the grid.
public enum Padding: String, Sendable, CaseIterable {
    /// Nothing: every channel is 0.
    case zero
    /// The opposite edge.
    case torus
}

/// What one living cell is made of.
public enum SeedStyle: String, Sendable, CaseIterable {
    /// Alpha and every hidden channel are 1 (Distill).
    case hiddenChannels = "hidden"
    /// Alpha alone is 1.
    case alphaOnly = "alpha"

    /// The value of one channel of a seed.
    func value(channel: Int) -> Float {
        switch self {
        case .hiddenChannels: channel >= CellGrid.alphaChannel ? 1 : 0
        case .alphaOnly: channel == CellGrid.alphaChannel ? 1 : 0
        }
    }
}

extension LifeMask {
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

    /// The life mask of the given moments, threshold 0.1.
    public init?(moments: String) {
        guard Self.allMoments.contains(moments) else { return nil }
        self.init(before: moments.hasPrefix("before"), after: moments.hasSuffix("after"))
    }
}
