import Foundation

@testable import GNCACells

/// The update rule written down plainly, for every rule: every cell is computed in every step, nothing is skipped, nothing
/// is packed.
///
/// Sums run in the order in which the kernels run them, so that equality can be asked for bit by bit where no activation
/// has to compute a power of e.
struct ReferenceAutomaton {
    let rule: Rule
    var state: CellGrid
    var angle: Float = 0
    /// Whether a * b + c is rounded once.
    var fuses = true
    /// The cells that the last step did not empty.
    private(set) var kept: [Bool] = []
    /// Whom the cells that were born in the last step took their channels from.
    private(set) var mothers: [Int: Int] = [:]

    init(rule: Rule, state: CellGrid) {
        self.rule = rule
        self.state = state
    }

    /// False where a value is not finite; the state stays then.
    mutating func step(fire: [UInt8]) -> Bool {
        let before = alive(state)
        mothers = findMothers(before)
        for (child, mother) in mothers { bear(child, of: mother) }
        var new = state
        let seen = perceived(before)
        for y in 0..<state.height {
            for x in 0..<state.width where fire[y * state.width + x] != 0 && updates(y * state.width + x, before) {
                let start = state.offset(x: x, y: y)
                let update = update(perception(x: x, y: y, of: seen), appended: appended(before))
                for channel in 0..<state.channels {
                    let value = multiplyAdd(rule.network.gain, update[channel], state.values[start + channel])
                    new.values[start + channel] = clamped(value, channel)
                }
            }
        }
        let after = alive(new)
        kept = before.indices.map { (!rule.life.before || before[$0]) && (!rule.life.after || after[$0]) }
        for cell in kept.indices where !kept[cell] { new.erase(x: cell % state.width, y: cell / state.width) }
        guard new.values.allSatisfy(\.isFinite) else { return false }
        state = new
        return true
    }

    /// For every cell that is born, its mother: of the neighbours with the highest life, the first one.
    private func findMothers(_ alive: [Bool]) -> [Int: Int] {
        var mothers: [Int: Int] = [:]
        guard rule.life.birth != .free else { return mothers }
        for cell in alive.indices where alive[cell] && isEmpty(cell) {
            let neighbours = (0..<9).filter { $0 != 4 }.compactMap { place -> (cell: Int, life: Float)? in
                let (x, y) = (cell % state.width + place % 3 - 1, cell / state.width + place / 3 - 1)
                guard let life = value(state, x: x, y: y, channel: rule.life.channel) else { return nil }
                let (column, row) = ((x + state.width) % state.width, (y + state.height) % state.height)
                return (row * state.width + column, life)
            }
            guard let highest = neighbours.map(\.life).max(),
                let mother = neighbours.first(where: { $0.life == highest })?.cell
            else { continue }
            if rule.life.birth == .inherit || state.values[mother * state.channels + 4] > 0 { mothers[cell] = mother }
        }
        return mothers
    }

    private func isEmpty(_ cell: Int) -> Bool {
        state.values[(cell * state.channels)..<((cell + 1) * state.channels)].allSatisfy { $0 == 0 }
    }

    /// Red, green, blue and alpha are not inherited; copies are weighed by channel 4.
    mutating func bear(_ child: Int, of mother: Int) {
        let channels = state.channels
        let share = rule.life.birth == .copy ? min(state.values[mother * channels + 4], 1) : 1
        for channel in (rule.life.birth == .copy ? 0 : 4)..<channels {
            state.values[child * channels + channel] = share * state.values[mother * channels + channel]
        }
    }

    /// Where cells are born, only those that live do anything.
    func updates(_ cell: Int, _ alive: [Bool]) -> Bool {
        rule.life.birth == .free || (alive[cell] && (rule.life.birth == .inherit || !isEmpty(cell)))
    }

    private func clamped(_ value: Float, _ channel: Int) -> Float {
        guard let clamp = rule.life.clamp else { return value }
        let count = clamp.channels == .rgb ? 3 : clamp.channels == .rgba ? 4 : state.channels
        guard channel < count else { return value }
        return value < clamp.range.lowerBound
            ? clamp.range.lowerBound : value > clamp.range.upperBound ? clamp.range.upperBound : value
    }

    /// What is the same for all cells: an appended control vector, and the means of the grid's parts.
    func appended(_ alive: [Bool]) -> [Float] {
        let control = rule.perception.control?.place == .appended ? rule.perception.control?.values ?? [] : []
        return control + parts(alive).flatMap { part in means(of: part) }
    }

    /// The living cells of each part of the grid.
    func parts(_ alive: [Bool]) -> [[Int]] {
        let side = rule.perception.global == .pool ? 4 : 1
        guard rule.perception.global != .none else { return [] }
        return (0..<(side * side)).map { part in
            alive.indices.filter { cell in
                let (x, y) = (cell % state.width, cell / state.width)
                return alive[cell] && x * side / state.width == part % side && y * side / state.height == part / side
            }
        }
    }

    private func means(of cells: [Int]) -> [Float] {
        (0..<state.channels).map { channel in
            let sum = cells.reduce(0.0) { $0 + Double(state.values[$1 * state.channels + channel]) }
            return cells.isEmpty ? 0 : Float(sum / Double(cells.count))
        }
    }

    /// The state with the control vector where it is added to living cells.
    func perceived(_ alive: [Bool]) -> CellGrid {
        guard let control = rule.perception.control, control.place == .added else { return state }
        var seen = state
        for cell in alive.indices where alive[cell] {
            for (index, value) in control.values.enumerated() {
                seen.values[(cell + 1) * state.channels - control.values.count + index] += value
            }
        }
        return seen
    }

    /// One number of a neighbour.
    private func value(_ grid: CellGrid, x: Int, y: Int, channel: Int) -> Float? {
        var (x, y) = (x, y)
        if rule.edges == .torus {
            x = (x + grid.width) % grid.width
            y = (y + grid.height) % grid.height
        }
        guard (0..<grid.width).contains(x), (0..<grid.height).contains(y) else { return nil }
        return grid.values[grid.offset(x: x, y: y) + channel]
    }

    /// All, where no test is made: the channel of such a rule's life may not exist.
    func alive(_ grid: CellGrid) -> [Bool] {
        guard rule.life.isTested else { return [Bool](repeating: true, count: grid.height * grid.width) }
        let reach = rule.life.reach == .neighbourhood ? -1...1 : 0...0
        return (0..<(grid.height * grid.width)).map { cell in
            reach.contains { dy in
                reach.contains { dx in
                    let number = value(
                        grid, x: cell % grid.width + dx, y: cell / grid.width + dy, channel: rule.life.channel)
                    return number.map { $0 > rule.life.threshold } ?? false
                }
            }
        }
    }

    func perception(x: Int, y: Int) -> [Float] { perception(x: x, y: y, of: perceived(alive(state))) }

    func perception(x: Int, y: Int, of seen: CellGrid) -> [Float] {
        if let scale = rule.perception.sobelScale, KernelLayers.isPlain(rule) {
            return sobelPerception(x: x, y: y, scale: scale, of: seen)
        }
        return rule.perception.filters.flatMap { filter -> [Float] in
            let taps = filter.taps(channels: state.channels, angle: angle)
            return (0..<state.channels).map { channel in
                (0..<9).reduce(0) { sum, tap in
                    // A tap that no channel has is left out.
                    guard taps[(tap * state.channels)..<((tap + 1) * state.channels)].contains(where: { $0 != 0 })
                    else { return sum }
                    let number = value(seen, x: x + tap % 3 - 1, y: y + tap / 3 - 1, channel: channel) ?? 0
                    return multiplyAdd(taps[tap * state.channels + channel], number, sum)
                }
            }
        }
    }

    private func sobelPerception(x: Int, y: Int, scale: Float, of seen: CellGrid) -> [Float] {
        let channels = state.channels
        var perception = [Float](repeating: 0, count: 3 * channels)
        let cosine = Float(cos(Double(angle)) * Double(scale))
        let sine = Float(sin(Double(angle)) * Double(scale))
        for channel in 0..<channels {
            func at(_ dx: Int, _ dy: Int) -> Float { value(seen, x: x + dx, y: y + dy, channel: channel) ?? 0 }
            let sobelX = ((at(1, -1) - at(-1, -1)) + (at(1, 1) - at(-1, 1))) + 2 * (at(1, 0) - at(-1, 0))
            let sobelY = ((at(-1, 1) - at(-1, -1)) + (at(1, 1) - at(1, -1))) + 2 * (at(0, 1) - at(0, -1))
            perception[channel] = at(0, 0)
            perception[channels + channel] = multiplyAdd(cosine, sobelX, -(sine * sobelY))
            perception[2 * channels + channel] = multiplyAdd(sine, sobelX, cosine * sobelY)
        }
        return perception
    }

    /// What is appended is a part of the first bias, added up before the rest.
    private func update(_ perception: [Float], appended: [Float]) -> [Float] {
        var values = perception
        for (index, layer) in rule.network.layers.enumerated() {
            var sums = layer.bias ?? [Float](repeating: 0, count: layer.outputs)
            for unit in 0..<layer.outputs {
                let row = unit * layer.inputs
                for (place, value) in appended.enumerated() where index == 0 {
                    sums[unit] += layer.weights[row + values.count + place] * value
                }
                for input in values.indices {
                    sums[unit] = multiplyAdd(values[input], layer.weights[row + input], sums[unit])
                }
            }
            let isLast = index == rule.network.layers.count - 1
            values = sums.map { (isLast ? rule.network.updateActivation : rule.network.activation).reference($0) }
        }
        return values
    }

    private func multiplyAdd(_ a: Float, _ b: Float, _ c: Float) -> Float { fuses ? c.addingProduct(a, b) : a * b + c }
}

extension Activation {
    /// Computed in double precision.
    func reference(_ x: Float) -> Float { Float(reference(Double(x))) }

    func reference(_ x: Double) -> Double {
        switch self {
        case .none: x
        case .relu: x < 0 ? 0 : x
        case .leakyRelu(let slope): x < 0 ? Double(slope) * x : x
        case .tanh: Foundation.tanh(x)
        case .sigmoid: 1 / (1 + exp(-x))
        case .gelu: x * (1 + erf(x / 2.0.squareRoot())) / 2
        case .elu: x < 0 ? expm1(x) : x
        case .abs: x.magnitude
        case .clamp(let range): min(max(x, Double(range.lowerBound)), Double(range.upperBound))
        }
    }

    /// The derivative.
    func slope(_ x: Double) -> Double {
        switch self {
        case .none: return 1
        case .relu: return x > 0 ? 1 : 0
        case .leakyRelu(let slope): return x > 0 ? 1 : Double(slope)
        case .tanh: return 1 - Foundation.tanh(x) * Foundation.tanh(x)
        case .sigmoid:
            let y = 1 / (1 + exp(-x))
            return y * (1 - y)
        case .gelu:
            return (1 + erf(x / 2.0.squareRoot())) / 2 + x * exp(-x * x / 2) / (2 * Double.pi).squareRoot()
        case .elu: return x > 0 ? 1 : exp(x)
        case .abs: return x > 0 ? 1 : -1
        case .clamp(let range): return x > Double(range.lowerBound) && x < Double(range.upperBound) ? 1 : 0
        }
    }
}
