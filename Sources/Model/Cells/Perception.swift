/// What a cell sees: of its neighbourhood, K filters of 3 x 3, each applied to every channel; perhaps a control vector, and
/// perhaps what the whole grid is like.
public struct Perception: Sendable, Equatable {
    /// K of them. The first layer's inputs are filter-major: all channels through the first filter, then the second, ...
    public var filters: [Filter]
    /// A vector that all cells perceive, too; nil where the rule follows no goals.
    public var control: Control?
    /// What all cells perceive of the whole grid.
    public var global: GlobalPerception

    /// The Distill article's: identity and both Sobel filters / 8.
    public init(
        filters: [Filter] = Filter.sobel(scale: 0.125), control: Control? = nil, global: GlobalPerception = .none
    ) {
        self.filters = filters
        self.control = control
        self.global = global
    }

    /// Numbers that a cell of so many channels hands to the first layer: K * C, then the appended control vector's, then the
    /// means of the grid's parts.
    public func inputs(channels: Int) -> Int { filters.count * channels + shared(channels: channels) }

    /// Those among them that are the same for all cells.
    func shared(channels: Int) -> Int {
        (control?.place == .appended ? control?.values.count ?? 0 : 0) + global.regions * channels
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
    /// How the vector comes to the cells.
    public enum Place: String, Sendable, CaseIterable {
        /// Every cell perceives it behind its filters.
        case appended
        /// Living cells perceive as if it were added to their last channels, and those of their neighbours that live.
        case added
    }

    /// Behind the filters, or added to the state.
    public var place: Place
    /// The vector, `[n]`; added, it has at most as many numbers as cells have channels.
    public var values: [Float]

    /// `values`: the vector.
    public init(_ place: Place, _ values: [Float]) {
        self.place = place
        self.values = values
    }
}
