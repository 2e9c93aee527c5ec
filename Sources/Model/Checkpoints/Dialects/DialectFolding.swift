import GNCABasics
import GNCACells

/// Layers of any dialect folded into the canonical form of `Rule`, and in words what was folded.
struct DialectFolding {
    let rule: Rule
    /// A line for everything that changed a weight or its place.
    let notes: [String]

    init(_ layers: DenseLayers, _ dialect: Dialect) throws(FormatFault) {
        let (channels, hidden) = (layers.channels, layers.hidden)
        guard channels >= 4 else {
            throw FormatFault(.outOfRange(what: "channels", value: "\(channels)", expected: "at least 4"))
        }
        let places = Self.places(channels, dialect)
        // Columns of the file that hold identity, x-gradient and y-gradient, and the factor that makes each Sobel / 8.
        let filters: [(slot: Int, factor: Float)] = [
            (0, 1),
            (dialect.exchange ? 2 : 1, dialect.scale * 8 * ([.x, .xy].contains(dialect.negate) ? -1 : 1)),
            (dialect.exchange ? 1 : 2, dialect.scale * 8 * ([.y, .xy].contains(dialect.negate) ? -1 : 1)),
        ]
        var w1: [Float] = []
        w1.reserveCapacity(layers.w1.count)
        for unit in 0..<hidden {
            for filter in filters {
                for place in places {
                    let column =
                        dialect.order == .filter ? filter.slot * channels + place : place * 3 + filter.slot
                    w1.append(layers.w1[unit * 3 * channels + column] * filter.factor)
                }
            }
        }
        let w2 = places.flatMap { layers.w2[($0 * hidden)..<(($0 + 1) * hidden)] }.map { $0 * dialect.gain }
        let b2 = layers.b2.map { b2 in places.map { b2[$0] * dialect.gain } }
        do throws(ModelError) {
            rule = try Rule(
                channels: channels, hidden: hidden, w1: w1, b1: layers.b1, w2: w2, b2: b2, sobelScale: 0.125,
                lifeMask: dialect.lifeMask, fireRate: dialect.fireRate, padding: dialect.padding,
                seedStyle: dialect.seed)
        } catch {
            throw FormatFault(error)
        }
        notes = Self.notes(dialect)
    }

    /// For every channel of the rule, where the file has it.
    private static func places(_ channels: Int, _ dialect: Dialect) -> [Int] {
        switch dialect.alpha {
        case .third: Array(0..<channels)
        case .last: Array((channels - 4)..<channels) + Array(0..<(channels - 4))
        }
    }

    private static func notes(_ dialect: Dialect) -> [String] {
        var notes: [String] = []
        if dialect.order == .channel { notes.append("columns of layer 1 put in filter-major order") }
        if dialect.exchange { notes.append("columns of the x- and y-gradients exchanged") }
        if dialect.scale != 0.125 {
            notes.append("columns of the gradients multiplied by \(dialect.scale * 8), for Sobel / 8")
        }
        switch dialect.negate {
        case .none: break
        case .x, .y: notes.append("columns of the \(dialect.negate.rawValue)-gradients negated")
        case .xy: notes.append("columns of the gradients negated")
        }
        if dialect.alpha == .last { notes.append("the last four channels moved to the front") }
        if dialect.gain != 1 { notes.append("layer 2 multiplied by \(dialect.gain)") }
        return notes
    }
}

extension Dialect {
    /// Takes scale, signs and order of the gradients from the filters that a file brings along, `[3, 1, 3, 3]`: the
    /// identity and two multiples of Sobel's, x and y in any order.
    mutating func adopt(filters: NamedTensor) throws(FormatFault) {
        let wrong = FormatFault(
            reason:
                "the filters in \(JSONText.shown(filters.name)) are not the identity and Sobel's of one scale, which is "
                + "all that this program perceives")
        guard filters.shape == [3, 1, 3, 3] else { throw wrong }
        let identity: [Float] = [0, 0, 0, 0, 1, 0, 0, 0, 0]
        let x: [Float] = [-1, 0, 1, -2, 0, 2, -1, 0, 1]
        let y: [Float] = [-1, -2, -1, 0, 0, 0, 1, 2, 1]
        func factor(_ slot: Int, of filter: [Float]) -> Float? {
            let given = filters.values[(slot * 9)..<(slot * 9 + 9)]
            let factor = (given.last ?? 0) / (filter.last ?? 1)
            return zip(given, filter).allSatisfy { $0 == $1 * factor } ? factor : nil
        }
        guard filters.values.prefix(9).elementsEqual(identity) else { throw wrong }
        exchange = factor(1, of: y) != nil
        guard let first = factor(1, of: exchange ? y : x), let second = factor(2, of: exchange ? x : y),
            abs(first) == abs(second), first != 0
        else { throw wrong }
        scale = abs(first)
        let (negatesX, negatesY) = exchange ? (second < 0, first < 0) : (first < 0, second < 0)
        negate = negatesX ? (negatesY ? .xy : .x) : (negatesY ? .y : .none)
    }
}
