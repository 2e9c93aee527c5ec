import GNCABasics
import GNCACells

/// Finds the dialect of two layers by growing them in every plausible one.
///
/// A model does what it was trained to only in its own dialect; in others it dies, fills the grid or never comes to rest.
/// What cannot be told: signs and exchange of the gradients, for they only mirror or turn the picture; and the padding,
/// which a pattern with room around it never meets.
struct DialectGuess {
    /// The one whose pattern is most like a picture at rest.
    let dialect: Dialect
    /// How sure that is, and what cannot be told.
    let warnings: [String]

    private static let gridSide = 64
    /// Unrest above which a pattern is no picture at rest: trained models have 0.02 to 0.08 in their own dialect.
    private static let limit: Float = 0.1
    /// Settings that do not change what the weights mean do as well where they are this near to the best.
    private static let tolerance: Float = 1.25

    /// Throws where no dialect grows anything that lasts.
    init(_ layers: DenseLayers) throws(FormatFault) {
        var trials: [(dialect: Dialect, unrest: Float)] = []
        let candidates = Self.candidates
        for dialect in candidates {
            if let unrest = try Self.unrest(DialectFolding(layers, dialect).rule), unrest < Self.limit {
                trials.append((dialect, unrest))
            }
        }
        guard let best = trials.min(by: { $0.unrest < $1.unrest }) else {
            throw FormatFault(
                reason:
                    "no dialect grows a stable pattern from these weights (tried \(candidates.count)); if you know it, "
                    + "name it with --dialect KEY=VALUE,...")
        }
        let rivals = trials.filter { !Self.meansTheSame($0.dialect, best.dialect) }.map(\.unrest)
        let equals = trials.filter {
            Self.meansTheSame($0.dialect, best.dialect) && $0.unrest <= best.unrest * Self.tolerance
        }.map(\.dialect)
        dialect = equals[0]
        warnings =
            [Self.sureness(best.unrest, rivals: rivals, tried: candidates.count), Self.untold]
            + Self.alternatives(equals.dropFirst())
    }

    /// What published models use, the most common first.
    private static var candidates: [Dialect] {
        var candidates: [Dialect] = []
        let masks = [
            LifeMask(), LifeMask(before: false, after: true), LifeMask(before: false, after: true, threshold: 0.05),
            LifeMask(before: true, after: false),
        ]
        for alpha in Dialect.AlphaPlace.allCases {
            for order in Dialect.Order.allCases {
                for scale in [0.125, 1] as [Float] {
                    for seed in SeedStyle.allCases {
                        for mask in masks {
                            var dialect = Dialect()
                            (dialect.alpha, dialect.order, dialect.scale) = (alpha, order, scale)
                            (dialect.seed, dialect.lifeMask) = (seed, mask)
                            candidates.append(dialect)
                        }
                    }
                }
            }
        }
        return candidates
    }

    /// Whether both read the weights alike.
    private static func meansTheSame(_ a: Dialect, _ b: Dialect) -> Bool {
        a.alpha == b.alpha && a.order == b.order && a.scale == b.scale
    }

    // MARK: trying

    /// How far the pattern is from a picture at rest: movement, plus colours and alpha outside 0...1, plus cells that are
    /// neither opaque nor empty. nil where there is no pattern: dead, too large or infinite.
    private static func unrest(_ rule: Rule) -> Float? {
        var grid = CellGrid(height: gridSide, width: gridSide, channels: rule.channels)
        grid.plantSeed(x: gridSide / 2, y: gridSide / 2, style: rule.seedStyle)
        guard let automaton = try? Automaton(rule: rule, state: grid) else { return nil }
        var pictures: [[Float]] = []
        // The first looks end hopeless trials early; the last ones are compared.
        for step in [24, 48, 72, 96, 112] {
            while automaton.stepsDone < step {
                guard (try? automaton.step()) != nil else { return nil }
            }
            guard let picture = picture(automaton.state) else { return nil }
            pictures.append(picture)
        }
        let (early, late) = (pictures[pictures.count - 2], pictures[pictures.count - 1])
        return distance(early, late) + excess(late) + translucence(late) / 10
    }

    /// Red, green, blue and alpha of every cell; nil where hardly any cell lives, or most do.
    private static func picture(_ state: CellGrid) -> [Float]? {
        var picture: [Float] = []
        picture.reserveCapacity(state.height * state.width * 4)
        var mature = 0
        for start in stride(from: 0, to: state.values.count, by: state.channels) {
            picture += state.values[start..<(start + 4)]
            if state.values[start + CellGrid.alphaChannel] > 0.1 { mature += 1 }
        }
        guard mature >= 8, mature < state.height * state.width * 6 / 10 else { return nil }
        return picture
    }

    /// Mean change of a number of the picture, over the cells that are not empty.
    private static func distance(_ a: [Float], _ b: [Float]) -> Float {
        let numbers = zip(a, b).filter { $0 != 0 || $1 != 0 }
        return numbers.reduce(0) { $0 + min(abs($1.0 - $1.1), 1) } / Float(max(numbers.count, 1))
    }

    /// Mean distance of a number of the picture from 0...1, where trained ones stay.
    private static func excess(_ picture: [Float]) -> Float {
        let numbers = picture.filter { $0 != 0 }
        return numbers.reduce(0) { $0 + min(max($1 - 1, -$1, 0), 1) } / Float(max(numbers.count, 1))
    }

    /// Share of the mature cells whose alpha is not about 1. In a wrong dialect hardly any is.
    private static func translucence(_ picture: [Float]) -> Float {
        let alphas = stride(from: CellGrid.alphaChannel, to: picture.count, by: 4).map { picture[$0] }.filter {
            $0 > 0.1
        }
        return Float(alphas.count { abs($0 - 1) > 0.2 }) / Float(max(alphas.count, 1))
    }

    // MARK: telling

    private static func sureness(_ best: Float, rivals: [Float], tried: Int) -> String {
        let found = "the dialect was guessed by growing \(tried): unrest \(digits(best)) (0 = at rest, limit \(limit))"
        guard let rival = rivals.min() else {
            return found + "; sure of order, scale and alpha: nothing else grows a stable pattern"
        }
        let sure = rival > 3 * best ? "fairly sure" : "not sure"
        return found + "; \(sure): the next other one has \(digits(rival))"
    }

    private static let untold =
        "growing does not tell signs and exchange of the gradients, nor the padding: the picture may be mirrored or turned "
        + "(--dialect negate=..., exchange=...)"

    /// Settings with which the same weights are as stable.
    private static func alternatives(_ dialects: ArraySlice<Dialect>) -> [String] {
        let spelled = dialects.map {
            "life=\($0.lifeMask.moments),threshold=\($0.lifeMask.threshold),seed=\($0.seed.rawValue)"
        }
        return spelled.isEmpty ? [] : ["as stable with \(spelled.joined(separator: "; "))"]
    }

    private static func digits(_ value: Float) -> String { "\((value * 10_000).rounded() / 10_000)" }
}
