import GNCACells

/// The conventions in which a model was trained, as far as published models differ: how its numbers are laid out, and the
/// settings of its rule.
public struct Dialect: Sendable, Equatable {
    /// How the inputs of the first layer are ordered.
    public enum Order: String, Sendable, CaseIterable {
        /// All channels through the first filter, then all through the second, ... (`torch.cat`).
        case filter
        /// All filters of one channel after the other (TensorFlow's and PyTorch's depthwise convolution).
        case channel
    }

    /// Which gradients have the opposite sign of Sobel's `[-1 0 1; -2 0 2; -1 0 1]` and its transpose.
    public enum Negation: String, Sendable, CaseIterable {
        case none, x, y, xy
    }

    /// Where the file has red, green, blue and alpha.
    public enum AlphaPlace: String, Sendable, CaseIterable {
        /// Where the rule's settings say.
        case third = "3"
        /// In the last four channels.
        case last
    }

    public var order = Order.filter
    public var alpha = AlphaPlace.third
    /// Every setting, its filters as the file has them; without layers.
    public var rule = Rule.blank

    /// The Distill article's, which most models follow.
    public init() {}

    // MARK: identity and two Sobel filters, in whatever order and scale

    /// The two Sobel filters of three, and where they stand; nil where the filters are others.
    private var gradients: (x: (place: Int, factor: Float), y: (place: Int, factor: Float))? {
        let filters = rule.perception.filters
        guard filters.count == 3, filters.contains(.named(.identity, 1)) else { return nil }
        func find(_ wanted: Filter.Kernel) -> (Int, Float)? {
            for (place, filter) in filters.enumerated() {
                if case .named(wanted, let factor) = filter { return (place, factor) }
            }
            return nil
        }
        guard let x = find(.sobelX), let y = find(.sobelY), abs(x.1) == abs(y.1) else { return nil }
        return (x, y)
    }

    private mutating func setGradients(scale: Float, negate: Negation, exchange: Bool) {
        let x = Filter.named(.sobelX, negate == .x || negate == .xy ? -scale : scale)
        let y = Filter.named(.sobelY, negate == .y || negate == .xy ? -scale : scale)
        rule.perception.filters = [.named(.identity, 1)] + (exchange ? [y, x] : [x, y])
    }

    /// Whether the filters are the identity and Sobel's, so that `scale`, `negate` and `exchange` have a meaning.
    var hasGradients: Bool { gradients != nil }

    /// Factor on the integer Sobel filters.
    public var scale: Float {
        get { gradients.map { abs($0.x.factor) } ?? 0.125 }
        set { setGradients(scale: newValue, negate: negate, exchange: exchange) }
    }

    public var negate: Negation {
        get {
            guard let gradients else { return .none }
            return gradients.x.factor < 0 ? (gradients.y.factor < 0 ? .xy : .x) : (gradients.y.factor < 0 ? .y : .none)
        }
        set { setGradients(scale: scale, negate: newValue, exchange: exchange) }
    }

    /// Whether the y-gradient comes before the x-gradient.
    public var exchange: Bool {
        get { gradients.map { $0.x.place > $0.y.place } ?? false }
        set { setGradients(scale: scale, negate: negate, exchange: newValue) }
    }

    /// In words, for `inspect` and `Checkpoint.dialect`.
    func words(outputBias: Bool) -> [String] {
        let life = rule.life
        let moments = life.moments.replacing("+", with: " and ")
        var words = perceptionWords
        words += [
            life.isTested ? "life mask \(moments) > \(life.threshold)" : "no life mask", "fire rate \(rule.fireRate)",
        ]
        switch rule.appearance.seed.channels {
        case .hidden: words.append("seed: alpha and hidden channels are \(Dialect.digits(rule.appearance.seed.value))")
        case .alpha: words.append("seed: alpha alone is \(Dialect.digits(rule.appearance.seed.value))")
        case .from(let channel):
            words.append("seed: channels from \(channel) on are \(Dialect.digits(rule.appearance.seed.value))")
        }
        words += [outputBias ? "output bias" : "no output bias", rule.edges == .zero ? "zero padding" : "torus"]
        if alpha == .last { words.append("red, green, blue, alpha are the last channels") }
        if rule.network.gain != 1 { words.append("update x \(rule.network.gain)") }
        let told = ["filters", "gain", "life", "threshold", "seed", "seed-value", "fire", "padding"]
        let others = RuleSettings.all.filter { !told.contains($0.name) && $0.text(rule) != $0.text(.blank) }
        return words + others.map { "\($0.name) \($0.text(rule))" }
    }

    private var perceptionWords: [String] {
        let ordered = "perception \(order == .filter ? "filter-major" : "channel-major"): "
        guard hasGradients, rule.perception.filters[0] == .named(.identity, 1) else {
            return [ordered + rule.perception.filters.map(\.description).joined(separator: ", ")]
        }
        var words = [
            ordered + "identity, \(exchange ? "y, x" : "x, y")" + (order == .filter ? "" : " of every channel"),
            scale == 0.125 ? "Sobel / 8" : scale == 1 ? "Sobel unscaled" : "Sobel x \(scale)",
        ]
        switch negate {
        case .none: break
        case .x, .y: words.append("\(negate.rawValue) filter negated")
        case .xy: words.append("x and y filters negated")
        }
        return words
    }

    private static func digits(_ value: Float) -> String { value == 1 ? "1" : "\(value)" }
}
