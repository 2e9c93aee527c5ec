import GNCABasics
import GNCACells

/// Finds the dialect of layers by growing them in every plausible one.
///
/// A model does what it was trained to only in its own dialect; in others it dies, fills the grid or never comes to rest.
/// What cannot be told: signs and exchange of the gradients, for they only mirror or turn the picture; and the padding,
/// which a pattern with room around it never meets.
struct DialectGuess {
    /// The one whose pattern is most like a picture at rest.
    let dialect: Dialect
    /// How sure that is, and what cannot be told.
    let warnings: [Notice]

    private static let gridSide = 64
    /// Unrest above which a pattern is no picture at rest: trained models have 0.02 to 0.08 in their own dialect.
    private static let limit: Float = 0.1
    /// Settings that do not change what the weights mean do as well where they are this near to the best.
    private static let tolerance: Float = 1.25
    /// Steps of a trial after which its pattern is looked at. The first looks end hopeless trials early; the last ones are
    /// compared.
    private static let looks = [24, 48, 72, 96, 112]
    /// Work after which no further dialect is tried, in multiplications: some seconds on any machine.
    private static let workLimit = 100_000_000_000
    /// Fewer trials than this in that work would be no guess.
    private static let leastTrials = 4
    /// Work of the trials between a few known dialects, which every reading of such a file costs: about a second.
    private static let familyWorkLimit = 10_000_000_000

    /// `start`: what file and user say already; only the rest is tried. `grid`: that the model was trained on, cells.
    /// Throws where no dialect grows anything that lasts.
    init(_ layers: FileLayers, _ start: Dialect, grid: GridSize?, knowsFilters: Bool) throws(FormatFault) {
        let grid = grid ?? GridSize(width: Self.gridSide, height: Self.gridSide)
        try Self.checkWork(layers, on: grid)
        var trials: [(dialect: Dialect, unrest: Float)] = []
        var (tried, work, left) = (0, 0, 0)
        // Rarer behaviours are tried where the commoner ones grow nothing.
        for behaviour in Self.behaviours where trials.isEmpty {
            for dialect in Self.candidates(start, behaviour, layers, knowsFilters: knowsFilters) {
                guard work < Self.workLimit else {
                    left += 1
                    continue
                }
                tried += 1
                guard let rule = try? DialectFolding(layers, dialect).rule else { continue }
                var steps = 0
                if let unrest = Self.unrest(rule, on: grid, steps: &steps), unrest < Self.limit {
                    trials.append((dialect, unrest))
                }
                work += Self.work(layers, on: grid, steps: steps)
            }
        }
        guard let best = trials.min(by: { $0.unrest < $1.unrest }) else {
            throw FormatFault(
                reason:
                    "no dialect grows a stable pattern from these weights (tried \(tried))", remedy: .namedDialect)
        }
        let rivals = trials.filter { !Self.meansTheSame($0.dialect, best.dialect) }.map(\.unrest)
        let equals = trials.filter {
            Self.meansTheSame($0.dialect, best.dialect) && $0.unrest <= best.unrest * Self.tolerance
        }.map(\.dialect)
        dialect = equals[0]
        warnings =
            [Notice(Self.sureness(best.unrest, rivals: rivals, tried: tried)), Self.untold]
            + Self.alternatives(equals.dropFirst()).map { Notice($0) }
            + (left > 0 ? [Notice("\(left) dialects were not tried, to bound the time")] : [])
    }

    /// Multiplications of a trial. About half of the cells of a grid live, and half of them fire.
    private static func work(_ layers: FileLayers, on grid: GridSize, steps: Int) -> Int {
        let weights = layers.layers.reduce(0) { $0 + $1.weights.count }
        // None of the factors is beyond some millions, but the user's grid.
        let (work, overflow) = (steps * weights).multipliedReportingOverflow(by: grid.width * grid.height / 4)
        return overflow ? .max : work
    }

    private static func checkWork(_ layers: FileLayers, on grid: GridSize) throws(FormatFault) {
        let work = work(layers, on: grid, steps: looks[looks.count - 1])
        guard work <= workLimit / leastTrials else {
            throw FormatFault(
                reason:
                    "the model is too large to guess its dialect by growing it on \(grid) cells (one of 64 trials takes "
                    + "\(work / 1_000_000_000) thousand million multiplications, limit "
                    + "\(workLimit / leastTrials / 1_000_000_000))", remedy: .namedDialect)
        }
    }

    /// What published models of one behaviour use, the most common first.
    private static func candidates(
        _ start: Dialect, _ behaviour: Behaviour, _ layers: FileLayers, knowsFilters: Bool
    ) -> [Dialect] {
        var candidates: [Dialect] = []
        let lives = [
            Life(), Life(before: false, after: true), Life(before: false, after: true, threshold: 0.05),
            Life(before: true, after: false),
        ]
        let orders: [Dialect.Order] = layers.isConvolution ? [.channel] : Dialect.Order.allCases
        let filterSets = knowsFilters ? [start.rule.perception.filters] : filterSets(start, behaviour, layers)
        for alpha in Dialect.AlphaPlace.allCases {
            for order in orders {
                for filters in filterSets {
                    for seed in [Seed.Channels.hidden, .alpha] {
                        for life in lives {
                            var dialect = start
                            (dialect.alpha, dialect.order) = (alpha, order)
                            dialect.rule.perception.filters = filters
                            dialect.rule.appearance.seed.channels = seed
                            dialect.rule.life = life
                            behaviour.apply(to: &dialect.rule)
                            candidates.append(dialect)
                        }
                    }
                }
            }
        }
        return candidates
    }

    /// What a rule does to its sums and values.
    private struct Behaviour {
        var activation = Activation.relu
        var update = Activation.none
        var clamp: Clamp?
        /// Scharr's gradients in the place of Sobel's: so like them that they are tried where those fail.
        var scharr = false

        func apply(to rule: inout Rule) {
            (rule.network.activation, rule.network.updateActivation) = (activation, update)
            rule.life.clamp = clamp
        }
    }

    /// Activations and clamps that published models use, the most common first.
    private static var behaviours: [Behaviour] {
        [
            Behaviour(), Behaviour(scharr: true), Behaviour(update: .tanh, clamp: Clamp(.all)),
            Behaviour(clamp: Clamp(.all)), Behaviour(clamp: Clamp(.rgba)),
            Behaviour(activation: .leakyRelu(slope: 0.01)),
            Behaviour(activation: .gelu), Behaviour(activation: .elu), Behaviour(activation: .tanh),
        ]
    }

    /// Which of a few dialects (index, 0...) grows a picture at rest where the first does not; else 0. A model that is so
    /// large that trying takes long is left as the first.
    static func better(than first: Dialect, among others: [Dialect], _ layers: FileLayers) -> Int {
        let grid = GridSize(width: gridSide, height: gridSide)
        let trial = work(layers, on: grid, steps: looks[looks.count - 1])
        guard trial <= familyWorkLimit / (others.count + 1) else { return 0 }
        func unrest(_ dialect: Dialect) -> Float? {
            var steps = 0
            guard let rule = try? DialectFolding(layers, dialect).rule else { return nil }
            return Self.unrest(rule, on: grid, steps: &steps)
        }
        if let own = unrest(first), own < limit { return 0 }
        let found = others.indices.filter { (unrest(others[$0]) ?? .infinity) < limit }
        return found.first.map { $0 + 1 } ?? 0
    }

    /// Sets of as many filters as the first layer reads.
    private static func filterSets(
        _ start: Dialect, _ behaviour: Behaviour, _ layers: FileLayers
    ) -> [[Filter]] {
        let scales: [Float] = [0.125, 1]
        let identity = Filter.named(.identity, 1)
        let laplacians: [Filter] = [.named(.laplacian8, 0.0625), .named(.laplacian8, 0.125), .named(.laplacian4, 1)]
        let scharr: [Filter] = [identity, .named(.scharrX, 0.03125), .named(.scharrY, 0.03125)]
        let count = layers.layers[0].inputs / layers.channels
        switch count {
        case 2: return laplacians.map { [identity, $0] }
        case 3:
            if behaviour.scharr { return [scharr] }
            return scales.map { Filter.sobel(scale: $0) }
        case 4: return scales.flatMap { scale in laplacians.map { Filter.sobel(scale: scale) + [$0] } }
        default: return [start.rule.perception.filters]
        }
    }

    /// Whether both read the weights alike.
    private static func meansTheSame(_ a: Dialect, _ b: Dialect) -> Bool {
        a.alpha == b.alpha && a.order == b.order && a.rule.perception == b.rule.perception
            && a.rule.network == b.rule.network && a.rule.life.clamp == b.rule.life.clamp
    }

    // MARK: trying

    /// How far the pattern is from a picture at rest: movement, plus colours and alpha outside 0...1, plus cells that are
    /// neither opaque nor empty. nil where there is no pattern: dead, too large or infinite.
    private static func unrest(_ rule: Rule, on grid: GridSize, steps: inout Int) -> Float? {
        guard (try? RunMemory.check(RunMemory.bytes(of: rule, cells: grid.width * grid.height), of: "")) != nil else {
            return nil
        }
        let start = rule.startState(width: grid.width, height: grid.height)
        guard let automaton = try? Automaton(rule: rule, state: start) else { return nil }
        var pictures: [[Float]] = []
        for step in looks {
            while automaton.stepsDone < step {
                guard (try? automaton.step()) != nil else { return nil }
                steps += 1
            }
            // A grid that was asked for may be filled by its picture; on ours there is room around.
            let limit = grid == GridSize(width: gridSide, height: gridSide) ? 6 : 10
            guard let picture = picture(automaton.state, limit: limit) else { return nil }
            pictures.append(picture)
        }
        let (early, late) = (pictures[pictures.count - 2], pictures[pictures.count - 1])
        return distance(early, late) + excess(late) + translucence(late) / 10
    }

    /// Red, green, blue and alpha of every cell; nil where hardly any cell lives, or `limit` tenths of them do.
    private static func picture(_ state: CellGrid, limit: Int) -> [Float]? {
        var picture: [Float] = []
        picture.reserveCapacity(state.height * state.width * 4)
        var mature = 0
        for start in stride(from: 0, to: state.values.count, by: state.channels) {
            picture += state.values[start..<(start + 4)]
            if state.values[start + 3] > 0.1 { mature += 1 }
        }
        guard mature >= 8, mature <= state.height * state.width * limit / 10 else { return nil }
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
        let alphas = stride(from: 3, to: picture.count, by: 4).map { picture[$0] }.filter { $0 > 0.1 }
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

    private static let untold = Notice(
        "growing does not tell signs and exchange of the gradients, nor the padding: the picture may be mirrored or turned",
        remedy: .gradients)

    /// Settings with which the same weights are as stable.
    private static func alternatives(_ dialects: ArraySlice<Dialect>) -> [String] {
        let spelled = dialects.map {
            "life=\($0.rule.life.moments),threshold=\($0.rule.life.threshold),seed=\($0.rule.appearance.seed.channels)"
        }
        return spelled.isEmpty ? [] : ["as stable with \(spelled.joined(separator: "; "))"]
    }

    private static func digits(_ value: Float) -> String { "\((value * 10_000).rounded() / 10_000)" }
}
