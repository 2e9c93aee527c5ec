#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One 3 x 3 filter. Taps stand row by row from the top left; a filter is not flipped (cross-correlation, as in PyTorch).
public enum Filter: Sendable, Equatable {
    /// A kernel that has a name, times a factor.
    case named(Kernel, Float)
    /// 9 taps for all channels, or 9 a channel, `[C][9]`.
    case taps([Float])

    /// Kernels of whole numbers.
    public enum Kernel: String, Sendable, CaseIterable {
        /// The cell itself.
        case identity
        /// From left to right: -1 0 1; -2 0 2; -1 0 1.
        case sobelX = "sobel-x"
        /// From top to bottom: the transpose of `sobelX`.
        case sobelY = "sobel-y"
        /// From left to right: -3 0 3; -10 0 10; -3 0 3.
        case scharrX = "scharr-x"
        /// From top to bottom: the transpose of `scharrX`.
        case scharrY = "scharr-y"
        /// The four neighbours less the cell: 0 1 0; 1 -4 1; 0 1 0.
        case laplacian4 = "laplacian-4"
        /// All eight: 1 2 1; 2 -12 2; 1 2 1.
        case laplacian8 = "laplacian-8"
        /// The sum of all nine cells.
        case mean
        /// 1 2 1; 2 4 2; 1 2 1.
        case gauss
        /// The neighbour above to the left.
        case northWest = "nw"
        /// The neighbour above.
        case north = "n"
        /// The neighbour above to the right.
        case northEast = "ne"
        /// The neighbour to the left.
        case west = "w"
        /// The neighbour to the right.
        case east = "e"
        /// The neighbour below to the left.
        case southWest = "sw"
        /// The neighbour below.
        case south = "s"
        /// The neighbour below to the right.
        case southEast = "se"

        /// The nine neighbours one by one, the cell itself in the middle: together, a full 3 x 3 convolution.
        public static let shifts: [Kernel] = [
            .northWest, .north, .northEast, .west, .identity, .east, .southWest, .south, .southEast,
        ]

        /// 9 numbers.
        public var taps: [Float] {
            switch self {
            case .sobelX: [-1, 0, 1, -2, 0, 2, -1, 0, 1]
            case .sobelY: [-1, -2, -1, 0, 0, 0, 1, 2, 1]
            case .scharrX: [-3, 0, 3, -10, 0, 10, -3, 0, 3]
            case .scharrY: [-3, -10, -3, 0, 0, 0, 3, 10, 3]
            case .laplacian4: [0, 1, 0, 1, -4, 1, 0, 1, 0]
            case .laplacian8: [1, 2, 1, 2, -12, 2, 1, 2, 1]
            case .mean: [1, 1, 1, 1, 1, 1, 1, 1, 1]
            case .gauss: [1, 2, 1, 2, 4, 2, 1, 2, 1]
            default: Kernel.shifts.map { $0 == self ? 1 : 0 }
            }
        }

        /// Kernels along x and y that turn into each other, and which of them this one is.
        fileprivate var pair: (x: Kernel, y: Kernel, isX: Bool)? {
            switch self {
            case .sobelX, .sobelY: (.sobelX, .sobelY, self == .sobelX)
            case .scharrX, .scharrY: (.scharrX, .scharrY, self == .scharrX)
            default: nil
            }
        }
    }

    /// Identity, Sobel x and Sobel y times `scale`.
    public static func sobel(scale: Float) -> [Filter] {
        [.named(.identity, 1), .named(.sobelX, scale), .named(.sobelY, scale)]
    }

    /// Whether the angle changes it.
    public var turns: Bool {
        if case .named(let kernel, _) = self { kernel.pair != nil } else { false }
    }

    /// Whether every channel has taps of its own.
    public var isPerChannel: Bool {
        if case .taps(let values) = self { values.count != 9 } else { false }
    }

    /// `[9][channels]`, turned by `angle`, radians: x' = cos x - sin y, y' = sin x + cos y.
    public func taps(channels: Int, angle: Float = 0) -> [Float] {
        switch self {
        case .named(let kernel, let factor):
            let shared = Filter.turned(kernel, angle).map { $0 * factor }
            return shared.flatMap { [Float](repeating: $0, count: channels) }
        case .taps(let values):
            return (0..<9).flatMap { tap in
                (0..<channels).map { values[values.count == 9 ? tap : $0 * 9 + tap] }
            }
        }
    }

    /// Its nine taps a quarter turn further: what is added times the sine of an angle to its own taps times the cosine.
    /// nil where no angle changes it.
    public var quarterTurned: [Float]? {
        guard case .named(let kernel, let factor) = self, let pair = kernel.pair else { return nil }
        return pair.isX ? pair.y.taps.map { -$0 * factor } : pair.x.taps.map { $0 * factor }
    }

    private static func turned(_ kernel: Kernel, _ angle: Float) -> [Float] {
        guard angle != 0, let pair = kernel.pair else { return kernel.taps }
        let (cosine, sine) = (Float(cos(Double(angle))), Float(sin(Double(angle))))
        return zip(pair.x.taps, pair.y.taps).map { x, y in
            pair.isX ? cosine * x - sine * y : sine * x + cosine * y
        }
    }

    /// The filter of nine numbers, by its name where it has one.
    public static func recognised(_ taps: [Float]) -> Filter {
        for kernel in Kernel.allCases {
            let named = kernel.taps
            guard let place = named.firstIndex(where: { $0 != 0 }), taps[place] != 0 else { continue }
            let factor = taps[place] / named[place]
            let isMultiple = zip(taps, named).allSatisfy { abs($0 - $1 * factor) <= 1e-6 * abs(factor) }
            if isMultiple { return .named(kernel, rounded(factor)) }
        }
        return .taps(taps)
    }

    /// The reciprocal of a whole number where `factor` is one but for rounding.
    private static func rounded(_ factor: Float) -> Float {
        let divisor = (1 / factor).rounded()
        return abs(factor * divisor - 1) < 1e-6 && abs(divisor) <= 1024 ? 1 / divisor : factor
    }
}

// MARK: - As texts

extension Filter: LosslessStringConvertible {
    /// "identity", "-sobel-x/8", "gauss*0.3", "(0 1 0 1 -4 1 0 1 0)/16"; "learned" where every channel has taps of its own,
    /// which no text holds.
    public var description: String {
        switch self {
        case .named(let kernel, let factor):
            switch factor {
            case 1: return kernel.rawValue
            case -1: return "-\(kernel.rawValue)"
            default: break
            }
            let divisor = (1 / abs(factor)).rounded()
            let sign = factor < 0 ? "-" : ""
            return divisor <= 1e6 && 1 / divisor == abs(factor)
                ? "\(sign)\(kernel.rawValue)/\(Int(divisor))" : "\(sign)\(kernel.rawValue)*\(abs(factor))"
        case .taps(let values):
            return values.count == 9 ? "(" + values.map { "\($0)" }.joined(separator: " ") + ")" : "learned"
        }
    }

    /// Reads a description but for "learned".
    public init?(_ text: String) {
        var rest = text.unicodeScalars[...]
        var factor: Float = 1
        if rest.first == "-" {
            factor = -1
            rest.removeFirst()
        }
        if let mark = rest.lastIndex(where: { $0 == "/" || $0 == "*" }), !rest[mark...].contains(")") {
            guard let number = Float(String(rest[rest.index(after: mark)...])) else { return nil }
            factor = rest[mark] == "/" ? factor / number : factor * number
            guard factor.isFinite else { return nil }
            rest = rest[..<mark]
        }
        if let kernel = Kernel(rawValue: String(rest)) {
            self = .named(kernel, factor)
            return
        }
        guard rest.first == "(", rest.last == ")" else { return nil }
        let numbers = rest.dropFirst().dropLast().split(separator: " ").map { Float(String($0)) ?? .nan }
        guard numbers.count == 9, numbers.allSatisfy(\.isFinite) else { return nil }
        self = .taps(numbers.map { $0 * factor })
    }
}
