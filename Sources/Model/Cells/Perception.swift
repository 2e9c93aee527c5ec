/// What a cell sees of its neighbourhood: K filters of 3 x 3, each applied to every channel, and perhaps a control vector.
public struct Perception: Sendable, Equatable {
    /// K of them. The first layer's inputs are filter-major: all channels through the first filter, then the second, ...
    public var filters: [Filter]
    public var control: Control?

    /// The Distill article's: identity and both Sobel filters / 8.
    public init(filters: [Filter] = Filter.sobel(scale: 0.125), control: Control? = nil) {
        self.filters = filters
        self.control = control
    }

    /// Numbers that a cell of so many channels hands to the first layer: K * C, and the appended control vector's.
    public func inputs(channels: Int) -> Int {
        filters.count * channels + (control?.place == .appended ? control?.values.count ?? 0 : 0)
    }

    /// Whether the angle changes what is perceived.
    public var turns: Bool { filters.contains { $0.turns } }

    /// The factor where the filters are the identity and both Sobel filters of one factor, in this order; else nil.
    var sobelScale: Float? {
        guard filters.count == 3, case .named(.sobelX, let scale) = filters[1], filters == Filter.sobel(scale: scale)
        else { return nil }
        return scale
    }
}

/// One vector for all cells: which goal a goal-guided model follows.
public struct Control: Sendable, Equatable {
    public enum Place: String, Sendable, CaseIterable {
        /// Every cell perceives it behind its filters.
        case appended
        /// Living cells perceive as if it were added to their last channels, and those of their neighbours that live.
        case added
    }

    public var place: Place
    public var values: [Float]

    public init(_ place: Place, _ values: [Float]) {
        self.place = place
        self.values = values
    }
}
