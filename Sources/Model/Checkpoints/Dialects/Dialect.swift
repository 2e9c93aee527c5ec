import GNCACells

/// The conventions in which a model was trained, as far as published models differ. What can be folded into the weights
/// is (`DialectFolding`); the rest become settings of the rule.
public struct Dialect: Sendable, Equatable {
    /// How the inputs of the first layer are ordered.
    public enum Order: String, Sendable, CaseIterable {
        /// All identities, then all of the first gradient, then all of the second (`torch.cat`).
        case filter
        /// Identity and both gradients of one channel after the other (TensorFlow's depthwise convolution).
        case channel
    }

    /// Which gradients have the opposite sign of Sobel's `[-1 0 1; -2 0 2; -1 0 1]` and its transpose.
    public enum Negation: String, Sendable, CaseIterable {
        case none, x, y, xy
    }

    /// Where red, green, blue and alpha are.
    public enum AlphaPlace: String, Sendable, CaseIterable {
        /// Channels 0 to 3.
        case third = "3"
        /// The last four channels.
        case last
    }

    public var order = Order.filter
    /// Factor on the integer Sobel filters.
    public var scale: Float = 0.125
    public var negate = Negation.none
    /// Whether the y-gradient comes before the x-gradient.
    public var exchange = false
    public var alpha = AlphaPlace.third
    public var lifeMask = LifeMask()
    public var padding = Padding.zero
    public var seed = SeedStyle.hiddenChannels
    public var fireRate: Float = 0.5
    /// Factor on the update of a cell that fires: dropout in training multiplies what it keeps.
    public var gain: Float = 1

    /// The Distill article's, which most models follow.
    public init() {}

    /// In words, for `inspect` and `Checkpoint.dialect`.
    func words(outputBias: Bool) -> [String] {
        let gradients = exchange ? "y, x" : "x, y"
        let moments = lifeMask.moments.replacing("+", with: " and ")
        let life = moments == "none" ? "no life mask" : "life mask \(moments) > \(lifeMask.threshold)"
        var words = [
            order == .filter
                ? "perception filter-major: identity, \(gradients)"
                : "perception channel-major: identity, \(gradients) of every channel",
            scale == 0.125 ? "Sobel / 8" : scale == 1 ? "Sobel unscaled" : "Sobel x \(scale)",
        ]
        switch negate {
        case .none: break
        case .x, .y: words.append("\(negate.rawValue) filter negated")
        case .xy: words.append("x and y filters negated")
        }
        words += [
            life, "fire rate \(fireRate)",
            seed == .hiddenChannels ? "seed: alpha and hidden channels are 1" : "seed: alpha alone is 1",
            outputBias ? "output bias" : "no output bias", padding == .zero ? "zero padding" : "torus",
        ]
        if alpha == .last { words.append("red, green, blue, alpha are the last channels") }
        if gain != 1 { words.append("update x \(gain)") }
        return words
    }
}
