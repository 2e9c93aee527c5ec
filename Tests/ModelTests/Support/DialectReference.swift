@testable import GNCACells
@testable import GNCACheckpoints

/// The automaton of a foreign model written down plainly in its own dialect, in double precision: nothing is folded,
/// filters and channels are where the file has them.
struct DialectReference {
    let layers: FileLayers
    let dialect: Dialect
    let height: Int
    let width: Int
    /// `[H * W][C]`
    private(set) var state: [Double]

    private var channels: Int { layers.channels }
    private var alpha: Int { dialect.alpha == .last ? channels - 1 : 3 }

    /// Begins with a seed in the middle.
    init(_ layers: FileLayers, _ dialect: Dialect, height: Int, width: Int) {
        (self.layers, self.dialect, self.height, self.width) = (layers, dialect, height, width)
        state = [Double](repeating: 0, count: height * width * layers.channels)
        let colours = dialect.alpha == .last ? (layers.channels - 4)..<(layers.channels - 1) : 0..<3
        for channel in 0..<layers.channels where !colours.contains(channel) {
            guard dialect.rule.appearance.seed.channels == .hidden || channel == alpha else { continue }
            state[(height / 2 * width + width / 2) * layers.channels + channel] = 1
        }
    }

    /// The state with its channels as the canonical form has them.
    var canonicalState: [Float] {
        let order =
            dialect.alpha == .last ? Array((channels - 4)..<channels) + Array(0..<(channels - 4)) : Array(0..<channels)
        return (0..<(height * width)).flatMap { cell in order.map { Float(state[cell * channels + $0]) } }
    }

    mutating func step(fire: [UInt8]) {
        let before = alive(state)
        var new = state
        for y in 0..<height {
            for x in 0..<width where fire[y * width + x] != 0 {
                let update = update(perception(x, y))
                for channel in 0..<channels { new[(y * width + x) * channels + channel] += update[channel] }
            }
        }
        let after = alive(new)
        for cell in 0..<(height * width) {
            if (dialect.rule.life.before && !before[cell]) || (dialect.rule.life.after && !after[cell]) {
                for channel in 0..<channels { new[cell * channels + channel] = 0 }
            }
        }
        state = new
    }

    private func value(_ state: [Double], _ x: Int, _ y: Int, _ channel: Int) -> Double {
        if dialect.rule.edges == .torus {
            return state[((y + height) % height * width + (x + width) % width) * channels + channel]
        }
        guard (0..<width).contains(x), (0..<height).contains(y) else { return 0 }
        return state[(y * width + x) * channels + channel]
    }

    private func alive(_ state: [Double]) -> [Bool] {
        (0..<(height * width)).map { cell in
            (0..<9).contains {
                value(state, cell % width + $0 % 3 - 1, cell / width + $0 / 3 - 1, alpha)
                    > Double(dialect.rule.life.threshold)
            }
        }
    }

    /// Identity, and the two gradients in the dialect's order and with its signs and scale.
    private func filters() -> [[Double]] {
        let x: [Double] = [-1, 0, 1, -2, 0, 2, -1, 0, 1]
        let y: [Double] = [-1, -2, -1, 0, 0, 0, 1, 2, 1]
        let signX: Double = dialect.negate == .x || dialect.negate == .xy ? -1 : 1
        let signY: Double = dialect.negate == .y || dialect.negate == .xy ? -1 : 1
        let gradients = [
            x.map { $0 * signX * Double(dialect.scale) }, y.map { $0 * signY * Double(dialect.scale) },
        ]
        return [[0, 0, 0, 0, 1, 0, 0, 0, 0]] + (dialect.exchange ? gradients.reversed() : gradients)
    }

    private func perception(_ x: Int, _ y: Int) -> [Double] {
        let filtered = filters().map { filter in
            (0..<channels).map { channel in
                (0..<9).reduce(0) { $0 + filter[$1] * value(state, x + $1 % 3 - 1, y + $1 / 3 - 1, channel) }
            }
        }
        switch dialect.order {
        case .filter: return filtered.flatMap { $0 }
        case .channel: return (0..<channels).flatMap { channel in filtered.map { $0[channel] } }
        }
    }

    private func update(_ perception: [Double]) -> [Double] {
        let hidden = (0..<layers.hidden).map { unit in
            max(
                0,
                perception.indices.reduce(Double(layers.b1[unit])) {
                    $0 + perception[$1] * Double(layers.w1[unit * perception.count + $1])
                })
        }
        return (0..<channels).map { channel in
            let bias = Double(layers.b2?[channel] ?? 0)
            let sum = hidden.indices.reduce(bias) {
                $0 + hidden[$1] * Double(layers.w2[channel * layers.hidden + $1])
            }
            return sum * Double(dialect.rule.network.gain)
        }
    }
}

extension DialectReference {
    /// The largest difference between `rule` and the layers run in `dialect` after a few steps from a seed, as a share of
    /// the largest number where that is above 1, and how many numbers were not zero at the end.
    static func difference(_ rule: Rule, _ layers: FileLayers, _ dialect: Dialect) throws -> (
        worst: Float, living: Int
    ) {
        let (height, width, steps) = (7, 9, 10)
        var reference = DialectReference(layers, dialect, height: height, width: width)
        var grid = CellGrid(height: height, width: width, channels: rule.channels)
        grid.plantSeed(x: width / 2, y: height / 2, of: rule.appearance)
        let automaton = try Automaton(rule: rule, state: grid)
        var random = TestRandom(3)
        for _ in 0..<steps {
            let fire = random.mask(height * width)
            reference.step(fire: fire)
            try automaton.step(fire: fire)
        }
        let expected = reference.canonicalState
        let worst = zip(automaton.state.values, expected).map { abs($0 - $1) }.max() ?? 0
        return (worst / max(1, expected.map(abs).max() ?? 0), expected.count { $0 != 0 })
    }
}
