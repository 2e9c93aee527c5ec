/// How a state looks, and how it begins.
public struct Appearance: Sendable, Equatable {
    /// What the numbers of the picture's channels mean.
    public var picture: Picture
    /// Red's channel, which green's and blue's follow; the one channel of `Picture.channel`.
    public var first: Int
    /// Alpha's channel; without meaning where the picture has no alpha.
    public var alpha: Int
    /// The colours that one channel is shown in.
    public var colormap: Colors
    /// What a run begins with.
    public var seed: Seed

    /// What the numbers of a cell mean.
    public enum Picture: String, Sendable, CaseIterable {
        /// Red, green and blue multiplied by alpha (Distill).
        case premultiplied
        /// Red, green and blue as they are, and alpha.
        case straight
        /// Red, green and blue from -0.5 to 0.5, without alpha (textures).
        case opaque
        /// One channel from 0 to 1 through a colormap.
        case channel

        /// Whether a cell can be transparent.
        public var hasAlpha: Bool { self == .premultiplied || self == .straight }
    }

    /// Colours of numbers.
    public enum Colors: String, Sendable, CaseIterable {
        /// From 0 to 1.
        case sequential
        /// From -1 to 1.
        case diverging
    }

    /// Without arguments, the Distill article's: red, green and blue times alpha in channels 0 to 2, alpha in
    /// channel 3.
    public init(
        picture: Picture = .premultiplied, first: Int = 0, alpha: Int = 3, colormap: Colors = .sequential,
        seed: Seed = Seed()
    ) {
        self.picture = picture
        self.first = first
        self.alpha = alpha
        self.colormap = colormap
        self.seed = seed
    }

    /// Channels of the picture: red, green, blue and perhaps alpha; or one.
    public var channels: [Int] {
        switch picture {
        case .premultiplied, .straight: [first, first + 1, first + 2, alpha]
        case .opaque: [first, first + 1, first + 2]
        case .channel: [first]
        }
    }

    /// The other channels of a cell of so many.
    public func hidden(of count: Int) -> [Int] { (0..<count).filter { !channels.contains($0) } }
}

/// The state that a run begins with.
public struct Seed: Sendable, Equatable {
    /// How far the seeds reach over the grid.
    public enum Start: String, Sendable, CaseIterable {
        /// One cell, or as many as the user plants.
        case cell
        /// Every cell is a seed.
        case filled
        /// Nothing.
        case zeros
        /// Every number from -value to value, drawn from the random numbers.
        case noise
    }

    /// Which channels of a seed are not zero.
    public enum Channels: Sendable, Equatable {
        /// Alpha and every hidden one (Distill).
        case hidden
        /// Alpha alone, where the picture has one.
        case alpha
        /// This one and all that follow.
        case from(Int)
    }

    /// Where the seeds are before the first step.
    public var start: Start
    /// What of a seed is set; the other channels are zero.
    public var channels: Channels
    /// What those channels are set to; for noise, its largest magnitude.
    public var value: Float

    /// Without arguments, the Distill article's: one cell whose alpha and hidden channels are 1.
    public init(_ channels: Channels = .hidden, value: Float = 1, start: Start = .cell) {
        self.channels = channels
        self.value = value
        self.start = start
    }
}

extension Seed.Channels {
    /// How many channels a cell has at least of which some are set.
    var least: Int {
        switch self {
        case .hidden, .alpha: 0
        case .from(let channel): channel < Rule.channelLimit ? channel + 1 : .max
        }
    }
}

extension Seed.Channels: LosslessStringConvertible {
    /// "hidden", "alpha", "from:4"
    public var description: String {
        switch self {
        case .hidden: "hidden"
        case .alpha: "alpha"
        case .from(let channel): "from:\(channel)"
        }
    }

    public init?(_ text: String) {
        switch text {
        case "hidden": self = .hidden
        case "alpha": self = .alpha
        default:
            let start = "from:".utf8
            guard text.utf8.starts(with: start), let channel = Int(String(text.utf8.dropFirst(start.count)) ?? ""),
                channel >= 0
            else { return nil }
            self = .from(channel)
        }
    }
}

extension Appearance {
    /// What a seed of this many channels is made of, `[count]`.
    public func seedCell(channels count: Int) -> [Float] {
        (0..<count).map { channel in
            let isSet =
                switch seed.channels {
                case .hidden: !channels.contains(channel) || (picture.hasAlpha && channel == alpha)
                case .alpha: picture.hasAlpha && channel == alpha
                case .from(let first): channel >= first
                }
            return isSet ? seed.value : 0
        }
    }
}
